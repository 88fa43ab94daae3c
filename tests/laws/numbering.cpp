// Counting in runs gives the same as counting one by one, with every serial and increment policy.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>
#include <tallymark/testing/laws.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "support/foreign.hpp"
#include "support/generators.hpp"

using namespace tallymark;

namespace {

constexpr bool has_a_four(std::uint64_t v) {
  for (; v > 0; v /= 10)
    if (v % 10 == 4) return true;
  return false;
}
constexpr bool is_odd(std::uint64_t v) { return v % 2 == 1; }

struct no_four {
  constexpr result<opinion> operator()(std::string_view text) const {
    if (text.find('4') != text.npos) return fail(errc::refused_by_rule, text.find('4'), 1);
    return opinion::none;
  }
};

std::optional<std::string> hexadecimal(std::string_view latest) {
  std::string text(latest);
  for (std::size_t i = text.size(); i > 0; --i) {
    char& digit = text[i - 1];
    if (!(('0' <= digit && digit <= '9') || ('A' <= digit && digit <= 'F'))) return std::nullopt;
    if (digit == 'F') {
      digit = '0';
      continue;
    }
    digit = digit == '9' ? 'A' : static_cast<char>(digit + 1);
    return text;
  }
  return "1" + text;
}

// increments that break their law: counting still ends, and gives no serial number twice
struct lasso {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v < 20 ? v + 1 : 11; }
};
struct dice {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return (v * 7 + 3) % 40; }
};
struct backwards {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const {
    if (v == 0) return std::nullopt;
    return v - 1;
  }
};

// A simple, slow model: counts one by one, on texts.
template <class Rules>
struct slow {
  const Rules& rules;

  // the texts that follow `text`, until the end, a repetition or `most` texts; and the reason for the end, or 0
  std::pair<std::vector<std::string>, errc> walk(std::string text, std::size_t most) const {
    std::vector<std::string> out;
    std::set<std::string> seen;
    while (out.size() < most) {
      if (!seen.insert(text).second) return {out, errc::exhausted};
      out.push_back(text);
      std::string storage;
      const auto following = rules.next(rules.parse(text).value(), storage);
      if (!following) return {out, following.error().code};
      text = rules.text(*following);
    }
    return {out, errc{}};
  }
};

template <class Rules>
std::vector<std::string> texts_of(const Rules& rules, const run_list& runs) {
  std::vector<std::string> out;
  for (const run& r : runs)
    for (std::uint64_t i = 0; i < r.length; ++i) out.push_back(rules.text({r.family, r.at(i)}));
  return out;
}

template <class Rules>
void counts_as_one_by_one(const std::vector<std::string>& begins) {
  REQUIRE(rc::check([&] {
    const Rules rules;
    const slow<Rules> model{rules};
    const auto begin = *rc::gen::elementOf(begins);
    const auto n = *rc::gen::inRange<std::uint64_t>(0, 60);
    const auto stretches = *rc::gen::element<std::uint64_t>(1, 2, 7, 1000);
    const auto from = rules.parse(begin).value();

    const auto [ahead, ended] = model.walk(begin, 300);
    std::set<std::string> taken;
    for (const std::string& text : ahead)
      if (*rc::gen::inRange(0, 3) == 0) taken.insert(text);

    const auto is_taken = [&](const serial_number& serial) { return taken.contains(rules.text(serial)); };
    const auto occupancy = [&](const serial_number& serial) {
      stretch result{is_taken(serial), 1};
      while (result.length < stretches && serial.family.counts() &&
             serial.ordinal + result.length <= rules.last(serial.family) &&
             is_taken({serial.family, serial.ordinal + result.length}) == result.taken)
        ++result.length;
      return result;
    };

    std::vector<std::string> expected;
    for (const std::string& text : ahead)
      if (!taken.contains(text) && expected.size() < n) expected.push_back(text);

    run_list found;
    const auto answer = rules.take_free(from, n, occupancy, found);
    const auto texts = texts_of(rules, found);
    RC_ASSERT(texts.size() == found.serials());
    if (expected.size() == n) {
      RC_ASSERT(answer.has_value());
      RC_ASSERT(texts == expected);
    } else if (ended != errc{}) {
      RC_ASSERT(!answer.has_value());
      RC_ASSERT(answer.error().code == ended);
      RC_ASSERT(texts.size() >= expected.size());
      RC_ASSERT(std::equal(expected.begin(), expected.end(), texts.begin()));
    }

    run_list consecutive;
    const auto counted = rules.take(from, n, consecutive);
    RC_ASSERT(counted.has_value() == (ahead.size() >= n));
    if (counted)
      RC_ASSERT(texts_of(rules, consecutive) ==
                std::vector<std::string>(ahead.begin(), ahead.begin() + static_cast<std::ptrdiff_t>(n)));
  }));
}

template <class Rules>
void ranges_as_one_by_one(const std::vector<std::string>& begins) {
  constexpr bool on_ordinals = ordinal_increment_policy<typename Rules::increment>;
  REQUIRE(rc::check([&] {
    const Rules rules;
    const auto begin = *rc::gen::elementOf(begins);
    const auto most = *rc::gen::inRange<std::uint64_t>(1, 60);
    const auto ahead = slow<Rules>{rules}.walk(begin, 100).first;
    const auto end = *rc::gen::oneOf(rc::gen::elementOf(ahead), rc::gen::elementOf(begins));
    const auto a = rules.parse(begin).value(), b = rules.parse(end).value();

    // the texts that counting passes until it reaches the end or decreases
    std::vector<std::string> passed;
    bool reached = false;
    for (const std::string& text : ahead) {
      if (on_ordinals && !passed.empty()) {
        const auto before = rules.parse(passed.back()).value(), current = rules.parse(text).value();
        if (before.family == current.family && current.ordinal <= before.ordinal) break;
      }
      passed.push_back(text);
      reached = text == end;
      if (reached) break;
    }

    run_list found;
    const auto answer = rules.range(a, b, most, found);
    if (a.family == b.family && b.ordinal < a.ordinal) {
      RC_ASSERT(answer.error().code == errc::range_backwards);
    } else if (reached && passed.size() <= most) {
      RC_ASSERT(answer.has_value());
      RC_ASSERT(texts_of(rules, found) == passed);
    } else if (answer) {
      RC_ASSERT(found.serials() == most);
      RC_ASSERT(passed.size() >= most);
      RC_ASSERT(texts_of(rules, found) ==
                std::vector<std::string>(passed.begin(), passed.begin() + static_cast<std::ptrdiff_t>(most)));
    } else {
      RC_ASSERT(answer.error().code == errc::not_a_group);
      RC_ASSERT(found.empty());
      RC_ASSERT(!reached || !on_ordinals);
    }
  }));
}

template <class Rules>
void in_bulk(const std::vector<std::string>& begins) {
  counts_as_one_by_one<Rules>(begins);
  ranges_as_one_by_one<Rules>(begins);
}

template <class Rules>
void obeys(const std::vector<std::string>& begins) {
  in_bulk<Rules>(begins);
  REQUIRE(rc::check([&] {
    const Rules rules;
    const auto begin = *rc::gen::elementOf(begins);
    const auto broken =
        testing::check_counting_laws(rules, rules.parse(begin).value(), *rc::gen::inRange<std::uint64_t>(0, 60));
    if (broken) RC_FAIL(broken->law + ": " + broken->seen);
  }));
}

const std::vector<std::string> texts{"1",
                                     "SN-1",
                                     "SN-095",
                                     "SN-08",
                                     "00",
                                     "0",
                                     "Q",
                                     "SN-98",
                                     "999999999999999990",
                                     "9999999999999999970",
                                     "SN-0999999999999999970",
                                     std::string(99, '9') + "0"};
const std::vector<std::string> numbers{"0", "1", "5", "12", "19", "99", "18446744073709551600"};
const std::vector<std::string> labels{"SN-00", "SN-01", "SN-17", "SN-95", "SN-99"};

template <class Increment>
using text_by = numbering<text_serial<>, Increment>;
template <class Increment>
using number_by = numbering<integer_serial, Increment>;
template <class Increment>
using label_by = numbering<prefixed_serial<"SN-", 2>, Increment>;

}  // namespace

TEST_CASE("step counts in bulk as one by one", "[laws]") {
  obeys<text_by<step<1>>>(texts);
  obeys<text_by<step<7>>>(texts);
  obeys<number_by<step<1>>>(numbers);
  obeys<label_by<step<1>>>(labels);
  obeys<label_by<step<3>>>(labels);
  obeys<numbering<text_serial<6>, step<1>>>({"SN-970", "SN-095", "SN-1", "999950"});
}

TEST_CASE("skipping counts in bulk as one by one", "[laws]") {
  obeys<text_by<skipping<has_a_four>>>(texts);
  obeys<text_by<skipping<is_odd>>>(texts);
  obeys<number_by<skipping<has_a_four, step<2>>>>(numbers);
  obeys<label_by<skipping<has_a_four, wrapping<1, 30>>>>(labels);
}

TEST_CASE("wrapping counts in bulk as one by one", "[laws]") {
  obeys<number_by<wrapping<1, 20>>>(numbers);
  obeys<text_by<wrapping<1, 20>>>(texts);
  obeys<text_by<wrapping<90, 120>>>(texts);
  obeys<label_by<wrapping<1, 99>>>(labels);
}

TEST_CASE("a function on text counts in bulk as one by one", "[laws]") {
  obeys<text_by<custom<hexadecimal>>>({"1", "9E", "FF0", "Q", "099"});
}

TEST_CASE("every serial policy counts in bulk as one by one", "[laws]") {
  obeys<numbering<alphabet_serial<"ABC", 3>, step<1>>>({"AAA", "ACB", "CAC", "CCC"});
  obeys<numbering<alphabet_serial<"01", 0, "X-">, skipping<has_a_four>>>({"X-1", "X-111", "X-1110100"});
  obeys<numbering<validated_serial<text_serial<>, no_four>, step<1>>>({"1", "SN-035", "SN-095", "Q"});
  obeys<numbering<validated_serial<prefixed_serial<"SN-", 2>, no_four>, wrapping<1, 60>>>({"SN-01", "SN-37", "SN-99"});
  obeys<numbering<own_hexadecimal, step<1>>>({"1", "9", "ff"});
  obeys<numbering<own_hexadecimal, elsewhere::odd_numbers>>({"1", "9", "ff"});
  obeys<numbering<elsewhere::site_numbers, step<1>>>({"HAM/1", "HAM/9", "Q"});
}

TEST_CASE("increments that break their law still end, and give no serial number twice", "[laws]") {
  counts_as_one_by_one<number_by<lasso>>(numbers);
  counts_as_one_by_one<number_by<dice>>(numbers);
  counts_as_one_by_one<text_by<dice>>(texts);
  counts_as_one_by_one<number_by<backwards>>(numbers);
  ranges_as_one_by_one<number_by<lasso>>(numbers);
  ranges_as_one_by_one<number_by<backwards>>(numbers);
}
