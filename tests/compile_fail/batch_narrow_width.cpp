// expect: the width is too small for its field
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{year:02}">;
#else
using pattern = tallymark::pattern_batch<"{year:04}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
