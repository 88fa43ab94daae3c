#include <tallymark/check/check_policy.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <tallymark/check/crockford.hpp>
#include <tallymark/check/damm.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/mod43.hpp>
#include <tallymark/check/verhoeff.hpp>

using namespace tallymark;

namespace {

// a check of a user: the number of characters, twice
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
struct of_no_length : twice_the_length {
  static constexpr std::size_t length = 0;
};
static_assert(!check_policy<of_no_length> && !check_policy<int>);
static_assert(verify(twice_the_length{}, "ab22"));
static_assert(verify(twice_the_length{}, "00"));
static_assert(verify(twice_the_length{}, "ab23").error() == failure{errc::wrong_check, 2, 2, {'2', '2'}});
static_assert(verify(twice_the_length{}, "aXb22").error() == failure{errc::not_checkable, 1, 1});
static_assert(verify(twice_the_length{}, "a").error() == failure{errc::check_missing, 1, 0});

// the same at the second position
struct in_second_place : twice_the_length {
  static constexpr std::size_t position = 1;
};
static_assert(verify(in_second_place{}, "a22b"));
static_assert(verify(in_second_place{}, "a23b").error() == failure{errc::wrong_check, 1, 2, {'2', '2'}});
static_assert(verify(in_second_place{}, "X22b").error() == failure{errc::not_checkable, 0, 1});
static_assert(verify(in_second_place{}, "a22X").error() == failure{errc::not_checkable, 3, 1});
static_assert(verify(in_second_place{}, "00"));

// Generated check characters verify. With another symbol in the payload they do not, and the error has the right ones.
// A byte that is not a symbol is not_checkable at its position. For checks that detect all single errors.
template <check_policy Check>
void check_laws(std::string_view front = "") {
  REQUIRE(rc::check([front] {
    constexpr std::string_view symbols = Check::symbols;
    std::string payload(front);
    for (int i = *rc::gen::inRange(1, 60); i > 0; --i)
      payload += symbols[*rc::gen::inRange<std::size_t>(0, symbols.size())];
    const Check check;
    const check_characters characters = check(payload).value();
    RC_ASSERT(characters.size == Check::length);
    std::string text = payload + std::string(characters.view());
    RC_ASSERT(verify(check, text).has_value());

    const std::size_t at = *rc::gen::inRange(front.size(), payload.size());
    const char other = *rc::gen::arbitrary<char>();
    if (other == payload[at]) return;
    text[at] = other;
    const auto seen = verify(check, text);
    if (symbols.find(other) == symbols.npos) {
      RC_ASSERT(seen.error() == fail(errc::not_checkable, at, 1).value());
    } else {
      payload[at] = other;
      const check_characters right = check(payload).value();
      RC_ASSERT(seen.error() == fail(errc::wrong_check, payload.size(), Check::length, right.view()).value());
    }
  }));
}

}  // namespace

TEST_CASE("verify compares with the check characters of the payload", "[check]") {
  CHECK(verify(twice_the_length{}, "ab22"));
  CHECK(verify(twice_the_length{}, "ab32").error() == failure{errc::wrong_check, 2, 2, {'2', '2'}});
  CHECK(verify(twice_the_length{}, "").error() == failure{errc::check_missing, 0, 0});
  CHECK(verify(in_second_place{}, "a22b"));
  CHECK(verify(in_second_place{}, "a22X").error() == failure{errc::not_checkable, 3, 1});
}

TEST_CASE("check_characters have a view of their size", "[check]") {
  CHECK(check_characters{}.view().empty());
  CHECK(check_characters{{'A', 'B'}, 2}.view() == "AB");
  CHECK(check_characters{{'A'}, 1} != check_characters{{'B'}, 1});
}

TEST_CASE("generated check characters verify, and single errors are detected", "[check]") {
  check_laws<luhn>();
  check_laws<luhn_mod<"0123456789ABCDEF">>();
  check_laws<damm>();
  check_laws<verhoeff>();
  check_laws<gs1_mod10>();
  check_laws<gs1_pair>();
  check_laws<iso7064_mod11_2>();
  check_laws<iso7064_mod37_2>();
  check_laws<iso7064_mod11_10>();
  check_laws<iso7064_mod37_36>();
  check_laws<code39_mod43>();
  check_laws<hibc_mod43>("+");
  check_laws<crockford_mod37>();
}
