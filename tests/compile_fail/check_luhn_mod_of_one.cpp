// expect: tallymark::luhn_mod: the alphabet does not have 2 to 94 symbols
#include <tallymark/check/luhn.hpp>

#if TALLYMARK_BAD
using subject = tallymark::luhn_mod<"1">;
#else
using subject = tallymark::luhn_mod<"12">;
#endif

auto made = subject{}("1");
auto checked = tallymark::verify(subject{}, "1");
