// expect: there are two sequences
#include <tallymark/batch/batch_pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::batch_pattern<"{yy}-{day_sequence:03}-{sequence}">;
#else
using pattern = tallymark::batch_pattern<"{yy}-{day_sequence:03}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
