// expect: tallymark::checked_serial: the second type is not a check
#include <tallymark/check/luhn.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/checked.hpp>
#include <tallymark/serial/integer.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::checked_serial<tallymark::integer_serial, int>;
#else
using subject = tallymark::checked_serial<tallymark::integer_serial, tallymark::luhn>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
