// expect: there is no such field of a best-before date
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{best_before.yy}">;
#else
constexpr tallymark::production plant{.shifts = {{{{6, 0, "E"}, {18, 0, "N"}}}}, .life = {.months = 18}};
using pattern = tallymark::pattern_batch<"{best_before.yy}", tallymark::local_clock, plant>;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
