// expect: tallymark::pattern_serial: every text of this pattern is longer than 100 bytes
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<
    "1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567-{counter:04}">;
#else
using subject = tallymark::pattern_serial<
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345-{counter:04}">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
