#include <tallymark/record/calendar_fields.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

constexpr date expiry = std::chrono::year{2027} / 1 / 31;
constexpr civil_time made{2027, 1, 31, 23, 59, 58};

template <class T>
constexpr std::string text_of(const T& value) {
  std::string out;
  field_codec<T>::append(out, value);
  return out;
}

}  // namespace

static_assert(field<date> && field<civil_time> && field<std::optional<date>>);
static_assert(field_codec<date>::parse("2027-01-31") == expiry && field_codec<date>::parse(" 2027-01-31 ") == expiry);
static_assert(field_codec<date>::parse("  ").error() == failure{errc::empty_text, 0, 2});
static_assert(field_codec<date>::parse(" 2027-02-29").error() == failure{errc::not_a_date, 9, 2});
static_assert(field_codec<date>::parse(" 2027-01-31x ").error() == failure{errc::not_a_date, 11, 1});
static_assert(field_codec<civil_time>::parse(" 2027-01-31T23:59:58") == made);
static_assert(field_codec<civil_time>::parse("2027-01-31") == civil_time{2027, 1, 31});
static_assert(field_codec<civil_time>::parse(" 2027-01-31T23:60").error() == failure{errc::not_a_time, 15, 2});
static_assert(field_codec<civil_time>::parse("").error() == failure{errc::empty_text, 0, 0});
STATIC_CHECK_WITH_STRING(text_of(expiry) == "2027-01-31" && text_of(made) == "2027-01-31T23:59:58");

TEST_CASE("dates and times are fields", "[record]") {
  CHECK(text_of(expiry) == "2027-01-31");
  CHECK(text_of(made) == "2027-01-31T23:59:58");
  CHECK(text_of(expiry).size() == field_codec<date>::max_length);
  CHECK(text_of(made).size() == field_codec<civil_time>::max_length);
  CHECK(field_codec<date>::parse(text_of(expiry)) == expiry);
  CHECK(field_codec<civil_time>::parse(text_of(made)) == made);
  CHECK(field_codec<std::optional<date>>::parse(" ").value() == std::nullopt);
  CHECK(field_codec<std::optional<date>>::parse(" x").error() == failure{errc::not_a_date, 1, 1});
}
