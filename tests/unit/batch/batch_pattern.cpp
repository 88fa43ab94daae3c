#include <tallymark/batch/batch_pattern.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <tallymark/policy/traits.hpp>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

struct product {
  std::string ipn;
  std::int16_t revision;
};
struct job {
  std::string_view site;
  product part;
  const product* tool = nullptr;
  std::optional<std::string> remark;
  bool rework = false;
  std::uint64_t order = 0;
};

}  // namespace

template <>
struct tallymark::record_traits<product> {
  static constexpr std::array<std::string_view, 2> names{"ipn", "revision"};
  static constexpr std::tuple members{&product::ipn, &product::revision};
};
template <>
struct tallymark::record_traits<job> {
  static constexpr std::array<std::string_view, 6> names{"site", "part", "tool", "remark", "rework", "order"};
  static constexpr std::tuple members{&job::site, &job::part, &job::tool, &job::remark, &job::rework, &job::order};
};

namespace {

constexpr fixed_clock new_year{{2027, 1, 1, 0, 30}};

// The code, or the message of the failure.
template <fixed_string Pattern, class Record = no_record>
constexpr std::string code_of(const Record& record = {}) {
  std::string code;
  const auto done = batch_pattern<Pattern, fixed_clock>{new_year}.format(code, record);
  if (!done) code = message(done.error().code);
  return code;
}

template <fixed_string Pattern, class Record>
failure why_not(const Record& record) {
  std::string code = "before";
  batch_counters counters;
  const auto done = batch_pattern<Pattern, fixed_clock>{new_year}.format(code, record, counters);
  CHECK(code == "before");
  return done ? failure{} : done.error();
}

job some_job() { return {"HAM", {"X-1", 7}, nullptr, {}, false, 42}; }

}  // namespace

static_assert(batch_policy_for<batch_pattern<"{year}">, no_record> &&
              batch_policy_for<batch_pattern<"{sequence}">, job>);
static_assert(std::is_empty_v<batch_pattern<"{year}">> && std::is_trivially_copyable_v<batch_pattern<"{sequence}">>);
STATIC_CHECK_WITH_STRING(code_of<"{year}{month:02}{day:02}">() == "20270101");

TEST_CASE("the fields of the calendar", "[batch]") {
  CHECK(code_of<"{year}{month:02}{day:02}">() == "20270101");
  CHECK(code_of<"{year}-{month}-{day} {hour}:{minute}">() == "2027-1-1 0:30");
  CHECK(code_of<"{hour:02}{minute:02}">() == "0030");
  CHECK(code_of<"{iso_year}W{iso_week:02}">() == "2026W53");
  CHECK(code_of<"{year}{day_of_year:03}">() == "2027001");
  CHECK(code_of<"{year} is {iso_year}W{iso_week}">() == "2027 is 2026W53");
  CHECK(code_of<"{year:06}{month:010}">() == "0020270000000001");
}

TEST_CASE("text, braces and blanks", "[batch]") {
  CHECK(code_of<"LOT">() == "LOT");
  CHECK(code_of<"{{{year}}}">() == "{2027}");
  CHECK(code_of<"{{}}{{{{">() == "{}{{");
  CHECK(code_of<" \t {year} / {month} \n">() == "2027 / 1");
  CHECK(code_of<"Ä{year}€">() == "Ä2027€");
}

TEST_CASE("a pattern that writes nothing makes no code", "[batch]") {
  CHECK(code_of<"">() == "");
  CHECK(code_of<"  ">() == "");
  CHECK(code_of<"{site}">(job{"", {}, nullptr, {}, false, 0}) == "");
  CHECK(code_of<" {site} ">(job{"  ", {}, nullptr, {}, false, 0}) == "");
}

TEST_CASE("members of the record", "[batch]") {
  const job one = some_job();
  CHECK(code_of<"{site}-{part.ipn}-{order:06}">(one) == "HAM-X-1-000042");
  CHECK(code_of<"{part.revision:03}">(one) == "007");
  CHECK(code_of<"{part.revision:03}">(job{"", {"", -7}, nullptr, {}, false, 0}) == "-007");
  CHECK(code_of<"{order:02}">(job{"", {}, nullptr, {}, false, 12345}) == "12345");
  CHECK(code_of<"{rework}">(one) == "false");
  CHECK(code_of<"{site}{remark}">(one) == "HAM");
  const product tool{"drill", 2};
  CHECK(code_of<"{tool.ipn}">(job{"", {}, &tool, "r", true, 0}) == "drill");
  CHECK(code_of<"{remark}">(job{"", {}, &tool, "r", true, 0}) == "r");
}

TEST_CASE("what a member holds obeys the text rule", "[batch]") {
  const auto with_site = [](std::string_view site) { return job{site, {}, nullptr, {}, false, 0}; };
  CHECK(code_of<"{site}{year}">(with_site("Ä ")) == "Ä 2027");
  CHECK(code_of<"{year}{site}">(with_site(" H ")) == "2027 H");
  CHECK(why_not<"{year}-{site}">(with_site("a\nb")) == failure{errc::control_character, 7, 6});
  CHECK(why_not<"{year}-{site}">(with_site("\xff")) == failure{errc::not_utf8, 7, 6});
  CHECK(why_not<"{year}-{site}">(with_site(std::string_view("\0", 1))) == failure{errc::control_character, 7, 6});
  const std::string long_site(97, 'x');
  CHECK(code_of<"{year}{site}">(with_site(std::string_view(long_site).substr(1))).size() == 100);
  CHECK(why_not<"{year}{site}">(with_site(long_site)) == failure{errc::text_too_long, 0, 12});
  CHECK(why_not<"{sequence:04}{site}">(with_site(long_site)) == failure{errc::text_too_long, 0, 13});
  CHECK(why_not<"{year}{site}">(with_site(long_site + "12345")) == failure{errc::text_too_long, 6, 6});
  CHECK(why_not<"{site}">(with_site(std::string(1'000'000, 'x'))) == failure{errc::text_too_long, 0, 6});
  CHECK(why_not<"{part.ipn}{site}">(job{long_site, {long_site, 0}, nullptr, {}, false, 0}) ==
        failure{errc::text_too_long, 0, 16});
}

TEST_CASE("a member of a record that is missing", "[batch]") {
  CHECK(why_not<"{year}-{tool.ipn}">(some_job()) == failure{errc::unknown_field, 7, 10});
}

TEST_CASE("the sequence counts the codes that are otherwise the same", "[batch]") {
  batch_counters counters;
  batch_pattern<"{year}-{sequence:02}/{site}", fixed_clock> pattern{new_year};
  const auto next = [&](std::string_view site) {
    std::string code;
    const auto done = format_batch(pattern, code, job{site, {}, nullptr, {}, false, 0}, counters);
    return done ? code : std::string(message(done.error().code));
  };
  CHECK(next("A") == "2027-01/A");
  CHECK(next("B") == "2027-01/B");
  CHECK(next("A") == "2027-02/A");
  pattern.clock.time.year = 2028;
  CHECK(next("A") == "2028-01/A");
  pattern.clock.time.year = 2027;
  CHECK(next("\n") == message(errc::control_character));  // takes no number
  for (int i = 3; i < 100; ++i) CHECK(next("A").size() == 9);
  CHECK(next("A") == message(errc::sequence_exhausted));
  CHECK(next("A") == message(errc::sequence_exhausted));
  CHECK(next("B") == "2027-02/B");
}

TEST_CASE("a sequence without a width goes on", "[batch]") {
  batch_counters counters;
  const batch_pattern<"{sequence}"> pattern;
  std::string code;
  for (int i = 1; i <= 1000; ++i) {
    code.clear();
    CHECK(pattern.format(code, no_record{}, counters));
  }
  CHECK(code == "1000");
  CHECK(check_batch(pattern, " 1000 ").value() == "1000");
}

TEST_CASE("a sequence at the limit", "[batch]") {
  batch_counters counters;
  const std::string site(96, 'x');
  std::string code;
  CHECK(batch_pattern<"{sequence:04}{site}">{}.format(code, job{site, {}, nullptr, {}, false, 0}, counters));
  CHECK(code.size() == 100);
  CHECK(batch_pattern<"{sequence:05}{site}">{}.format(code, job{site, {}, nullptr, {}, false, 0}, counters).error() ==
        failure{errc::text_too_long, 0, 13});
}

TEST_CASE("a broken clock breaks a code of a pattern, and nothing else", "[batch]") {
  const fixed_clock broken{{-2'000'000'000, 1'000, -7, 123'456'789, -1}};
  std::string code;
  CHECK(batch_pattern<"{year}{month}{day}{hour}{minute}{minute:02}", fixed_clock>{broken}.format(code));
  CHECK(code.size() <= 14);
}
