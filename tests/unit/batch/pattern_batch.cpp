#include <tallymark/batch/pattern_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
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
  const auto formatted = pattern_batch<Pattern, fixed_clock>{new_year}.format(code, record);
  if (!formatted) code = message(formatted.error().code);
  return code;
}

template <fixed_string Pattern, class Record>
failure why_not(const Record& record) {
  std::string code = "before";
  batch_counters counters;
  const auto formatted = pattern_batch<Pattern, fixed_clock>{new_year}.format(code, record, counters);
  CHECK(code == "before");
  return formatted ? failure{} : formatted.error();
}

job some_job() { return {"HAM", {"X-1", 7}, nullptr, {}, false, 42}; }

}  // namespace

static_assert(batch_policy_for<pattern_batch<"{year}">, no_record> &&
              batch_policy_for<pattern_batch<"{sequence}">, job>);
static_assert(std::is_empty_v<pattern_batch<"{year}">> && std::is_trivially_copyable_v<pattern_batch<"{sequence}">>);
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

TEST_CASE("a pattern that writes nothing gives no code", "[batch]") {
  CHECK(code_of<"">() == "");
  CHECK(code_of<"  ">() == "");
  CHECK(code_of<"{site}">(job{"", {}, nullptr, {}, false, 0}) == "");
  CHECK(code_of<" {site} ">(job{"  ", {}, nullptr, {}, false, 0}) == "");
}

TEST_CASE("members of the record", "[batch]") {
  const job sample = some_job();
  CHECK(code_of<"{site}-{part.ipn}-{order:06}">(sample) == "HAM-X-1-000042");
  CHECK(code_of<"{part.revision:03}">(sample) == "007");
  CHECK(code_of<"{part.revision:03}">(job{"", {"", -7}, nullptr, {}, false, 0}) == "-007");
  CHECK(code_of<"{order:02}">(job{"", {}, nullptr, {}, false, 12345}) == "12345");
  CHECK(code_of<"{rework}">(sample) == "false");
  CHECK(code_of<"{site}{remark}">(sample) == "HAM");
  const product tool{"drill", 2};
  CHECK(code_of<"{tool.ipn}">(job{"", {}, &tool, "r", true, 0}) == "drill");
  CHECK(code_of<"{remark}">(job{"", {}, &tool, "r", true, 0}) == "r");
}

TEST_CASE("the values of members obey the text rule", "[batch]") {
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

TEST_CASE("a pattern with a member, but without a record", "[batch]") {
  CHECK(why_not<"{year}-{tool.ipn}">(some_job()) == failure{errc::unknown_field, 7, 10});
}

TEST_CASE("the sequence counts codes that are otherwise equal", "[batch]") {
  batch_counters counters;
  pattern_batch<"{year}-{sequence:02}/{site}", fixed_clock> pattern{new_year};
  const auto next = [&](std::string_view site) {
    std::string code;
    const auto formatted = format_batch(pattern, code, job{site, {}, nullptr, {}, false, 0}, counters);
    return formatted ? code : std::string(message(formatted.error().code));
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

TEST_CASE("a sequence without a width is not limited", "[batch]") {
  batch_counters counters;
  const pattern_batch<"{sequence}"> pattern;
  std::string code;
  for (int i = 1; i <= 1000; ++i) {
    code.clear();
    CHECK(pattern.format(code, no_record{}, counters));
  }
  CHECK(code == "1000");
  CHECK(validate_batch(pattern, " 1000 ").value() == "1000");
}

TEST_CASE("a sequence at the limit", "[batch]") {
  batch_counters counters;
  const std::string site(96, 'x');
  std::string code;
  CHECK(pattern_batch<"{sequence:04}{site}">{}.format(code, job{site, {}, nullptr, {}, false, 0}, counters));
  CHECK(code.size() == 100);
  CHECK(pattern_batch<"{sequence:05}{site}">{}.format(code, job{site, {}, nullptr, {}, false, 0}, counters).error() ==
        failure{errc::text_too_long, 0, 13});
}

TEST_CASE("a broken clock gives an error for patterns, and appends nothing", "[batch]") {
  const fixed_clock broken{{-2'000'000'000, 1'000, -7, 123'456'789, -1}};
  std::string code;
  CHECK(pattern_batch<"{year}{month}{day}{hour}{minute}{minute:02}", fixed_clock>{broken}.format(code));
  CHECK(code.size() <= 14);
}

namespace {

constexpr production plant{.shifts = {{{{6, 0, "E"}, {14, 0, "L"}, {22, 0, "N"}}}}, .life = {.months = 18}};
constexpr production bakery{.life = {.days = 10}};

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}
constexpr date today = on(2026, 11, 23);

template <fixed_string Pattern, production Rules = plant, class Record = no_record>
std::string code_at(const civil_time& time, const Record& record = {}) {
  std::string code;
  batch_counters counters;
  const auto formatted = pattern_batch<Pattern, fixed_clock, Rules>{fixed_clock{time}}.format(code, record, counters);
  return formatted ? code : std::string(message(formatted.error().code));
}

template <fixed_string Pattern, production Rules = production{}, class Record = no_record>
constexpr failure unread(std::string_view code, date latest = today) {
  const auto read = pattern_batch<Pattern, fixed_clock, Rules>::template parse<Record>(code, latest);
  return read ? failure{} : read.error();
}
constexpr failure bad_date(std::size_t at, std::size_t length) {
  return result<void>(fail(errc::not_a_date, at, length)).error();
}

}  // namespace

TEST_CASE("digits of years, and the day of the week", "[batch]") {
  CHECK(code_of<"{yy}{y}{century}">() == "2771");
  CHECK(code_of<"{iso_yy}{iso_y}{iso_week}{weekday}">() == "266535");
  CHECK(code_at<"{yy}/{y}/{yy:04}/{century:02}">({2007, 1, 1, 6}) == "07/7/0007/01");
  CHECK(code_at<"{iso_yy}">({2000, 1, 1, 6}) == "99");
  CHECK(code_at<"{weekday}", production{}>({2027, 1, 3}) == "7");
  CHECK(code_at<"{century}", production{}>({1899, 1, 1}) == message(errc::not_a_date));
  CHECK(code_at<"{year}/{iso_year}/{year:06}", production{}>({27, 5, 1}) == "0027/0027/000027");
}

TEST_CASE("the fields of a shift are those of the working day", "[batch]") {
  CHECK(code_at<"{yy}{day_of_year:03}{shift}">({2027, 1, 1, 5, 59}) == "26365N");
  CHECK(code_at<"{yy}{day_of_year:03}{shift}">({2027, 1, 1, 6, 0}) == "27001E");
  CHECK(code_at<"{year}-{month}-{day} {hour}:{minute} {shift}">({2027, 1, 1, 0, 30}) == "2026-12-31 0:30 N");
  CHECK(code_at<"{iso_year}W{iso_week}-{weekday}">({2027, 1, 4, 1, 0}) == "2026W53-7");
}

TEST_CASE("the best-before date follows from the working day", "[batch]") {
  CHECK(code_at<"{best_before.day:02}.{best_before.month:02}.{best_before.year}">({2027, 8, 31, 7, 0}) == "28.02.2029");
  CHECK(code_at<"{best_before.day:02}.{best_before.month:02}">({2027, 8, 31, 5, 0}) == "28.02");
  CHECK(code_at<"{best_before.iso_yy}{best_before.iso_week:02}", bakery>({2026, 12, 22}) == "2653");
  CHECK(code_at<"{year}{best_before.yy}{best_before.day_of_year}", bakery>({2026, 12, 30}) == "2026279");
  CHECK(code_at<"{best_before.year}">({9999, 1, 1, 12}) == message(errc::not_a_date));
  std::string code = "before";
  CHECK(pattern_batch<"x{best_before.y}", fixed_clock, plant>{{{9999, 1, 1}}}.format(code).error() == bad_date(1, 15));
  CHECK(code == "before");
}

TEST_CASE("a name that is not a field is that of a member", "[batch]") {
  CHECK(code_at<"{site}">({2027, 1, 1}, some_job()) == "HAM");
}

TEST_CASE("a sequence of the day counts independently of the rest", "[batch]") {
  batch_counters counters;
  pattern_batch<"{yy}{day_of_year:03}{site}{day_sequence:02}", fixed_clock, plant> pattern{{{2026, 12, 31, 23, 0}}};
  const auto next = [&](std::string_view site) {
    std::string code;
    const auto formatted = format_batch(pattern, code, job{site, {}, nullptr, {}, false, 0}, counters);
    return formatted ? code : std::string(message(formatted.error().code));
  };
  CHECK(next("A") == "26365A01");
  CHECK(next("B") == "26365B02");
  pattern.clock.time = {2027, 1, 1, 5, 59};  // the night shift of the day before
  CHECK(next("A") == "26365A03");
  pattern.clock.time = {2027, 1, 1, 6, 0};
  CHECK(next("A") == "27001A01");
  CHECK(next("\n") == message(errc::control_character));  // takes no number
  for (int i = 2; i < 100; ++i) CHECK(next(i % 2 == 0 ? "A" : "B").size() == 8);
  CHECK(next("A") == message(errc::sequence_exhausted));
  CHECK(next("B") == message(errc::sequence_exhausted));
}

TEST_CASE("a sequence of the week continues over New Year, and those of the day and of the rest do not", "[batch]") {
  batch_counters counters;
  const auto codes_on = [&](const civil_time& day) {
    std::string code;
    const fixed_clock clock{day};
    CHECK(pattern_batch<"{year}w{week_sequence}", fixed_clock>{clock}.format(code, no_record{}, counters));
    CHECK(pattern_batch<" d{day_sequence}", fixed_clock>{clock}.format(code, no_record{}, counters));
    CHECK(pattern_batch<"y{year}-{sequence}", fixed_clock>{clock}.format(code, no_record{}, counters));
    return code;
  };
  CHECK(codes_on({2026, 12, 28}) == "2026w1d1y2026-1");
  CHECK(codes_on({2026, 12, 31}) == "2026w2d1y2026-2");
  CHECK(codes_on({2026, 12, 31}) == "2026w3d2y2026-3");
  CHECK(codes_on({2027, 1, 1}) == "2027w4d1y2027-1");
  CHECK(codes_on({2027, 1, 3}) == "2027w5d1y2027-2");
  CHECK(codes_on({2027, 1, 4}) == "2027w1d1y2027-3");
}

static_assert(pattern_batch<"{year}{month:02}{day:02}">::day_of("20261123", today) == today);
static_assert(pattern_batch<"{year}{month:02}{day:02}">::day_of("00270501", today) == on(27, 5, 1));
static_assert((*pattern_batch<"{year}-{month}">::parse("2028-2", today)).made ==
              date_span{on(2028, 2, 1), on(2028, 2, 29)});
static_assert((*pattern_batch<"{year}">::parse("2028", today)).made == date_span{on(2028, 1, 1), on(2028, 12, 31)});
static_assert((*pattern_batch<"{iso_y}">::parse("6", today)).made == date_span{on(2025, 12, 29), on(2027, 1, 3)});
static_assert((*pattern_batch<"{y}{month:02}">::parse("612", today)).made ==
              date_span{on(2016, 12, 1), on(2016, 12, 31)});
static_assert((*pattern_batch<"{y}{month:02}">::parse("611", today)).made ==
              date_span{on(2026, 11, 1), on(2026, 11, 30)});
static_assert((*pattern_batch<"{year} is {iso_year}W{iso_week}">::parse("2027 is 2026W53", today)).made ==
              date_span{on(2026, 12, 28), on(2027, 1, 3)});
static_assert(unread<"{year} is {iso_year}W{iso_week}">("2025 is 2026W53") == bad_date(0, 4));
static_assert(unread<"{year}{month:02}{day:02}">("20270229") == bad_date(6, 2));
static_assert(unread<"{year}{month:02}{day:02}">("20271301") == bad_date(4, 2));
static_assert(unread<"{y}{month:02}{day:02}">("70229") == bad_date(3, 2));
static_assert(unread<"{year}{month:02}{day:02} {weekday}">("20261123 2") == bad_date(9, 1));
static_assert(unread<"{year}{month:02}{day:02} {weekday}">("20261123 1") == failure{});
static_assert(unread<"{year}{month:02}{day:02}/{year}">("20261123/2027") == bad_date(9, 4));
static_assert(unread<"{yy}{day_of_year:03} {century}">("26001 0") == failure{});
static_assert((*pattern_batch<"{hour:02}{minute:02}">::parse("2359", today)).minute == 59);
static_assert(!(*pattern_batch<"{hour:02}{minute:02}">::parse("2359", today)).made);
static_assert(unread<"{hour:02}{minute:02}">("2459") == failure{errc::not_a_time, 0, 2});
static_assert(unread<"{hour:02}{minute:02}">("2360") == failure{errc::not_a_time, 2, 2});
static_assert(unread<"{month}/{day}">("07/1") == failure{errc::not_canonical, 0, 2});
static_assert(unread<"{month}/{day}">("/1") == failure{errc::not_a_batch, 0, 1});
static_assert(unread<"{month:03}">("013") == bad_date(0, 3));
static_assert(unread<"{sequence}">("0") == failure{errc::not_a_batch, 0, 1});
static_assert(unread<"{sequence:03}">("000") == failure{errc::not_a_batch, 0, 3});
static_assert((*pattern_batch<"{sequence}">::parse("18446744073709551615", today)).sequence == ~std::uint64_t{0});
static_assert(unread<"{sequence}">("18446744073709551616") == failure{errc::too_large, 0, 20});
static_assert(unread<"A{{{sequence}}}">("A{7}") == failure{});
static_assert(unread<"A{sequence}B">(" A7C ") == failure{errc::not_a_batch, 3, 1});
static_assert(unread<"{sequence}">("") == failure{errc::empty_text} && unread<"">("x").code == errc::not_a_batch);
static_assert((*pattern_batch<"{yy}{day_of_year:03}{shift}", fixed_clock, plant>::parse("26001N", today)).shift == 2);
static_assert(unread<"{yy}{day_of_year:03}{shift}", plant>("26001X") == failure{errc::not_a_batch, 5, 1});
static_assert(unread<"{yy}{day_of_year:03}{shift}", plant>("26001") == failure{errc::not_a_batch, 5, 0});
static_assert((*pattern_batch<"{best_before.yy}{best_before.month:02}", fixed_clock, plant>::parse("2805", today))
                  .best_before == date_span{on(2028, 5, 1), on(2028, 5, 31)});
static_assert((*pattern_batch<"{best_before.yy}{best_before.month:02}", fixed_clock, plant>::parse("2806", today))
                  .best_before == date_span{on(1928, 6, 1), on(1928, 6, 30)});
static_assert((*pattern_batch<"{y}{day_of_year:03}", fixed_clock, plant>::parse("6001", today)).best_before ==
              date_span{on(2027, 7, 1), on(2027, 7, 1)});
static_assert(unread<"{y}{day_of_year:03}/{best_before.y}", plant>("6001/7") == failure{} &&
              unread<"{y}{day_of_year:03}/{best_before.y}", plant>("6001/8") == bad_date(5, 1));

TEST_CASE("members are read back as text", "[batch]") {
  using pattern = pattern_batch<"{yy}{day_of_year:03}-{order:04}/{part.revision}:{site}-{sequence:03}">;
  constexpr std::string_view code = " 26001-0042/-7:H-A-M-012 ";
  const auto read = pattern::parse<job>(code, today);
  REQUIRE(read);
  CHECK(read->member<"order">() == "0042");
  CHECK(read->member<"part.revision">() == "-7");
  CHECK(read->member<"site">() == "H-A-M");
  CHECK(read->sequence == 12U);
  CHECK(read->made == date_span{on(2026, 1, 1), on(2026, 1, 1)});
  const auto wrong = [](std::string_view text) {
    const auto parsed = pattern::parse<job>(text, today);
    return parsed ? failure{} : parsed.error();
  };
  CHECK(wrong("26001-12345/0:-012") == failure{});
  CHECK(wrong("26001-042/0:H-012") == failure{errc::not_canonical, 6, 3});
  CHECK(wrong("26001-00042/0:H-012") == failure{errc::not_canonical, 6, 5});
  CHECK(wrong("26001-0042/00:H-012") == failure{errc::not_canonical, 11, 2});
  CHECK(wrong("26001-0042/-:H-012") == failure{errc::not_a_batch, 11, 1});
  CHECK(wrong("26001-0042/32768:H-012").code == errc::bad_value);
  CHECK(wrong("26001-0042/32768:H-012").at == 11);
  CHECK(wrong("26001-0042/0:012") == failure{errc::not_a_batch, 16, 0});
  CHECK(wrong("26001-0042/0:H_012") == failure{errc::not_a_batch, 14, 1});
}

TEST_CASE("a code has at most 100 bytes", "[batch]") {
  using pattern = pattern_batch<"{site}">;
  CHECK(pattern::parse<job>(std::string(100, 'x'), today).has_value());
  CHECK(pattern::parse<job>(" " + std::string(101, 'x'), today).error() == failure{errc::text_too_long, 101, 1});
}

namespace {

// A value of a member that throws when it is read for the n-th time.
struct faulty {
  mutable int good_answers = 0;

  std::string name() const {
    if (good_answers-- == 0) throw std::runtime_error("no name");
    return "N";
  }
};
struct color {
  int value = 0;
};
struct painted {
  color paint;
};

}  // namespace

template <>
struct tallymark::record_traits<faulty> {
  static constexpr std::array<std::string_view, 1> names{"name"};
  static constexpr std::tuple members{&faulty::name};
};
template <>
struct tallymark::field_codec<color> {
  static result<color> parse(std::string_view) { return color{}; }
  static void append(std::string& out, const color& value) {
    out += "half";
    if (value.value < 0) throw std::runtime_error("no color");
  }
};
template <>
struct tallymark::record_traits<painted> {
  static constexpr std::array<std::string_view, 1> names{"paint"};
  static constexpr std::tuple members{&painted::paint};
};

TEST_CASE("an exception of a member or codec does not change the text and the counters", "[batch]") {
  batch_counters counters;
  std::string code = "before";
  const pattern_batch<"{name}-{sequence}-{name}"> names;
  CHECK_THROWS_AS(names.format(code, faulty{0}, counters), std::runtime_error);
  CHECK_THROWS_AS(names.format(code, faulty{1}, counters), std::runtime_error);
  CHECK(code == "before");
  CHECK(names.format(code, faulty{2}, counters));
  CHECK(code == "beforeN-1-N");

  code = "before";
  const pattern_batch<"{sequence}{paint}"> colors;
  CHECK_THROWS_AS(colors.format(code, painted{{-1}}, counters), std::runtime_error);
  CHECK(code == "before");
  CHECK(colors.format(code, painted{}, counters));
  CHECK(code == "before1half");
}
