#include <tallymark/gs1/detail/hex.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

using namespace tallymark;
using namespace tallymark::gs1::detail;

static_assert(is_hex('0') && is_hex('9') && is_hex('A') && is_hex('F') && is_hex('a') && is_hex('f'));
static_assert(!is_hex('/') && !is_hex(':') && !is_hex('@') && !is_hex('G') && !is_hex('`') && !is_hex('g'));
static_assert(hexadecimal_value('9') == 9 && hexadecimal_value('A') == 10 && hexadecimal_value('f') == 15);
static_assert(get_bits("3F", 0, 8) == 0x3F && get_bits("3F", 2, 2) == 3 && get_bits("3F", 3, 4) == 15);
static_assert(fail_bits(errc::too_large, 11, 3).value() == failure{errc::too_large, 2, 2, {}});
static_assert(fail_bits(errc::too_large, 8, 4).value() == failure{errc::too_large, 2, 1, {}});

TEST_CASE("bits are read as written, and other bits do not change", "[gs1]") {
  constexpr std::uint64_t pattern = 0xA5C396F00F69;
  for (const char background : {'0', 'F', '9'})
    for (std::size_t at = 0; at < 20; ++at)
      for (std::size_t count = 1; count <= 44; ++count) {
        const std::string before(20, background);
        std::string hex = before;
        const std::uint64_t value = pattern & ((std::uint64_t{1} << count) - 1);
        put_bits(hex.data(), at, count, value);
        CHECK(get_bits(hex, at, count) == value);
        for (std::size_t bit = 0; bit < 80; ++bit)
          if (bit < at || at + count <= bit) REQUIRE(get_bits(hex, bit, 1) == get_bits(before, bit, 1));
      }
}
