// expect: tallymark::scrambled_serial: fewer than 10,000 texts for each serial number that will be issued
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/scrambled.hpp>

#include <string>

#if TALLYMARK_BAD
using base = tallymark::prefixed_serial<"SN-", 9>;
#else
using base = tallymark::prefixed_serial<"SN-", 10>;
#endif
using subject = tallymark::scrambled_serial<base, tallymark::feistel, tallymark::issue_volume{1'000'000}>;

tallymark::numbering<subject, tallymark::step<1>> rules{subject(tallymark::secret_key(std::array<std::uint8_t, 16>{})),
                                                        {}};
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
