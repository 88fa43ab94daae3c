// expect: tallymark::checked_serial: this check is within the text, not at its end
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/weighted.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/checked.hpp>
#include <tallymark/serial/prefixed.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::checked_serial<tallymark::prefixed_serial<"1", 15>, tallymark::vin_check>;
#else
using subject = tallymark::checked_serial<tallymark::prefixed_serial<"1", 15>, tallymark::luhn>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
