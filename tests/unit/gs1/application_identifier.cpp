#include <tallymark/gs1/application_identifier.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;
using gs1::application_identifier;

namespace {

constexpr application_identifier ai(unsigned number) { return *application_identifier::find(number); }
constexpr failure no_ai(std::string_view text) { return application_identifier::read(text).error(); }
constexpr failure bad(unsigned number, std::string_view value) { return ai(number).check(value).error(); }

}  // namespace

static_assert((*application_identifier::read("0109521234543213")).number() == 1);
static_assert((*application_identifier::read("235X")).number() == 235);
static_assert((*application_identifier::read("3105123456")).number() == 3105);
static_assert(no_ai("3106123456") == failure{errc::unknown_ai, 0, 4, {}});
static_assert(no_ai("05") == failure{errc::unknown_ai, 0, 2, {}} && no_ai("1") == failure{errc::unknown_ai, 0, 1, {}});
static_assert(no_ai("x") == failure{errc::unknown_ai, 0, 1, {}} && no_ai("") == failure{errc::unknown_ai, 0, 0, {}});
static_assert(no_ai("23A") == failure{errc::unknown_ai, 0, 2, {}} &&
              no_ai("23") == failure{errc::unknown_ai, 0, 2, {}});
static_assert(no_ai("236X") == failure{errc::unknown_ai, 0, 3, {}});
static_assert(!application_identifier::find(4) && !application_identifier::find(18) &&
              !application_identifier::find(3166));
static_assert(!application_identifier::find(10'000) && !application_identifier::find(3106) &&
              application_identifier::find(99));
static_assert(ai(1).length() == 2 && ai(235).length() == 3 && ai(8006).length() == 4);
static_assert(ai(1).predefined() && ai(17).predefined() && ai(3103).predefined() && ai(414).predefined());
static_assert(!ai(10).predefined() && !ai(422).predefined() && !ai(8018).predefined() && !ai(7003).predefined());
static_assert(ai(1).is_key() && ai(0).is_key() && ai(8010).is_key() && !ai(10).is_key());
static_assert(ai(10).is_attribute() && !ai(21).is_attribute() && ai(17).is_attribute());
static_assert(ai(21).least() == 1 && ai(21).most() == 20 && ai(1).least() == 14 && ai(1).most() == 14);
static_assert(ai(253).least() == 13 && ai(253).most() == 30 && ai(7230).least() == 3 && ai(7230).most() == 30);
static_assert(ai(235).most() == 28 && ai(250).most() == 30 && ai(37).most() == 8 && ai(99).most() == 90);

static_assert(ai(21).check("!\"%&'()*+,-./01234"));
static_assert(bad(21, "") == failure{errc::value_too_short, 0, 0, {}});
static_assert(bad(21, "123456789012345678901") == failure{errc::value_too_long, 20, 1, {}});
static_assert(bad(21, "AB#") == failure{errc::wrong_character, 2, 1, {}});
static_assert(bad(37, "12A") == failure{errc::wrong_character, 2, 1, {}});
static_assert(bad(1, "0952123454321") == failure{errc::value_too_short, 13, 0, {}});
static_assert(bad(1, "095212345432133") == failure{errc::value_too_long, 14, 1, {}});
static_assert(bad(1, "09521234543214") == fail(errc::wrong_check, 13, 1, "3").value());
static_assert(ai(17).check("261200") && bad(17, "261301") == failure{errc::not_a_date, 2, 2, {}});
static_assert(bad(7003, "2612002359") == failure{errc::not_a_date, 4, 2, {}});
static_assert(bad(7003, "2612012460") == failure{errc::not_a_time, 6, 2, {}});
static_assert(ai(253).check("1234567890128") && ai(253).check("1234567890128ABC"));
static_assert(bad(253, "1234567890129ABC") == fail(errc::wrong_check, 12, 1, "8").value());
static_assert(ai(8010).check("1234#-/AZ") && bad(8010, "1234a") == failure{errc::wrong_character, 4, 1, {}});
static_assert(ai(8008).check("26010123") && ai(8008).check("260101235959"));
static_assert(bad(8008, "2601012") == failure{errc::value_too_short, 7, 0, {}});
static_assert(bad(8008, "26010123596") == failure{errc::value_too_short, 11, 0, {}});
static_assert(ai(8006).check("095212345432130102") &&
              bad(8006, "095212345432130301") == failure{errc::refused_by_rule, 14, 4, {}});
static_assert(ai(8003).check("01234567890128X") &&
              bad(8003, "11234567890128") == failure{errc::wrong_character, 0, 1, {}});
static_assert(ai(4330).check("000123") && ai(4330).check("000123-") &&
              bad(4330, "0001230") == failure{errc::wrong_character, 6, 1, {}});
static_assert(ai(8030).check("aZ_-=") && bad(8030, "a+") == failure{errc::wrong_character, 1, 1, {}});
static_assert(ai(423).check("276") && ai(423).check("276056") &&
              bad(423, "2760") == failure{errc::value_too_short, 4, 0, {}});

TEST_CASE("an application identifier is read from the digits that it writes", "[gs1]") {
  for (unsigned number = 0; number < 10'000; ++number) {
    const auto found = application_identifier::find(number);
    if (!found) continue;
    std::string text;
    found->append(text);
    CHECK(text.size() == found->length());
    CHECK(application_identifier::read(text + "7") == found);
    for (std::size_t cut = 0; cut < text.size(); ++cut) CHECK_FALSE(application_identifier::read(text.substr(0, cut)));
    CHECK(found->least() <= found->most());
    if (found->predefined()) CHECK(found->least() == found->most());
  }
}
