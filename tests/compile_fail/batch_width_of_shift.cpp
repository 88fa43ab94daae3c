// expect: only a number has a width. Drop the width of {shift}
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
constexpr tallymark::production plant{.shifts = {{{{6, 0, "E"}, {18, 0, "N"}}}}, .life = {.months = 18}};
using pattern = tallymark::pattern_batch<"{yy}{shift:07}", tallymark::local_clock, plant>;
#else
constexpr tallymark::production plant{.shifts = {{{{6, 0, "E"}, {18, 0, "N"}}}}, .life = {.months = 18}};
using pattern = tallymark::pattern_batch<"{yy}{shift}", tallymark::local_clock, plant>;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
