#include <tallymark/ext/detail/symbols.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>

using namespace tallymark::detail;

static_assert(is_printable("") && is_printable("!A~") && !is_printable("A B") && !is_printable("\x7F"));
static_assert(is_distinct("") && is_distinct("ABC") && !is_distinct("ABA") && !is_distinct("AA"));
static_assert(values_of("XY")['X'] == 0 && values_of("XY")['Y'] == 1 && values_of("XY")['Z'] == no_symbol);
static_assert(hexadecimal_value('9') == 9 && hexadecimal_value('a') == 10 && hexadecimal_value('F') == 15);

TEST_CASE("exactly the hexadecimal digits have values", "[ext]") {
  int digits = 0;
  for (int c = -128; c < 128; ++c) digits += hexadecimal_value(static_cast<char>(c)) < 16 ? 1 : 0;
  CHECK(digits == 22);
  for (std::size_t i = 0; i < 16; ++i)
    CHECK((hexadecimal_value(lower_hexadecimal[i]) == i && hexadecimal_value(upper_hexadecimal[i]) == i));
}
