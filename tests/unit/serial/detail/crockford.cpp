#include <tallymark/serial/detail/crockford.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark::detail;

namespace {

constexpr unsigned value(char c) { return crockford_values[static_cast<unsigned char>(c)]; }

}  // namespace

static_assert(value('0') == 0 && value('9') == 9 && value('A') == 10 && value('z') == 31 && value('Z') == 31);
static_assert(value('I') == 1 && value('l') == 1 && value('o') == 0 && value('O') == 0);
static_assert(value('U') == no_symbol && value('u') == no_symbol && value('-') == no_symbol &&
              value('\xFF') == no_symbol && value('*') == no_symbol);

TEST_CASE("the value of every symbol is its position, in both cases", "[serial]") {
  unsigned known = 0;
  for (unsigned byte = 0; byte < 256; ++byte) known += crockford_values[byte] != no_symbol;
  CHECK(known == 10 + 2 * 22 + 2 * 3);
  for (std::size_t i = 0; i < crockford_symbols.size(); ++i) CHECK(value(crockford_symbols[i]) == i);
}
