// expect: codes of this pattern cannot be read back
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{month}{day}">;
#else
using pattern = tallymark::pattern_batch<"{month:02}{day:02}">;
#endif

auto read(std::string_view code, tallymark::date today) { return pattern::parse(code, today); }
