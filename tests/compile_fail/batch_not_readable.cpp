// expect: codes of this pattern cannot be read back
#include <tallymark/batch/batch_pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using pattern = tallymark::batch_pattern<"{month}{day}">;
#else
using pattern = tallymark::batch_pattern<"{month:02}{day:02}">;
#endif

auto read(std::string_view code, tallymark::date today) { return pattern::parse(code, today); }
