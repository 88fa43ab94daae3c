// expect: tallymark::ff1: the base has fewer than 1,000,000 texts
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/ff1.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/scrambled.hpp>

#include <string>

#if TALLYMARK_BAD
using base = tallymark::prefixed_serial<"SN-", 5>;
#else
using base = tallymark::prefixed_serial<"SN-", 6>;
#endif
using subject = tallymark::scrambled_serial<base, tallymark::ff1>;

tallymark::numbering<subject, tallymark::step<1>> rules{subject(tallymark::secret_key(std::array<std::uint8_t, 16>{})),
                                                        {}};
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
