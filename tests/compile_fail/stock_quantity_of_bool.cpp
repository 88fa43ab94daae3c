// expect: tallymark::quantity: a bool or a character is not a quantity. Write a number
#include <tallymark/stock/quantity.hpp>

using namespace tallymark;

struct wish {
  quantity amount = 1;
};

#if TALLYMARK_BAD
wish seen{.amount = true};
#else
wish seen{.amount = 1};
#endif
