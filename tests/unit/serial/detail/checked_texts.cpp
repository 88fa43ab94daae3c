#include <tallymark/serial/detail/checked_texts.hpp>

#include <tallymark/check/gs1.hpp>
#include <tallymark/check/mod43.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace tallymark;

namespace {

std::string digits(std::uint64_t value, std::size_t width) {
  const std::string text = std::to_string(value);
  return std::string(width - text.size(), '0') + text;
}

}  // namespace

TEST_CASE("check characters are filled in after, before and amid the counters", "[serial]") {
  constexpr std::uint64_t count = 12'345;
  std::string after(count * 10 + 1, '#'), amid(count * 9 + 1, '#'), expected_after, expected_amid;
  detail::write_checked<gs1_mod10>(after.data(), 7, count, "\n",
                                   {.prefix = "12", .symbols = "0123456789", .width = 6, .suffix = "?"}, 8, "12", {});
  // the check character in front, and a part of the payload after the counter
  detail::write_checked<code39_mod43>(
      amid.data(), 7, count, "", {.prefix = "?A", .symbols = "0123456789", .width = 5, .suffix = "-B"}, 0, "A", "-B");
  for (std::uint64_t i = 7; i < 7 + count; ++i) {
    const std::string payload = "12" + digits(i, 6), other = "A" + digits(i, 5) + "-B";
    expected_after += payload + std::string(gs1_mod10{}(payload).value().view()) + "\n";
    expected_amid += std::string(code39_mod43{}(other).value().view()) + other;
  }
  CHECK(after == expected_after + "#");
  CHECK(amid == expected_amid + "#");
}
