#include <tallymark/expression/detail/item.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace tallymark::detail;

namespace {

constexpr scanned_item scan(std::string_view text, std::size_t begin = 0) {
  return scan_item(text, begin, [&](std::size_t at) { return text[at] == ','; });
}

constexpr bool is(const scanned_item& item, std::string_view text, std::size_t end, std::size_t open = nowhere) {
  return item.text == text && item.end == end && item.open_quote == open;
}

constexpr bool is(const operation& parts, std::string_view left, char sign, std::string_view right) {
  return parts.left == left && parts.sign == sign && parts.right == right;
}

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

}  // namespace

static_assert(stripped(" \t\r\n\v\fa b ") == "a b");
static_assert(stripped("").empty() && stripped("   ").empty());
static_assert(quote_end(R"("a")", 0) == 3 && quote_end(R"("")", 0) == 2 && quote_end(R"("a""b" c)", 0) == 6);
static_assert(quote_end("\"", 0) == nowhere && quote_end("\"\"\"", 0) == nowhere && quote_end("\"a\n\"", 0) == nowhere);
static_assert(is(scan("1 , 2"), "1", 2) && is(scan("1 , 2", 3), "2", 5) && is(scan(",", 1), "", 1));
static_assert(is(split_at("a+b", 1), "a", '+', "b") && is(split_at("a+b", nowhere), "a+b", 0, ""));
static_assert(is(split_after_quote(R"("a-b" - c)"), R"("a-b")", '-', "c"));
static_assert(read_count("18446744073709551615", false) == most && !read_count("", false));

TEST_CASE("a part of blanks keeps its position", "[expression]") {
  constexpr std::string_view text = "a,  ,b";
  const auto nothing = stripped(text.substr(2, 2));
  CHECK(nothing.empty());
  CHECK(nothing.data() >= text.data() + 2);
  CHECK(nothing.data() <= text.data() + 4);
}

TEST_CASE("separators inside quotes do not separate", "[expression]") {
  CHECK(is(scan(R"("a,b", c)"), R"("a,b")", 5));
  CHECK(is(scan(R"(1 - "a,b", c)"), R"(1 - "a,b")", 9));
  CHECK(is(scan(R"(1+"a,b", c)"), R"(1+"a,b")", 7));
  CHECK(is(scan(R"("a"",b", c)"), R"("a"",b")", 7));
}

TEST_CASE("a quote inside an operand is an ordinary character", "[expression]") {
  CHECK(is(scan(R"(12",3)"), R"(12")", 3));
  CHECK(is(scan(R"(a "b,c")"), R"(a "b)", 4));
  CHECK(is(scan(R"("a"b"c,d")"), R"("a"b"c)", 6));
}

TEST_CASE("an open quote ends with its line", "[expression]") {
  CHECK(is(scan("1-\"a,b"), "1-\"a,b", 6, 2));
  CHECK(is(scan(" \"a,b\nc,d"), "\"a,b", 5, 1));
}

TEST_CASE("text after a quoted text is an operator or an error", "[expression]") {
  CHECK(is(split_after_quote(R"("a")"), R"("a")", 0, ""));
  CHECK(is(split_after_quote(R"("a"+)"), R"("a")", '+', ""));
  CHECK(is(split_after_quote(R"("a" b)"), R"("a")", 'b', ""));
}

TEST_CASE("counts are digits, with single underscores if allowed", "[expression]") {
  CHECK(read_count("0", false) == 0U);
  CHECK(read_count("007", false) == 7U);
  CHECK(read_count("2_0", true) == 20U);
  CHECK(read_count("1_2_3", true) == 123U);
  for (const std::string_view bad : {"2_0", "", "x", "1x", "-1", "+1", "1 2", "1.0"})
    CHECK_FALSE(read_count(bad, false));
  for (const std::string_view bad : {"_", "_1", "1_", "1__2", "", "1 _2"}) CHECK_FALSE(read_count(bad, true));
}

TEST_CASE("a count that is too large becomes the largest", "[expression]") {
  CHECK(read_count("18446744073709551614", false) == most - 1);
  CHECK(read_count("18446744073709551616", false) == most);
  CHECK(read_count("99999999999999999999999", false) == most);
  CHECK(read_count(std::string(100000, '1'), false) == most);
  CHECK(read_count(std::string(100000, '0') + "5", false) == 5U);
}
