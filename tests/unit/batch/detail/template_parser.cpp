#include <tallymark/batch/detail/template_parser.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;
using detail::template_piece;

namespace {

constexpr result<void> parsed(std::string_view text) {
  std::vector<template_piece> pieces;
  return detail::template_parser(text, pieces).parse();
}

// The pieces as text: 'text', name, name#02, ?name>7, !name>7, >7
std::string program(std::string_view text) {
  std::vector<template_piece> pieces;
  if (const auto parsed = detail::template_parser(text, pieces).parse(); !parsed) return explain(parsed.error(), text);
  std::string out;
  for (const auto& piece : pieces) {
    const auto word = std::string(text.substr(piece.at, piece.length));
    if (!out.empty()) out += ' ';
    switch (piece.what) {
      case template_piece::kind::text: out += "'" + word + "'"; break;
      case template_piece::kind::field: out += word + (piece.number ? "#" + std::to_string(piece.width) : ""); break;
      case template_piece::kind::branch:
        out += (piece.negated ? "!" : "?") + word + ">" + std::to_string(piece.next);
        break;
      case template_piece::kind::jump: out += ">" + std::to_string(piece.next); break;
    }
  }
  return out;
}

constexpr std::array<std::string_view, 24> good_templates{
    "",
    "LOT",
    "{{ year }}",
    "{{year}}",
    "{{\tyear\n}}",
    "{{ week:02 }}",
    "{{ part.ipn }}-{{ a.b_c.d1 }}",
    "{{ \"%02d\" % month }}",
    "{{ '%02d'|format(month) }}",
    "{{ '%02d' | format ( month ) }}",
    "{{ '%04d-%02d%%' % (year, month) }}",
    "{{ '%d/%s' % (day, part.ipn) }}",
    "{{ 'text' }}",
    "{{ '' }}",
    "{{ '}}' }}",
    "{# a comment with {{ and {% #}",
    "{% if item %}{{ item.pk }}{% endif %}",
    "{% if not item %}A{% elif b.c %}B{% elif not d %}C{% else %}D{% endif %}",
    "{%- if a -%} x {%- endif -%}",
    "{% if a %}{{ sequence }}{% else %}{{ sequence }}{% endif %}",
    "{{ iso_year }}W{{ week }}",
    "{{ year }} {{ iso_year }} {{ week }}",
    "}} %} #} { {x} {",
    "\t\xC3\x84\r\n",
};

struct bad_template {
  std::string_view text;
  failure why;
};
constexpr std::array<bad_template, 63> bad_templates{{
    {"{{", {errc::unclosed_tag, 0, 2}},
    {"ab{{ year", {errc::unclosed_tag, 2, 2}},
    {"{{ year }", {errc::unclosed_tag, 0, 2}},
    {"{{ year -", {errc::unclosed_tag, 0, 2}},
    {"{{ '%02d", {errc::unclosed_tag, 0, 2}},
    {"{{ '%02d' % ", {errc::unclosed_tag, 0, 2}},
    {"{{ '%02d' % (", {errc::unclosed_tag, 0, 2}},
    {"{{ '%02d' | format(month", {errc::unclosed_tag, 0, 2}},
    {"{{ a.", {errc::unclosed_tag, 0, 2}},
    {"{{ a:", {errc::unclosed_tag, 0, 2}},
    {"{%", {errc::unclosed_tag, 0, 2}},
    {"x{% if", {errc::unclosed_tag, 1, 2}},
    {"{% if a", {errc::unclosed_tag, 0, 2}},
    {"{% if a %", {errc::unclosed_tag, 0, 2}},
    {"{% if a %}", {errc::unclosed_tag, 0, 2}},
    {"{% if a %}{% if b %}{% endif %}", {errc::unclosed_tag, 0, 2}},
    {"{% if a %}{% if b %}", {errc::unclosed_tag, 10, 2}},
    {"{#", {errc::unclosed_tag, 0, 2}},
    {"{# }}", {errc::unclosed_tag, 0, 2}},
    {"{#}", {errc::unclosed_tag, 0, 2}},
    {"{{}}", {errc::bad_template, 2, 1}},
    {"{{ }}", {errc::bad_template, 3, 1}},
    {"{{{ year }}}", {errc::bad_template, 2, 1}},
    {"{{ 1 }}", {errc::bad_template, 3, 1}},
    {"{{ .a }}", {errc::bad_template, 3, 1}},
    {"{{ a. }}", {errc::bad_template, 5, 1}},
    {"{{ a..b }}", {errc::bad_template, 5, 1}},
    {"{{ a. b }}", {errc::bad_template, 5, 1}},
    {"{{ a .b }}", {errc::bad_template, 5, 1}},
    {"{{ a.1 }}", {errc::bad_template, 5, 1}},
    {"{{ a b }}", {errc::bad_template, 5, 1}},
    {"{{ a | upper }}", {errc::bad_template, 5, 1}},
    {"{{ a + 1 }}", {errc::bad_template, 5, 1}},
    {"{{ a - }}", {errc::bad_template, 6, 1}},
    {"{{ month:2 }}", {errc::bad_template, 9, 1}},
    {"{{ month:0 }}", {errc::bad_template, 9, 1}},
    {"{{ month:00 }}", {errc::bad_template, 9, 2}},
    {"{{ month:01 }}", {errc::bad_template, 9, 2}},
    {"{{ year:02 }}", {errc::bad_template, 8, 2}},
    {"{{ month:x }}", {errc::bad_template, 9, 1}},
    {"{{ month:02x }}", {errc::bad_template, 11, 1}},
    {"{{ month:0101 }}", {errc::text_too_long, 9, 4}},
    {"{{ month:099999999999999999999999 }}", {errc::text_too_long, 9, 24}},
    {"{{ '%02d' }}", {errc::bad_template, 3, 6}},
    {"{{ '%02d' % }}", {errc::bad_template, 12, 1}},
    {"{{ '%02d%d' % (month) }}", {errc::bad_template, 3, 8}},
    {"{{ '%02d' % (month, day) }}", {errc::bad_template, 20, 1}},
    {"{{ '%02d' | upper }}", {errc::bad_template, 12, 5}},
    {"{{ '%2d' % month }}", {errc::bad_template, 4, 3}},
    {"{{ '%x' % month }}", {errc::bad_template, 4, 2}},
    {"{{ 'a%", {errc::unclosed_tag, 0, 2}},
    {"{{ 'a%' % month }}", {errc::bad_template, 5, 1}},
    {"{{ '\\n' }}", {errc::bad_template, 4, 2}},
    {"{% for x in y %}", {errc::bad_template, 3, 3}},
    {"{% %}", {errc::bad_template, 3, 1}},
    {"{% endif %}", {errc::bad_template, 3, 5}},
    {"{% if a %}{% endif %}{% else %}", {errc::bad_template, 24, 4}},
    {"{% if a %}{% else %}{% elif b %}{% endif %}", {errc::bad_template, 23, 4}},
    {"{% if a == b %}", {errc::bad_template, 8, 1}},
    {"{{ year }}{{ week }}", {errc::mixed_years, 13, 4}},
    {"{{ iso_year }}{{ day }}{% if month %}{% endif %}", {errc::mixed_years, 17, 3}},
    {"{% if a %}{{ sequence }}{% endif %}{{ sequence }}", {errc::second_sequence, 38, 8}},
    {"{% if a %}{{ sequence }}{% else %}{% endif %}{{ sequence }}", {errc::second_sequence, 48, 8}},
}};

constexpr bool is_good(std::string_view text) { return parsed(text).has_value(); }
constexpr bool is_refused(const bad_template& bad) {
  const auto outcome = parsed(bad.text);
  return !outcome && outcome.error() == bad.why;
}

}  // namespace

static_assert(std::all_of(good_templates.begin(), good_templates.end(), is_good));
static_assert(std::all_of(bad_templates.begin(), bad_templates.end(), is_refused));

TEST_CASE("templates are parsed", "[batch]") {
  for (const auto text : good_templates) {
    CAPTURE(text);
    CHECK(is_good(text));
  }
  for (const auto& bad : bad_templates) {
    CAPTURE(bad.text);
    CHECK(parsed(bad.text).has_value() == false);
    const auto why = parsed(bad.text) ? failure{} : parsed(bad.text).error();
    CAPTURE(message(why.code), why.at, why.length);
    CHECK(is_refused(bad));
  }
}

TEST_CASE("a template becomes a flat list", "[batch]") {
  CHECK(program("a{{ b.c }}d{{ month:02 }}") == "'a' b.c 'd' month#2");
  CHECK(program("{{ 'x%04dy%%%s' % (year, z) }}") == "'x' year#4 'y' '%' z");
  CHECK(program("{% if a %}A{% endif %}-") == "?a>2 'A' '-'");
  CHECK(program("{% if a %}A{% else %}B{% endif %}") == "?a>3 'A' >4 'B'");
  CHECK(program("{% if a %}A{% elif not b %}B{% else %}C{% endif %}-") == "?a>3 'A' >7 !b>6 'B' >7 'C' '-'");
  CHECK(program("{% if a %}{% if b %}{% endif %}{% endif %}") == "?a>2 ?b>2");
}

TEST_CASE("a dash removes blanks", "[batch]") {
  CHECK(program(" a {{- b -}} c ") == "' a' b 'c '");
  CHECK(program(" a {%- if b %} c {%- endif -%} \n d") == "' a' ?b>3 ' c' 'd'");
  CHECK(program(" a {#- b -#} c ") == "' a' 'c '");
  CHECK(program("a {#- b #} c") == "'a' ' c'");
  CHECK(program("{{ a -}}   {{- b }}") == "a b");
}

TEST_CASE("bytes that are not allowed in a template", "[batch]") {
  CHECK(parsed("a\xff").error() == failure{errc::not_utf8, 1, 1});
  CHECK(parsed("{{ \xff }}").error() == failure{errc::not_utf8, 3, 1});
  CHECK(parsed(std::string_view("a\0b", 3)).error() == failure{errc::control_character, 1, 1});
  CHECK(parsed("a\x7f").error() == failure{errc::control_character, 1, 1});
  CHECK(parsed("{# \x01 #}").error() == failure{errc::control_character, 3, 1});
}

TEST_CASE("tags are nested at most a hundred deep", "[batch]") {
  const auto nested = [](int depth, std::string_view begin, std::string_view end) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += begin;
    for (int i = 0; i < depth; ++i) text += end;
    return text;
  };
  CHECK(parsed(nested(100, "{% if a %}", "{% endif %}")).has_value());
  CHECK(parsed(nested(101, "{% if a %}", "{% endif %}")).error() == failure{errc::nesting_too_deep, 1000, 2});
  CHECK(parsed(nested(10'000, "{% if a %}", "")).error() == failure{errc::nesting_too_deep, 1000, 2});
  CHECK(parsed(nested(10'000, "{%if a%}{%else%}", "")).error().code == errc::nesting_too_deep);
}

// Each would take hours if parsing were not linear.
TEST_CASE("large templates are parsed quickly, or refused", "[batch]") {
  const auto repeated = [](std::string_view text, std::size_t bytes) {
    std::string out;
    while (out.size() + text.size() <= bytes) out += text;
    return out;
  };
  constexpr std::size_t most = detail::max_template;
  const auto begin = std::chrono::steady_clock::now();
  CHECK(parsed(repeated("{", most)).error().code == errc::bad_template);
  CHECK(parsed(repeated("{{", most)).error() == failure{errc::bad_template, 2, 1});
  CHECK(parsed(repeated("{ ", most)).has_value());
  CHECK(parsed(repeated("{{a}}", most)).has_value());
  CHECK(parsed(repeated("{%if a%}{%endif%}", most)).has_value());
  CHECK(parsed("{%if a%}" + repeated("{%elif a%}", most - 100) + "{%endif%}").has_value());
  CHECK(parsed("{{'" + repeated("%d", most / 2) + "'%(" + repeated("a,", most / 2 - 100) + "a)}}").error().code ==
        errc::bad_template);
  CHECK(parsed("{{'" + repeated("%d", 200'000) + "'%(" + repeated("a,", 199'998) + "a)}}").has_value());
  CHECK(parsed("{{'" + repeated("\\", most - 100)).error().code == errc::unclosed_tag);
  CHECK(parsed("{{" + repeated("a.", most - 100)).error().code == errc::unclosed_tag);
  CHECK(parsed("{{" + repeated(" ", most - 100)).error().code == errc::unclosed_tag);
  CHECK(parsed(repeated("{#", most)).error().code == errc::unclosed_tag);
  CHECK(parsed(repeated("x", 10 * most)).error() == failure{errc::text_too_long, most, 9 * most});
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(60));
}
