// expect: the symbols are 2 to 64 different characters
#include <tallymark/batch/split_suffix.hpp>

#include <string>

#if TALLYMARK_BAD
using suffix = tallymark::split_suffix<3, "00">;
#else
using suffix = tallymark::split_suffix<3, "01">;
#endif

auto read(std::string_view text) { return suffix::parse(text); }
