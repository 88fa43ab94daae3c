#include <tallymark/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "../support/compile_time.hpp"

using namespace tallymark;

namespace {

constexpr failure at(std::uint32_t place, std::uint32_t length, errc code = errc::not_a_serial) {
  return {code, place, length};
}

}  // namespace

static_assert(fail(errc::too_large, 3, 2).value() == failure{errc::too_large, 3, 2});
static_assert(shifted({errc::too_large, 3, 2}, 4) == failure{errc::too_large, 7, 2});
static_assert(message(errc::exhausted) == "no serial number is left");
STATIC_CHECK_WITH_STRING(explain(at(2, 3), "SN-00x042") == "SN-00x042\n  ^^^ this is not a serial number of this kind");

TEST_CASE("every code has a message of its own", "[error]") {
  std::set<std::string_view> seen;
  int code = 1;
  for (; message(static_cast<errc>(code)) != "unknown"; ++code) {
    const auto text = message(static_cast<errc>(code));
    CHECK_FALSE(text.empty());
    CHECK(text.back() != '.');
    CHECK(seen.insert(text).second);
  }
  CHECK(code > static_cast<int>(errc::bad_value));
  for (; code < 256; ++code) CHECK(message(static_cast<errc>(code)) == "unknown");
  CHECK(message(static_cast<errc>(0)) == "unknown");
  CHECK(message(static_cast<errc>(255)) == "unknown");
}

TEST_CASE("positions beyond 32 bits are clipped", "[error]") {
  constexpr auto most = std::numeric_limits<std::uint32_t>::max();
  CHECK(fail(errc::too_large, std::size_t{most} + 1, std::size_t{most} + 9).value() ==
        failure{errc::too_large, most, most});
  CHECK(shifted({errc::too_large, 1, 2}, std::size_t{most} + 1).at == most);
  CHECK(shifted({errc::too_large, most, 2}, 1).at == most);
}

TEST_CASE("explain puts a caret under each character of the place", "[error]") {
  CHECK(explain(at(0, 1), "x") == "x\n^ this is not a serial number of this kind");
  CHECK(explain(at(1, 2), "a\xC3\xA4z") == "a\xC3\xA4z\n ^ this is not a serial number of this kind");
  CHECK(explain(at(3, 1), "a\xC3\xA4z") == "a\xC3\xA4z\n  ^ this is not a serial number of this kind");
  CHECK(explain(at(2, 1), "a\xC3\xA4z") == "a\xC3\xA4z\n ^ this is not a serial number of this kind");  // within one
  CHECK(explain(at(1, 1), "\tx") == "\tx\n\t^ this is not a serial number of this kind");
}

TEST_CASE("a failure can say what would be right", "[error]") {
  const failure wrong = result<void>(fail(errc::wrong_check, 2, 1, "7")).error();
  CHECK(wrong.right() == "7");
  CHECK(wrong != failure{errc::wrong_check, 2, 1});
  CHECK(explain(wrong, "ab8") == "ab8\n  ^ the check character is wrong: expected '7'");
  CHECK(failure{errc::wrong_check, 2, 1}.right().empty());
  CHECK(result<void>(fail(errc::wrong_check, 0, 0, "abcdef")).error().right() == "abcd");
  CHECK(shifted(wrong, 3).right() == "7");
}

TEST_CASE("explain shows one caret where there is nothing to point at", "[error]") {
  CHECK(explain(at(0, 0, errc::empty_text), "") == "\n^ the text is empty");
  CHECK(explain(at(2, 0), "ab") == "ab\n  ^ this is not a serial number of this kind");
  CHECK(explain(at(99, 99), "ab") == "ab\n  ^ this is not a serial number of this kind");
}

TEST_CASE("explain shows only the line of the place", "[error]") {
  CHECK(explain(at(4, 1), "one\ntwo\r\nthree") == "two\n^ this is not a serial number of this kind");
  CHECK(explain(at(9, 9), "one\ntwo\r\nthree") == "three\n^^^^^ this is not a serial number of this kind");
  CHECK(explain(at(3, 1), "one\ntwo") == "one\n   ^ this is not a serial number of this kind");
  CHECK(explain(at(4, 1), "one\r\ntwo") == "one\n   ^ this is not a serial number of this kind");
}

TEST_CASE("explain cuts long lines around the place", "[error]") {
  std::string text(10'000'000, 'x');
  text[5'000'000] = '!';
  const auto drawn = explain(at(5'000'000, 1), text);
  CHECK(drawn.size() < 250);
  const auto line = drawn.find('\n');
  CHECK(drawn.find('!') == drawn.find('^') - line - 1);

  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "\xC3\xA4";
  for (std::uint32_t place = 0; place < 400; ++place)
    CHECK(explain(at(place, 2), umlauts).find('?') == std::string::npos);
}

TEST_CASE("explain never shows what could disturb a terminal", "[error]") {
  CHECK(explain(at(1, 1, errc::control_character), "a\x1B[31mb") ==
        "a?[31mb\n ^ the text contains a control character");
  CHECK(explain(at(1, 2, errc::control_character), "a\xC2\x9Bz") == "a?z\n ^ the text contains a control character");
  CHECK(explain(at(0, 1, errc::control_character), std::string_view("\0\x7F", 2)) ==
        "??\n^ the text contains a control character");
  CHECK(explain(at(1, 1, errc::not_utf8), "a\xFFz") == "a?z\n ^ the text is not valid UTF-8");
  CHECK(explain(at(2, 1, errc::not_utf8), "a\x80\x80\x80\x80\x80") == "a?????\n  ^ the text is not valid UTF-8");
  CHECK(explain(at(0, 3, errc::not_utf8), "\xE2\x82").size() < 60);
}

TEST_CASE("explain says what is greater in a range that runs backwards", "[error]") {
  CHECK(explain({errc::range_backwards, 2, 3}, "1,9-5,12") ==
        "1,9-5,12\n  ^^^ the range runs backwards: 9 is greater than 5");
  CHECK(explain({errc::range_backwards, 0, 13}, "SN-10 - SN-2 ") ==
        "SN-10 - SN-2 \n^^^^^^^^^^^^^ the range runs backwards: SN-10 is greater than SN-2");
  CHECK(explain({errc::range_backwards, 0, 3}, "a-b-c") == "a-b-c\n^^^ the range runs backwards: a is greater than b");
  CHECK(explain({errc::range_backwards, 0, 5}, "a-b-c") == "a-b-c\n^^^^^ the range runs backwards");
}
