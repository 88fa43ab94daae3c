// expect: tallymark::issn_serial: these are not the first digits of an ISSN
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/issn.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::issn_serial<tallymark::issn_style::bare, "15-">;
#else
using subject = tallymark::issn_serial<tallymark::issn_style::bare, "15">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
auto begin = rules.first();
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
