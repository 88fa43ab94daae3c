// expect: there are two sequences
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{sequence}-{sequence:04}">;
#else
using pattern = tallymark::pattern_batch<"{year}-{sequence}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
