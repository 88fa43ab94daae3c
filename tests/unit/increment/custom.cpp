#include <tallymark/increment/custom.hpp>

#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../support/compile_time.hpp"

using namespace tallymark;

namespace {

// A, B, … Z
constexpr std::optional<std::string> letter(std::string_view latest) {
  if (latest.size() != 1 || latest[0] < 'A' || latest[0] >= 'Z') return std::nullopt;
  return std::string(1, static_cast<char>(latest[0] + 1));
}

// as in other systems: the same text if nothing follows
constexpr std::string doubled(std::string_view latest) {
  return latest.size() > 4 ? std::string(latest) : std::string(latest) + std::string(latest);
}

}  // namespace

static_assert(increment_policy<custom<letter>> && text_increment_policy<custom<doubled>>);
static_assert(!ordinal_increment_policy<custom<letter>>);
STATIC_CHECK_WITH_STRING(custom<letter>{}.next("A") == "B" && !custom<letter>{}.next("Z"));

TEST_CASE("a plain function gives the next text", "[increment]") {
  CHECK(custom<letter>{}.next("Y") == "Z");
  CHECK_FALSE(custom<letter>{}.next("Z"));
  CHECK(custom<doubled>{}.next("ab") == "abab");
  CHECK(custom<doubled>{}.next("ababab") == "ababab");
  CHECK(custom<[](std::string_view latest) { return std::string(latest) + "'"; }>{}.next("x") == "x'");
}
