// expect: tallymark::scrambled_serial: the second argument is not a permutation
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/scrambled.hpp>

#include <string>

#if TALLYMARK_BAD
using order = tallymark::step<1>;
#else
using order = tallymark::feistel;
#endif
using subject = tallymark::scrambled_serial<tallymark::prefixed_serial<"SN-", 10>, order>;

tallymark::numbering<subject, tallymark::step<1>> rules{subject(tallymark::secret_key(std::array<std::uint8_t, 16>{})),
                                                        {}};
std::string storage;
auto parsed = rules.parse("1");
auto following = rules.next(*parsed, storage);
std::string text = rules.text(*parsed);
