// expect: tallymark::pattern_serial: dates or members are in three places
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/pattern.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<"{year}{counter:04}{month:02}{check:luhn}{day:02}">;
#else
using subject = tallymark::pattern_serial<"{year}{counter:04}{month:02}{day:02}{check:luhn}">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
