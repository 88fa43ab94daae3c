#include <tallymark/ext/detail/words.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>

using namespace tallymark::detail;

static_assert(eight_of(0x20) == 0x2020202020202020);
static_assert(load_word("\x01\x02\x03\x04\x05\x06\x07\xF8") == 0xF807060504030201);
static_assert(is_plain_word(load_word(" ~azAZ09")) && !is_plain_word(load_word(" ~azAZ0\x7F")));
static_assert(is_plain("") && is_plain("a") && is_plain("1234567") && is_plain("12345678") && is_plain("SN-000000001"));
static_assert(!is_plain("\t") && !is_plain("SN-00000000\n") && !is_plain("caf\xC3\xA9"));

TEST_CASE("words are read alike at run time", "[ext]") {
  const std::string bytes = "\x01\x02\x03\x04\x05\x06\x07\xF8";
  CHECK(load_word(bytes.data()) == 0xF807060504030201);
}

TEST_CASE("a byte that is not plain is found at any position next to any other", "[ext]") {
  for (int byte = 0; byte < 256; ++byte)
    for (const char around : {' ', '0', '~'})
      for (std::size_t length = 1; length <= 20; ++length)
        for (std::size_t at = 0; at < length; ++at) {
          std::string text(length, around);
          text[at] = static_cast<char>(byte);
          if (is_plain(text) != (0x20 <= byte && byte <= 0x7E)) FAIL(byte << " at " << at << " of " << length);
        }
  SUCCEED();
}

static_assert(same_text("", "") && same_text("SN-", "SN-") && !same_text("SN-", "SM-") && !same_text("SN", "SN-"));

TEST_CASE("texts are equal if all bytes are", "[ext]") {
  const std::string all = "abcdefghijklmnopqrst";
  for (std::size_t size = 0; size <= all.size(); ++size) {
    const std::string text = all.substr(0, size);
    CHECK(same_text(text, std::string(text)));
    CHECK(!same_text(text, text + 'x'));
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'X';
      if (same_text(text, other)) FAIL(at << " of " << size);
    }
  }
}
