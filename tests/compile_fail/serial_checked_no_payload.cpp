// expect: tallymark::checked_serial: the serial policy writes texts that this check is not for
#include <tallymark/check/weighted.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/checked.hpp>
#include <tallymark/serial/prefixed.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::checked_serial<tallymark::prefixed_serial<"185">, tallymark::isbn10_mod11>;
#else
using subject = tallymark::checked_serial<tallymark::prefixed_serial<"185", 6>, tallymark::isbn10_mod11>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
