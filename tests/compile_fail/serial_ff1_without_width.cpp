// expect: tallymark::ff1: the base does not have all the texts of a fixed number of symbols
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/ff1.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/scrambled.hpp>

#include <string>

#if TALLYMARK_BAD
using base = tallymark::prefixed_serial<"SN-">;
#else
using base = tallymark::prefixed_serial<"SN-", 18>;
#endif
using subject = tallymark::scrambled_serial<base, tallymark::ff1>;

tallymark::numbering<subject, tallymark::step<1>> rules{subject(tallymark::secret_key(std::array<std::uint8_t, 16>{})),
                                                        {}};
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
