#include <tallymark/gs1/short_text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

using tallymark::gs1::short_text;

static_assert(short_text<4>().empty() && short_text<4>("").view().empty());
static_assert(short_text<4>("abcd").view() == "abcd" && short_text<4>("b") > short_text<4>("abcd"));
static_assert(short_text<4>("ab") != short_text<4>("abc") && short_text<4>("ab") < short_text<4>("abc"));
static_assert([] {
  short_text<2> text("x");
  text.push_back('y');
  return text == short_text<2>("xy");
}());
static_assert(short_text<2>("abcd").view() == "abc");  // too long, and detectable by its size
static_assert([] {
  short_text<1> text("ab");
  text.push_back('c');
  return text.view() == "ab";
}());
static_assert(std::is_trivially_copyable_v<short_text<20>> && std::is_trivially_destructible_v<short_text<20>>);

TEST_CASE("a short text owns its bytes", "[gs1]") {
  std::string source = "lot";
  const short_text<20> text(source);
  source = "???";
  CHECK(text.view() == "lot");
  CHECK_FALSE(text.empty());
}
