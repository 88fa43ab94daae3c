// expect: tallymark::clock_rule: this type does not say what to do
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/ulid.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::ulid_serial<int>;
#else
using subject = tallymark::ulid_serial<>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
