// expect: tallymark::skipping: the second type does not count on ordinals
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

constexpr bool odd(std::uint64_t v) { return v % 2 == 1; }

#if TALLYMARK_BAD
using subject = tallymark::skipping<odd, tallymark::text_serial<>>;
#else
using subject = tallymark::skipping<odd, tallymark::step<2>>;
#endif

tallymark::numbering<tallymark::text_serial<>, subject> rules;
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
auto begin = rules.first();
std::string text = rules.text(*parsed);
