// expect: nor the ISO year with month and day
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{iso_year}-{month:02}">;
#else
using pattern = tallymark::pattern_batch<"{year}-{month:02}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
