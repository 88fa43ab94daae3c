// expect: tallymark::unix_clock: this type does not count milliseconds
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/uuidv7.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::uuidv7_serial<tallymark::refuse_clock, int>;
#else
using subject = tallymark::uuidv7_serial<tallymark::refuse_clock>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
