// expect: there are two sequences
#include <tallymark/batch/batch_pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::batch_pattern<"{sequence}-{sequence:04}">;
#else
using pattern = tallymark::batch_pattern<"{year}-{sequence}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
