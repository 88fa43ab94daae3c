// expect: there is no field {week}. Write {iso_week}, and {iso_year} with it
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{iso_year}W{week:02}">;
#else
using pattern = tallymark::pattern_batch<"{iso_year}W{iso_week:02}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
