// expect: tallymark::luhn_mod: the alphabet names a symbol twice
#include <tallymark/check/luhn.hpp>

#if TALLYMARK_BAD
using subject = tallymark::luhn_mod<"1213">;
#else
using subject = tallymark::luhn_mod<"1234">;
#endif

auto made = subject{}("1");
auto checked = tallymark::verify(subject{}, "1");
