#include <tallymark/expression/strict.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/slots.hpp>

#include "../../support/compile_time.hpp"
#include "expand.hpp"

using namespace tallymark;

namespace {

constexpr strict_expression strict;

expansion expand(std::string_view text, std::uint64_t quantity, std::string_view latest = {}) {
  return strict.expand(text, quantity, by_text, after_latest(by_text, latest));
}

void check_names(std::string_view text, const text_list& expected, std::string_view latest = {}) {
  const auto expanded = expand(text, expected.size(), latest);
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

std::string first_error(std::string_view text, std::uint64_t quantity) {
  const auto expanded = expand(text, quantity);
  return expanded ? "none" : explain(expanded.errors.front(), text);
}

// counts hexadecimal text, like a plug-in
struct hexadecimal_text {
  using policy_slot = increment_slot;
  std::optional<std::string> next(std::string_view latest) const {
    std::string out(latest);
    for (std::size_t i = out.size(); i-- > 0;) {
      if (out[i] == 'F') {
        out[i] = '0';
        continue;
      }
      out[i] = out[i] == '9' ? 'A' : static_cast<char>(out[i] + 1);
      return out;
    }
    return "1" + out;
  }
};

// every text with a digit at its end is a serial number of one family: every hyphen can make a range
struct last_digit {
  using policy_slot = serial_slot;
  static constexpr std::size_t max_length = 5;
  constexpr result<std::uint64_t> parse(std::string_view text) const {
    if (text.back() < '0' || '9' < text.back()) return fail(errc::not_a_serial);
    return static_cast<std::uint64_t>(text.back() - '0');
  }
  constexpr void format(std::string& out, std::uint64_t ordinal) const { out += static_cast<char>('0' + ordinal); }
  constexpr std::uint64_t last() const { return 9; }
};

constexpr numbering<text_serial<>, hexadecimal_text> by_hexadecimal;
constexpr numbering<last_digit, step<1>> by_last_digit;

}  // namespace

static_assert(
    expression_dialect<strict_expression, numbering<text_serial<>, step<1>>, after_latest<text_serial<>, step<1>>>);

// expansions at compile time
static_assert(names(strict, "7", 1, {{{}, 7, 1}}));
static_assert(names(strict, "1-5", 5, {{{}, 1, 5}}));
static_assert(names(strict, "1-5; 9\n6, 7", 8, {{{}, 1, 5}, {{}, 9, 1}, {{}, 6, 2}}));
static_assert(names(strict, "SN-1-SN-5", 5, {{{"SN-"}, 1, 5}}));
static_assert(names(strict, "SN-7,QQQ", 2, {{{"SN-"}, 7, 1}, {family::literal("QQQ"), 0, 1}}));
static_assert(names(strict, R"("1-5")", 1, {{{"1-"}, 5, 1}}));
static_assert(names(strict, R"("a""b1" - a"b3)", 3, {{{"a\"b"}, 1, 3}}));
static_assert(names(strict, "1+4", 5, {{{}, 1, 5}}));
static_assert(names(strict, "1+, 10", 5, {{{}, 1, 4}, {{}, 10, 1}}));
static_assert(refuses(strict, "1,9-5,12", 7, {{errc::range_backwards, 2, 3}}));
static_assert(refuses(strict, "1,,2-3,1", 5, {{errc::empty_item, 2, 0}, {errc::named_twice, 7, 1}}));
static_assert(refuses(strict, "1+4000000000", 5, {{errc::too_many_serials, 0, 12}}));
STATIC_CHECK_WITH_STRING(names(strict, "098-101", 4, {{{"", 3}, 98, 2}, {{}, 100, 2}}));
STATIC_CHECK_WITH_STRING(names(strict, "2024-0001", 1, {{{"2024-", 4}, 1, 1}}));
STATIC_CHECK_WITH_STRING(names(strict, "~, 3, ~+", 5, {{{}, 4, 1}, {{}, 3, 1}, {{}, 5, 3}}, "2"));

TEST_CASE("strict: items are separated by commas, semicolons or line ends", "[expression]") {
  check_names("1", {"1"});
  check_names("3,1;2", {"3", "1", "2"});
  check_names("1\n2\r\n3\r4", {"1", "2", "3", "4"});
  check_names(" 1 ,\t2 ; 3 ", {"1", "2", "3"});
  check_names("a b, c", {"a b", "c"});
}

TEST_CASE("strict: repeated line ends, and those next to a comma or at the ends, are ignored", "[expression]") {
  check_names("\n1,\n2\n\n\n3\n,4;\n\n5\n", {"1", "2", "3", "4", "5"});
}

TEST_CASE("strict: an item between two commas must not be empty", "[expression]") {
  check_refuses("1,,2", 2, {{errc::empty_item, 2, 0}});
  check_refuses("1, ;2", 2, {{errc::empty_item, 2, 1}});
  check_refuses(",1", 1, {{errc::empty_item, 0, 0}});
  check_refuses("1,2,", 2, {{errc::empty_item, 4, 0}});
  check_refuses("1,2, \n", 2, {{errc::empty_item, 4, 2}});
  check_refuses("1,\n,2", 2, {{errc::empty_item, 2, 1}});
  check_refuses(",,", 2, {{errc::empty_item, 0, 0}, {errc::empty_item, 1, 0}, {errc::empty_item, 2, 0}});
}

TEST_CASE("strict: a text without items is empty", "[expression]") {
  check_refuses("", 1, {{errc::empty_text, 0, 0}});
  check_refuses(" \n\t", 1, {{errc::empty_text, 0, 3}});
  check_refuses("", 0, {{errc::empty_text, 0, 0}});
}

TEST_CASE("strict: ranges include both ends", "[expression]") {
  check_names("1-5", {"1", "2", "3", "4", "5"});
  check_names("9 - 11", {"9", "10", "11"});
  check_names("098-101", {"098", "099", "100", "101"});
  check_names("0099-0101", {"0099", "0100", "0101"});
  check_names("A9-A11", {"A9", "A10", "A11"});
  check_names("SN-1-SN-3", {"SN-1", "SN-2", "SN-3"});
  check_names("SN-1 - SN-3", {"SN-1", "SN-2", "SN-3"});
  check_names("5-5", {"5"});
  check_names("999999999999999999-1000000000000000001",
              {"999999999999999999", "1000000000000000000", "1000000000000000001"});
}

TEST_CASE("strict: an item is a literal if no hyphen makes a range", "[expression]") {
  check_names("2024-0001", {"2024-0001"});
  check_names("SN-7, A-B, -5, 5-, -, 1-5A, A1-B2, 1-01, X-X",
              {"SN-7", "A-B", "-5", "5-", "-", "1-5A", "A1-B2", "1-01", "X-X"});
  check_names("1-2-3", {"1-2-3"});
  check_names("SN - 7", {"SN - 7"});
}

TEST_CASE("strict: a range that runs backwards is an error over the whole item", "[expression]") {
  check_refuses("10-2", 9, {{errc::range_backwards, 0, 4}});
  check_refuses("1, 10 - 2 ,3", 9, {{errc::range_backwards, 3, 6}});
  check_refuses("SN-5-SN-1", 5, {{errc::range_backwards, 0, 9}});
  check_refuses(R"("SN-5" - "SN-1")", 5, {{errc::range_backwards, 0, 15}});
  CHECK(first_error("1, SN-10-SN-2", 3) ==
        "1, SN-10-SN-2\n"
        "   ^^^^^^^^^^ the range runs backwards: SN-10 is greater than SN-2");
}

TEST_CASE("strict: an item in which several hyphens make a range asks for quotes", "[expression]") {
  const auto expand_digits = [](std::string_view text, std::uint64_t quantity) {
    return strict.expand(text, quantity, by_last_digit, after_latest(by_last_digit));
  };
  CHECK(expand_digits("1, 2-x3-4", 4).errors == failures{{errc::ambiguous_hyphen, 3, 6}});
  CHECK(spelled(by_last_digit, expand_digits(R"("2"-x3-4)", 3).serials) == text_list{"2", "3", "4"});
  CHECK(spelled(by_last_digit, expand_digits(R"(2-"x3-4")", 3).serials) == text_list{"2", "3", "4"});
  CHECK(spelled(by_last_digit, expand_digits("2-5-x", 4).serials)
            .empty());  // neither 5-x nor 2-5 is a range: a literal, refused
  CHECK(expand_digits("2-5-x", 4).errors == failures{{errc::not_a_serial, 0, 5}});
}

TEST_CASE("strict: quotes make anything a literal", "[expression]") {
  check_names(R"("1-5")", {"1-5"});
  check_names(R"("a,b;c", "~", "+", "1+2", "~+")", {"a,b;c", "~", "+", "1+2", "~+"});
  check_names(R"("a""b", """")", {"a\"b", "\""});
  check_names(R"( " a " )", {"a"});
  check_names(R"(12", 5"x")", {"12\"", "5\"x\""});
}

TEST_CASE("strict: the operands of operators may be quoted", "[expression]") {
  check_names(R"("A-1"-"A-3")", {"A-1", "A-2", "A-3"});
  check_names(R"("A-1" - A-3)", {"A-1", "A-2", "A-3"});
  check_names(R"(A-1 - "A-3")", {"A-1", "A-2", "A-3"});
  check_names(R"("x+1"+2)", {"x+1", "x+2", "x+3"});
  check_names(R"("x~1" +)", {"x~1"});
}

TEST_CASE("strict: if both operands are certain, a range that cannot be reached is an error", "[expression]") {
  check_refuses(R"("A"-"B")", 2, {{errc::not_a_group, 0, 7}});
  check_refuses(R"("1"-"B5")", 2, {{errc::not_a_group, 0, 8}});
  check_refuses(R"("1"-)", 2, {{errc::not_a_group, 0, 4}});
  check_refuses(R"(-"1")", 2, {{errc::not_a_group, 0, 4}});
}

TEST_CASE("strict: errors of quotes have positions", "[expression]") {
  check_refuses(R"(1,"a,2)", 3, {{errc::unclosed_quote, 2, 1}});
  check_refuses("\"a,2\n3-\"b\n4,4", 3,
                {{errc::unclosed_quote, 0, 1}, {errc::unclosed_quote, 7, 1}, {errc::named_twice, 12, 1}});
  check_refuses(R"("a" bc , 1)", 2, {{errc::text_after_quote, 4, 2}});
  check_refuses(R"("a""b"c)", 2, {{errc::text_after_quote, 6, 1}});
  check_refuses(R"(1-"2"-3)", 3, {{errc::text_after_quote, 5, 2}});
  check_refuses(R"("")", 1, {{errc::empty_text, 0, 2}});
  check_refuses(R"(1, "  ")", 2, {{errc::empty_text, 3, 4}});
  check_refuses("\"a\"\"b\"\"\"\"\x01x\"", 1, {{errc::control_character, 9, 1}});
}

TEST_CASE("strict: a+n is a and the n after it", "[expression]") {
  check_names("10+3", {"10", "11", "12", "13"});
  check_names("098 + 3", {"098", "099", "100", "101"});
  check_names("SN-7+1", {"SN-7", "SN-8"});
  check_names("QQQ+0", {"QQQ"});
  check_names("5+002", {"5", "6", "7"});
}

TEST_CASE("strict: a+ fills up to the quantity", "[expression]") {
  CHECK(spelled(by_text, expand("8+", 4).serials) == text_list{"8", "9", "10", "11"});
  CHECK(spelled(by_text, expand("1, 8+, 20-21", 6).serials) == text_list{"1", "8", "9", "10", "20", "21"});
  CHECK(spelled(by_text, expand("QQQ+", 1).serials) == text_list{"QQQ"});
  CHECK(spelled(by_text, expand("~+, 3, 8 +", 2).serials).empty());
}

TEST_CASE("strict: only one item can fill up, and it must get at least one serial number", "[expression]") {
  check_refuses("1+, 5+", 9, {{errc::second_fill, 4, 2}});
  check_refuses("1+, ~+, ~ +", 9, {{errc::second_fill, 4, 2}, {errc::second_fill, 8, 3}});
  check_refuses("1+, 5-6", 2, {{errc::no_room_to_fill, 0, 2}});
  check_refuses("1+, 5-6", 1, {{errc::no_room_to_fill, 0, 2}, {errc::too_many_serials, 4, 3}});
  check_refuses("~+, 5, 6", 2, {{errc::no_room_to_fill, 0, 2}});
}

TEST_CASE("strict: the text after a plus must be a count", "[expression]") {
  check_refuses("5+x", 3, {{errc::bad_count, 2, 1}});
  check_refuses("5 + 1 2", 3, {{errc::bad_count, 4, 3}});
  check_refuses("1++2", 3, {{errc::bad_count, 2, 2}});
  check_refuses("1+-2", 3, {{errc::bad_count, 2, 2}});
  check_refuses("1+2_0", 21, {{errc::bad_count, 2, 3}});
  check_refuses("1+~", 3, {{errc::bad_count, 2, 1}});
  check_refuses(R"(1+"2,3")", 3, {{errc::bad_count, 2, 5}});
  check_refuses("~+x", 3, {{errc::bad_count, 2, 1}});
}

TEST_CASE("strict: the text before a plus must be a serial number that can be counted", "[expression]") {
  check_refuses("+3", 4, {{errc::not_a_group, 0, 2}});
  check_refuses("1, + ,2", 4, {{errc::not_a_group, 3, 1}});
  check_refuses("a\x01+3", 4, {{errc::control_character, 1, 1}});
  check_refuses(" QQQ + 3", 4, {{errc::no_counter, 1, 3}});
  check_refuses(" QQQ +", 4, {{errc::no_counter, 1, 5}});
  check_refuses("a\x02+x", 4, {{errc::control_character, 1, 1}, {errc::bad_count, 3, 1}});
}

TEST_CASE("strict: a tilde is alone or before a plus", "[expression]") {
  check_refuses("a~b", 1, {{errc::not_a_group, 0, 3}});
  check_refuses("~~", 2, {{errc::not_a_group, 0, 2}});
  check_refuses("1, ~5", 2, {{errc::not_a_group, 3, 2}});
  check_refuses("1-~", 2, {{errc::not_a_group, 0, 3}});
  check_refuses("a~+2", 3, {{errc::not_a_group, 0, 2}});
  check_refuses(R"("1"-~)", 2, {{errc::not_a_group, 4, 1}});
}

TEST_CASE("strict: a tilde is the next free serial number", "[expression]") {
  check_names("~", {"1"});
  check_names("~", {"42"}, "41");
  check_names("~,~ ,~", {"SN-099", "SN-100", "SN-101"}, "SN-098");
  check_names("~+2", {"100", "101", "102"}, "99");
  CHECK(spelled(by_text, expand("~+", 3, "99").serials) == text_list{"100", "101", "102"});
}

TEST_CASE("strict: a tilde skips the serial numbers that the expression names", "[expression]") {
  check_names("~,10", {"11", "10"}, "9");
  check_names("~, 6-7, ~, 9, ~+1", {"5", "6", "7", "8", "9", "10", "11"}, "4");
  CHECK(spelled(by_text, expand("~, 5+, ~", 5, "4").serials) == text_list{"8", "5", "6", "7", "9"});
  CHECK(spelled(by_text, expand("5, ~+, 7", 5, "4").serials) == text_list{"5", "6", "8", "9", "7"});
}

TEST_CASE("strict: if the sequence cannot continue, a tilde is an error", "[expression]") {
  check_refuses("1, ~", 2, {{errc::no_counter, 3, 1}}, "QQQ");
  check_refuses("1, ~+2", 4, {{errc::exhausted, 3, 3}}, std::string(100, '9'));
}

TEST_CASE("strict: the count must equal the quantity", "[expression]") {
  check_refuses("1,2", 3, {{errc::too_few_serials, 0, 3}});
  check_refuses("  1-4\n", 5, {{errc::too_few_serials, 2, 3}});
  check_refuses("1,2-3,4,5", 3, {{errc::too_many_serials, 6, 1}});
  check_refuses("1,2-3,4", 2, {{errc::too_many_serials, 2, 3}});
  check_refuses("1-10", 9, {{errc::too_many_serials, 0, 4}});
  check_refuses("~+9,~", 9, {{errc::too_many_serials, 0, 3}});
  check_refuses("1", 0, {{errc::too_many_serials, 0, 1}});
  check_refuses("~", 0, {{errc::too_many_serials, 0, 1}});
  check_refuses("~+", 0, {{errc::no_room_to_fill, 0, 2}});
}

TEST_CASE("strict: a serial number that is named twice is an error at the later position", "[expression]") {
  check_refuses("1,2,1", 3, {{errc::named_twice, 4, 1}});
  check_refuses("1-5, 3, 4, 9", 8, {{errc::named_twice, 5, 1}, {errc::named_twice, 8, 1}});
  check_refuses("3, 4, 1-5", 7, {{errc::named_twice, 6, 3}});
  check_refuses("3, 1-5, 4+1, 3", 9,
                {{errc::named_twice, 3, 3}, {errc::named_twice, 8, 3}, {errc::named_twice, 13, 1}});
  check_refuses("A, \"A\"", 2, {{errc::named_twice, 3, 3}});
  check_refuses("5+, 7", 4, {{errc::named_twice, 4, 1}});
  check_refuses("7, 5+", 4, {{errc::named_twice, 3, 2}});
  check_names("1,01,001", {"1", "01", "001"});
}

TEST_CASE("strict: items with errors do not count", "[expression]") {
  check_refuses("1,1,2", 2, {{errc::named_twice, 2, 1}});
  check_refuses("1,x+y", 2, {{errc::bad_count, 4, 1}});
  check_refuses("1,1,2,3", 2, {{errc::named_twice, 2, 1}, {errc::too_many_serials, 6, 1}});
}

TEST_CASE("strict: all errors are reported, sorted by position", "[expression]") {
  check_refuses("10-2, 1,,2, 5+x, +3, 1++2, 2, \"", 3,
                {{errc::range_backwards, 0, 4},
                 {errc::empty_item, 8, 0},
                 {errc::bad_count, 14, 1},
                 {errc::not_a_group, 17, 2},
                 {errc::bad_count, 23, 2},
                 {errc::named_twice, 27, 1},
                 {errc::unclosed_quote, 30, 1}});
}

TEST_CASE("strict: errors of the serial policy keep their positions", "[expression]") {
  check_refuses(
      "1, a\xff"
      "b",
      2, {{errc::not_utf8, 4, 1}});
  check_refuses("1, \"x\"\"\xff\" ", 2, {{errc::not_utf8, 7, 1}});
  check_refuses("1, " + std::string(103, 'x') + ", 2", 3, {{errc::text_too_long, 103, 3}});
  check_refuses("1, a-\xff", 2, {{errc::not_utf8, 5, 1}});
  const auto expanded = strict.expand("3-x, 5", 2, by_last_digit, after_latest(by_last_digit));
  CHECK(expanded.errors == failures{{errc::not_a_serial, 0, 3}});
}

TEST_CASE("strict: a run costs as much as a serial number", "[expression]") {
  const auto runs = [](std::string_view text, std::uint64_t quantity) { return expand(text, quantity).serials.size(); };
  CHECK(runs("1-5000000", 5000000) == 1);
  CHECK(runs("1+4000000000", 4000000001) == 1);
  CHECK(runs("1+", 1000000000000000000 - 1) == 1);
  CHECK(runs("~+", 1000000000000000000 - 1) == 1);
  CHECK(runs("1+", 1000000000000000000) == 2);
  CHECK(runs("~, 500000+, ~+1000000000", 3000000002) == 4);
}

TEST_CASE("strict: counts that exceed the quantity are refused without counting", "[expression]") {
  check_refuses("1+4000000000", 5, {{errc::too_many_serials, 0, 12}});
  check_refuses("1+18446744073709551615", 5, {{errc::too_many_serials, 0, 22}});
  check_refuses("1+18446744073709551615", 18446744073709551615U, {{errc::too_many_serials, 0, 22}});
  check_refuses("1+99999999999999999999999", 18446744073709551615U, {{errc::too_many_serials, 0, 25}});
  check_refuses("~+18446744073709551615", 5, {{errc::too_many_serials, 0, 22}});
  check_refuses("1-999999999999999999", 5, {{errc::too_many_serials, 0, 20}});
  check_refuses("1-5,1-5,1-5,1-5,1-5,1-5", 5,
                {{errc::named_twice, 4, 3},
                 {errc::named_twice, 8, 3},
                 {errc::named_twice, 12, 3},
                 {errc::too_many_serials, 16, 3}});
}

TEST_CASE("strict: counting by a function on text", "[expression]") {
  const auto expand_hexadecimal = [](std::string_view text, std::uint64_t quantity) {
    return strict.expand(text, quantity, by_hexadecimal, after_latest(by_hexadecimal, "8"));
  };
  CHECK(spelled(by_hexadecimal, expand_hexadecimal("1E-21", 4).serials) == text_list{"1E", "1F", "20", "21"});
  CHECK(spelled(by_hexadecimal, expand_hexadecimal("F+, 2F+1", 4).serials) == text_list{"F", "10", "2F", "30"});
  CHECK(spelled(by_hexadecimal, expand_hexadecimal("~+, B", 4).serials) == text_list{"9", "A", "C", "B"});
  CHECK(spelled(by_hexadecimal, expand_hexadecimal("A-A", 1).serials) == text_list{"A-A"});
  CHECK(expand_hexadecimal("1-FF", 4).errors ==
        failures{{errc::too_few_serials, 0, 4}});  // FF is not reached: a literal
}

TEST_CASE("strict: counting that does not reach its end is given up", "[expression]") {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "1-G" + std::to_string(i) + ",";
  many += "1-3";
  const auto expanded = strict.expand(many, 100000, by_hexadecimal, after_latest(by_hexadecimal));
  REQUIRE_FALSE(expanded);
  CHECK(expanded.errors.back().code == errc::ambiguous_hyphen);
}

TEST_CASE("strict: hostile texts", "[expression]") {
  const std::size_t size = 1 << 20;
  check_refuses(std::string(size, 'x'), 1, {{errc::text_too_long, 100, size - 100}});
  check_refuses(std::string(size, '-'), 1, {{errc::text_too_long, 100, size - 100}});
  check_refuses(std::string(size, '~'), 1, {{errc::not_a_group, 0, size}});
  check_refuses(std::string(size, '+'), 1, {{errc::not_a_group, 0, size}});
  check_refuses(std::string(size, ' '), 1, {{errc::empty_text, 0, size}});
  check_refuses('"' + std::string(size, 'x'), 1, {{errc::unclosed_quote, 0, 1}});
  check_refuses('"' + std::string(size, 'x') + '"', 1, {{errc::text_too_long, 101, size - 100}});
  check_refuses("1+" + std::string(size, '9'), 1, {{errc::too_many_serials, 0, size + 2}});
  check_refuses(std::string(1, '\0'), 1, {{errc::control_character, 0, 1}});
  check_names("1-" + std::string(size, ' ') + "3", {"1", "2", "3"});
  CHECK(expand(std::string(10000, ','), 1).errors.size() == 10001);
}

TEST_CASE("strict: many items", "[expression]") {
  const int n = 200000;
  std::string in_a_row, apart, wrong;
  for (int i = 1; i <= n; ++i) {
    in_a_row += std::to_string(i) + (i < n ? "," : "");
    apart += std::to_string(2 * i) + ';';
    wrong += "+,";
  }
  CHECK(expand(in_a_row, n).serials.size() == 1);
  const auto between = expand(apart + "~+", 2 * n);
  CHECK(between.serials.size() == 2 * n);
  CHECK(by_text.text(between.serials.at(2 * n - 1)) == std::to_string(2 * n - 1));
  CHECK(expand(wrong + "1", n).errors.size() == n);
}

TEST_CASE("strict: a step is one run, however many serial numbers it names", "[expression]") {
  constexpr numbering<text_serial<>, step<2>> by_two;
  constexpr std::uint64_t many = (std::uint64_t{1} << 62) + 3;
  const auto expand_by_two = [&](std::string_view text, std::uint64_t quantity, std::string_view latest = {}) {
    return strict.expand(text, quantity, by_two, after_latest(by_two, latest));
  };
  const auto filled = expand_by_two("SEN9+", many);
  REQUIRE(filled);
  CHECK(filled.serials.serials() == many);
  CHECK(filled.serials.size() < 20);  // one for each family that the counter carries over to
  CHECK(filled.serials[0].stride == 2);
  const auto mixed = expand_by_two("1-2000000001, 2+1000000000, 0, ~+", 3'000'000'000, "4000000001");
  REQUIRE(mixed);
  REQUIRE(mixed.serials.size() == 4);
  CHECK(mixed.serials[0] == run{{}, 1, 1'000'000'001, 2});
  CHECK(mixed.serials[1] == run{{}, 2, 1'000'000'001, 2});
  CHECK(mixed.serials[3] == run{{}, 4'000'000'003, 999'999'997, 2});
  CHECK(expand_by_two("1-2000000001, 5+1", 1'000'000'003).errors == failures{{errc::named_twice, 14, 3}});
  CHECK(expand_by_two("1,3,5", 3).serials.size() == 1);
  CHECK(expand_by_two("1-5, ~", 4).serials[0] == run{{}, 1, 4, 2});
}

TEST_CASE("strict: groups make no more runs than allowed", "[expression]") {
  constexpr numbering<text_serial<>, skipping<[](std::uint64_t v) { return v % 10 == 4; }>> gaps;
  const auto expand_with = [&](std::uint64_t most, std::string_view text, std::uint64_t quantity) {
    return strict_expression{.most_runs = most}.expand(text, quantity, gaps, after_latest(gaps));
  };
  CHECK(expand_with(3, "1+18", 19));  // three runs
  CHECK(expand_with(2, "1+18", 19).errors == failures{{errc::too_many_runs, 0, 4}});
  CHECK(expand_with(2, "1-20", 19).errors == failures{{errc::too_many_runs, 0, 4}});
  CHECK(expand_with(2, "1+", 19).errors == failures{{errc::too_many_runs, 0, 2}});
  CHECK(expand_with(2, "~+", 19).errors == failures{{errc::too_many_runs, 0, 2}});
  CHECK(expand_with(2, "1,3,6,8,10,12", 6));  // each has a text of its own
  CHECK(expand_with(3, "101+18,1+18", 38).errors == failures{{errc::too_many_runs, 7, 4}});
  CHECK(expand_with(default_most_runs, "1+", std::uint64_t{1} << 62).errors == failures{{errc::too_many_runs, 0, 2}});
}
