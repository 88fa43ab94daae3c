// expect: the calendar year does not go with the ISO week
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{yy}{iso_week:02}">;
#else
using pattern = tallymark::pattern_batch<"{iso_yy}{iso_week:02}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
