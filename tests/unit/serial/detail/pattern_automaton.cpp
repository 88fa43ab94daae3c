#include <tallymark/serial/detail/pattern_automaton.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <random>
#include <set>
#include <string>

using namespace tallymark::detail;

namespace {

automaton of(const std::string& letters) {
  automaton made;
  for (const char c : letters) made.add({byte_set(std::string(1, c))});
  return made;
}

// Finds by brute force the texts of at most six bytes that an automaton accepts, with the roles of their bytes.
void walk(const automaton& a, std::size_t i, const std::string& text, std::set<std::string>& out) {
  if (i == a.count) out.insert(text);
  if (i == a.count) return;
  const automaton_step& step = a.steps[i];
  if (step.skip > 0) walk(a, i + step.skip, text, out);
  if (text.size() == 12) return;
  for (const char c : {'a', 'b'}) {
    if (!step.bytes.meets(byte_set(std::string(1, c)))) continue;
    const std::string longer = text + c + static_cast<char>('0' + step.role);
    walk(a, i + 1, longer, out);
    if (step.repeats) walk(a, i, longer, out);
  }
}

std::string bytes_of(const std::string& with_roles) {
  std::string out;
  for (std::size_t i = 0; i < with_roles.size(); i += 2) out += with_roles[i];
  return out;
}

}  // namespace

static_assert(byte_set("ab").meets(byte_set("bc")) && !byte_set("ab").meets(byte_set("cd")));
static_assert(byte_set().add(0x20, 0xFF).meets(byte_set("\xff")));

TEST_CASE("chains of single bytes have a common text if they are equal", "[serial]") {
  CHECK(have_common_text<2, 2>(of("ab"), of("ab"), false));
  CHECK(!have_common_text<2, 2>(of("ab"), of("ba"), false));
  CHECK(!have_common_text<2, 3>(of("ab"), of("aba"), false));
}

TEST_CASE("the search agrees with a search through all short texts", "[serial]") {
  std::mt19937 random(20261123);
  const auto below = [&](unsigned n) { return static_cast<std::uint8_t>(random() % n); };
  int common = 0, ambiguous = 0;
  for (int round = 0; round < 2000; ++round) {
    automaton both[2];
    for (automaton& chain : both)
      for (int i = 0; i < 3; ++i) {
        const std::uint8_t most = static_cast<std::uint8_t>(3 - i);
        chain.add({byte_set(std::string("ab").substr(below(2), 1U + below(2))), below(4) == 0,
                   below(3) == 0 ? static_cast<std::uint8_t>(1 + below(most)) : std::uint8_t{0}, below(2)});
      }
    std::set<std::string> a, b, bytes_a, bytes_b;
    walk(both[0], 0, "", a);
    walk(both[1], 0, "", b);
    for (const auto& text : a) bytes_a.insert(bytes_of(text));
    for (const auto& text : b) bytes_b.insert(bytes_of(text));
    bool meets = false;
    for (const auto& text : bytes_a) meets = meets || bytes_b.contains(text);
    common += meets;
    ambiguous += bytes_a.size() < a.size();
    REQUIRE(have_common_text<3, 3>(both[0], both[1], false) == meets);
    REQUIRE(have_common_text<3, 3>(both[0], both[0], true) == (bytes_a.size() < a.size()));
  }
  CHECK((common > 200 && common < 1900 && ambiguous > 100));
}
