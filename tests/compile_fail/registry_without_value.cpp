// expect: tallymark::registry: a policy of this set needs a value
#include <tallymark/core.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct site_serial {
  using policy_slot = tallymark::serial_slot;
  explicit site_serial(char of) : site(of) {}
  tallymark::result<std::uint64_t> parse(std::string_view text) const { return text.size(); }
  void format(std::string& out, std::uint64_t ordinal) const { out.append(ordinal, site); }
  char site;
};
struct acme : tallymark::policies<site_serial, tallymark::unique_globally> {};

#if TALLYMARK_BAD
tallymark::registry<acme> subject;
#else
tallymark::registry<acme> subject(acme{{site_serial('A')}});
#endif
