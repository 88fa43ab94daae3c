// expect: this is not a width
#include <tallymark/batch/batch_pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::batch_pattern<"{month:2}">;
#else
using pattern = tallymark::batch_pattern<"{month:02}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters) {
  static_cast<void>(pattern{}.format(out, tallymark::no_record{}, counters));
}
