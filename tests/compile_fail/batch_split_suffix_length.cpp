// expect: a suffix has 1 to 8 symbols
#include <tallymark/batch/split_suffix.hpp>

#include <string>

#if TALLYMARK_BAD
using suffix = tallymark::split_suffix<9>;
#else
using suffix = tallymark::split_suffix<8>;
#endif

auto read(std::string_view text) { return suffix::parse(text); }
