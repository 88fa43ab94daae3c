// expect: tallymark::snowflake_serial: these bits are not a layout
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/snowflake.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::snowflake_serial<tallymark::snowflake_layout{.time_bits = 0}>;
#else
using subject = tallymark::snowflake_serial<tallymark::snowflake_layout{.time_bits = 1}>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules{subject(1), {}};
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
