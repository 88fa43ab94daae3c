#include <tallymark/serial/detail/named_check.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string_view>
#include <type_traits>

using namespace tallymark::detail;

// The possible check characters are among the characters that the check knows.
static_assert(characters_of(named_check::none).empty() && characters_of(named_check::mod11_2) == "0123456789X");
static_assert(std::is_same_v<check_of<named_check::luhn>::type, tallymark::luhn> &&
              std::is_same_v<check_of<named_check::none>::type, no_check>);
static_assert(check_of<named_check::gs1_pair>::type::length == 2 && no_check::length == 0);

TEST_CASE("exactly the known names of checks are found", "[serial]") {
  for (const std::string_view name : check_names) CHECK(check_named(name) != named_check::none);
  CHECK(check_named("luhn_mod") == named_check::none);
}
