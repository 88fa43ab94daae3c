// expect: tallymark::several_patterns: one of these types is not a pattern
#include <tallymark/core.hpp>
#include <tallymark/serial/several_patterns.hpp>

#if TALLYMARK_BAD
using subject = tallymark::several_patterns<tallymark::pattern_serial<"SN-{counter:06}">, tallymark::integer_serial>;
#else
using subject =
    tallymark::several_patterns<tallymark::pattern_serial<"SN-{counter:06}">, tallymark::pattern_serial<"{counter}">>;
#endif

tallymark::registry<tallymark::policies<subject>> numbers;
auto issued = numbers.issue({}, 1);
