#include <tallymark/expression/inventree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../../support/compile_time.hpp"
#include "expand.hpp"

using namespace tallymark;

namespace {

constexpr inventree_expression inventree;

expansion expand(std::string_view text, std::uint64_t quantity, std::string_view latest = {}) {
  return inventree.expand(text, quantity, by_text, after_latest(by_text, latest));
}

void check_names(std::string_view text, std::uint64_t quantity, const text_list& expected,
                 std::string_view latest = {}) {
  const auto expanded = expand(text, quantity, latest);
  INFO(text << '\n' << explained(expanded.errors, text));
  CHECK(expanded.errors.empty());
  CHECK(spelled(by_text, expanded.serials) == expected);
}

void check_refuses(std::string_view text, std::uint64_t quantity, const failures& expected,
                   std::string_view latest = {}) {
  const auto expanded = expand(text, quantity, latest);
  INFO(text << '\n' << explained(expanded.errors, text));
  CHECK(expanded.errors == expected);
  CHECK(expanded.serials.empty());
}

text_list numbers_between(int first, int last) {
  text_list out;
  for (int i = first; i <= last; ++i) out.push_back(std::to_string(i));
  return out;
}

text_list joined(std::initializer_list<text_list> parts) {
  text_list out;
  for (const text_list& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

struct vector_of_reference {
  std::string_view input;
  std::uint64_t quantity;
  std::string_view latest;  // may be empty
  text_list serials;        // empty: refused
};

}  // namespace

static_assert(
    expression_dialect<inventree_expression, numbering<text_serial<>, step<1>>, after_latest<text_serial<>, step<1>>>);

// expansions at compile time
static_assert(names(inventree, "1 2,3", 3, {{{}, 1, 3}}));
static_assert(names(inventree, "1-5", 5, {{{}, 1, 5}}));
static_assert(names(inventree, "20 - 40, 100 + 2", 24, {{{}, 20, 21}, {{}, 100, 3}}));
static_assert(names(inventree, "7, 1+", 5, {{{}, 7, 1}, {{}, 1, 4}}));
static_assert(names(inventree, "\"a 1\" 5", 2, {{{"a "}, 1, 1}, {{}, 5, 1}}));
static_assert(refuses(inventree, "1-5", 1, {{errc::too_many_serials, 0, 3}}));
static_assert(refuses(inventree, ",1,1,", 3, {{errc::named_twice, 3, 1}}));
static_assert(refuses(inventree, "1+18446744073709551615", 5, {{errc::too_many_serials, 0, 22}}));
STATIC_CHECK_WITH_STRING(names(inventree, "1 2 ~ ~ ~", 5, {{{}, 1, 5}}, "2"));
STATIC_CHECK_WITH_STRING(refuses(inventree, "1, A-2, 3+", 5, {{errc::not_a_group, 3, 3}}));

// `extract_serials` of the reference system: its published behaviour, tests and documentation
TEST_CASE("inventree: what the reference expands", "[expression]") {
  const std::vector<vector_of_reference> vectors = {
      {"1-5", 5, "1", numbers_between(1, 5)},
      {"1, 2, 3, 4, 5", 5, "1", numbers_between(1, 5)},
      {"1, 2, 3, AF5-69H, 5", 5, "1", {"1", "2", "3", "AF5-69H", "5"}},
      {"1 2 ~ ~ ~", 5, "2", numbers_between(1, 5)},
      {"1+", 10, "1", numbers_between(1, 10)},
      {"~", 1, "1", {"2"}},
      {"~+", 2, "4", {"5", "6"}},
      {"1,3-5,9+2", 7, "1", {"1", "3", "4", "5", "9", "10", "11"}},
      {"~+", 2, "13", {"14", "15"}},
      {"11-20, 41-50, 91-100", 30, "1",
       joined({numbers_between(11, 20), numbers_between(41, 50), numbers_between(91, 100)})},
      {"1, 2, 3, 4, 5", 5, "", numbers_between(1, 5)},
      {"100, 101, 102, 103, 104, 105, 106, 107, 108, 109", 10, "", numbers_between(100, 109)},
      {"1", 1, "10", {"1"}},
      {"100-102", 3, "", {"100", "101", "102"}},
      {"103-105", 3, "", {"103", "104", "105"}},
      {"1,2,3", 3, "5", {"1", "2", "3"}},
      {"999", 1, "5", {"999"}},
      // from its documentation
      {"1, 2, 45, 99, 101", 5, "", {"1", "2", "45", "99", "101"}},
      {"10+3", 4, "", {"10", "11", "12", "13"}},
      {"~, ~, ~", 3, "99", {"100", "101", "102"}},
      {"~+5", 6, "99", numbers_between(100, 105)},
      {"40+4, 50+4", 10, "", joined({numbers_between(40, 44), numbers_between(50, 54)})},
  };
  for (const auto& [input, quantity, latest, serials] : vectors) check_names(input, quantity, serials, latest);
}

TEST_CASE("inventree: what the reference refuses", "[expression]") {
  check_refuses("1,2,3,3,3", 5, {{errc::named_twice, 6, 1}, {errc::named_twice, 8, 1}}, "1");
  check_refuses(", , ,", 0, {{errc::empty_text, 0, 5}}, "1");
  check_refuses("1-5-10", 10, {{errc::too_few_serials, 0, 6}}, "1");
  check_refuses("1, 2, 3, E-5", 5, {{errc::not_a_group, 9, 3}}, "1");
  check_refuses("1, A-2, 3+", 5, {{errc::not_a_group, 3, 3}}, "1");
  check_refuses("1-100", 10, {{errc::too_many_serials, 0, 5}});
  check_refuses("1-20", 10, {{errc::too_many_serials, 0, 4}});
  check_refuses("dd-23-adf", 4, {{errc::too_few_serials, 0, 9}});
}

// `increment` of the reference system, seen through `~`
TEST_CASE("inventree: what follows the latest serial number", "[expression]") {
  check_names("~", 1, {"1"}, "");
  check_names("~", 1, {"002"}, "001");
  check_names("~", 1, {"ABC124"}, "ABC123");
  check_refuses("~", 1, {{errc::no_counter, 0, 1}}, "123Q");
}

TEST_CASE("inventree: words are separated by white space and commas", "[expression]") {
  check_names("1 2,3\t4\n5\r\n6 , 7", 7, numbers_between(1, 7));
  check_names("1;2", 1, {"1;2"});
  check_names(
      "1\u00A02\u20033\u30004\u2028"
      "5",
      5, numbers_between(1, 5));
  check_names(
      "1\x1c"
      "2\v3\f4",
      4, numbers_between(1, 4));
  check_names("1\u200B2", 1, {"1\u200B2"});  // a zero-width space, which is not white space
}

TEST_CASE("inventree: empty words are dropped, but the count must still match", "[expression]") {
  check_names(",1,2", 2, {"1", "2"});
  check_names("1,,2 , ,", 2, {"1", "2"});
  check_refuses(",1,2", 3, {{errc::too_few_serials, 0, 4}});
  check_refuses("1,2,", 3, {{errc::too_few_serials, 0, 4}});
  check_refuses("", 1, {{errc::empty_text, 0, 0}});
  check_refuses(" , ", 2, {{errc::empty_text, 0, 3}});
}

TEST_CASE("inventree: if the number of words equals the quantity, each is a serial number", "[expression]") {
  check_names("AF5-69H", 1, {"AF5-69H"});
  check_names("E-5 C++ A+B", 3, {"E-5", "C++", "A+B"});
  check_names("10-2 5-5", 2, {"10-2", "5-5"});
  check_names("QQQ+1 -5 +2", 3, {"QQQ+1", "-5", "+2"});
}

TEST_CASE("inventree: a group is a group, however many words there are", "[expression]") {
  check_refuses("1-5", 1, {{errc::too_many_serials, 0, 3}});
  check_refuses("1+1", 1, {{errc::too_many_serials, 0, 3}});
  check_names("A101+", 1, {"A101"});
  check_names("1+0", 1, {"1"});
  check_names("~+", 1, {"1"});
  check_refuses("1-2, A-3", 2, {{errc::not_a_group, 5, 3}});
  check_refuses("1-5, 10-2", 2, {{errc::too_many_serials, 0, 3}, {errc::range_backwards, 5, 4}});
  check_names("\"1-5\"", 1, {"1-5"});
}

TEST_CASE("inventree: blanks are allowed around operators", "[expression]") {
  check_names("100 + 2", 3, {"100", "101", "102"});
  check_names("20 - 22", 3, {"20", "21", "22"});
  check_names("1 20 - 22 30 + 1 40 +", 8, {"1", "20", "21", "22", "30", "31", "40", "41"});
  check_names("~ + 1, ~ +", 4, numbers_between(1, 4));
  check_names("1\u00A0-\u00A03", 3, {"1", "2", "3"});
  check_names("\"SN-1\" - \"SN-3\"", 3, {"SN-1", "SN-2", "SN-3"});
  check_refuses("100 + 2", 4, {{errc::too_few_serials, 0, 7}});
  check_refuses("20 - 40", 3, {{errc::too_many_serials, 0, 7}});
  check_refuses("40 - 20", 3, {{errc::range_backwards, 0, 7}});
  check_refuses("A - B", 1, {{errc::not_a_group, 0, 5}});
  check_refuses("1 - 2 - 3", 3, {{errc::not_a_group, 0, 9}});
  check_refuses("1 + 2 + 3", 3, {{errc::not_a_group, 0, 9}});
  check_refuses("1-2 + 3", 3, {{errc::not_a_group, 0, 7}});
  check_refuses("1 -", 2, {{errc::not_a_group, 0, 3}});
}

TEST_CASE("inventree: a comma separates an operator from its neighbours", "[expression]") {
  check_refuses("1, - 2", 4, {{errc::not_a_group, 3, 1}});
  check_refuses("1 -, 2", 4, {{errc::not_a_group, 0, 3}});
  check_refuses("+ 2 ,-", 4, {{errc::not_a_group, 0, 1}, {errc::not_a_group, 5, 1}});
}

TEST_CASE("inventree: ranges", "[expression]") {
  check_names("098-101", 4, {"098", "099", "100", "101"});
  check_names("A9-A11,B1-B2", 5, {"A9", "A10", "A11", "B1", "B2"});
  check_refuses("10-2", 5, {{errc::range_backwards, 0, 4}});
  check_refuses("5-5", 2, {{errc::not_a_group, 0, 3}});
  check_refuses("A-A", 2, {{errc::not_a_group, 0, 3}});
  check_refuses("-5", 5, {{errc::not_a_group, 0, 2}});
  check_refuses("5-", 5, {{errc::not_a_group, 0, 2}});
  check_refuses("1-3+1", 5, {{errc::not_a_group, 0, 5}});
  check_refuses("1-999999999999999999", 5, {{errc::too_many_serials, 0, 20}});
}

TEST_CASE("inventree: a word with two hyphens is a serial number", "[expression]") {
  check_names("SN-1-SN-5 7-8", 3, {"SN-1-SN-5", "7", "8"});
  check_names("A-B-7+3 7-8", 3, {"A-B-7+3", "7", "8"});
}

TEST_CASE("inventree: a+ fills what the words before it leave", "[expression]") {
  check_names("50, 100+", 4, {"50", "100", "101", "102"});
  check_refuses("1+ 50", 5, {{errc::too_many_serials, 3, 2}});
  check_refuses("1,2,3+", 2, {{errc::no_room_to_fill, 4, 2}});
  check_refuses("1+ 20+", 5, {{errc::second_fill, 3, 3}});
  check_refuses("QQQ+", 3, {{errc::no_counter, 0, 4}});
}

TEST_CASE("inventree: a+n is a and the n after it", "[expression]") {
  check_names("1+2_0", 21, numbers_between(1, 21));
  check_refuses("1+2__0", 21, {{errc::bad_count, 2, 4}});
  check_refuses("1+x 2", 3, {{errc::bad_count, 2, 1}});
  check_refuses("1++ 2", 3, {{errc::bad_count, 2, 1}});
  check_refuses("+3 2", 3, {{errc::not_a_group, 0, 2}});
  check_refuses("QQQ+1 2", 3, {{errc::no_counter, 0, 3}});
}

TEST_CASE("inventree: a+n never counts beyond the quantity", "[expression]") {
  check_refuses("1+40000", 10, {{errc::too_many_serials, 0, 7}});
  check_refuses("1+4000000000", 10, {{errc::too_many_serials, 0, 12}});
  check_refuses("1+99999999999999999999999999", 10, {{errc::too_many_serials, 0, 28}});
  CHECK(expand("1+4000000000", 4000000001).serials.size() == 1);
}

TEST_CASE("inventree: no limit of a thousand", "[expression]") {
  CHECK(expand("1-5000000", 5000000).serials.size() == 1);
  CHECK(expand("~+", 5000000).serials.size() == 1);
}

TEST_CASE("inventree: a tilde is the next free serial number", "[expression]") {
  check_names("~", 1, {"1"});
  check_names("~+", 3, {"1", "2", "3"});
  check_names("~,10", 2, {"11", "10"}, "9");
  check_names("~ 11-12 ~+1", 5, {"10", "11", "12", "13", "14"}, "9");
  check_names("~ 10+", 3, {"12", "10", "11"}, "9");
}

TEST_CASE("inventree: a tilde inside a word is refused", "[expression]") {
  check_refuses("SN~", 1, {{errc::not_a_group, 0, 3}});
  check_refuses("~~ 5", 2, {{errc::not_a_group, 0, 2}});
  check_refuses("~-10", 5, {{errc::not_a_group, 0, 1}});
  check_refuses("1-~ 5", 2, {{errc::not_a_group, 0, 3}});
  check_names("\"SN~\"", 1, {"SN~"});
}

TEST_CASE("inventree: quotes make anything a serial number", "[expression]") {
  check_names(R"("a, b" "~" "1+1" "say ""x""")", 4, {"a, b", "~", "1+1", "say \"x\""});
  check_names(R"("1-5" 7-8)", 3, {"1-5", "7", "8"});
  check_names(R"("SN-7"+2)", 3, {"SN-7", "SN-8", "SN-9"});
  check_names(R"(12" 5)", 2, {"12\"", "5"});
  check_refuses(R"(1 "a b)", 2, {{errc::unclosed_quote, 2, 1}});
  check_refuses(R"("a"b 1)", 2, {{errc::text_after_quote, 3, 1}});
  check_refuses(R"("A"-"B")", 1, {{errc::not_a_group, 0, 7}});
}

TEST_CASE("inventree: hostile texts", "[expression]") {
  const std::size_t size = 1 << 20;
  check_refuses(std::string(size, 'x'), 1, {{errc::text_too_long, 100, size - 100}});
  check_refuses(std::string(size, '-'), 2, {{errc::text_too_long, 100, size - 100}});
  check_refuses(std::string(size, '+'), 2, {{errc::not_a_group, 0, size}});
  check_refuses(std::string(size, ','), 2, {{errc::empty_text, 0, size}});
  check_refuses("1+" + std::string(size, '9'), 1, {{errc::too_many_serials, 0, size + 2}});
  std::string operators, words;
  for (int i = 0; i < 200000; ++i) {
    operators += "1 - ";
    words += std::to_string(2 * i) + ' ';
  }
  check_refuses(operators, 5, {{errc::not_a_group, 0, 799999}});
  CHECK(expand(words, 200000).serials.size() == 200000);
}
