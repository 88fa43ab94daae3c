#include <tallymark/serial/checked.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/check/crockford.hpp>
#include <tallymark/check/damm.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/mod43.hpp>
#include <tallymark/check/verhoeff.hpp>
#include <tallymark/check/weighted.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/chain.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/registry/serial_range.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>
#include <tallymark/testing/laws.hpp>

#include "support/compile_time.hpp"
#include "support/many.hpp"

using namespace tallymark;

namespace {

using label = checked_serial<prefixed_serial<"SN", 6>, iso7064_mod37_2>;
static_assert(serial_policy<label>);
static_assert(label{}.parse("SN0000427") == 42);
static_assert(label{}.parse("SN0000420").error() == failure{errc::wrong_check, 8, 1, {'7'}});
static_assert(label{}.parse("SN0000527").error() == failure{errc::wrong_check, 8, 1, {'3'}});
static_assert(label{}.parse("SN000042").error() == failure{errc::check_missing, 8, 0, {'7'}});
static_assert(label{}.parse("7").error() == failure{errc::check_missing, 1, 0});
static_assert(checked_serial<integer_serial, iso7064_mod97_10>{}.parse("7").error() ==
              failure{errc::check_missing, 1, 0, {'7', '7'}});
static_assert(label{}.parse("SX0000427").error() == failure{errc::not_a_serial, 0, 2});
static_assert(label{}.parse("SN00A0427").error() == failure{errc::not_a_serial, 4, 1});
static_assert(label{}.parse("SN00427").error() == failure{errc::wrong_width, 2, 4});
static_assert(!serial_traits<label>::has_rules);

using account = checked_serial<integer_serial, iso7064_mod97_10>;
static_assert(account{}.parse("79444") == 794);

using any = checked_serial<text_serial<>, damm>;
static_assert(any{}.parse("5724") == serial_number{{""}, 572});
static_assert(any{}.parse("A5724").error() == failure{errc::not_checkable, 0, 1});
static_assert(any::max_length == 100);

// what is known when compiling
static_assert(detail::checkable_v<text_serial<>, damm> == detail::checkable::yes);
static_assert(detail::checkable_v<prefixed_serial<"SN-">, luhn> == detail::checkable::unknown_character);

STATIC_CHECK_WITH_STRING([] {
  std::string text;
  label{}.format(text, 42);
  return text == "SN0000427";
}());

template <class S>
std::string text_of(const S& policy, const serial_number& serial) {
  std::string text;
  serial_traits<S>::format(policy, text, serial);
  return text;
}

// Random ordinals of a family there and back; that one text follows another; that a changed check character is refused,
// and that a wrong one is told with the right one.
template <class S>
void check_there_and_back(const S& policy, const family& of = {}) {
  using traits = serial_traits<S>;
  std::mt19937_64 random(20261123);
  const std::uint64_t last = traits::last(policy, of);
  int unlike = 0, wrong = 0;
  for (int i = 0; i < many; ++i) {
    // of all lengths
    const serial_number serial{of, (random() >> (random() % 64)) % last};
    if (!traits::accepts(policy, serial)) continue;
    std::string text = text_of(policy, serial);
    unlike += traits::parse(policy, text) != serial;
    const std::string right(1, text.back());
    text.back() = right == "0" ? '1' : '0';
    const auto refused = traits::parse(policy, text);
    if (refused || refused.error().code != errc::wrong_check || refused.error().right().back() != right[0]) ++wrong;
  }
  CHECK(unlike == 0);
  CHECK(wrong == 0);
}

constexpr std::uint64_t some_ordinals[] = {0, 1, 2, 9, 10, 11, 99, 100, 101, 999, 1000, 12'345, 99'999, 100'000};

template <class S>
void check_laws(const S& policy, std::vector<std::string> texts, const family& of = {}) {
  using traits = serial_traits<S>;
  for (const std::uint64_t ordinal : some_ordinals)
    if (ordinal <= traits::last(policy, of) && traits::accepts(policy, {of, ordinal}))
      texts.push_back(text_of(policy, {of, ordinal}));
  for (std::size_t i = texts.size(); i-- > 0;) {
    texts.push_back(texts[i] + "0");
    texts.push_back(texts[i].substr(0, texts[i].size() - 1));
    texts.push_back(" " + texts[i] + "\t");
    texts.push_back(texts[i] + "\xFF");
  }
  const auto broken = testing::check_serial_laws(policy, texts, some_ordinals);
  if (broken) FAIL(broken->law << ": " << broken->seen);
  for (const std::string_view separator : {"\n", "", ", "})
    for (const std::uint64_t first : {0U, 1U, 7U, 95U, 990U})
      for (const std::uint64_t count : {1U, 2U, 15U, 120U, 3'000U}) {
        if (traits::last(policy, of) < first + count) continue;
        const auto unlike = testing::check_writing_laws(policy, {of, first}, count, separator);
        if (unlike) FAIL(unlike->law << ": " << unlike->seen << " " << first << " " << count);
      }
}

// a policy of one's own, without values known when compiling
struct behind_a_prefix {
  using policy_slot = serial_slot;
  std::string prefix;

  result<std::uint64_t> parse(std::string_view text) const {
    if (!text.starts_with(prefix)) return fail(errc::not_a_serial, 0, std::min(prefix.size(), text.size()));
    const auto value = integer_serial{}.parse(text.substr(prefix.size()));
    return value ? value : unexpected<failure>(shifted(value.error(), prefix.size()));
  }
  void format(std::string& out, std::uint64_t ordinal) const { out += prefix + std::to_string(ordinal); }
};

// accepts other spellings: lower case
struct hexadecimal {
  using policy_slot = serial_slot;
  static constexpr bool normalises = true;
  static constexpr std::size_t max_length = 8;
  static std::uint64_t last() { return 0xFFFF'FFFF; }

  result<std::uint64_t> parse(std::string_view text) const {
    std::string upper(text);
    for (char& c : upper)
      if ('a' <= c && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    return alphabet_serial<"0123456789ABCDEF", 8>{}.parse(upper);
  }
  void format(std::string& out, std::uint64_t ordinal) const {
    alphabet_serial<"0123456789ABCDEF", 8>{}.format(out, ordinal);
  }
};

// writes the counter backwards, in bulk by itself
struct backwards {
  using policy_slot = serial_slot;
  static constexpr std::size_t max_length = 4;

  result<std::uint64_t> parse(std::string_view text) const {
    return prefixed_serial<"", 4>{}.parse(std::string(text.rbegin(), text.rend()));
  }
  void format(std::string& out, std::uint64_t ordinal) const {
    std::string text;
    prefixed_serial<"", 4>{}.format(text, ordinal);
    out.append(text.rbegin(), text.rend());
  }
  static std::uint64_t last() { return 9999; }
  static std::size_t text_length(const family&) { return 4; }
  void write(char* out, const family&, std::uint64_t first, std::uint64_t count, std::string_view separator) const {
    for (; count > 0; --count) {
      std::string text;
      format(text, first++);
      text += separator;
      out = std::copy(text.begin(), text.end(), out);
    }
  }
};

// says with what issuing goes on
struct dated : text_serial<> {
  result<serial_number> issue(const serial_number*, std::string& storage) const {
    storage = "26";
    return serial_number{{storage, 4}, 1};
  }
};

struct no_thirteen {
  constexpr result<opinion> operator()(std::string_view text) const {
    if (text.ends_with("13")) return fail(errc::refused_by_rule, text.size() - 2, 2);
    return opinion::none;
  }
};

}  // namespace

TEST_CASE("a text and its check character, read and written", "[serial]") {
  CHECK(text_of(label{}, {{}, 42}) == "SN0000427");
  CHECK(label{}.parse("SN0000427") == 42);
  CHECK(label{}.parse("SN0000420").error() == failure{errc::wrong_check, 8, 1, {'7'}});
  CHECK(label{}.parse("SN000042").error() == failure{errc::check_missing, 8, 0, {'7'}});
  CHECK(serial_traits<label>::parse({}, "  SN0000420").error() == failure{errc::wrong_check, 10, 1, {'7'}});
  CHECK(explain(label{}.parse("SN0000420").error(), "SN0000420") ==
        "SN0000420\n        ^ the check character is wrong: expected '7'");
  CHECK(label{}.parse("").error() == failure{errc::check_missing, 0, 0});
  CHECK(label{}.parse("SX0000427").error() == failure{errc::not_a_serial, 0, 2});
  CHECK(any{}.parse("A5724").error() == failure{errc::not_checkable, 0, 1});
  CHECK(text_of(account{}, {{}, 794}) == "79444");
  CHECK(account{}.parse("79444") == 794);
  CHECK(account{}.parse("79443").error() == failure{errc::wrong_check, 3, 2, {'4', '4'}});
  CHECK(serial_traits<any>::parse({}, "57 4").error() == failure{errc::not_a_serial, 2, 1});
}

TEST_CASE("random ordinals there and back", "[serial]") {
  SECTION("luhn") { check_there_and_back(checked_serial<integer_serial, luhn>()); }
  SECTION("luhn_mod") {
    check_there_and_back(checked_serial<alphabet_serial<"0123456789ABCDEF", 10>, luhn_mod<"0123456789ABCDEF">>());
  }
  SECTION("damm") { check_there_and_back(checked_serial<prefixed_serial<"4012", 12>, damm>()); }
  SECTION("verhoeff") { check_there_and_back(checked_serial<text_serial<>, verhoeff>()); }
  SECTION("gs1_mod10") { check_there_and_back(checked_serial<prefixed_serial<"40", 15>, gs1_mod10>()); }
  SECTION("gs1_pair") { check_there_and_back(checked_serial<prefixed_serial<"1987654a", 0>, gs1_pair>()); }
  SECTION("mod11_2") { check_there_and_back(checked_serial<integer_serial, iso7064_mod11_2>()); }
  SECTION("mod37_2") { check_there_and_back(checked_serial<prefixed_serial<"SN">, iso7064_mod37_2>()); }
  SECTION("mod97_10") {
    check_there_and_back(
        checked_serial<alphabet_serial<"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 8, "Q">, iso7064_mod97_10>());
  }
  SECTION("mod11_10") { check_there_and_back(checked_serial<integer_serial, iso7064_mod11_10>()); }
  SECTION("mod37_36") { check_there_and_back(checked_serial<text_serial<>, iso7064_mod37_36>(), {"LOT", 9}); }
  SECTION("code39_mod43") { check_there_and_back(checked_serial<prefixed_serial<"A-">, code39_mod43>()); }
  SECTION("hibc_mod43") { check_there_and_back(checked_serial<prefixed_serial<"+A123">, hibc_mod43>()); }
  SECTION("crockford_mod37") {
    check_there_and_back(checked_serial<alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ">, crockford_mod37>());
  }
  SECTION("isbn10_mod11") { check_there_and_back(checked_serial<prefixed_serial<"185", 6>, isbn10_mod11>()); }
  SECTION("issn_mod11") { check_there_and_back(checked_serial<prefixed_serial<"", 7>, issn_mod11>()); }
}

TEST_CASE("the laws of serial policies hold, and bulk is one by one", "[serial]") {
  check_laws(label(), {"SN0000427", "SN", "7", ""});
  check_laws(checked_serial<prefixed_serial<"4012", 8>, luhn>(), {"4992739871600"});
  check_laws(checked_serial<integer_serial, verhoeff>(), {"1428570"});
  check_laws(checked_serial<integer_serial, gs1_mod10>(), {"1234567890128"});
  check_laws(checked_serial<prefixed_serial<"1987654A", 0>, gs1_pair>(), {});
  check_laws(checked_serial<integer_serial, iso7064_mod97_10>(), {"9999123456789012141490"});
  check_laws(checked_serial<prefixed_serial<"RF">, iso7064_mod97_10>(), {});
  check_laws(checked_serial<alphabet_serial<"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 5, "L">, iso7064_mod97_10>(), {});
  check_laws(checked_serial<alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ">, crockford_mod37>(), {"1A5", "10*"});
  check_laws(checked_serial<prefixed_serial<"+A", 5>, hibc_mod43>(), {});
  check_laws(checked_serial<prefixed_serial<"185", 6>, isbn10_mod11>(), {"1857982185"});
  for (const std::string_view text : {"", "A", "4012", "Z9"})
    for (const std::uint8_t width : {std::uint8_t{0}, std::uint8_t{7}}) {
      check_laws(checked_serial<text_serial<>, iso7064_mod37_2>(), {}, {text, width});
      check_laws(checked_serial<text_serial<>, iso7064_mod37_36>(), {"12A-", "QQQ"}, {text, width});
    }
  check_laws(any(), {"5724", "QQQ"}, {"12", 6});
}

TEST_CASE("counting goes on as in the policy", "[serial]") {
  const numbering<label, step<1>> rules;
  CHECK(!testing::check_counting_laws(rules, {{}, 8}, 100));
  CHECK(!testing::check_counting_laws(rules, {{}, 999'990}, 9));
  std::string storage;
  CHECK(rules.next({{}, 999'999}, storage).error().code == errc::exhausted);
  const numbering<checked_serial<text_serial<>, iso7064_mod37_2>, step<1>> texts;
  CHECK(!testing::check_counting_laws(texts, {{"SN", 3}, 95}, 20));
}

TEST_CASE("a check on top of a check", "[serial]") {
  const checked_serial<checked_serial<prefixed_serial<"SN", 4>, iso7064_mod37_36>, iso7064_mod97_10> twice;
  check_laws(twice, {});
  CHECK(text_of(twice, {{}, 7}).size() == 9);
  CHECK(serial_traits<decltype(twice)>::last(twice, {}) == 9999);
}

TEST_CASE("a policy with values", "[serial]") {
  const checked_serial fine(behind_a_prefix{"4012"}, luhn{});
  check_laws(fine, {"49927398716"});
  CHECK(fine.last({}) == max_ordinal);
  // what the check does not know is not issued
  const checked_serial unknown(behind_a_prefix{"SN-"}, luhn{});
  CHECK(unknown.last({}) == 0);
  CHECK(unknown.parse("SN-18").error() == failure{errc::not_checkable, 0, 1});
  const numbering<checked_serial<behind_a_prefix, luhn>, step<1>> rules{unknown, {}};
  CHECK(rules.first().error().code == errc::exhausted);
  CHECK(text_of(unknown, {{}, 7}) == "SN-7");
  // too long for its check characters with many digits
  const checked_serial long_one(behind_a_prefix{std::string(95, '4')}, luhn{});
  CHECK(long_one.last({}) == 9999);
  CHECK(text_of(long_one, {{}, 9999}).size() == 100);
}

TEST_CASE("where the policy normalises, the check is that of the spelling it issues", "[serial]") {
  const checked_serial<hexadecimal, iso7064_mod37_2> policy;
  const std::string text = text_of(policy, {{}, 0xBEEF});
  CHECK(text.substr(0, 8) == "0000BEEF");
  CHECK(policy.parse(text) == 0xBEEFU);
  CHECK(policy.parse("0000beef" + text.substr(8)) == 0xBEEFU);
  CHECK(policy.parse("0000beEf+").error() == fail(errc::wrong_check, 8, 1, text.substr(8)).value());
  CHECK(policy.parse("0000beef").error() == fail(errc::check_missing, 8, 0, text.substr(8)).value());
  CHECK(decltype(policy)::normalises);
  check_laws(policy, {"0000beef" + text.substr(8), "0000bEEf" + text.substr(8)});
  const checked_serial<hexadecimal, luhn> digits_only;
  CHECK(digits_only.parse("0000beef0").error() == failure{errc::not_checkable, 0, 8});
  check_there_and_back(policy);
}

TEST_CASE("a policy that writes in bulk by itself", "[serial]") {
  const checked_serial<backwards, damm> policy;
  CHECK(text_of(policy, {{}, 275}).substr(0, 4) == "5720");
  check_laws(policy, {});
  CHECK(policy.text_length({}) == 5);
}

TEST_CASE("rules of the policy, and of a policy on top", "[serial]") {
  const checked_serial inner(validated_serial(integer_serial{}, no_thirteen{}), luhn{});
  numbering<std::remove_const_t<decltype(inner)>, step<1>> rules{inner, {}};
  std::string storage;
  CHECK(rules.next({{}, 12}, storage)->ordinal == 14);
  CHECK(rules.parse("135").error() == failure{errc::refused_by_rule, 0, 2});
  check_laws(inner, {});
}

TEST_CASE("a check character that is a blank would be lost: such numbers are not issued", "[serial]") {
  using policy = checked_serial<integer_serial, code39_mod43>;
  static_assert(serial_traits<policy>::has_rules);
  CHECK(text_of(policy(), {{}, 99'992}) == "99992 ");
  CHECK(!serial_traits<policy>::accepts({}, {{}, 99'992}));
  CHECK(serial_traits<policy>::accepts({}, {{}, 99'991}));
  const numbering<policy, step<1>> rules;
  std::string storage;
  CHECK(rules.next({{}, 99'991}, storage)->ordinal == 99'993);
  CHECK(rules.parse("99992 ").error().code == errc::wrong_check);
  check_laws(checked_serial<prefixed_serial<"A", 4>, code39_mod43>(), {});
}

TEST_CASE("texts are at most 100 bytes with their check characters", "[serial]") {
  const checked_serial<text_serial<>, iso7064_mod97_10> policy;
  using traits = serial_traits<std::remove_const_t<decltype(policy)>>;
  const std::string front(94, 'A');
  CHECK(traits::last(policy, {front, 0}) == 9'999);
  CHECK(traits::last(policy, {front, 4}) == 999);
  CHECK(traits::last(policy, {front, 5}) == 0);
  std::string storage;
  CHECK(!traits::carry(policy, {front, 0}, storage));
  // 100 bytes are read, 101 are not
  std::string text = text_of(policy, {{front, 0}, 9'999});
  CHECK(text.size() == 100);
  CHECK(traits::parse(policy, text) == serial_number{{std::string_view(text).substr(0, 94), 0}, 9'999});
  CHECK(traits::parse(policy, text + "1").error() == failure{errc::text_too_long, 100, 1});
  const numbering<checked_serial<text_serial<>, iso7064_mod97_10>, step<1>> rules;
  CHECK(rules.next({{std::string_view(text).substr(0, 94), 0}, 9'999}, storage).error().code == errc::exhausted);
  // a padded counter goes on growing where there is room
  const auto following = rules.next({{"A", 3}, 99}, storage);
  CHECK(following == serial_number{{"A", 0}, 100});
  // 18 nines: one digit more is too much
  const std::string nines = "A" + std::string(79, '9');
  CHECK(!traits::carry(policy, {nines, 18}, storage));
  CHECK(serial_traits<text_serial<>>::carry({}, {nines, 18}, storage));
  // a policy that allows more, or less
  CHECK(checked_serial<text_serial<200>, luhn>::max_length == 200);
  CHECK(checked_serial<text_serial<20>, luhn>::max_length == 21);
  CHECK(checked_serial<text_serial<20>, luhn>().last({"1234", 0}) == 9'999'999'999'999'999);
}

TEST_CASE("what the policy begins, and goes on with", "[serial]") {
  CHECK(any{}.first() == serial_number{{}, 1});
  const checked_serial<dated, iso7064_mod37_2> policy;
  using traits = serial_traits<std::remove_const_t<decltype(policy)>>;
  struct record {};
  static_assert(traits::issues<record> && !serial_traits<any>::issues<record>);
  std::string storage;
  CHECK(traits::issue(policy, record{}, nullptr, storage) == serial_number{{"26", 4}, 1});
}

TEST_CASE("texts without check characters are told one by one", "[serial]") {
  // no parse makes such a family
  const run unknown{{"SN-"}, 1, 20};
  CHECK(!serial_traits<any>::layout({}, unknown.family));
  CHECK(!testing::check_writing_laws(any(), {unknown.family, 1}, 20));
}
