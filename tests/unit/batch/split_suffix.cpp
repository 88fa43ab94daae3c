#include <tallymark/batch/split_suffix.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

using suffix = split_suffix<3>;
using digits = split_suffix<3, "0123456789">;

template <class Suffix>
constexpr std::string text_of(std::uint64_t number) {
  std::string out;
  const auto appended = Suffix::append(out, number);
  if (!appended) out = message(appended.error().code);
  return out;
}

}  // namespace

static_assert(suffix::capacity == 46'655 && digits::capacity == 999 && split_suffix<1>::capacity == 35);
static_assert(split_suffix<8, "01">::capacity == 255);
static_assert(suffix::parse("000") == 0 && suffix::parse("001") == 1 && suffix::parse("00A") == 10 &&
              suffix::parse("010") == 36 && suffix::parse("ZZZ") == 46'655);
static_assert(digits::parse("010") == 10);
static_assert(suffix::parse("").error() == failure{errc::not_a_batch, 0, 0});
static_assert(suffix::parse("01").error() == failure{errc::not_a_batch, 2, 0});
static_assert(suffix::parse("01a").error() == failure{errc::not_a_batch, 2, 1});
static_assert(digits::parse("0A1").error() == failure{errc::not_a_batch, 1, 1});
static_assert(suffix::parse("0012").error() == failure{errc::text_too_long, 3, 1});
STATIC_CHECK_WITH_STRING(text_of<suffix>(1) == "001" && text_of<suffix>(46'655) == "ZZZ");

TEST_CASE("suffixes are counted in letters and digits until they are used up", "[batch]") {
  CHECK(text_of<suffix>(0) == "000");
  CHECK(text_of<suffix>(9) == "009");
  CHECK(text_of<suffix>(10) == "00A");
  CHECK(text_of<suffix>(36) == "010");
  CHECK(text_of<suffix>(46'655) == "ZZZ");
  CHECK(text_of<suffix>(46'656) == message(errc::sequence_exhausted));
  CHECK(text_of<digits>(999) == "999");
  CHECK(text_of<digits>(1'000) == message(errc::sequence_exhausted));
  CHECK(text_of<suffix>(~std::uint64_t{0}) == message(errc::sequence_exhausted));
}

TEST_CASE("every suffix is read back, and suffixes sort by their numbers", "[batch]") {
  std::string before;
  int wrong = 0;
  for (std::uint64_t number = 0; number <= suffix::capacity; ++number) {
    const std::string text = text_of<suffix>(number);
    if (suffix::parse(text) != number || text <= before) ++wrong;
    before = text;
  }
  CHECK(wrong == 0);
}
