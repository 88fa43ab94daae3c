#include <tallymark/ext/detail/utf8.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using tallymark::detail::is_control;
using tallymark::detail::utf8_length;

static_assert(utf8_length("a", 0) == 1);
static_assert(utf8_length("\xC3\xA4", 0) == 2);
static_assert(utf8_length("\xE2\x82\xAC", 0) == 3);
static_assert(utf8_length("\xF0\x9F\x93\xA6", 0) == 4);
static_assert(is_control("\n", 0) && is_control("\x7F", 0) && is_control("\xC2\x80", 0) && is_control("\xC2\x9F", 0));
static_assert(!is_control(" ", 0) && !is_control("\xC2\xA0", 0) && !is_control("\xC2", 0) &&
              !is_control("\xC3\x80", 0));

TEST_CASE("only well-formed sequences have a length", "[ext]") {
  // by decoding: the sequence has the shortest form, and its code point is neither a surrogate nor above U+10FFFF
  const auto decoded = [](const std::string& s, std::size_t length) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    if (length == 1) return static_cast<char32_t>(byte(0));
    char32_t value = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) value = (value << 6) | (byte(i) & 0x3FU);
    return value;
  };
  const auto expected = [&](const std::string& s) -> std::size_t {
    const auto lead = static_cast<unsigned char>(s[0]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC0 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF8 ? 4
                                             : 0;
    if (length == 0 || s.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
      if ((static_cast<unsigned char>(s[i]) & 0xC0U) != 0x80U) return 0;
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const char32_t value = decoded(s, length);
    return value < least[length] || value > 0x10FFFF || (0xD800 <= value && value <= 0xDFFF) ? 0 : length;
  };
  int wrong = 0;
  for (int a = 0; a < 256; ++a)
    for (int b = 0; b < 256; ++b)
      for (const int c : {0x00, 0x41, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF})
        for (const int d : {0x41, 0x80, 0xBF, 0xC0}) {
          const std::string s{static_cast<char>(a), static_cast<char>(b), static_cast<char>(c), static_cast<char>(d)};
          for (std::size_t size = 1; size <= 4; ++size)
            if (utf8_length(std::string_view(s).substr(0, size), 0) != expected(s.substr(0, size))) ++wrong;
        }
  CHECK(wrong == 0);
}
