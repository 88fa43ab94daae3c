#include <tallymark/gs1/detail/value_rules.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;
using gs1::detail::check_rule;

namespace {

constexpr bool good(char rule, std::string_view text) { return check_rule(rule, text).has_value(); }
constexpr failure bad(char rule, std::string_view text) { return check_rule(rule, text).error(); }

}  // namespace

// check digits and pairs
static_assert(good('c', "09521234543213") && bad('c', "09521234543214") == fail(errc::wrong_check, 13, 1, "3").value());
static_assert(good('a', "1987654Ad4X4bL5ttr2310c2K"));
static_assert(bad('a', "1987654Ad4X4bL5ttr2310c2J") == fail(errc::wrong_check, 23, 2, "2K").value());
static_assert(bad('a', "X").code == errc::check_missing);
// dates and times
static_assert(good('d', "261231") && good('e', "261200") && bad('d', "261200") == failure{errc::not_a_date, 4, 2, {}});
static_assert(good('D', "20240229") && good('D', "20000229") &&
              bad('D', "19000229") == failure{errc::not_a_date, 6, 2, {}});
static_assert(bad('D', "20241301") == failure{errc::not_a_date, 4, 2, {}});
static_assert(good('t', "2359") && good('t', "0000") && bad('t', "2400") == failure{errc::not_a_time, 0, 2, {}});
static_assert(bad('t', "2360") == failure{errc::not_a_time, 2, 2, {}});
static_assert(good('H', "23") && !good('H', "24") && good('M', "59") && bad('M', "60").code == errc::not_a_time);
// values that begin with a company prefix
static_assert(good('g', "1234") && good('g', "0123X") && bad('g', "123") == failure{errc::value_too_short, 3, 0, {}});
static_assert(bad('g', "12A4") == failure{errc::wrong_character, 2, 1, {}});
// numbers
static_assert(good('n', "0100") && bad('n', "000") == failure{errc::refused_by_rule, 0, 3, {}});
static_assert(good('z', "0") && bad('z', "1") == failure{errc::wrong_character, 0, 1, {}});
static_assert(good('p', "10") && bad('p', "0") == failure{errc::refused_by_rule, 0, 1, {}} && !good('p', "01"));
static_assert(good('w', "0") && good('w', "1") && good('w', "9") && !good('w', "2"));
static_assert(good('o', "0101") && good('o', "0203") && bad('o', "0002") == failure{errc::refused_by_rule, 0, 2, {}});
static_assert(bad('o', "0100") == failure{errc::refused_by_rule, 2, 2, {}});
static_assert(bad('o', "0302") == failure{errc::refused_by_rule, 0, 4, {}});
static_assert(good('y', "0") && good('y', "1") && !good('y', "2") && good('-', "-") && !good('-', "+"));
static_assert(good('l', "1800000000") && !good('l', "1800000001"));
static_assert(good('L', "3600000000") && !good('L', "3600000001"));
static_assert(good('x', "9") && !good('x', "3") && good('m', "01") && good('m', "10") && good('m', "80") &&
              !good('m', "00") && !good('m', "11") && !good('m', "79"));
// texts
static_assert(good('s', "1/3") && good('s', "3/3") && bad('s', "4/3") == failure{errc::refused_by_rule, 0, 3, {}});
static_assert(bad('s', "0/3") == failure{errc::wrong_character, 0, 1, {}} && bad('s', "1-3").at == 1);
static_assert(good('%', "A%20B%2f") && bad('%', "A%2") == failure{errc::bad_escape, 1, 2, {}});
static_assert(bad('%', "A%2GB") == failure{errc::bad_escape, 1, 3, {}});
static_assert(good('h', "12A") && bad('h', "123") == failure{errc::refused_by_rule, 0, 3, {}});
static_assert(good('i', "_") && good('i', "-") && good('i', "a") && !good('i', "=") && !good('i', "!"));
static_assert(good('u', "NL") && bad('u', "N1") == failure{errc::wrong_character, 1, 1, {}});
static_assert(good('b', "GB82WEST12345698765432") && good('b', "DE89370400440532013000"));
static_assert(bad('b', "GB83WEST12345698765432") == fail(errc::wrong_check, 2, 2, "82").value());
static_assert(bad('b', "G182WEST") == failure{errc::wrong_character, 1, 1, {}});
static_assert(bad('b', "GBX2WEST") == failure{errc::wrong_character, 2, 1, {}});
static_assert(bad('b', "GB82west") == failure{errc::wrong_character, 4, 1, {}});
static_assert(bad('b', "GB82") == failure{errc::value_too_short, 4, 0, {}});

TEST_CASE("the error of an IBAN has the right check digits", "[gs1]") {
  for (int check = 0; check < 100; ++check) {
    std::string text = "GB00WEST12345698765432";
    text[2] = static_cast<char>('0' + check / 10);
    text[3] = static_cast<char>('0' + check % 10);
    const auto checked = check_rule('b', text);
    CHECK(checked.has_value() == (check == 82));
    if (!checked) CHECK(checked.error().right() == "82");
  }
}
