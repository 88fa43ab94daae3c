// expect: the pattern has no member with this name
#include <tallymark/batch/pattern_batch.hpp>

#include <string>

#if TALLYMARK_BAD
auto read(const tallymark::pattern_batch<"{yy}">::reading& code) { return code.member<"site">(); }
#else
auto read(const tallymark::pattern_batch<"{yy}">::reading& code) { return code.made; }
#endif
