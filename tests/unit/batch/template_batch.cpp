#include <tallymark/batch/template_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>

#include <tallymark/policy/traits.hpp>

using namespace tallymark;

namespace {

struct article {
  std::string ipn;
  int pk;
};
struct order {
  std::optional<article> item{};
  const article* part = nullptr;
  std::string_view site{};
  int quantity = 0;
  double weight = 0;
  bool urgent = false;
  std::optional<int> grade{};
};
using dictionary = std::map<std::string, std::string, std::less<>>;

}  // namespace

template <>
struct tallymark::record_traits<article> {
  static constexpr std::array<std::string_view, 2> names{"ipn", "pk"};
  static constexpr std::tuple members{&article::ipn, &article::pk};
};
template <>
struct tallymark::record_traits<order> {
  static constexpr std::array<std::string_view, 7> names{"item",   "part",   "site", "quantity",
                                                         "weight", "urgent", "grade"};
  static constexpr std::tuple members{&order::item,   &order::part,   &order::site, &order::quantity,
                                      &order::weight, &order::urgent, &order::grade};
};

namespace {

using template_at_new_year = template_batch<fixed_clock>;
constexpr fixed_clock new_year{{2027, 1, 1, 0, 30}};

// The code, or the failure with its caret line.
template <class Record = no_record>
std::string render(std::string_view text, const Record& record = {}) {
  const auto parsed = template_at_new_year::parse(text, new_year);
  if (!parsed) return explain(parsed.error(), text);
  std::string code = "<";
  batch_counters counters;
  const auto done = parsed->format(code, record, counters);
  if (!done) {
    CHECK(code == "<");
    return explain(done.error(), text);
  }
  return code.substr(1);
}

template <class Record>
failure why_not(std::string_view text, const Record& record) {
  batch_counters counters;
  std::string code;
  const auto done = template_at_new_year::parse(text, new_year)->format(code, record, counters);
  return done ? failure{} : done.error();
}

}  // namespace

static_assert(batch_policy_for<template_batch<>, no_record> && batch_policy_for<template_at_new_year, dictionary>);
static_assert(template_at_new_year::check("{{ iso_year }}-W{{ week:02 }}").has_value());
static_assert(template_at_new_year::check("{{ year }}-W{{ week:02 }}").error() == failure{errc::mixed_years, 15, 4});

TEST_CASE("the variables of a template", "[batch]") {
  CHECK(render("{{ date }}") == "2027-01-01");
  CHECK(render("{{ year }}{{ month }}{{ day }}{{ hour }}{{ minute }}") == "202711030");
  CHECK(render("{{ iso_year }}W{{ week }}") == "2026W53");
  CHECK(render("{{ iso_year }}W{{ iso_week:02 }}/{{ date }}") == "2026W53/2027-01-01");
  CHECK(render("{{ year }}{{ day_of_year:03 }}") == "2027001");
}

TEST_CASE("numbers are padded in three spellings", "[batch]") {
  CHECK(render("{{ month:02 }}") == "01");
  CHECK(render("{{ \"%02d\" % month }}") == "01");
  CHECK(render("{{ '%02d'|format(month) }}") == "01");
  CHECK(render("{{ '%04d-%02d-%02dx%%' % (year, month, day) }}") == "2027-01-01x%");
  CHECK(render("{{ '%s' % hour }}/{{ '%d' % hour }}/{{ '%03d' % year }}") == "0/0/2027");
  CHECK(render("{{ quantity:04 }}", order{.quantity = 7}) == "0007");
  CHECK(render("{{ quantity:04 }}", order{.quantity = -7}) == "-0007");
  CHECK(render("{{ q:04 }}{{ w:02 }}", dictionary{{"q", "7"}, {"w", "123"}}) == "0007123");
}

TEST_CASE("a width is for numbers", "[batch]") {
  CHECK(why_not("x{{ site:04 }}", order{.site = "HAM"}) == failure{errc::not_a_number, 4, 4});
  CHECK(why_not("x{{ site:04 }}", order{.site = ""}) == failure{errc::not_a_number, 4, 4});
  CHECK(why_not("x{{ site:04 }}", order{.site = "-"}) == failure{errc::not_a_number, 4, 4});
  CHECK(why_not("{{ '%d' % weight }}", order{.weight = 0.5}) == failure{errc::not_a_number, 10, 6});
  CHECK(why_not("{{ '%d' % date }}", no_record{}) == failure{errc::not_a_number, 10, 4});
}

TEST_CASE("an unknown name is an error where it is written, and false where it is asked for", "[batch]") {
  CHECK(render("{{ item.pk }}", order{}) == "{{ item.pk }}\n   ^^^^^^^ there is no field with this name");
  CHECK(why_not("{{ year }}-{{ nothing }}", no_record{}) == failure{errc::unknown_field, 14, 7});
  CHECK(why_not("{{ nothing }}", dictionary{{"nothing.more", "x"}}) == failure{errc::unknown_field, 3, 7});
  CHECK(why_not("{{ item }}", order{.item = article{"X", 1}}) ==
        failure{errc::unknown_field, 3, 4});  // a record has no text
  CHECK(why_not("{{ item.pk.x }}", order{.item = article{"X", 1}}) == failure{errc::unknown_field, 3, 9});
  CHECK(render("{% if nothing %}a{% endif %}") == "");
  CHECK(render("{% if not nothing %}a{% endif %}") == "a");
}

// the vectors of the reference system
TEST_CASE("a template may ask whether an item is given", "[batch]") {
  constexpr std::string_view text = "{% if item %}{{ item.pk }}{% endif %}";
  CHECK(render(text) == "");
  CHECK(render(text, order{}) == "");
  CHECK(render(text, order{.item = article{"X", 1}, .quantity = 2}) == "1");
  CHECK(render(text, dictionary{{"item.pk", "1"}, {"quantity", "2"}}) == "1");
  CHECK(render(text, dictionary{{"quantity", "2"}}) == "");
}

TEST_CASE("conditions", "[batch]") {
  constexpr std::string_view text =
      "{% if urgent %}U{% elif not quantity %}Z{% elif part %}{{ part.ipn }}{% else %}E{% endif %}!";
  const article bolt{"M3", 9};
  CHECK(render(text, order{.urgent = true}) == "U!");
  CHECK(render(text, order{}) == "Z!");
  CHECK(render(text, order{.part = &bolt, .quantity = 1}) == "M3!");
  CHECK(render(text, order{.quantity = 1}) == "E!");
  CHECK(render("{% if grade %}{{ grade }}{% endif %}", order{.grade = 3}) == "3");
  CHECK(render("{% if grade %}{{ grade }}{% endif %}", order{.grade = 0}) == "");
  CHECK(render("{% if grade %}{{ grade }}{% endif %}", order{}) == "");
  CHECK(render("{% if site %}a{% else %}b{% endif %}", order{.site = "x"}) == "a");
  CHECK(render("{% if site %}a{% else %}b{% endif %}", order{}) == "b");
  CHECK(render("{% if weight %}a{% else %}b{% endif %}", order{.weight = 0.5}) == "a");
  CHECK(render("{% if x %}a{% else %}b{% endif %}", dictionary{{"x", "0"}}) == "a");
  CHECK(render("{% if x %}a{% else %}b{% endif %}", dictionary{{"x", ""}}) == "b");
  CHECK(render("{% if x %}a{% else %}b{% endif %}", dictionary{{"xy.z", "1"}, {"x-", "1"}}) == "b");
  CHECK(render("{% if date %}a{% endif %}{% if sequence %}b{% endif %}{% if minute %}c{% endif %}{% if hour %}d{% "
               "endif %}") == "abc");
  CHECK(render("{% if a %}{% if b %}1{% else %}2{% endif %}{% else %}{% if b %}3{% else %}4{% endif %}{% endif %}",
               dictionary{{"b", "x"}}) == "3");
}

TEST_CASE("a name of the record hides ours", "[batch]") {
  CHECK(render("{{ year }}-{{ month }}", dictionary{{"year", "1999"}}) == "1999-1");
  CHECK(render("{{ sequence }}", dictionary{{"sequence", "S"}}) == "S");
}

TEST_CASE("an empty code is no code", "[batch]") {
  CHECK(render("") == "");
  CHECK(render(" \n") == "");
  CHECK(render("{{ site }} ", order{}) == "");
  std::string code = "before";
  batch_counters counters;
  CHECK(format_batch(template_batch<>{}, code, order{}, counters));
  CHECK(code == "before");
  CHECK(template_batch<>{}.text().empty());
}

TEST_CASE("blanks at both ends are dropped, and a code has at most 100 bytes", "[batch]") {
  CHECK(render("\n {{ year }} \n") == "2027");
  CHECK(render("{{ site }}{{ year }}", order{.site = " \n"}) == "2027");
  const std::string x(100, 'x');
  CHECK(render(x) == x);
  CHECK(render(std::string(1'000, ' ') + x + std::string(1'000, '\n')) == x);
  CHECK(render(x + "{{ site }}", order{.site = " \n \n"}) == x);
  CHECK(why_not(x + "{{ site }}{{ month }}", order{.site = " \n \n"}) == failure{errc::text_too_long, 113, 5});
  CHECK(why_not(x + "{{ month }}", no_record{}) == failure{errc::text_too_long, 103, 5});
  CHECK(why_not(x + "  y", no_record{}) == failure{errc::text_too_long, 0, 103});
  CHECK(why_not("{{ site }}", order{.site = std::string_view("x")}).code == errc{});
  const std::string great(10'000'000, 'x');
  CHECK(why_not("a{{ site }}", order{.site = great}) == failure{errc::text_too_long, 4, 4});
  CHECK(why_not("{{ site:0100 }}{{ site:0100 }}", order{.site = "1"}) == failure{errc::text_too_long, 18, 4});
}

TEST_CASE("a code obeys the text rule, and a failure says where", "[batch]") {
  CHECK(why_not("{{ year }}\n{{ month }}", no_record{}) == failure{errc::control_character, 10, 1});
  CHECK(why_not(" a {{ site }}", order{.site = "b\x01"}) == failure{errc::control_character, 6, 1});
  CHECK(why_not("{{ site }}", order{.site = "\xff"}) == failure{errc::not_utf8, 3, 1});
  CHECK(why_not("{{ site }}", order{.site = std::string_view("\0", 1)}) == failure{errc::control_character, 3, 1});
  CHECK(why_not("{{ sequence }}{{ site }}", order{.site = "a\tb"}) == failure{errc::control_character, 17, 1});
  CHECK(why_not("  xy\tz{{ sequence }}", no_record{}) == failure{errc::control_character, 4, 1});
  CHECK(render("Ä{{ site }}", order{.site = "€"}) == "Ä€");
}

TEST_CASE("the sequence of a template counts codes that are otherwise the same", "[batch]") {
  batch_counters counters;
  const auto parsed = template_at_new_year::parse(" {{ date }}-{{ sequence:02 }}/{{ site }}\n", new_year);
  REQUIRE(parsed);
  const auto next = [&](std::string_view site) {
    std::string code;
    const auto done = format_batch(*parsed, code, order{.site = site}, counters);
    return done ? code : explain(done.error(), parsed->text());
  };
  CHECK(next("A") == "2027-01-01-01/A");
  CHECK(next("B") == "2027-01-01-01/B");
  CHECK(next("A") == "2027-01-01-02/A");
  for (int i = 3; i < 100; ++i) CHECK(next("A").size() == 15);
  CHECK(next("A").ends_with("               ^^^^^^^^ the sequence of the batch code is used up"));
  CHECK(next("B") == "2027-01-01-02/B");
}

TEST_CASE("a sequence needs room", "[batch]") {
  const std::string x(99, 'x');
  batch_counters counters;
  std::string code;
  const auto parsed = template_at_new_year::parse(x + "{{ sequence }}", new_year);
  for (int i = 1; i < 10; ++i) CHECK(parsed->format(code, no_record{}, counters));
  CHECK(parsed->format(code, no_record{}, counters).error() == failure{errc::text_too_long, 102, 8});
  CHECK(
      template_at_new_year::parse(x + "xx{{ sequence }}", new_year)->format(code, no_record{}, counters).error().code ==
      errc::text_too_long);
  CHECK(template_at_new_year::parse(x + "x{{ sequence }}", new_year)->format(code, no_record{}, counters).error() ==
        failure{errc::text_too_long, 103, 8});
  CHECK(code.size() == 900);
}

TEST_CASE("each branch may have its sequence", "[batch]") {
  constexpr std::string_view text = "{% if site %}{{ site }}-{{ sequence }}{% else %}{{ sequence }}{% endif %}";
  CHECK(render(text, order{.site = "A"}) == "A-1");
  CHECK(render(text, order{}) == "1");
}

TEST_CASE("a template that was moved or copied is the same", "[batch]") {
  auto parsed = template_at_new_year::parse("{{ year }}-{{ month:02 }}", new_year);
  REQUIRE(parsed);
  const auto copy = *parsed;
  const auto moved = std::move(*parsed);
  std::string code;
  batch_counters counters;
  CHECK(copy.format(code, no_record{}, counters));
  CHECK(moved.format(code, no_record{}, counters));
  CHECK(code == "2027-012027-01");
  CHECK(copy.text() == "{{ year }}-{{ month:02 }}");
}

namespace {

constexpr production plant{.shifts = {{{{6, 0, "E"}, {14, 0, "L"}, {22, 0, "N"}}}}, .life = {.months = 18}};

template <class Record = no_record>
std::string render_at(const civil_time& time, std::string_view text, const production& rules = plant,
                      const Record& record = {}) {
  const auto parsed = template_at_new_year::parse(text, fixed_clock{time}, rules);
  if (!parsed) return explain(parsed.error(), text);
  std::string code;
  batch_counters counters;
  const auto done = parsed->format(code, record, counters);
  return done ? code : explain(done.error(), text);
}

}  // namespace

TEST_CASE("a template knows the fields that a pattern knows", "[batch]") {
  CHECK(render_at({2027, 1, 1, 6}, "{{ yy }}{{ y }}{{ century }}/{{ iso_yy }}{{ iso_y }}{{ week }}{{ weekday }}") ==
        "2771/266535");
  CHECK(render_at({2007, 1, 1, 6}, "{{ yy }} {{ yy:04 }} {{ '%03d' % y }}") == "07 0007 007");
  CHECK(render_at({2027, 1, 1, 5, 59}, "{{ date }}{{ shift }} {{ hour }}") == "2026-12-31N 5");
  CHECK(render_at({2027, 1, 1, 6}, "{{ date }}{{ shift }}") == "2027-01-01E");
  CHECK(render_at({2027, 8, 31, 6}, "{{ best_before }}/{{ best_before.date }}/{{ best_before.month:02 }}") ==
        "2029-02-28/2029-02-28/02");
  CHECK(render_at({2027, 1, 1, 6}, "{% if shift %}a{% endif %}{% if best_before.year %}b{% endif %}") == "ab");
}

TEST_CASE("without shifts and a shelf life their names mean nothing", "[batch]") {
  CHECK(render_at({2027, 1, 1}, "{{ shift }}", {}) == "{{ shift }}\n   ^^^^^ there is no field with this name");
  CHECK(render_at({2027, 1, 1}, "{{ best_before }}", {}) ==
        "{{ best_before }}\n   ^^^^^^^^^^^ there is no field with this name");
  CHECK(render_at({2027, 1, 1}, "{{ best_before.hour }}") ==
        "{{ best_before.hour }}\n   ^^^^^^^^^^^^^^^^ there is no field with this name");
  CHECK(render_at({2027, 1, 1}, "{% if shift %}a{% endif %}", {}) == "");
  CHECK(render_at({2027, 1, 1}, "{{ shift }}", {}, dictionary{{"shift", "x"}}) == "x");
  CHECK(render_at({2027, 1, 1}, "{{ shift }}", plant, dictionary{{"shift", "x"}}) == "x");
}

TEST_CASE("what a template cannot write of a date", "[batch]") {
  CHECK(render_at({9999, 1, 1, 6}, "{{ best_before.y }}") ==
        "{{ best_before.y }}\n   ^^^^^^^^^^^^^ this is not a date");
  CHECK(render_at({1899, 1, 1, 6}, "{{ century }}") == "{{ century }}\n   ^^^^^^^ this is not a date");
  CHECK(render_at({2027, 1, 1, 6}, "{{ shift:02 }}") == "{{ shift:02 }}\n   ^^^^^ this is not a number");
  CHECK(template_at_new_year::check("{{ yy }}{{ week }}").error() == failure{errc::mixed_years, 11, 4});
  CHECK(template_at_new_year::check("{{ iso_y }}{{ month }}").error() == failure{errc::mixed_years, 14, 5});
  CHECK(template_at_new_year::check("{{ yy }}{{ best_before.iso_week }}", plant).has_value());
  CHECK(template_at_new_year::check("{{ best_before.yy }}{{ best_before.iso_week }}", plant).error() ==
        failure{errc::mixed_years, 23, 20});
  CHECK(template_at_new_year::check("{{ sequence }}{{ day_sequence }}").error() ==
        failure{errc::second_sequence, 17, 12});
  CHECK(template_at_new_year::check("x", production{.life = {.days = -1}}).error() == failure{errc::bad_value});
  CHECK(template_at_new_year::parse("x", {}, production{.shifts = {{{{24, 0, "E"}}}}}).error() ==
        failure{errc::bad_value});
}

TEST_CASE("the sequences of a template are those of a pattern", "[batch]") {
  batch_counters counters;
  const auto codes_on = [&](const civil_time& time, std::string_view site) {
    std::string code;
    const auto day = template_at_new_year::parse("{{ site }}d{{ day_sequence:02 }}", fixed_clock{time}, plant);
    const auto week = template_at_new_year::parse("{{ site }}w{{ week_sequence }}", fixed_clock{time}, plant);
    CHECK(day->format(code, order{.site = site}, counters));
    CHECK(week->format(code, order{.site = site}, counters));
    return code;
  };
  CHECK(codes_on({2026, 12, 31, 23}, "A") == "Ad01Aw1");
  CHECK(codes_on({2027, 1, 1, 5}, "B") == "Bd02Bw2");
  CHECK(codes_on({2027, 1, 1, 6}, "A") == "Ad01Aw3");
  CHECK(codes_on({2027, 1, 4, 6}, "A") == "Ad01Aw1");
}

namespace {

struct faulty {
  std::string name() const { throw std::runtime_error("no name"); }
};

}  // namespace

template <>
struct tallymark::record_traits<faulty> {
  static constexpr std::array<std::string_view, 1> names{"name"};
  static constexpr std::tuple members{&faulty::name};
};

TEST_CASE("an exception of a member leaves the text and the counters as they were", "[batch]") {
  batch_counters counters;
  std::string code = "before";
  const auto numbered = template_batch<>::parse("A{{ sequence }}{% if name %}B{% endif %}").value();
  CHECK_THROWS_AS(numbered.format(code, faulty{}, counters), std::runtime_error);
  CHECK(code == "before");
  CHECK(numbered.format(code, no_record{}, counters));
  CHECK(code == "beforeA1");
}

TEST_CASE("years of templates have four digits, as those of patterns", "[batch]") {
  const fixed_clock early{{27, 5, 1}};
  batch_counters counters;
  std::string code;
  const auto years =
      template_batch<fixed_clock>::parse("{{ year }}/{{ year:06 }}/{{ '%d' % iso_year }}", early).value();
  CHECK(years.format(code, no_record{}, counters));
  CHECK(code == "0027/000027/0027");
}
