// expect: tallymark::custom: this function cannot be asked what follows a text
#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

std::optional<std::string> longer(std::string_view latest) { return std::string(latest) + "I"; }
std::optional<std::uint64_t> next_number(std::uint64_t latest) { return latest + 1; }

#if TALLYMARK_BAD
using subject = tallymark::custom<next_number>;
#else
using subject = tallymark::custom<longer>;
#endif

tallymark::numbering<tallymark::text_serial<>, subject> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
