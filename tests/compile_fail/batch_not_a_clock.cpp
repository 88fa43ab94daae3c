// expect: tallymark::civil_clock: this type does not say what time it is
#include <tallymark/batch/date_batch.hpp>

#include <string>

struct watch {
#if TALLYMARK_BAD
  int now() const { return 7; }
#else
  tallymark::civil_time now() const { return {2027, 1, 31}; }
#endif
};

void write(std::string& out) { tallymark::date_batch<watch>{}.format(out); }
