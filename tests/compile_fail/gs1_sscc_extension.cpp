// expect: tallymark::sscc18: the extension is not a digit. Write 0 to 9
#include <tallymark/gs1/sscc18.hpp>

#if TALLYMARK_BAD
using serial = tallymark::sscc18<"0614141", 10>;
#else
using serial = tallymark::sscc18<"0614141", 9>;
#endif

int main() { return serial{}.parse("906141411234567890").has_value() ? 0 : 1; }
