// expect: tallymark::quantity: this literal has more than five decimal places. Write at most five
#include <tallymark/stock/quantity.hpp>

using namespace tallymark;

struct wish {
  quantity amount = 1;
};

#if TALLYMARK_BAD
wish seen{.amount = 12.500001_qty};
#else
wish seen{.amount = 12.50001_qty};
#endif
