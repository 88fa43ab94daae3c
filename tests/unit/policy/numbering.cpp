#include <tallymark/policy/numbering.hpp>

#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "../../support/compile_time.hpp"

using namespace tallymark;

namespace {

constexpr bool has_a_four(std::uint64_t v) {
  for (; v > 0; v /= 10)
    if (v % 10 == 4) return true;
  return false;
}
constexpr bool everything(std::uint64_t) { return true; }

// hexadecimal numbers, as a function on text
std::optional<std::string> hexadecimal(std::string_view latest) {
  std::string text(latest);
  for (std::size_t i = text.size(); i > 0; --i) {
    char& digit = text[i - 1];
    if (digit == 'F') {
      digit = '0';
      continue;
    }
    digit = digit == '9' ? 'A' : static_cast<char>(digit + 1);
    return text;
  }
  return "1" + text;
}
std::string same(std::string_view latest) { return std::string(latest); }
std::string blanks(std::string_view) { return "  "; }
std::string back_and_forth(std::string_view latest) { return latest == "B1" ? "B2" : "B1"; }
std::string by_two(std::string_view latest) {
  return "A" + std::to_string(std::stoi(std::string(latest.substr(1))) + 2);
}

// breaks the law: 1 to 5 lead to 100 to 104, which repeat for ever
struct lasso {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v == 5 ? 100 : v == 104 ? 100 : v + 1; }
};
struct pit {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v < 7 ? v + 1 : 7; }
};
struct dice {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return (v * 5 + 1) % 64; }
};
struct refuser {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v + 1; }
  constexpr bool accepts(std::uint64_t) const { return false; }
};

// two families, A0 to A3 and then B0 to B9
struct two_families {
  using policy_slot = serial_slot;
  std::uint64_t begin = 0;
  constexpr result<serial_number> parse(std::string_view text) const {
    return serial_number{{text.substr(0, 1)}, static_cast<std::uint64_t>(text[1] - '0')};
  }
  void format(std::string& out, const serial_number& serial) const {
    (out += serial.family.text) += std::to_string(serial.ordinal);
  }
  constexpr serial_number first() const { return {{"A"}, begin}; }
  constexpr std::uint64_t last(const family& of) const { return of.text == "A" ? 3 : 9; }
  constexpr std::optional<serial_number> carry(const family& full, std::string&) const {
    if (full.text != "A") return std::nullopt;
    return serial_number{{"B"}, 0};
  }
};

template <class Serial, class Increment>
std::string spelled(const numbering<Serial, Increment>& rules, const run_list& runs) {
  std::string out;
  for (const run& r : runs)
    for (std::uint64_t i = 0; i < r.length; ++i) out += (out.empty() ? "" : " ") + rules.text({r.family, r.at(i)});
  return out;
}

std::string with(std::string out, const result<void>& answer) {
  return answer ? out : out + " | " + std::string(message(answer.error().code));
}

template <class Rules>
std::string next(std::string_view after) {
  const Rules rules;
  std::string storage;
  const auto following = rules.next(rules.parse(after).value(), storage);
  return following ? rules.text(*following) : std::string(message(following.error().code));
}

template <class Rules>
std::string take(std::string_view from, std::uint64_t n) {
  const Rules rules;
  run_list out;
  const auto answer = rules.take(rules.parse(from).value(), n, out);
  return with(spelled(rules, out), answer);
}

template <class Rules>
std::string range(std::string_view a, std::string_view b, std::uint64_t most = 100) {
  const Rules rules;
  run_list out;
  const auto answer = rules.range(rules.parse(a).value(), rules.parse(b).value(), most, out);
  if (!answer) CHECK(out.empty());
  return answer ? spelled(rules, out) : std::string(message(answer.error().code));
}

template <class Rules>
std::string take_free(std::string_view from, std::uint64_t n, const std::vector<std::string_view>& taken,
                      std::uint64_t stretches = 1) {
  const Rules rules;
  run_list out;
  const auto is_taken = [&](const serial_number& serial) {
    for (const auto text : taken)
      if (rules.parse(text).value() == serial) return true;
    return false;
  };
  const auto occupancy = [&](const serial_number& serial) {
    stretch here{is_taken(serial), 1};
    while (here.length < stretches && serial.family.counts() &&
           is_taken({serial.family, serial.ordinal + here.length}) == here.taken)
      ++here.length;
    return here;
  };
  const auto answer = rules.take_free(rules.parse(from).value(), n, occupancy, out);
  return with(spelled(rules, out), answer);
}

template <class Increment>
using text_by = numbering<text_serial<>, Increment>;
template <class Increment>
using number_by = numbering<integer_serial, Increment>;
using plain = text_by<step<1>>;
using label = numbering<prefixed_serial<"SN-", 2>, step<1>>;

constexpr std::string_view end = "no serial number is left";
constexpr std::string_view no_group = "this is not a group of serial numbers";

constexpr bool counts_at_compile_time() {
  const plain rules;
  run_list out;
  const auto taken = rules.take(rules.parse("SN-098").value(), 4, out);
  return taken && out.size() == 2 && out.serials() == 4 && out[1] == run{{"SN-"}, 100, 2} &&
         rules.text(out.at(0)) == "SN-098";
}

}  // namespace

static_assert(plain{}.first() == serial_number{{}, 1});
static_assert(plain{}.parse(" SN-7 ") == serial_number{{"SN-"}, 7});
static_assert(plain{}.last({"SN-", 3}) == 99 && label{}.last({}) == 99);
static_assert(plain{}.consecutive({{"SN-", 3}, 90}, 100) == 10 &&
              plain{}.consecutive({family::literal("Q"), 0}, 5) == 1);
static_assert(plain{}.consecutive({{"SN-", 3}, 99}, 100) == 1 && plain{}.consecutive({{"SN-", 3}, 1000}, 100) == 1);
static_assert(plain{}.consecutive({{"SN-"}, 1}, 100) == 100 &&
              text_by<custom<hexadecimal>>{}.consecutive({{}, 1}, 9) == 1);
static_assert(number_by<step<1>>{}.consecutive({{}, 0}, max_ordinal + 1) == max_ordinal + 1);
static_assert(sizeof(plain) == 1 || sizeof(plain) == 2);
STATIC_CHECK_WITH_STRING(counts_at_compile_time());

TEST_CASE("an empty scope begins with the first serial number that can be issued", "[policy]") {
  CHECK(number_by<wrapping<100, 199>>{}.first() == serial_number{{}, 100});
  CHECK(number_by<skipping<[](std::uint64_t v) { return v < 7; }>>{}.first() == serial_number{{}, 7});
  CHECK(numbering<prefixed_serial<"A", 1>, wrapping<100, 199>>{}.first().error().code == errc::exhausted);
  CHECK(text_by<skipping<everything>>{}.first().error().code == errc::exhausted);
  CHECK(text_by<refuser>{}.first().error().code == errc::exhausted);
  CHECK(text_by<custom<hexadecimal>>{}.first() == serial_number{{}, 1});
  using below_two = skipping<[](std::uint64_t v) { return v < 2; }>;
  using below_five = skipping<[](std::uint64_t v) { return v < 5; }>;
  CHECK(numbering<two_families, below_two>{}.first() == serial_number{{"A"}, 2});
  CHECK(numbering<two_families, below_five>{}.first().error().code == errc::exhausted);  // B5 belongs to another family
  CHECK(numbering<two_families, step<1>>{{4}, {}}.first().error().code == errc::exhausted);
  CHECK(take<numbering<two_families, step<3>>>("A2", 3) == "A2 B1 B4");
}

TEST_CASE("next continues across the ends of families", "[policy]") {
  CHECK(next<plain>("1") == "2");
  CHECK(next<plain>("SN-099") == "SN-100");
  CHECK(next<plain>("99") == "100");
  CHECK(next<plain>("SN-999999999999999999") == "SN-1000000000000000000");
  CHECK(next<plain>("99999999999999999999") == "100000000000000000000");
  CHECK(next<plain>(std::string(100, '9')) == end);
  CHECK(next<plain>("QQQ") == "this serial number has no counter to continue from");
  CHECK(next<label>("SN-98") == "SN-99");
  CHECK(next<label>("SN-99") == end);
  CHECK(next<text_by<step<10>>>("SN-095") == "SN-105");
  CHECK(next<text_by<step<500>>>("SN-09") == "SN-509");
  CHECK(next<text_by<step<7>>>("9999999999999999998") == "10000000000000000005");
  CHECK(next<text_by<step<2'500'000'000'000'000'000U>>>("SN-7") == "SN-2500000000000000007");
  CHECK(next<text_by<skipping<has_a_four>>>("SN-399") == "SN-500");
  CHECK(next<text_by<skipping<has_a_four>>>("SN-039") == "SN-050");
  CHECK(next<text_by<skipping<has_a_four>>>("SN-0399") == "SN-0500");
  CHECK(next<text_by<skipping<[](std::uint64_t v) { return v == 100; }>>>("SN-099") == "SN-101");
  CHECK(next<text_by<skipping<everything>>>("SN-099") == end);
  CHECK(next<text_by<refuser>>("SN-099") == end);
  CHECK(next<text_by<pit>>("7") == end);
  CHECK(next<number_by<step<1>>>("18446744073709551614") == end);
}

TEST_CASE("next asks a function on text", "[policy]") {
  using hex = text_by<custom<hexadecimal>>;
  CHECK(next<hex>("19") == "1A");
  CHECK(next<hex>("FF") == "100");
  CHECK(next<text_by<custom<same>>>("7") == end);
  CHECK(next<text_by<custom<same>>>("Q") == "this serial number has no counter to continue from");
  CHECK(next<text_by<custom<blanks>>>("Q") == "the text is empty");
  CHECK(next<numbering<integer_serial, custom<hexadecimal>>>("9") == "this is not a serial number of this kind");
}

TEST_CASE("take returns runs", "[policy]") {
  CHECK(take<plain>("SN-098", 4) == "SN-098 SN-099 SN-100 SN-101");
  CHECK(take<plain>("7", 0) == "");
  CHECK(take<plain>("Q", 1) == "Q");
  CHECK(take<plain>("Q", 2) == "Q | this serial number has no counter to continue from");
  CHECK(take<label>("SN-98", 3) == "SN-98 SN-99 | no serial number is left");
  CHECK(take<text_by<step<10>>>("85", 3) == "85 95 105");
  CHECK(take<text_by<skipping<has_a_four>>>("SN-02", 5) == "SN-02 SN-03 SN-05 SN-06 SN-07");
  CHECK(take<text_by<skipping<has_a_four>>>("4", 3) == "4 5 6");  // 4 is skipped, but can be asked for by name
  CHECK(take<text_by<custom<hexadecimal>>>("9E", 3) == "9E 9F A0");

  CHECK(counts_at_compile_time());
  const plain rules;
  run_list out;
  CHECK(rules.take(rules.parse("SN-1").value(), 4'000'000'000, out));
  CHECK(out.size() == 1);
  CHECK(rules.take(rules.parse("SN-4000000001").value(), 1, out));
  CHECK(out.size() == 1);
  CHECK(out.serials() == 4'000'000'001);
  CHECK(rules.take(rules.parse("999999999999999000").value(), 3'000'000'000'000'000'000, out));
  CHECK(rules.text(out.at(out.serials() - 1)) == "3999999999999998999");
}

TEST_CASE("take ends where the sequence repeats", "[policy]") {
  CHECK(take<number_by<wrapping<1, 5>>>("4", 5) == "4 5 1 2 3");
  CHECK(take<number_by<wrapping<1, 5>>>("4", 6) == "4 5 1 2 3 | no serial number is left");
  CHECK(take<number_by<wrapping<1, 5>>>("9", 6) == "9 1 2 3 4 5");
  CHECK(take<number_by<lasso>>("4", 7) == "4 5 100 101 102 103 104");
  CHECK(take<number_by<dice>>("0", 64).size() > 64);
  for (const std::uint64_t n : {std::uint64_t{8}, std::uint64_t{9}, std::uint64_t{20}, std::uint64_t{1} << 40}) {
    CHECK(take<number_by<lasso>>("4", n).ends_with(end));
    CHECK(take<number_by<wrapping<1, 5>>>("9", n).ends_with(end));
    CHECK(take<number_by<pit>>("1", n).ends_with(end));
    CHECK(take<text_by<custom<back_and_forth>>>("A", n).ends_with(end));
  }
  CHECK(take<number_by<dice>>("0", 65).ends_with(end));
}

TEST_CASE("a step is one run, however long it is", "[policy]") {
  const text_by<step<10>> tens;
  run_list out;
  CHECK(tens.take(tens.parse("SN-7").value(), 1'000'000'000, out));
  CHECK(tens.take(tens.parse("SN-10000000007").value(), 1, out));
  REQUIRE(out.size() == 1);
  CHECK(out[0] == run{{"SN-"}, 7, 1'000'000'001, 10});
  CHECK(tens.canonical(out[0]));
  run_list widths;
  CHECK(tens.take(tens.parse("085").value(), 1000, widths));
  CHECK(widths.size() == 2);
  CHECK(spelled(tens, widths).starts_with("085 095 105 115 "));
  run_list between;
  CHECK(tens.range(tens.parse("1").value(), tens.parse("40000000001").value(), std::uint64_t{1} << 60, between));
  CHECK(between.size() == 1);
  CHECK(between.serials() == 4'000'000'001);
  CHECK(range<text_by<step<10>>>("1", "40000000002", std::uint64_t{1} << 60) == no_group);

  // taken numbers between those of the sequence do not cut it, and stretches of both strides are understood
  run_list around;
  const auto taken = [](const serial_number& from) {
    if (from.ordinal < 105) return stretch{false, 105 - from.ordinal};
    if (from.ordinal < 205) return stretch{true, (205 - from.ordinal) / 10, 10};
    return stretch{false, 1'000'000'000, 10};
  };
  CHECK(tens.take_free(tens.parse("5").value(), 1'000'010, taken, around));
  REQUIRE(around.size() == 2);
  CHECK(around[0] == run{{}, 5, 10, 10});
  CHECK(around[1] == run{{}, 205, 1'000'000, 10});
  CHECK(take<text_by<skipping<has_a_four, step<2>>>>("38", 3) == "38 50 52");
}

TEST_CASE("a call makes no more runs than its caller allows", "[policy]") {
  const number_by<skipping<has_a_four>> gaps;
  const serial_number from{{}, 1};
  run_list out;
  CHECK(gaps.take(from, 8, out, 2));  // 1 to 3, 5 to 9
  CHECK(out.size() == 2);
  const auto refused = gaps.take(from, 13, out, 2);  // 1 to 3, 5 to 13, 15
  REQUIRE(!refused);
  CHECK(refused.error().code == errc::too_many_runs);
  CHECK(out.size() == 2);
  CHECK(gaps.take(from, 13, out, 3));
  CHECK(gaps.take(from, std::uint64_t{1} << 62, out).error().code == errc::too_many_runs);
  const text_by<custom<by_two>> texts;
  run_list none;
  CHECK(texts.take(texts.parse("A1").value(), 4, none, 3).error().code == errc::too_many_runs);
  CHECK(texts.range(texts.parse("A1").value(), texts.parse("A9").value(), 100, none, 4).error().code ==
        errc::too_many_runs);
  CHECK(none.empty());
  CHECK(texts.range(texts.parse("A1").value(), texts.parse("A9").value(), 100, none, 5));
  CHECK(none.size() == 5);
}

TEST_CASE("take_free skips taken serial numbers", "[policy]") {
  for (const std::uint64_t stretches : {1U, 2U, 100U}) {
    CHECK(take_free<plain>("1", 3, {}, stretches) == "1 2 3");
    CHECK(take_free<plain>("1", 3, {"1", "3", "4"}, stretches) == "2 5 6");
    CHECK(take_free<plain>("SN-098", 3, {"SN-099", "SN-100"}, stretches) == "SN-098 SN-101 SN-102");
    CHECK(take_free<label>("SN-97", 3, {"SN-98"}, stretches) == "SN-97 SN-99 | no serial number is left");
    CHECK(take_free<number_by<step<10>>>("5", 3, {"15", "16", "24", "25"}, stretches) == "5 35 45");
    CHECK(take_free<number_by<skipping<has_a_four>>>("2", 3, {"3", "5"}, stretches) == "2 6 7");
    CHECK(take_free<number_by<wrapping<1, 5>>>("3", 3, {"4", "1"}, stretches) == "3 5 2");
    CHECK(take_free<number_by<wrapping<1, 5>>>("3", 4, {"4", "1"}, stretches) == "3 5 2 | no serial number is left");
    CHECK(take_free<number_by<wrapping<1, 5>>>("3", 1, {"1", "2", "3", "4", "5"}, stretches) ==
          " | no serial number is left");
    CHECK(take_free<number_by<wrapping<1, 5>>>("9", 5, {"9", "3"}, stretches).ends_with(end));
    CHECK(take_free<number_by<lasso>>("1", 3, {"1", "2", "3", "4", "5", "101", "102", "103", "104"}, stretches)
              .ends_with(end));
    CHECK(take_free<text_by<custom<hexadecimal>>>("E", 3, {"F", "10"}, stretches) == "E 11 12");
    CHECK(take_free<plain>("Q", 1, {"Q"}, stretches) == " | this serial number has no counter to continue from");
  }
}

TEST_CASE("take_free appends to the list", "[policy]") {
  const plain rules;
  run_list out;
  out.add(rules.parse("7").value());
  CHECK(rules.take_free(rules.parse("7").value(), 2, [](const serial_number&) { return stretch{false, 9}; }, out));
  CHECK(spelled(rules, out) == "7 7 8");
}

TEST_CASE("a taken stretch of billions is skipped in one step", "[policy]") {
  const auto occupancy = [](const serial_number& serial) {
    return serial.ordinal < 3'000'000'000 ? stretch{true, 3'000'000'000 - serial.ordinal} : stretch{false, 1'000'000};
  };
  run_list out;
  const number_by<skipping<has_a_four>> skips;
  CHECK(skips.take_free({{}, 1}, 2, occupancy, out));
  CHECK(spelled(skips, out) == "3000000000 3000000001");
  const text_by<step<7>> sevens;
  run_list more;
  CHECK(sevens.take_free({{}, 1}, 2, occupancy, more));
  CHECK(spelled(sevens, more) == "3000000004 3000000011");
}

TEST_CASE("a range counts from one end to the other", "[policy]") {
  CHECK(range<plain>("098", "101") == "098 099 100 101");
  CHECK(range<plain>("SN-1", "SN-3") == "SN-1 SN-2 SN-3");
  CHECK(range<plain>("7", "7") == "7");
  CHECK(range<plain>("Q", "Q") == "Q");
  CHECK(range<plain>("10", "2") == "the range runs backwards");
  CHECK(range<plain>("Q", "R") == no_group);
  CHECK(range<plain>("A1", "B3") == no_group);
  CHECK(range<plain>("2024", "0001") == no_group);
  CHECK(range<plain>("1", "01") == no_group);
  CHECK(range<plain>("01", "1") == no_group);
  CHECK(range<plain>("01", "10") == "01 02 03 04 05 06 07 08 09 10");
  CHECK(range<plain>("001", "10") == no_group);
  CHECK(range<plain>("9999999999999999998", "10000000000000000001") ==
        "9999999999999999998 9999999999999999999 10000000000000000000 10000000000000000001");
  CHECK(range<text_by<step<2>>>("1", "5") == "1 3 5");
  CHECK(range<text_by<step<2>>>("1", "6") == no_group);
  CHECK(range<text_by<step<7>>>("096", "117") == "096 103 110 117");
  CHECK(range<text_by<skipping<has_a_four>>>("3", "6") == "3 5 6");
  CHECK(range<text_by<skipping<has_a_four>>>("1", "4") == no_group);
  CHECK(range<number_by<wrapping<1, 6>>>("2", "5") == "2 3 4 5");
  CHECK(range<number_by<wrapping<1, 6>>>("5", "2") == "the range runs backwards");
}

TEST_CASE("a range that cannot be reached ends at once", "[policy]") {
  constexpr std::uint64_t many = std::uint64_t{1} << 60;
  CHECK(range<number_by<wrapping<1, 6>>>("5", "8", many) == no_group);
  CHECK(range<text_by<wrapping<1, 50>>>("SN-098", "SN-101", many) == no_group);
  CHECK(range<number_by<lasso>>("4", "200", many) == no_group);
  CHECK(range<number_by<pit>>("4", "200", many) == no_group);
  CHECK(range<text_by<custom<back_and_forth>>>("A", "C", many) == no_group);
  CHECK(range<text_by<custom<by_two>>>("A1", "A4", many) == no_group);
}

TEST_CASE("a range holds no more than asked for", "[policy]") {
  CHECK(range<plain>("1", "1000000000000", 3) == "1 2 3");
  CHECK(range<plain>("SN-098", "SN-500", 3) == "SN-098 SN-099 SN-100");
  CHECK(range<plain>("SN-08", "SN-1000000000000000000", 3) == "SN-08 SN-09 SN-10");
  CHECK(range<plain>("001", "10", 3) == no_group);
  CHECK(range<plain>("001", "100", 3) == "001 002 003");
  CHECK(range<plain>("1", "3", 3) == "1 2 3");
  CHECK(range<plain>("1", "4", 3) == "1 2 3");
  CHECK(range<plain>("1", "4", 0) == "");
  CHECK(range<text_by<custom<hexadecimal>>>("19", "1C", 3) == no_group);  // unknown whether 1C is reached
  const plain rules;
  run_list out;
  CHECK(rules.range(rules.parse("1").value(), rules.parse("4000000001").value(), std::uint64_t{1} << 60, out));
  CHECK(out.size() == 1);
  CHECK(out.serials() == 4'000'000'001);
}

TEST_CASE("ranges of a function on text", "[policy]") {
  using hex = text_by<custom<hexadecimal>>;
  CHECK(range<hex>("19", "1C") == "19 1A 1B 1C");
  CHECK(range<hex>("9", "12") == "9 A B C D E F 10 11 12");
  CHECK(range<hex>("1C", "1A") == no_group);
  CHECK(range<text_by<custom<by_two>>>("A1", "A5") == "A1 A3 A5");
}

TEST_CASE("counting in the symbols of an alphabet", "[policy]") {
  using letters = numbering<alphabet_serial<"ABC", 2>, step<1>>;
  CHECK(take<letters>("AC", 3) == "AC BA BB");
  CHECK(range<letters>("AB", "CC") == "AB AC BA BB BC CA CB CC");
  CHECK(next<letters>("CC") == end);
}
