// Runs as a caller may write them, with nonsense in every member, under each serial policy: nothing reads out of bounds
// or throws, and what a registry takes is found by its texts, and by no others.
#include <catch2/catch_test_macros.hpp>

#include <tallymark/gs1/serial.hpp>
#include <tallymark/gs1/sscc18.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/schemes.hpp>
#include <tallymark/serial/ff1.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/foreign.hpp"

using namespace tallymark;

namespace {

template <class S>
using numbers_of = numbering<S, step<1>>;

static_assert(numbers_of<text_serial<>>{}.canonical(run{{"SN-"}, 15, 10}));
static_assert(numbers_of<text_serial<>>{}.canonical(run{{"SN-", 6}, 40, 10}));
static_assert(numbers_of<text_serial<>>{}.canonical(run{family::literal("QQ"), 0, 1}));
static_assert(!numbers_of<text_serial<>>{}.canonical(run{{"SN-1"}, 5, 1}));  // SN-15 is the 15th of SN-
static_assert(!numbers_of<text_serial<>>{}.canonical(run{{"SN-"}, 15, 0}));
static_assert(!numbers_of<text_serial<>>{}.canonical(run{{"SN-", 30}, 15, 1}));
static_assert(!numbers_of<text_serial<>>{}.canonical(run{{"SN-", 2}, 99, 2}));
static_assert(!numbers_of<text_serial<>>{}.canonical(run{family::literal("QQ"), 0, 2}));
static_assert(!numbers_of<text_serial<>>{}.canonical(run{family::literal("Q1"), 0, 1}));
static_assert(!numbers_of<text_serial<>>{}.canonical(run{family::literal(""), 0, 1}));
static_assert(!numbers_of<text_serial<>>{}.canonical(run{{"SN\n"}, 1, 1}));
static_assert(numbers_of<prefixed_serial<"SN-", 6>>{}.canonical(run{{}, 40, 10}));
static_assert(!numbers_of<prefixed_serial<"SN-", 6>>{}.canonical(run{{"SN-"}, 40, 10}));
static_assert(!numbers_of<prefixed_serial<"SN-", 6>>{}.canonical(run{{}, 999'999, 2}));
static_assert(numbers_of<integer_serial>{}.canonical(run{{}, 0, 100}));
static_assert(!numbers_of<integer_serial>{}.canonical(run{{"7"}, 0, 100}));
static_assert(!numbers_of<integer_serial>{}.canonical(run{{}, max_ordinal, 2}));

struct no_four {
  constexpr result<opinion> operator()(std::string_view text) const {
    if (text.find('4') != text.npos) return fail(errc::refused_by_rule, text.find('4'), 1);
    return opinion::none;
  }
};

constexpr std::array<std::uint8_t, 16> key_bytes{1, 2, 3};

// Families as no text has them, and those of the samples with one member changed.
template <class S>
std::vector<family> families_of(const S& policy, const std::vector<std::string_view>& samples,
                                std::vector<std::string>& texts) {
  static const std::string long_text(200, 'A'), long_digits(200, '7');
  std::vector<std::string_view> fixed{"",      "SN-",  "SN-1",     "1",    "0",       "00",        " ",
                                      "\n",    "A\nB", "\xC3\x28", "\xFF", "Q ",      long_text,   long_digits,
                                      "ABCDE", "+",    "{",        "/",    "2026-01", "\x01\x02\t"};
  fixed.push_back(std::string_view("\0\0", 2));
  texts.reserve(8 * samples.size());
  std::vector<family> own;
  for (const std::string_view sample : samples) {
    const auto read = serial_traits<S>::parse(policy, sample);
    REQUIRE(read.has_value());
    own.push_back(read->family);
    for (std::string changed :
         {std::string(read->family.text) + "1", std::string(read->family.text) + '\n',
          std::string(read->family.text.substr(0, read->family.text.size() / 2)), '0' + std::string(read->family.text)})
      fixed.push_back(texts.emplace_back(std::move(changed)));
  }
  std::vector<family> out = own;
  const auto add_like = [&out](const family& like) {
    for (const std::uint8_t width : {0, 1, 2, 6, 18, 19, 30, 255})
      for (const family::kind form : {family::kind::counted, family::kind::literal})
        out.push_back({like.text, width, form, like.tail});
  };
  for (const family& like : own) add_like(like);
  for (const std::string_view text : fixed)
    for (const std::string_view tail :
         {std::string_view(), std::string_view("/2027"), std::string_view("7"), std::string_view(long_text)})
      add_like({text, 0, family::kind::counted, tail});
  return out;
}

template <class S>
void obeys(const std::vector<std::string_view>& samples, const S& policy = S{}) {
  using registry_type = registry<policies<unique_globally, S>>;
  using traits = serial_traits<S>;
  const auto fresh = [&] {
    if constexpr (std::default_initializable<S>)
      return registry_type();
    else
      return registry_type(policies<unique_globally, S>{{policy}});
  };
  std::vector<std::string> texts;
  std::size_t accepted = 0;
  const registry_type reader = fresh();
  registry_type refusing = fresh();
  const auto& numbers = reader.numbers();
  for (const family& of : families_of(policy, samples, texts)) {
    const std::uint64_t last = of.counts() ? numbers.last(of) : 0;
    std::vector<std::uint64_t> firsts{0, 1, 40, last, last - 1, last + 1, max_ordinal, max_ordinal + 1};
    for (const std::string_view sample : samples)
      if (const auto read = numbers.parse(sample)) firsts.push_back(read->ordinal);
    std::sort(firsts.begin(), firsts.end());
    firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
    for (const std::uint64_t first : firsts)
      for (const std::uint64_t length : {std::uint64_t{1}, std::uint64_t{0}, std::uint64_t{2}, std::uint64_t{9},
                                         std::uint64_t{1'000'000}, std::numeric_limits<std::uint64_t>::max()}) {
        if (traits::has_rules && length > 9) continue;  // which are asked about each serial number
        const run wanted{of, first, length};
        INFO("family \"" << of.text << "\" width " << int{of.width} << " counts " << of.counts() << " tail \""
                         << of.tail << "\" first " << first << " length " << length);
        run_list list;
        list.add(wanted);
        const bool canonical = numbers.canonical(wanted);
        if (!canonical) {
          const auto refused = refusing.claim({}, list);
          REQUIRE(!refused);
          REQUIRE(refused.error().size() >= 1);
          continue;
        }
        REQUIRE(numbers.within_family(wanted));
        registry_type taking = fresh();
        const auto claimed = taking.claim({}, list, 100);
        if (!claimed) {
          REQUIRE(traits::has_rules);
          REQUIRE(claimed.error().front().why == errc::refused_by_rule);
          continue;
        }
        ++accepted;
        for (const std::uint64_t at : {std::uint64_t{0}, length / 2, length - 1}) {
          const std::string text = numbers.text({of, first + at});
          CAPTURE(text);
          const auto by = taking.find({}, text);
          REQUIRE(by.has_value());
          REQUIRE(by->item == 100 + at);
          const auto again = taking.claim({}, text);
          REQUIRE(!again);
          REQUIRE(again.error().code == errc::already_taken);
        }
        if (first + length - 1 < last && traits::accepts(policy, {of, first + length}))
          REQUIRE(!taking.contains({}, numbers.text({of, first + length})));
        REQUIRE(!taking.claim({}, list));
        REQUIRE(taking.release({}, list));
        REQUIRE(!taking.contains({}, numbers.text({of, first})));
      }
  }
  std::size_t left = 0;
  refusing.for_each({}, [&](const family&, const held_run&) { ++left; });
  CHECK(left == 0);
  CHECK(accepted >= samples.size());
}

}  // namespace

TEST_CASE("runs of texts, prefixes and integers are canonical, or are refused", "[laws]") {
  obeys<text_serial<>>({"SN-15", "SN-000040", "QQ", "7", "A-9/x"});
  obeys<text_serial<6>>({"SN-15", "007"});
  obeys<prefixed_serial<"SN-", 6>>({"SN-000040"});
  obeys<prefixed_serial<"SN-">>({"SN-40"});
  obeys<prefixed_serial<"9", 18>>({"9000000000000000040"});
  obeys<integer_serial>({"40"});
  obeys<basic_integer_serial<std::uint8_t>>({"40"});
}

TEST_CASE("runs of alphabets are canonical, or are refused", "[laws]") {
  obeys<alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 4>>({"00A7"});
  obeys<alphabet_serial<"01", 0, "SN-">>({"SN-101"});
  obeys<hex_serial<8>>({"0000002A"});
  obeys<base33_serial<6>>({"000019"});
  obeys<crockford32_serial<>>({"1A"});
  obeys<crockford32_serial<6, crockford_check::mod37>>({"00001A5"});
}

TEST_CASE("runs of patterns are canonical, or are refused", "[laws]") {
  obeys<pattern_serial<"SN-{counter:06}">>({"SN-000040"});
  obeys<pattern_serial<"{counter:04+}/{year}">>({"0042/2026", "12345/2027"});
  obeys<pattern_serial<"{year}{day_of_year:03}{counter:04}">>({"20263340007"});
  obeys<pattern_serial<"{year}-{counter:03}{check:luhn(year,counter)}">>({"2026-0013"});
  obeys<several_patterns<pattern_serial<"SN-{counter:06}">, pattern_serial<"{counter:04}/{year}">>>(
      {"SN-000040", "0042/2026"});
}

TEST_CASE("runs with check characters are canonical, or are refused", "[laws]") {
  obeys<checked_serial<prefixed_serial<"SN", 6>, iso7064_mod37_2>>({"SN000040F"});
  obeys<checked_serial<integer_serial, iso7064_mod97_10>>({"7940"});
  obeys<checked_serial<text_serial<>, damm>>({"5724"});
}

TEST_CASE("runs in a scrambled order are canonical, or are refused", "[laws]") {
  using labels = prefixed_serial<"SN-", 6>;
  obeys({"SN-000040"}, scrambled_serial<labels>(secret_key(key_bytes)));
  obeys({"SN-000040"}, scrambled_serial<labels, ff1>(secret_key(key_bytes)));
  obeys({"SN-000050"}, scrambled_serial<validated_serial<labels, no_four>>(secret_key(key_bytes)));
}

TEST_CASE("runs under rules are canonical, or are refused", "[laws]") {
  obeys<validated_serial<text_serial<>, no_four>>({"SN-15", "QQ"});
  obeys<validated_serial<prefixed_serial<"SN-", 6>, no_four>>({"SN-000050"});
}

TEST_CASE("runs of ids that begin with the time are canonical, or are refused", "[laws]") {
  obeys<uuidv7_serial<>>({"017f22e2-79b0-7cc3-98c4-dc0c0c07398f"});
  obeys<ulid_serial<>>({"01ARZ3NDEKTSV4RRFFQ69G5FAV"});
  obeys({"937847820382261308"}, snowflake_serial<discord_snowflake>(0));
  obeys({"937847820382261308"}, snowflake_serial<sonyflake>(0));
}

TEST_CASE("runs of the formats of industries are canonical, or are refused", "[laws]") {
  obeys<gs1_serial>({"SN-15", "QQ"});
  obeys<sscc18<>>({"006141411234567890"});
  obeys<vin_serial<>>({"1M8GDM9AXKP042788"});
  obeys<vin_serial<vin_check_digit::ignored>>({"WP0ZZZ99ZTS392124"});
  obeys<imei_serial>({"490154203237518"});
  obeys<eui48_serial<>>({"00-16-3E-12-AB-CF"});
  obeys<eui64_serial<eui_format{.style = eui_style::bare}>>({"028888FFFE888888"});
  obeys<isbn13_serial<>>({"9781857982183"});
  obeys<isbn13_serial<"9781857982">>({"9781857982183"});
  obeys<isbn10_serial<>>({"080442957X"});
  obeys<issn_serial<>>({"0024-9319"});
  obeys<hibc_serial>({"+A123BJC5D6E71G", "+H123ABC01234567890D"});
}

TEST_CASE("runs of policies of others are canonical, or are refused", "[laws]") {
  obeys<own_hexadecimal>({"2a"});
  obeys<elsewhere::site_numbers>({"HAM/42", "QQ"});
}
