// expect: a code can be longer than 100 bytes. Shorten the pattern
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{sequence:0101}">;
#else
using pattern = tallymark::pattern_batch<"{sequence:0100}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
