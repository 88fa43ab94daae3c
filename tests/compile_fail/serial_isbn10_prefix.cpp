// expect: tallymark::isbn10_serial: these are not the first digits of an ISBN
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/isbn.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using subject = tallymark::isbn10_serial<"123456789">;
#else
using subject = tallymark::isbn10_serial<"12345678">;
#endif

tallymark::numbering<subject, tallymark::step<1>> rules;
auto begin = rules.first();
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
