// expect: pattern_serial with a check over the counter alone
#include <tallymark/check/damm.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/checked.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::checked_serial<tallymark::alphabet_serial<"0123456789ABCDEF">, tallymark::damm>;
#else
using subject = tallymark::checked_serial<tallymark::alphabet_serial<"987">, tallymark::damm>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
