// expect: tallymark::random_source: this type does not make random bits
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/ulid.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::ulid_serial<tallymark::refuse_clock, tallymark::system_unix_clock, int>;
#else
using subject = tallymark::ulid_serial<tallymark::refuse_clock>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
