// expect: tallymark::pattern_serial: the check covers a field that the pattern does not have
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<"{counter:04}{check:luhn(count)}">;
#else
using subject = tallymark::pattern_serial<"{counter:04}{check:luhn(counter)}">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
