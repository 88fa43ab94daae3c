// The headers in front of this text are in reverse order; see tests/headers/check.
#include <string>

namespace {
using company = tallymark::policies<tallymark::unique_globally, tallymark::prefixed_serial<"SN-", 4>>;
}

std::string next_number(tallymark::registry<company>& registry);

std::string next_number(tallymark::registry<company>& registry) {
  if (registry.claim("gear", "SN-0041")) return "a number that is taken";
  return std::string(registry.next("gear").value_or(""));
}
