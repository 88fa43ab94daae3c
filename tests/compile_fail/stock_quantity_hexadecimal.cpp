// expect: tallymark::quantity: this literal is not a decimal number. Write digits
#include <tallymark/stock/quantity.hpp>

using namespace tallymark;

struct wish {
  quantity amount = 1;
};

#if TALLYMARK_BAD
wish seen{.amount = 0x10_qty};
#else
wish seen{.amount = 16_qty};
#endif
