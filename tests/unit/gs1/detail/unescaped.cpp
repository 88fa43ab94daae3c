#include <tallymark/gs1/detail/unescaped.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;
using gs1::detail::unescaped;

// `A%28B` at position 10
constexpr unescaped sample = [] {
  unescaped made;
  made.add('A', 10);
  made.add('(', 11);
  made.add('B', 14);
  made.end(15);
  return made;
}();
static_assert(sample.view() == "A(B");
static_assert(sample.placed({errc::wrong_character, 1, 1, {}}) == failure{errc::wrong_character, 11, 3, {}});
static_assert(sample.placed({errc::value_too_short, 3, 0, {}}) == failure{errc::value_too_short, 15, 0, {}});
static_assert(sample.placed({errc::value_too_long, 1, 2, {}}) == failure{errc::value_too_long, 11, 4, {}});

TEST_CASE("there is room for one byte more than the longest value", "[gs1]") {
  unescaped value;
  std::size_t added = 1;
  while (value.add('x', added)) ++added;
  value.end(added);
  CHECK(added == 91);
  CHECK(value.view() == std::string(91, 'x'));
  CHECK(value.placed({errc::value_too_long, 90, 1, {}}).at == 91);
}
