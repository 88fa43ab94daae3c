// expect: tallymark::pattern_serial: the counter can grow beyond 100 bytes
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890-{counter}">;
#else
using subject = tallymark::pattern_serial<
    "1234567890123456789012345678901234567890123456789012345678901234567890123456789-{counter}">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
