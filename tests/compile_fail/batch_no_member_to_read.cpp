// expect: the pattern has no member of this name
#include <tallymark/batch/batch_pattern.hpp>

#include <string>

#if TALLYMARK_BAD
auto read(const tallymark::batch_pattern<"{yy}">::reading& code) { return code.member<"site">(); }
#else
auto read(const tallymark::batch_pattern<"{yy}">::reading& code) { return code.made; }
#endif
