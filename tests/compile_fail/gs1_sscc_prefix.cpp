// expect: tallymark::sscc18: this is not the length of a company prefix. Write its 4 to 12 digits
#include <tallymark/gs1/sscc18.hpp>
#include <tallymark/policies.hpp>

#if TALLYMARK_BAD
using serial = tallymark::sscc18<"061414112345678901">;
#else
using serial = tallymark::sscc18<"0614141">;
#endif

int main() { return serial{}.parse("006141411234567890").has_value() ? 0 : 1; }
