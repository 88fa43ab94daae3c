// expect: tallymark::quantity: this literal is not a decimal number. Write digits, and a point only between two of them
#include <tallymark/stock/quantity.hpp>

using namespace tallymark;

struct wish {
  quantity amount = 1;
};

#if TALLYMARK_BAD
wish seen{.amount = .5_qty};
#else
wish seen{.amount = 0.5_qty};
#endif
