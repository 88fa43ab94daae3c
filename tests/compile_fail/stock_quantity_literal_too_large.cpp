// expect: tallymark::quantity: this literal is too large. Write at most 10'000'000'000'000
#include <tallymark/stock/quantity.hpp>

using namespace tallymark;

struct wish {
  quantity amount = 1;
};

#if TALLYMARK_BAD
wish seen{.amount = 10'000'000'000'001_qty};
#else
wish seen{.amount = 10'000'000'000'000_qty};
#endif
