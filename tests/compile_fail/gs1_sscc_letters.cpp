// expect: tallymark::sscc18: the company prefix is not a number. Write its digits only
#include <tallymark/gs1/sscc18.hpp>

#if TALLYMARK_BAD
using serial = tallymark::sscc18<"ACME">;
#else
using serial = tallymark::sscc18<"0614">;
#endif

int main() { return serial{}.parse("006141411234567890").has_value() ? 0 : 1; }
