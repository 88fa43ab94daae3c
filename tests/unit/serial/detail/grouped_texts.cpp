#include <tallymark/serial/detail/grouped_texts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace tallymark;

namespace {

// four hexadecimal digits as `1-234`
constexpr void spell(char* out, std::uint64_t value) {
  detail::put_symbols<4>(out, value >> 12, 1, detail::lower_hexadecimal);
  out[1] = '-';
  detail::put_symbols<4>(out + 2, value, 3, detail::lower_hexadecimal);
}

std::string written(std::uint64_t first, std::uint64_t count, std::string_view separator, std::string_view suffix) {
  std::string out(static_cast<std::size_t>(count) * (5 + suffix.size() + separator.size()) + 1, '#');
  detail::write_grouped(out.data(), first, count, separator, 5, detail::lower_hexadecimal, 3, spell, suffix);
  return out;
}

constexpr std::string_view put(char* out, std::uint64_t value) {
  detail::put_symbols<5>(out, value, 3, "0123456789ABCDEFGHJKMNPQRSTVWXYZ");
  return {out, 3};
}
constexpr bool puts_symbols() {
  char out[3]{};
  return put(out, 31) == "00Z" && put(out, 32) == "010" && put(out, 32 * 32 * 32 + 5) == "005";
}

}  // namespace

static_assert(puts_symbols());
static_assert(detail::hexadecimal_value('9') == 9 && detail::hexadecimal_value('a') == 10 &&
              detail::hexadecimal_value('F') == 15);
static_assert(detail::hexadecimal_value('g') == 16 && detail::hexadecimal_value('@') == 16 &&
              detail::hexadecimal_value('/') == 16 && detail::hexadecimal_value(':') == 16 &&
              detail::hexadecimal_value('`') == 16 && detail::hexadecimal_value('G') == 16);
static_assert(detail::read_hexadecimal("00-1f:A") == 0x1FA && detail::read_hexadecimal("") == 0);

TEST_CASE("texts continue after their last group", "[serial]") {
  CHECK(written(0xFFE, 4, ",", "") == "0-ffe,0-fff,1-000,1-001,#");
  CHECK(written(0xFFE, 4, "", "?") == "0-ffe?0-fff?1-000?1-001?#");
  CHECK(written(7, 1, "", "") == "0-007#");
  std::string expected;
  for (std::uint64_t i = 0x0F00; i < 0x0F00 + 9000; ++i) {
    char text[5];
    spell(text, i);
    expected.append(text, 5).append("!\n");
  }
  CHECK(written(0x0F00, 9000, "\n", "!") == expected + "#");
}
