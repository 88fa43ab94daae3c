#include <tallymark/ext/detail/digits.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace tallymark::detail;

namespace {

constexpr std::uint64_t greatest = std::numeric_limits<std::uint64_t>::max();

}  // namespace

static_assert(is_digit('0') && is_digit('9') && !is_digit('/') && !is_digit(':') && !is_digit('\0') &&
              !is_digit('\xB9'));
static_assert(number_of_digits("") == 0 && number_of_digits("0042") == 42 &&
              number_of_digits("9999999999999999999") == 9'999'999'999'999'999'999U);
static_assert(decimal_text(0).view() == "0" && decimal_text(greatest).view() == "18446744073709551615");

TEST_CASE("digits are written with zeros up to the width", "[ext]") {
  const auto appended = [](std::uint64_t value, std::size_t width) {
    std::string out = "<";
    append_digits(out, value, width);
    return out;
  };
  const auto put = [](std::uint64_t value, std::size_t width) {
    char room[101];
    return "<" + std::string(room, put_padded(room, value, width));
  };
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{9}, std::uint64_t{10}, std::uint64_t{42}, greatest})
    for (std::size_t width = 0; width <= 100; ++width) {
      const std::string digits = std::to_string(value);
      const std::string expected = "<" + std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
      CAPTURE(value, width);
      CHECK(appended(value, width) == expected);
      CHECK(put(value, width) == expected);
    }
}

TEST_CASE("the last digits are written for any value", "[ext]") {
  char room[5]{'x', 'x', 'x', 'x', 'x'};
  CHECK(put_digits(room, 3, 12'345) == room + 3);
  CHECK(std::string_view(room, 5) == "345xx");
  CHECK(put_digits<4>(room, 7) == room + 4);
  CHECK(std::string_view(room, 5) == "0007x");
  CHECK(put_number<4>(room, 27) == room + 2);
  CHECK(std::string_view(room, 2) == "27");
  CHECK(put_number<4>(room, 0) == room + 1);
  CHECK(put_number<2>(room, 12'345) == room + 2);
  CHECK(std::string_view(room, 2) == "45");
  CHECK(put_digits<4>(room, std::numeric_limits<int>::min()) == room + 4);
  CHECK(put_digits(room, 0, 7) == room);
}
