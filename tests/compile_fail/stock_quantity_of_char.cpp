// expect: tallymark::quantity: a bool or a character is not a quantity. Write a number: 5, not '5'
#include <tallymark/stock/quantity.hpp>

using namespace tallymark;

struct wish {
  quantity amount = 1;
};

#if TALLYMARK_BAD
wish seen{.amount = '5'};
#else
wish seen{.amount = 5};
#endif
