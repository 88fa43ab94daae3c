// expect: tallymark::alphabet_serial: the alphabet names a symbol twice
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::alphabet_serial<"0123456789ABCDEF0">;
#else
using subject = tallymark::alphabet_serial<"0123456789ABCDEF">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
