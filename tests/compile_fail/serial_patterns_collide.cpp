// expect: tallymark::several_patterns: two of these patterns can produce the same text
#include <tallymark/core.hpp>
#include <tallymark/serial/several_patterns.hpp>

#if TALLYMARK_BAD
using subject = tallymark::several_patterns<tallymark::pattern_serial<"SN-{counter:06}">,
                                            tallymark::pattern_serial<"SN-{counter}">>;
#else
using subject =
    tallymark::several_patterns<tallymark::pattern_serial<"SN-{counter:06}">, tallymark::pattern_serial<"S-{counter}">>;
#endif

tallymark::registry<tallymark::policies<subject>> numbers;
auto issued = numbers.issue({}, 1);
