// expect: tallymark::prefixed_serial: the prefix and the longest counter exceed 100 bytes
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject =
    tallymark::prefixed_serial<"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                               18>;
#else
using subject =
    tallymark::prefixed_serial<"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                               18>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
