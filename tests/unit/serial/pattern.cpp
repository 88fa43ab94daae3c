#include <tallymark/serial/pattern.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <tallymark/core.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/testing/laws.hpp>

#include "../../support/compile_time.hpp"
#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

struct plant {
  std::string site;
  int line = 0;
};
struct order {
  plant at{};
  std::string customer{};
};

// a clock that a test sets
struct hand_clock {
  const civil_time* time;
  [[nodiscard]] civil_time now() const { return *time; }
};

using plain = pattern_serial<"SN-{counter:06}">;
using growing = pattern_serial<"{counter:04+}/{year}", fixed_clock>;
using weekly = pattern_serial<"{site}-{iso_year}W{iso_week:02}-{counter:04}{check:mod37_2(counter)}", fixed_clock>;
using everywhere = pattern_serial<"{check:damm}{counter:03/10}", fixed_clock>;

template <class P>
constexpr std::string text_of(const P& policy, const serial_number& serial) {
  std::string out;
  policy.format(out, serial);
  return out;
}

template <class P>
std::string issued(const P& policy, const auto& record) {
  std::string storage;
  const auto first = policy.issue(record, nullptr, storage);
  return first ? text_of(policy, *first) : std::string(message(first.error().code));
}

// round trips of many ordinals, their order, and bulk writing
template <class P>
void check_laws(const P& policy, const std::string& text) {
  const auto serial = serial_traits<P>::parse(policy, text);
  REQUIRE(serial);
  const std::uint64_t last = policy.last(serial->family);
  std::vector<std::uint64_t> ordinals{0, 1, 9, 10, 99, 100, 1000, last / 2, last - 1};
  const std::vector<std::string> texts{text, "x", "", text + "0", text.substr(1), "0" + text};
  const auto broken = testing::check_serial_laws(policy, texts, ordinals);
  CAPTURE(text, broken ? broken->law + ": " + broken->seen : "");
  REQUIRE(!broken);
  for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{8}, last > 5000 ? last - 5000 : 0})
    for (const std::string_view separator : {"\n", "", "; "}) {
      const auto bulk = testing::check_writing_laws(policy, {serial->family, first},
                                                    std::min<std::uint64_t>(last - first + 1, 3000), separator);
      CAPTURE(bulk ? bulk->law + ": " + bulk->seen : "");
      REQUIRE(!bulk);
    }
#ifdef NDEBUG
  constexpr int times = 1'000'000;
#else
  constexpr int times = 20'000;
#endif
  CHECK(not_there_and_back(policy, serial->family, 0, times) == std::nullopt);
}

}  // namespace

template <>
struct tallymark::record_traits<plant> {
  static constexpr std::array<std::string_view, 2> names{"site", "line"};
  static constexpr std::tuple members{&plant::site, &plant::line};
};
template <>
struct tallymark::record_traits<order> {
  static constexpr std::array<std::string_view, 2> names{"plant", "customer"};
  static constexpr std::tuple members{&order::at, &order::customer};
};

// ---- parsing, at compile time

static_assert(serial_policy<plain> && serial_policy<growing> && serial_policy<weekly>);
static_assert(plain{}.parse("SN-000042") == serial_number{{}, 42});
static_assert(plain{}.parse("SN-42").error() == failure{errc::wrong_width, 3, 2});
static_assert(plain{}.parse("SN-0000042").error() == failure{errc::wrong_width, 3, 7});
static_assert(plain{}.parse("SX-000042").error() == failure{errc::not_a_serial, 0, 3});
static_assert(plain{}.parse("SN-0000x2").error() == failure{errc::not_a_serial, 7, 1});
static_assert(plain{}.parse("S").error() == failure{errc::not_a_serial, 0, 1});
static_assert(plain{}.last({}) == 999'999 && plain{}.first() == 1);

static_assert(growing{}.parse("0042/2026") == serial_number{{.text = "/2026"}, 42});
static_assert(growing{}.parse("12345/2026") == serial_number{{.text = "/2026"}, 12'345});
static_assert(growing{}.parse("01234/2026").error() == failure{errc::not_a_serial, 0, 1});
static_assert(growing{}.parse("42/2026").error() == failure{errc::wrong_width, 0, 2});
static_assert(growing{}.parse("0042/26").error() == failure{errc::not_a_date, 7, 0});
static_assert(growing{}.parse("0042-2026").error() == failure{errc::not_a_serial, 4, 1});

static_assert(weekly{}.parse("A-2026W48-0001*") == serial_number{{.text = "A-2026W48-"}, 1});
static_assert(weekly{}.parse("A-B-2026W48-0001*") == serial_number{{.text = "A-B-2026W48-"}, 1});
static_assert(weekly{}.parse("A-2026W48-0001K").error() == failure{errc::wrong_check, 14, 1, {'*'}});
static_assert(weekly{}.parse("A-2026W54-0001*").error() == failure{errc::not_a_date, 7, 2});
static_assert(weekly{}.parse("A-2025W53-0001*").error() == failure{errc::not_a_date, 7, 2});  // 2025 has 52 weeks
static_assert(weekly{}.parse("A-2026W53-0001*").has_value());
static_assert(everywhere{}.parse("0001").error() == failure{errc::wrong_check, 0, 1, {(*damm{}("001")).view()[0]}});

// dates that do not exist
using daily = pattern_serial<"{year}-{month:02}-{day:02}/{counter}">;
static_assert(daily{}.parse("2026-11-23/7") == serial_number{{.text = "2026-11-23/"}, 7});
static_assert(daily{}.parse("2026-02-29/7").error() == failure{errc::not_a_date, 8, 2});
static_assert(daily{}.parse("2028-02-29/7").has_value());
static_assert(daily{}.parse("2026-13-01/7").error() == failure{errc::not_a_date, 5, 2});
using ordinal_day = pattern_serial<"{year}{day_of_year:03}{counter:04}">;
static_assert(ordinal_day{}.parse("20263660001").error() == failure{errc::not_a_date, 4, 3});
static_assert(ordinal_day{}.parse("20283660001").has_value());
using unpadded = pattern_serial<"{month}/{day}-{counter}">;
static_assert(unpadded{}.parse("2/9-1").has_value() && unpadded{}.parse("12/31-1").has_value());
static_assert(unpadded{}.parse("02/9-1").error() == failure{errc::not_a_date, 0, 1});
static_assert(unpadded{}.parse("2/30-1").error() == failure{errc::not_a_date, 2, 2});

using short_week = pattern_serial<"{iso_yy}{iso_week:02}{weekday}-{counter:04}", fixed_clock>;
static_assert(short_week{}.parse("26481-0007") == serial_number{{.text = "26481-"}, 7});
static_assert(short_week{}.parse("26480-0007").error() == failure{errc::not_a_date, 4, 1});
static_assert(pattern_serial<"{y}{day_of_year:03}{counter:03}">{}.parse("7366001").error() ==
              failure{errc::not_a_date, 1, 3});

// fields that repeat the same value
using twice = pattern_serial<"{year}/{yy}{day_of_year:03}-{month:02}{day:02}-{counter:03}">;
static_assert(twice{}.parse("2026/26327-1123-001").has_value());
static_assert(twice{}.parse("2026/27327-1123-001").error() == failure{errc::not_a_date, 5, 2});
static_assert(twice{}.parse("2026/26327-1124-001").error() == failure{errc::not_a_date, 13, 2});
static_assert(pattern_serial<"{year}/{counter}/{year}">{}.parse("2026/7/2027").error() ==
              failure{errc::not_a_date, 7, 4});
static_assert(pattern_serial<"{iso_year}W{iso_week}{weekday}/{year}-{counter}">{}.parse("2026W535/2026-1").error() ==
              failure{errc::not_a_date, 9, 4});  // the first of January

// a number of a given number of digits
static_assert(pattern_serial<"{line:02}-{counter}">{}.parse("07-1").has_value());
static_assert(pattern_serial<"{line:02}-{counter}">{}.parse("0x-1").error() == failure{errc::not_a_serial, 1, 1});
static_assert(!collide<pattern_serial<"{line:02}-{counter}">, pattern_serial<"AB-{counter}">>);

// bases and alphabets
static_assert(pattern_serial<"{counter:04/16}">{}.parse("00FF") == serial_number{{}, 255});
static_assert(pattern_serial<"{counter:03/2}">{}.last({}) == 7);
static_assert(pattern_serial<"{counter:/36}">{}.last({}) == max_ordinal);
static_assert(pattern_serial<"{counter:04[0-9A-HJ-NP-Z]}">{}.parse("000H") == serial_number{{}, 17});
static_assert(pattern_serial<"{counter:04[0-9A-HJ-NP-Z]}">{}.parse("000O").error() ==
              failure{errc::not_a_serial, 3, 1});
static_assert(pattern_serial<"{{{counter:02}}}">{}.parse("{07}") == serial_number{{}, 7});
static_assert(pattern_serial<"{counter:02}-{{x}}">{}.parse("07-{x}") == serial_number{{}, 7});

// the check is computed over the fields that it names
using yearly = pattern_serial<"{year}-{counter:03}{check:luhn(year,counter)}">;
static_assert(yearly{}.parse("2026-0015").error() ==
              failure{errc::wrong_check, 8, 1, {(*luhn{}("2026001")).view()[0]}});

// two readings of one text
static_assert(
    !detail::pattern_shape<"{site}-{line}-{counter:04}">::ambiguous);  // the counter is the same in all readings
static_assert(detail::pattern_shape<"{site}{counter}">::ambiguous);
static_assert(detail::pattern_shape<"{year}{counter}{month}">::ambiguous);
static_assert(!detail::pattern_shape<"{year}{counter}{month:02}">::ambiguous);
static_assert(detail::pattern_shape<"{counter:/36}Z{site}">::ambiguous);
static_assert(
    detail::pattern_shape<"{site}-{line}{check:mod37_36(line)}-{counter:04}">::ambiguous);  // the checked field differs
static_assert(!detail::pattern_shape<"{site}-{line:02}{check:mod37_36(line)}-{counter:04}">::ambiguous);

// a check cannot be read from characters that it never has; where there is one, it is wrong
using in_front = pattern_serial<"{counter}{check:luhn(counter)}-{site}">;
static_assert(in_front{}.parse("18--A") == serial_number{{.text = "--A"}, 1});
static_assert(in_front{}.parse("1X-A").error() == failure{errc::wrong_check, 1, 1, {'8'}});
static_assert(in_front{}.parse("AX-A").error() == failure{errc::not_a_serial, 0, 1});

// two patterns with a common text
static_assert(!collide<plain, pattern_serial<"SN-{counter:04}">> && collide<plain, pattern_serial<"SN-{counter}">>);
static_assert(collide<plain, plain> && !collide<plain, pattern_serial<"SM-{counter:06}">>);
static_assert(collide<pattern_serial<"{counter:04+}">, pattern_serial<"{counter:06}">>);
static_assert(!collide<pattern_serial<"{counter:07+}">, pattern_serial<"{counter:06}">>);
static_assert(collide<pattern_serial<"{counter:04+}">, pattern_serial<"{counter:03/16}">> == false);
static_assert(collide<pattern_serial<"{site}-{counter:04}">, pattern_serial<"A-B-{counter:04/16}">>);
static_assert(
    !collide<pattern_serial<"{month:02}{counter:04}">, pattern_serial<"2{counter:05}">>);  // no month begins with 2
static_assert(collide<pattern_serial<"{counter:05}{check:luhn}">, pattern_serial<"{counter:06}">>);
static_assert(!collide<pattern_serial<"{counter:05}{check:luhn}">, pattern_serial<"{counter:05}X">>);
static_assert(collide<pattern_serial<"{counter:05}{check:mod11_2}">, pattern_serial<"{counter:05}X">>);
static_assert(collide<pattern_serial<"{counter:02/36}{check:code39}A">, pattern_serial<"{counter:02/36} A">>);  // 3Z
static_assert(pattern_serial<"{counter:02/36}{check:code39(counter)}A">{}.parse("3Z A").has_value());

STATIC_CHECK_WITH_STRING([] {
  std::string storage;
  const auto first = weekly{fixed_clock{{2027, 1, 1}}}.issue(plant{"A", 1}, nullptr, storage);
  return text_of(weekly{}, *first);
}() == "A-2026W53-0001*");

// ---- issuing

TEST_CASE("dates and members belong to the family, with their values at the time of issue", "[serial]") {
  CHECK(issued(weekly{fixed_clock{{2026, 11, 23}}}, plant{"A", 1}) == "A-2026W48-0001*");
  CHECK(issued(weekly{fixed_clock{{2027, 1, 1}}}, plant{"B-C", 1}) == "B-C-2026W53-0001*");
  CHECK(issued(pattern_serial<"{plant.site}/{plant.line:03}/{counter:02}">{}, order{{"A", 7}, ""}) == "A/007/01");
  CHECK(issued(short_week{fixed_clock{{2027, 1, 1}}}, no_record{}) == "26535-0001");
  CHECK(issued(growing{fixed_clock{{2026, 1, 1}}}, no_record{}) == "0001/2026");
}

TEST_CASE("serials know the fields of the calendar that batch codes know", "[serial]") {
  using century = pattern_serial<"{century}{yy}{day_of_year:03}-{counter:03}", fixed_clock>;
  CHECK(issued(century{fixed_clock{{2021, 5, 14}}}, no_record{}) == "121134-001");
  CHECK(century{}.parse("121134-002").value().family.text == "121134-");
  CHECK(century{}.parse("121366-002").error() == failure{errc::not_a_date, 3, 3});
  CHECK(issued(century{fixed_clock{{1899, 1, 1}}}, no_record{}) == message(errc::not_a_date));
  using week_alone = pattern_serial<"W{iso_week:02}-{counter:03}", fixed_clock>;
  CHECK(issued(week_alone{fixed_clock{{2027, 1, 1}}}, no_record{}) == "W53-001");
  CHECK(week_alone{}.parse("W54-001").error() == failure{errc::not_a_date, 1, 2});
}

TEST_CASE("a clock without a date issues nothing, and the error is at the field", "[serial]") {
  std::string storage;
  const pattern_serial<"{counter}-{hour:02}", fixed_clock> hourly{fixed_clock{{2027, 1, 1, 99, 0}}};
  CHECK(hourly.issue(no_record{}, nullptr, storage).error() == failure{errc::not_a_date, 10, 9});
}

TEST_CASE("a member that is not a valid text is refused at its position in the pattern", "[serial]") {
  const auto refused = [](const auto& policy, const auto& record) {
    std::string storage;
    const auto first = policy.issue(record, nullptr, storage);
    REQUIRE(!first);
    return first.error();
  };
  using site = pattern_serial<"S-{site}-{counter}">;
  CHECK(refused(site{}, plant{"", 1}) == failure{errc::empty_text, 2, 6});
  CHECK(refused(site{}, plant{"a\tb", 1}) == failure{errc::control_character, 2, 6});
  CHECK(refused(site{}, plant{"a\xff", 1}) == failure{errc::not_utf8, 2, 6});
  CHECK(refused(site{}, plant{std::string(101, 'a'), 1}).code == errc::text_too_long);
  CHECK(refused(site{}, plant{std::string(97, 'a'), 1}).code == errc::text_too_long);  // no room for a counter
  CHECK(refused(pattern_serial<"{site}-{counter}">{}, plant{" a", 1}).code == errc::refused_by_rule);
  CHECK(refused(pattern_serial<"{line:02}-{counter}">{}, plant{"", 100}) == failure{errc::too_large, 0, 9});
  using checked = pattern_serial<"{site}-{counter:04}{check:mod37_2(site,counter)}">;
  CHECK(refused(checked{}, plant{"ä", 1}).code == errc::not_checkable);
  CHECK(issued(checked{}, plant{"AB", 1}).size() == 8);
}

TEST_CASE("a text that is too long is refused before it is parsed", "[serial]") {
  const std::string text = std::string(90, 'A') + "-" + std::string(95, '1') + "-001*";
  CHECK(pattern_serial<"{site}-{line}-{counter:03}{check:mod37_2(counter)}">{}.parse(text).error() ==
        failure{errc::text_too_long, 100, 91});
  using checked = pattern_serial<"{site}-{counter:03}{check:mod37_2(site,counter)}">;
  CHECK(checked{}.parse(std::string(100, 'A') + "-001*").error() == failure{errc::text_too_long, 100, 5});
  CHECK(checked{}.parse(std::string(5000, '-')).error() == failure{errc::text_too_long, 100, 4900});
}

TEST_CASE("the characters of a check are those that the parser knows", "[serial]") {
  const auto try_it = [](const auto& check, detail::named_check name, std::string_view symbols) {
    std::mt19937 random(7);
    const std::string_view known = detail::characters_of(name);
    std::string seen;
    for (int i = 0; i < 20'000; ++i) {
      std::string payload;
      for (int k = 0; k < 8; ++k) payload += symbols[random() % symbols.size()];
      const auto characters = check(payload);
      REQUIRE(characters);
      for (const char c : characters->view()) {
        REQUIRE(known.find(c) != known.npos);
        if (seen.find(c) == seen.npos) seen += c;
      }
    }
    CHECK(seen.size() == known.size());
  };
  using enum detail::named_check;
  constexpr std::string_view digits = "0123456789";
  try_it(tallymark::luhn{}, luhn, digits);
  try_it(tallymark::damm{}, damm, digits);
  try_it(tallymark::verhoeff{}, verhoeff, digits);
  try_it(tallymark::gs1_mod10{}, gs1_mod10, digits);
  try_it(tallymark::gs1_pair{}, gs1_pair, tallymark::gs1_pair::symbols);
  try_it(iso7064_mod11_2{}, mod11_2, digits);
  try_it(iso7064_mod37_2{}, mod37_2, iso7064_mod37_2::symbols);
  try_it(iso7064_mod97_10{}, mod97_10, iso7064_mod97_10::symbols);
  try_it(iso7064_mod11_10{}, mod11_10, digits);
  try_it(iso7064_mod37_36{}, mod37_36, iso7064_mod37_36::symbols);
  try_it(code39_mod43{}, code39, code39_mod43::symbols);
}

TEST_CASE("a sequence that was set applies once its family is issued", "[serial]") {
  using labels = pattern_serial<"{site}-{counter:03}">;
  registry<policies<labels, unique_globally>> numbers;
  const auto next = [&](const char* site) {
    const auto runs = numbers.issue({}, 1, no_item, plant{site, 1});
    return runs ? numbers.numbers().text(runs->at(0)) : std::string(message(runs.error().code));
  };
  REQUIRE(numbers.start_at({}, "A-100"));
  CHECK(next("B") == "B-001");
  CHECK(next("A") == "A-100");
  {
    const auto held = numbers.reserve({}, 2, plant{"B", 1});
    REQUIRE(held);
    CHECK(next("A") == "A-101");
    CHECK(next("B") == "B-004");
  }
  CHECK(next("A") == "A-102");
  CHECK(next("B") == "B-005");
}

TEST_CASE("a registry continues in the family of the current date and the record", "[serial]") {
  civil_time current{2026, 11, 27};
  using labels = pattern_serial<"{site}-{iso_year}W{iso_week:02}-{counter:02}", hand_clock>;
  registry<policies<labels, unique_globally>> numbers(policies<labels, unique_globally>{labels{hand_clock{&current}}});
  const auto next = [&](const char* site) {
    const auto runs = numbers.issue({}, 1, no_item, plant{site, 1});
    return runs ? numbers.numbers().text(runs->at(0)) : std::string(message(runs.error().code));
  };
  CHECK(next("A") == "A-2026W48-01");
  CHECK(next("A") == "A-2026W48-02");
  CHECK(next("B") == "B-2026W48-01");
  CHECK(numbers.next({}, plant{"A", 1}) == "A-2026W48-03");
  REQUIRE(numbers.claim({}, "A-2026W48-03"));
  CHECK(next("A") == "A-2026W48-04");
  current = {2026, 11, 30};
  CHECK(next("A") == "A-2026W49-01");
  current = {2026, 11, 27};  // the clock goes back: that family continues
  CHECK(next("A") == "A-2026W48-05");
  REQUIRE(numbers.start_at({}, "A-2026W48-98"));
  CHECK(next("A") == "A-2026W48-98");
  CHECK(next("B") == "B-2026W48-02");
  CHECK(next("A") == "A-2026W48-99");
  CHECK(next("A") == message(errc::exhausted));
  CHECK(next("B") == "B-2026W48-03");
}

TEST_CASE("patterns obey the laws of serial policies", "[serial][laws]") {
  check_laws(plain{}, "SN-000042");
  check_laws(growing{}, "0042/2026");
  check_laws(weekly{}, "A-2026W48-0001*");
  check_laws(daily{}, "2026-11-23/7");
  check_laws(everywhere{}, text_of(everywhere{}, {{}, 1}));
  check_laws(pattern_serial<"{check:mod97_10(counter,year)}{counter:04/16}-{year}">{}, "070001-2026");
  check_laws(pattern_serial<"{site}-{counter:05+[0-9A-Z]}{check:mod37_36(site,counter)}/{line:02}">{}, "AB-0000AT/02");
  check_laws(pattern_serial<"{check:gs1_pair(year)}{counter:04+}/{year}">{}, "9X9000/2026");
  check_laws(pattern_serial<"{counter:04}{check:code39}">{}, "90009");
}
