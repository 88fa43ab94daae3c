// expect: tallymark::sscc18: an extension digit needs a company prefix. Write the company prefix
#include <tallymark/gs1/sscc18.hpp>

#if TALLYMARK_BAD
using serial = tallymark::sscc18<"", 1>;
#else
using serial = tallymark::sscc18<>;
#endif

int main() { return serial{}.parse("106141411234567890").has_value() ? 0 : 1; }
