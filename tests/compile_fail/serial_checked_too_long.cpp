// expect: tallymark::checked_serial: the text and its check characters exceed 100 bytes
#include <tallymark/check/luhn.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/checked.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::checked_serial<tallymark::alphabet_serial<"0123456789", 100>, tallymark::luhn>;
#else
using subject = tallymark::checked_serial<tallymark::alphabet_serial<"0123456789", 99>, tallymark::luhn>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
