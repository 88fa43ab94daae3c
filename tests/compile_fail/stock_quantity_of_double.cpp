// expect: tallymark::quantity: a floating-point number is not exact. Write a decimal as 12.5_qty
#include <tallymark/stock/quantity.hpp>

using namespace tallymark;

struct wish {
  quantity amount = 1;
};

#if TALLYMARK_BAD
wish seen{.amount = 12.5};
#else
wish seen{.amount = 12.5_qty};
#endif
