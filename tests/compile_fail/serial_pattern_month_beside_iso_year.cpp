// expect: tallymark::pattern_serial: a month or a day is used with the ISO year
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<"{iso_year}{month:02}-{counter:04}">;
#else
using subject = tallymark::pattern_serial<"{year}{month:02}-{counter:04}">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
