// expect: the text is not UTF-8, or has control characters
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{year}\n{month}">;
#else
using pattern = tallymark::pattern_batch<"{year} {month}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
