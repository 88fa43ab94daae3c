// expect: tallymark::checked_serial: the serial policy writes a character that the check does not know
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/checked.hpp>
#include <tallymark/serial/prefixed.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::checked_serial<tallymark::prefixed_serial<"SN-">, tallymark::luhn>;
#else
using subject = tallymark::checked_serial<tallymark::prefixed_serial<"SN">, tallymark::iso7064_mod37_2>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
