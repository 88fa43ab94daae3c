// expect: tallymark::pattern_serial: this pattern is not a text
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<" {counter}">;
#else
using subject = tallymark::pattern_serial<"{counter}">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
