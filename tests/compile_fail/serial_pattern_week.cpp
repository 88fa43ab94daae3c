// expect: tallymark::pattern_serial: an ISO week is used without its ISO year
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<"{year}W{iso_week:02}-{counter:04}">;
#else
using subject = tallymark::pattern_serial<"{iso_year}W{iso_week:02}-{counter:04}">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
