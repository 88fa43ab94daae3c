// The laws of expressions: for any text, in both dialects, with all kinds of policies.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/expression/inventree.hpp>
#include <tallymark/expression/strict.hpp>
#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "../fuzz/expression.cpp"
#include "../unit/expression/expand.hpp"
#include "../unit/expression/taken_source.hpp"

using namespace tallymark;

namespace {

constexpr bool has_a_four(std::uint64_t v) { return v % 10 == 4 || (v >= 10 && has_a_four(v / 10)); }

std::optional<std::string> one_more_letter(std::string_view latest) {
  std::string text(latest);
  if (text.back() == 'z') return text + 'a';
  ++text.back();
  return text;
}

using items = std::vector<std::string>;

// lists of items, the characters of expressions, and invisible bytes of files
std::string random_text(const items& sample_items) {
  const std::string common = "0123456789AaSN-+~\",;_ \t\r\n";
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return *rc::gen::container<std::string>(rc::gen::elementOf(common));
    case 1:
      return *rc::gen::container<std::string>(
          rc::gen::weightedOneOf<char>({{20, rc::gen::elementOf(common)},
                                        {1, rc::gen::arbitrary<char>()},
                                        {1, rc::gen::element('\0', '\xC2', '\xA0')}}));
    default: {
      const auto item =
          rc::gen::oneOf(rc::gen::elementOf(sample_items), rc::gen::element<std::string>("~", "~+1", "~+"));
      std::string text = *item;
      for (int n = *rc::gen::inRange(0, 4); n > 0; --n)
        text += *rc::gen::element<std::string>(",", ", ", ",\n") + *item;
      return text;
    }
  }
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

template <class Dialect, class Numbers>
void check_laws(const Dialect& dialect, const Numbers& numbers, std::string_view latest, const items& sample_items) {
  const after_latest source(numbers, latest);
  int named = 0;
  REQUIRE(rc::check([&] {
    const std::string text = random_text(sample_items);
    for (std::uint64_t quantity = 0; quantity < 8; ++quantity) {
      const expansion expanded = dialect.expand(text, quantity, numbers, source);
      RC_LOG() << '\'' << text << "' with " << quantity << '\n' << explained(expanded.errors, text);
      RC_ASSERT(fuzz_expression::holds<detail::stride_order<Numbers::stride>>(expanded, text, quantity));
      RC_ASSERT(expanded == dialect.expand(text, quantity, numbers, source));
      if (!expanded) continue;
      ++named;

      // each serial number can be written as a literal
      std::string literals;
      for (const std::string& spelling : spelled(numbers, expanded.serials))
        literals += (literals.empty() ? "" : ",") + quoted(spelling);
      RC_ASSERT(dialect.expand(literals, quantity, numbers, source) == expanded);
    }
  }));
  CHECK(named > 0);  // the cases are random, but not all of them are refused
}

template <class Numbers>
void check_both(const Numbers& numbers, std::string_view latest, const items& sample_items) {
  check_laws(strict_expression{}, numbers, latest, sample_items);
  check_laws(inventree_expression{}, numbers, latest, sample_items);
}

struct seed {
  std::string_view text;
  std::uint64_t quantity;
};

// the seeds of the fuzzer, and the inputs that turned out to be interesting
using namespace std::string_view_literals;
constexpr seed corpus[] = {
    {""sv, 1},
    {"1-5"sv, 5},
    {"098-101"sv, 4},
    {"SN-1-SN-5, 7"sv, 6},
    {"1+4, ~+3"sv, 9},
    {"~+"sv, 65535},
    {"1,,2,"sv, 2},
    {"\"a\"\"b\"-\"c\", \"x"sv, 2},
    {"1 + 2 20 - 40 ~"sv, 25},
    {"10-2;3+;4+"sv, 12},
    {"A\xA0"
     "1\xE2\x80\x83"
     "b"sv,
     3},
    {"1+18446744073709551615"sv, 5},
    {"1-18446744073709551614"sv, 5},
    {"999999999999999998-1000000000000000001"sv, 4},
    {"1-9-2-9"sv, 1},
    {"\0\xFF\n\r"sv, 1},
    {"\"~\" \"+\""sv, 2},
    {"+-~"sv, 1},
    {"1- -2 - + ~"sv, 3},
    {"\"\"\"\"\"\",\"\""sv, 1},
    {"\n,\n;\n"sv, 0},
    {"~,~,~+,~+1"sv, 7},
    {"1-1,1-1,1+0,1+0"sv, 1},
    {"08-09,08 - 09"sv, 2},
};

}  // namespace

TEST_CASE("the laws of expressions: text", "[expression]") {
  const items texts_and_numbers = {"1",       "2",  "3-5", "6+1", "8+",      "SN-02",
                                   "SN-04+1", "10", "x",   "x-1", "\"1-0\"", "--1"};
  check_both(numbering<text_serial<>, step<1>>{}, "A8", texts_and_numbers);
  check_both(numbering<text_serial<>, step<3>>{}, "", texts_and_numbers);
  check_both(numbering<text_serial<3>, skipping<has_a_four>>{}, "97", texts_and_numbers);
  check_both(numbering<text_serial<>, custom<one_more_letter>>{}, "ay",
             {"ab", "ab-ad", "y+1", "z+", "za-zc", "-", "1-5"});
}

TEST_CASE("the laws of expressions: one family", "[expression]") {
  const items numbers = {"1", "2", "3-5", "6+1", "8+", "9-1", "7", "\"5\"-6"};
  check_both(numbering<integer_serial, step<1>>{}, "7", numbers);
  check_both(numbering<integer_serial, wrapping<1, 9>>{}, "7", numbers);
  check_both(numbering<prefixed_serial<"SN-", 2>, step<1>>{}, "SN-95",
             {"SN-01", "SN-03-SN-05", "SN-07+1", "SN-98+", "1"});
  check_both(numbering<alphabet_serial<"01-", 0>, step<1>>{}, "10",
             {"0", "1", "10-1-", "1+1", "-0+", "1-0", "\"1-0\"", "1-1-1"});
}

TEST_CASE("a tilde is the next serial number that is neither taken nor named", "[expression]") {
  REQUIRE(rc::check([] {
    const auto any_numbers = [] { return *rc::gen::container<std::set<int>>(rc::gen::inRange(1, 40)); };
    const std::set<int> taken = any_numbers(), named = any_numbers();
    const int wanted = *rc::gen::inRange(1, 20);

    text_list expected;
    for (int at = 5; static_cast<int>(expected.size()) < wanted; ++at)
      if (taken.count(at) + named.count(at) == 0) expected.push_back(std::to_string(at));
    std::string text = "~+" + std::to_string(wanted - 1);
    for (const int number : named) {
      expected.push_back(std::to_string(number));
      text += "," + expected.back();
    }

    std::set<std::string> taken_texts;
    for (const int value : taken) taken_texts.insert(std::to_string(value));
    const taken_source source(by_text, "5", taken_texts, *rc::gen::element<std::uint64_t>(1, 2, 100));
    RC_ASSERT(spelled(by_text, strict_expression{}.expand(text, expected.size(), by_text, source).serials) == expected);
    RC_ASSERT(spelled(by_text, inventree_expression{}.expand(text, expected.size(), by_text, source).serials) ==
              expected);
  }));
}

TEST_CASE("the corpus of the fuzzer", "[expression]") {
  for (const auto& [text, quantity] : corpus) {
    CAPTURE(text);
    CHECK(fuzz_expression::check(text, quantity));
    std::string input = {static_cast<char>(quantity % 256), static_cast<char>(quantity / 256)};
    input += text;
    CHECK(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size()) == 0);
  }
}
