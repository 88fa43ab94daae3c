// expect: tallymark::registry: a policy of this set needs a value, as a scrambled_serial needs its key
#include <tallymark/policies.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/scrambled.hpp>

#include <string>

using subject = tallymark::scrambled_serial<tallymark::alphabet_serial<"0123456789ABCDEF", 12>>;
struct acme : tallymark::policies<subject, tallymark::unique_globally> {};

#if TALLYMARK_BAD
tallymark::registry<acme> registry;
#else
tallymark::registry<acme> registry(acme{{subject(tallymark::secret_key(std::array<std::uint8_t, 16>{}))}});
#endif

auto claimed = registry.claim({}, "0123456789AB");
auto following = registry.next({});
