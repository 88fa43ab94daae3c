#include <tallymark/gs1/character_set.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark::gs1;

static_assert(cset82.symbols().size() == 82 && cset39.symbols().size() == 39 && cset32.symbols().size() == 32);
static_assert(cset82.symbols()[0] == '!' && cset82.symbols()[81] == 'z' && cset82.symbols()[29] == 'A');
static_assert(cset82.contains('_') && cset82.contains('"') && cset82.contains('?') && cset82.contains('\''));
static_assert(cset39.symbols().starts_with("#-/0") && cset32.symbols().starts_with("2345"));
static_assert(cset82.find_other("AB#C") == 2 && cset82.find_other("") == std::string_view::npos);
static_assert(cset_numeric.find_other("0123456789") == std::string_view::npos && cset_numeric.find_other("/") == 0);

TEST_CASE("a set contains exactly its symbols", "[gs1]") {
  for (const auto& set : {cset82, cset39, cset32, cset64, cset_numeric})
    for (int byte = 0; byte < 256; ++byte) {
      const char c = static_cast<char>(byte);
      CHECK(set.contains(c) == (set.symbols().find(c) != std::string_view::npos));
    }
  for (const char c : std::string("#$@[]\\^`{|}~ \x7F\x80")) CHECK_FALSE(cset82.contains(c));
}
