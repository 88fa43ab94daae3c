#include <tallymark/number/detail/text_counter.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

using namespace tallymark;

// All kinds of texts are tested through text_serial; this test is for the use without it.
using counter = detail::text_counter<4>;
static_assert(counter{}.parse("A-7") == serial_number{{"A-"}, 7});
static_assert(counter{}.parse("A07") == serial_number{{"A", 2}, 7});
static_assert(counter{}.parse("AAA") == serial_number{family::literal("AAA"), 0});
static_assert(counter{}.last({"A"}) == 999 && counter{}.last({"A", 3}) == 99);

TEST_CASE("the counter of a text carries into another family", "[policy]") {
  std::string storage, text;
  const auto grown = counter{}.carry({"A", 2}, storage);
  REQUIRE(grown);
  counter{}.format(text, *grown);
  CHECK(text == "A10");
  CHECK(!counter{}.carry({"A"}, storage));
}
