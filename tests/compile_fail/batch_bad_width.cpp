// expect: this is not a width
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{month:2}">;
#else
using pattern = tallymark::pattern_batch<"{month:02}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
