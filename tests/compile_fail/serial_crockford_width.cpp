// expect: tallymark::crockford32_serial: the number is longer than 100 bytes
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/crockford32.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::crockford32_serial<100>;
#else
using subject = tallymark::crockford32_serial<99>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
auto begin = rules.first();
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
