#include <tallymark/check/check_policy.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

using namespace tallymark;

namespace {

// a check of one's own: the number of characters, twice
struct twice_the_length {
  static constexpr std::string_view symbols = "ab";
  static constexpr std::size_t length = 2;

  constexpr result<check_characters> operator()(std::string_view payload) const {
    if (const auto at = payload.find_first_not_of(symbols); at != payload.npos) return fail(errc::not_checkable, at, 1);
    const char digit = static_cast<char>('0' + payload.size() % 10);
    return check_characters{{digit, digit}, 2};
  }
};
static_assert(check_policy<twice_the_length> && !incremental_check<twice_the_length>);
static_assert(verify(twice_the_length{}, "ab22"));
static_assert(verify(twice_the_length{}, "00"));
static_assert(verify(twice_the_length{}, "ab23").error() == failure{errc::wrong_check, 2, 2, {'2', '2'}});
static_assert(verify(twice_the_length{}, "aXb22").error() == failure{errc::not_checkable, 1, 1});
static_assert(verify(twice_the_length{}, "a").error() == failure{errc::check_missing, 1, 0});

// the same in second place
struct in_second_place : twice_the_length {
  static constexpr std::size_t position = 1;
};
static_assert(verify(in_second_place{}, "a22b"));
static_assert(verify(in_second_place{}, "a23b").error() == failure{errc::wrong_check, 1, 2, {'2', '2'}});
static_assert(verify(in_second_place{}, "X22b").error() == failure{errc::not_checkable, 0, 1});
static_assert(verify(in_second_place{}, "a22X").error() == failure{errc::not_checkable, 3, 1});
static_assert(verify(in_second_place{}, "00"));

}  // namespace

TEST_CASE("verify compares with the check of the other characters", "[check]") {
  CHECK(verify(twice_the_length{}, "ab22"));
  CHECK(verify(twice_the_length{}, "ab32").error() == failure{errc::wrong_check, 2, 2, {'2', '2'}});
  CHECK(verify(twice_the_length{}, "").error() == failure{errc::check_missing, 0, 0});
  CHECK(verify(in_second_place{}, "a22b"));
  CHECK(verify(in_second_place{}, "a22X").error() == failure{errc::not_checkable, 3, 1});
}

TEST_CASE("check_characters are a view of their size", "[check]") {
  CHECK(check_characters{}.view().empty());
  CHECK(check_characters{{'A', 'B'}, 2}.view() == "AB");
  CHECK(check_characters{{'A'}, 1} != check_characters{{'B'}, 1});
}
