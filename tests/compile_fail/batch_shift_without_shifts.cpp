// expect: there is no field {shift} without shifts
#include <tallymark/batch/batch_pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::batch_pattern<"{yy}{shift}">;
#else
constexpr tallymark::production plant{.shifts = {{{{6, 0, "E"}, {18, 0, "N"}}}}, .life = {.months = 18}};
using pattern = tallymark::batch_pattern<"{yy}{shift}", tallymark::local_clock, plant>;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
