// expect: tallymark::scrambled_serial: the base is not a serial policy of one family without values of its own
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/scrambled.hpp>
#include <tallymark/serial/text.hpp>

#include <string>

#if TALLYMARK_BAD
using base = tallymark::text_serial<>;
#else
using base = tallymark::prefixed_serial<"SN-", 10>;
#endif
using subject = tallymark::scrambled_serial<base>;

tallymark::numbering<subject, tallymark::step<1>> rules{subject(tallymark::secret_key(std::array<std::uint8_t, 16>{})),
                                                        {}};
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
