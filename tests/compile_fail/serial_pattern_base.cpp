// expect: tallymark::pattern_serial: these are not symbols to count with
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<"{counter:06/37}">;
#else
using subject = tallymark::pattern_serial<"{counter:06/36}">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
