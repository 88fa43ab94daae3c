#include <tallymark/serial/detail/family_reader.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>

using namespace tallymark::detail;

namespace {

constexpr std::optional<std::uint64_t> none = std::nullopt;

// A slow model, digit by digit.
std::optional<std::uint64_t> slow(std::string_view prefix, std::size_t width, first_digit rule, std::size_t longest,
                                  std::string_view text) {
  if (text.size() < 8 || text.size() > longest || text.size() <= prefix.size() || !text.starts_with(prefix))
    return none;
  const std::string_view digits = text.substr(prefix.size());
  if (digits.find_first_not_of("0123456789") != digits.npos) return none;
  if (digits.size() > 18 || (width != 0 && digits.size() != width)) return none;
  if (rule == first_digit::zero && digits[0] != '0') return none;
  if (rule == first_digit::not_zero_unless_alone && digits[0] == '0' && digits.size() > 1) return none;
  return std::stoull(std::string(digits));
}

}  // namespace

static_assert(family_reader("SN-", 9, first_digit::zero)("SN-012345678") == 12'345'678);
static_assert(family_reader("SN-", 9, first_digit::zero)("SN-112345678") == none);
static_assert(family_reader("SN-", 9, first_digit::any)("SN-112345678") == 112'345'678);
static_assert(family_reader("SN-", 0, first_digit::not_zero_unless_alone)("SN-12345") == 12'345);
static_assert(family_reader("SN-", 0, first_digit::not_zero_unless_alone)("SN-02345") == none);
static_assert(family_reader("PARTNO-", 0, first_digit::not_zero_unless_alone)("PARTNO-0") == 0);
static_assert(family_reader("", 0, first_digit::not_zero_unless_alone)("9999999999999999") == 9'999'999'999'999'999);
static_assert(family_reader("", 0, first_digit::not_zero_unless_alone)("999999999999999999") == none);
static_assert(family_reader("", 0, first_digit::not_zero_unless_alone, 24)("999999999999999999") ==
              999'999'999'999'999'999);
static_assert(family_reader("", 0, first_digit::not_zero_unless_alone, 24)("1000000000000000000") == none);
static_assert(family_reader("PARTNO-", 0, first_digit::not_zero_unless_alone, 24)("PARTNO-12345678901234567") ==
              12'345'678'901'234'567);
static_assert(family_reader("SN-", 4, first_digit::any)("SN-1234") == none);  // too short for the fast path
static_assert(family_reader()("SN-12345") == none);
static_assert(family_reader("12345678", 4, first_digit::any)("123456781234") == none);  // the prefix is too long

TEST_CASE("a reader is right, and reads what it should know", "[serial]") {
  std::mt19937_64 random(20261123);
  const auto any = [&](std::uint64_t below) { return random() % below; };
  const std::string bytes = "0123456789SN-/:\xC3\xFF\x01 ";
  for (int round = 0; round < 40'000; ++round) {
    const std::string prefix = std::string("SN-\xC3\x9F+x/").substr(any(2), any(8));
    const std::size_t width = any(3) == 0 ? 0 : 1 + any(16);
    const auto rule = width == 0    ? first_digit::not_zero_unless_alone
                      : any(2) == 0 ? first_digit::any
                                    : first_digit::zero;
    const std::size_t longest = any(2) == 0 ? 16 : 24;
    const family_reader reader(prefix, width, rule, longest);
    std::string text = prefix;
    const std::size_t digits = any(4) == 0 || width == 0 ? 1 + any(20) : width;
    for (std::size_t i = 0; i < digits; ++i) text += static_cast<char>('0' + (any(5) == 0 ? 0 : any(10)));
    if (width > 0 && rule == first_digit::zero && any(4) > 0 && !text.empty()) text[prefix.size()] = '0';
    if (any(3) == 0) text[any(text.size())] = bytes[any(bytes.size())];
    CAPTURE(prefix, width, static_cast<int>(rule), text);
    const std::string kept = text;  // a copy of the exact size, so that a read past its end is seen
    if (reader(kept) != slow(prefix, width, rule, longest, kept)) FAIL("they differ");
  }
  SUCCEED();
}
