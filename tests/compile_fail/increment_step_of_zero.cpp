// expect: tallymark::step: a step of 0 never moves
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::step<0>;
#else
using subject = tallymark::step<10>;
#endif

tallymark::numbering<tallymark::text_serial<>, subject> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
