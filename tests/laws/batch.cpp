// The laws of batch codes and templates, for random contents.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/batch/chain_batch.hpp>
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/template_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace tallymark;

namespace {

struct lot_context {
  std::string site;
  int line = 0;
  std::uint64_t order = 0;
  std::optional<std::string> remark{};
  double weight = 0;
};

}  // namespace

template <>
struct tallymark::record_traits<lot_context> {
  static constexpr std::array<std::string_view, 5> names{"site", "line", "order", "remark", "weight"};
  static constexpr std::tuple members{&lot_context::site, &lot_context::line, &lot_context::order, &lot_context::remark,
                                      &lot_context::weight};
};

namespace {

using dictionary = std::map<std::string, std::string, std::less<>>;

struct no_four {
  constexpr result<opinion> operator()(std::string_view text) const {
    if (text.find('4') != text.npos) return fail(errc::refused_by_rule, text.find('4'), 1);
    return opinion::none;
  }
};

rc::Gen<fixed_clock> any_clock() {
  return rc::gen::exec([] {
    const date day{std::chrono::sys_days{std::chrono::days{*rc::gen::inRange(-700'000, 2'900'000)}}};
    fixed_clock clock{midnight(day)};
    clock.time.hour = *rc::gen::inRange(0, 24);
    clock.time.minute = *rc::gen::inRange(0, 60);
    RC_PRE(clock.time.ok());
    return clock;
  });
}

// Mostly text that a code may hold; sometimes too long, blank, with control characters, or any bytes.
rc::Gen<std::string> any_value() {
  return rc::gen::exec([] {
    std::string text;
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n)
      text += *rc::gen::element<std::string>("HAM", " ", "", "4", "-", "\xC3\xA4", "X-1", "{", "}}", "12");
    switch (*rc::gen::inRange(0, 12)) {
      case 0: return *rc::gen::arbitrary<std::string>();
      case 1: return text + "\n";
      case 2: return text + std::string(1, '\0');
      case 3: return std::string(*rc::gen::inRange<std::size_t>(60, 120), 'x') + text;
      default: return text;
    }
  });
}

rc::Gen<lot_context> any_context() {
  return rc::gen::exec([] {
    lot_context context{*any_value(), *rc::gen::arbitrary<int>(), *rc::gen::arbitrary<std::uint64_t>(), {}, 0.25};
    if (*rc::gen::arbitrary<bool>()) context.remark = *any_value();
    return context;
  });
}

// A template, or something that looks like one.
rc::Gen<std::string> any_template() {
  return rc::gen::exec([] {
    if (*rc::gen::inRange(0, 10) == 0) return *rc::gen::arbitrary<std::string>();
    std::string text;
    for (int n = *rc::gen::inRange(0, 9); n > 0; --n)
      text += *rc::gen::element<std::string>(
          "{{ year }}", "{{ month:02 }}", "{{ '%02d' % day }}", "{{ \"%d-%s\"|format(hour, site) }}", "{{ site }}",
          "{{ line:04 }}", "{{ sequence:03 }}", "{{ remark }}", "{{ nothing }}", "{% if site %}", "{% if not remark %}",
          "{% elif line %}", "{% else %}", "{% endif %}", "{%- endif -%}", "{# a #}", "{{", "}}", "{%", "%}", "{", "'",
          "%", " ", "\n", "A", "\xC3\xA4", "\xff", "{{ date }}", "{{ iso_year }}W{{ week }}", ".", ":", "-",
          "{% if a.b %}x{% endif %}");
    return text;
  });
}

// The laws of formatting one code. `source` is the text that a failure points into.
template <class P, class Record>
void writes_well(const P& policy, const Record& record, batch_counters& counters, std::string_view source) {
  std::string out = "before";
  const auto formatted = format_batch(policy, out, record, counters);
  RC_ASSERT(out.starts_with("before"));
  const std::string_view code = std::string_view(out).substr(6);
  if (!formatted) {
    RC_ASSERT(code.empty());
    RC_ASSERT(formatted.error().code != errc{});
    RC_ASSERT(std::size_t{formatted.error().at} + formatted.error().length <= source.size());
  } else if (!code.empty()) {
    const auto checked = validate_batch(policy, code);
    RC_ASSERT(checked.has_value());
    RC_ASSERT(*checked == code);  // no blanks at its ends
  }
}

template <fixed_string Pattern>
void pattern_obeys() {
  REQUIRE(rc::check([] {
    const pattern_batch<Pattern, fixed_clock> policy{*any_clock()};
    batch_counters counters;
    for (int i = 0; i < 3; ++i) writes_well(policy, *any_context(), counters, Pattern.view());
  }));
}

// A pattern and the template with the same meaning write the same code.
template <fixed_string Pattern>
void agrees_with(std::string_view text) {
  REQUIRE(rc::check([&] {
    const fixed_clock clock = *any_clock();
    const pattern_batch<Pattern, fixed_clock> pattern{clock};
    const auto parsed = template_batch<fixed_clock>::parse(text, clock);
    RC_ASSERT(parsed.has_value());
    const lot_context context = *any_context();
    batch_counters counters;
    std::string by_pattern, by_template;
    const bool pattern_formatted = format_batch(pattern, by_pattern, context, counters).has_value();
    const bool template_formatted = format_batch(*parsed, by_template, context, counters).has_value();
    RC_PRE(pattern_formatted && template_formatted);
    RC_ASSERT(by_pattern == by_template);
  }));
}

}  // namespace

TEST_CASE("laws of batch patterns", "[laws][batch]") {
  pattern_obeys<"{year}{month:02}{day:02}">();
  pattern_obeys<"{iso_year}W{iso_week:02}/{hour}:{minute:02}">();
  pattern_obeys<"{site}">();
  pattern_obeys<" {remark}-{site} ">();
  pattern_obeys<"{site}{sequence:02}{remark}">();
  pattern_obeys<"{line:05}{order:030}{weight}{day_of_year:03}{sequence}">();
}

TEST_CASE("laws of the other batch policies", "[laws][batch]") {
  REQUIRE(rc::check([] {
    const fixed_clock clock = *any_clock();
    const lot_context context = *any_context();
    batch_counters counters;
    writes_well(date_batch{clock}, context, counters, "");
    writes_well(validated_batch(date_batch{clock}, no_four{}), context, counters, "");
    using site = pattern_batch<"{site}", fixed_clock>;
    writes_well(chain_batch(site{clock}, date_batch{clock}), context, counters, "{site}");
    writes_well(
        validated_batch<chain_batch<site, date_batch<fixed_clock>>, no_four>{
            chain_batch(site{clock}, date_batch{clock}), {}},
        context, counters, "{site}");
  }));
}

TEST_CASE("laws of batch templates", "[laws][batch]") {
  REQUIRE(rc::check([] {
    const std::string text = *any_template();
    const auto parsed = template_batch<fixed_clock>::parse(text, *any_clock());
    RC_ASSERT(parsed.has_value() == template_batch<fixed_clock>::check(text).has_value());
    if (!parsed) {
      RC_ASSERT(std::size_t{parsed.error().at} + parsed.error().length <= text.size());
      return;
    }
    RC_ASSERT(parsed->text() == text);
    batch_counters counters;
    writes_well(*parsed, *any_context(), counters, text);
    writes_well(*parsed, no_record{}, counters, text);
    writes_well(*parsed, dictionary{{"site", *any_value()}, {"a.b", *any_value()}, {"year", *any_value()}}, counters,
                text);
  }));
}

TEST_CASE("text without tags is a template that writes itself", "[laws][batch]") {
  REQUIRE(rc::check([] {
    const std::string text = *any_value();
    RC_PRE(text.find('{') == text.npos);
    const auto parsed = template_batch<>::parse(text);
    std::string code;
    batch_counters counters;
    const bool is_code = trimmed(text).empty() || validate_text(trimmed(text)).has_value();
    const bool written = parsed && parsed->format(code, no_record{}, counters);
    RC_ASSERT(written == is_code);
    if (written) RC_ASSERT(code == trimmed(text));
  }));
}

TEST_CASE("a template writes what the pattern with the same meaning writes", "[laws][batch]") {
  agrees_with<"{year}{month:02}{day:02}">("{{ year }}{{ month:02 }}{{ '%02d' % day }}");
  agrees_with<"{iso_year}-W{iso_week:02}/{day_of_year:03} {year}">(
      "{{ iso_year }}-W{{ week:02 }}/{{ \"%03d\"|format(day_of_year) }} {{ year }}");
  agrees_with<"{site}/{line:04}/{order:08}/{weight}">("{{ site }}/{{ line:04 }}/{{ order:08 }}/{{ weight }}");
  agrees_with<"{hour}h{minute:02}{remark}">("{{ hour }}h{{ minute:02 }}{% if remark %}{{ remark }}{% endif %}");
}

TEST_CASE("codes with a sequence never repeat", "[laws][batch]") {
  REQUIRE(rc::check([] {
    const pattern_batch<"{site}-{sequence:01}"> pattern;
    const auto parsed = template_batch<>::parse("{{ site }}-{{ sequence:01 }}");
    batch_counters counters;
    std::set<std::string> seen;
    const auto contexts = *rc::gen::container<std::vector<lot_context>>(any_context());
    for (const lot_context& context : contexts) {
      std::string code;
      const bool by_pattern = *rc::gen::arbitrary<bool>();
      const auto formatted =
          by_pattern ? pattern.format(code, context, counters) : parsed->format(code, context, counters);
      if (formatted) RC_ASSERT(seen.insert(code).second);
    }
  }));
}

TEST_CASE("laws of dates and times", "[laws][calendar]") {
  REQUIRE(rc::check([] {
    const civil_time time = (*any_clock()).time;
    std::string text;
    append_time(text, time);
    RC_ASSERT(civil_time::parse(text) == time);
    RC_ASSERT(parse_date(std::string_view(text).substr(0, 10)) == date_of(time));
    const iso_week week = iso_week_of(date_of(time));
    RC_ASSERT(1 <= week.week && week.week <= 53);
    RC_ASSERT(time.year - 1 <= week.year && week.year <= time.year + 1);
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
    text.resize(*rc::gen::inRange<std::size_t>(0, text.size() + 1));
    const auto parsed = civil_time::parse(text);
    RC_ASSERT((parsed ? parsed->ok() : std::size_t{parsed.error().at} + parsed.error().length <= text.size()));
  }));
  REQUIRE(rc::check([] {
    const auto text = *rc::gen::arbitrary<std::string>();
    const auto parsed = civil_time::parse(text);
    RC_ASSERT(!parsed || parsed->ok());
  }));
}
