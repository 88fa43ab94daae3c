// expect: tallymark::skipping: this cannot be asked about an ordinal
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

constexpr bool odd(std::uint64_t v) { return v % 2 == 1; }
constexpr bool of_text(std::string_view) { return false; }

#if TALLYMARK_BAD
using subject = tallymark::skipping<of_text>;
#else
using subject = tallymark::skipping<odd>;
#endif

tallymark::numbering<tallymark::text_serial<>, subject> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
