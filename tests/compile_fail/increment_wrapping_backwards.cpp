// expect: tallymark::wrapping: First is not less than Last
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::wrapping<999, 1>;
#else
using subject = tallymark::wrapping<1, 999>;
#endif

tallymark::numbering<tallymark::text_serial<>, subject> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
