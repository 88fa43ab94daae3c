#include <tallymark/serial/detail/checkable.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <utility>

#include <tallymark/check/damm.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/mod43.hpp>
#include <tallymark/check/weighted.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>

using namespace tallymark;
using detail::checkable;
using detail::checkable_v;

namespace {

static_assert(checkable_v<integer_serial, luhn> == checkable::yes);
static_assert(checkable_v<prefixed_serial<"SN-">, luhn> == checkable::unknown_character);
static_assert(checkable_v<prefixed_serial<"SN-">, code39_mod43> == checkable::yes);
static_assert(checkable_v<prefixed_serial<"SN-">, gs1_pair> == checkable::yes);
static_assert(checkable_v<prefixed_serial<"sn">, iso7064_mod37_2> == checkable::unknown_character);
static_assert(checkable_v<alphabet_serial<"0123456789ABCDEF">, damm> == checkable::unknown_character);
static_assert(checkable_v<text_serial<>, damm> == checkable::yes);
static_assert(checkable_v<text_serial<>, luhn_mod<"abcdef">> == checkable::unknown_character);

// checks of payloads of one length, or that begin with a flag
static_assert(checkable_v<prefixed_serial<"185", 6>, isbn10_mod11> == checkable::yes);
static_assert(checkable_v<prefixed_serial<"185", 7>, isbn10_mod11> == checkable::no_payload);
static_assert(checkable_v<prefixed_serial<"18579821">, isbn10_mod11> == checkable::no_payload);
static_assert(checkable_v<text_serial<>, isbn10_mod11> == checkable::no_payload);
static_assert(checkable_v<text_serial<>, hibc_mod43> == checkable::yes);
static_assert(checkable_v<prefixed_serial<"+A123", 4>, hibc_mod43> == checkable::yes);
static_assert(checkable_v<prefixed_serial<"A123", 4>, hibc_mod43> == checkable::no_payload);

// 90 and 10 characters leave no room
template <unsigned Width>
using long_one =
    prefixed_serial<"999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
                    Width>;
static_assert(checkable_v<long_one<9>, luhn> == checkable::yes);
static_assert(checkable_v<long_one<10>, luhn> == checkable::too_long);

// a policy with a value
struct behind_a_prefix : integer_serial {
  std::string prefix;
  explicit behind_a_prefix(std::string text) : prefix(std::move(text)) {}
};
static_assert(checkable_v<behind_a_prefix, luhn> == checkable::unknown);

// a policy whose layout has only lengths
struct writes : prefixed_serial<"SN-", 4> {
  static void write(char*, const family&, std::uint64_t, std::uint64_t, std::string_view) {}
};
static_assert(checkable_v<writes, luhn> == checkable::unknown);

// checks that can be computed per symbol, and checks of a user
struct own_check {
  static constexpr std::string_view symbols = "0123456789 ";
  static constexpr std::size_t length = 1;
  constexpr result<check_characters> operator()(std::string_view) const { return check_characters{{'0'}, 1}; }
};
static_assert(detail::makes_blank<code39_mod43> && detail::makes_blank<hibc_mod43> && detail::makes_blank<own_check>);
static_assert(!detail::makes_blank<luhn> && !detail::makes_blank<gs1_pair> && !detail::makes_blank<iso7064_mod97_10>);

}  // namespace

TEST_CASE("the text of a layout is a payload", "[serial]") {
  const serial_layout spelled{"40", "0123456789", 3, "7"};
  CHECK(detail::payload_of<luhn>(spelled, 0) == checkable::yes);
  CHECK(detail::payload_of<luhn>({"4 ", "0123456789", 3, "7"}, 0) == checkable::unknown_character);
  CHECK(detail::payload_of<issn_mod11>(spelled, 0) == checkable::no_payload);
  CHECK(detail::payload_of<issn_mod11>(spelled, 1'000) == checkable::yes);
  CHECK(detail::payload_of<luhn>({"4", "0123456789", 98, ""}, 0) == checkable::yes);
  CHECK(detail::payload_of<luhn>({"4", "0123456789", 98, "7"}, 0) == checkable::too_long);
}
