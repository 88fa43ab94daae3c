// expect: tallymark::eui_block: this is not a block of addresses
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/eui.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::eui48_serial<tallymark::eui_format{.block = {0x1000000, 24}}>;
#else
using subject = tallymark::eui48_serial<tallymark::eui_format{.block = {0x100000, 24}}>;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
auto begin = rules.first();
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
