// expect: there are two sequences
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{yy}-{day_sequence:03}-{sequence}">;
#else
using pattern = tallymark::pattern_batch<"{yy}-{day_sequence:03}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
