// expect: tallymark::gs1_lot: this type is not a batch policy. Name the policy that writes the codes
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/gs1/lot.hpp>

#if TALLYMARK_BAD
using lot = tallymark::gs1_lot<tallymark::gs1_text>;
#else
using lot = tallymark::gs1_lot<tallymark::date_batch<>>;
#endif

int main() { return lot{}.validate("A1").has_value() ? 0 : 1; }
