#include <tallymark/serial/scrambled.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tallymark/policies.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/validated.hpp>
#include <tallymark/testing/laws.hpp>

using namespace tallymark;

namespace {

#ifdef NDEBUG
constexpr std::size_t many = 1'000'000;
#else
constexpr std::size_t many = 100'000;
#endif

constexpr secret_key key(std::array<std::uint8_t, 16>{1, 2, 3});

struct no_four {
  constexpr result<opinion> operator()(std::string_view text) const {
    if (text.find('4') != text.npos) return fail(errc::refused_by_rule, text.find('4'), 1);
    return opinion::none;
  }
};

// without a layout, but with a text length
struct bare {
  using policy_slot = serial_slot;
  constexpr result<std::uint64_t> parse(std::string_view text) const { return prefixed_serial<"X", 4>{}.parse(text); }
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    prefixed_serial<"X", 4>{}.format(out, ordinal);
  }
  static constexpr std::uint64_t last() { return 8'000; }
  constexpr std::size_t text_length(const family&) const { return 5; }
};

using symbols_12 = alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 12>;
using unguessable = scrambled_serial<symbols_12, feistel, issue_volume{100'000'000}>;
using labels = scrambled_serial<prefixed_serial<"SN-", 9>>;

template <class S>
std::string text_of(const S& policy, std::uint64_t ordinal) {
  std::string out;
  policy.format(out, ordinal);
  return out;
}

template <class S>
void there_and_back(const S& policy, std::uint64_t last = S::last()) {
  std::mt19937_64 random(last);
  std::string text;
  for (std::size_t i = 0; i < many; ++i) {
    const std::uint64_t ordinal = random() % last + (i & 1U);
    text.clear();
    policy.format(text, ordinal);
    if (policy.parse(text) != ordinal) FAIL("ordinal " << ordinal << " is " << text);
  }
}

template <class S>
void obeys(const S& policy) {
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> ordinals{0, 1, 2, S::last() / 2, S::last()};
  for (int i = 0; i < 200; ++i) ordinals.push_back(random());
  std::vector<std::string> texts{"",      "SN-",   "SN-000000000", "SN-999999999", "999999999999",
                                 "X8000", "X8001", "X9999",        "7ZZZZZZZZZZZ", "7ZZZZZZZZZZZ0",
                                 "12",    "8",     "zzzzzzzzzzzz"};
  for (const std::uint64_t ordinal : ordinals)
    if (ordinal <= S::last()) texts.push_back(text_of(policy, ordinal));
  const auto broken = testing::check_serial_laws(policy, texts, ordinals);
  if (broken) FAIL(broken->law + ": " + broken->seen);
  for (const std::uint64_t first : {std::uint64_t{0}, S::last() / 3, S::last() - 1999})
    for (const std::string_view separator : {"\n", "", ", "}) {
      const auto wrong = testing::check_writing_laws(policy, {{}, first}, 2000, separator);
      if (wrong) FAIL(wrong->law + ": " + wrong->seen);
    }
}

}  // namespace

static_assert(serial_policy<unguessable> && ordinal_serial_policy<unguessable>);
static_assert(!std::is_empty_v<unguessable> && std::copyable<unguessable> && !std::default_initializable<unguessable>);
static_assert(unguessable::last() == symbols_12::last());
static_assert(labels(key).parse("SN-12").error() == failure{errc::wrong_width, 3, 2});
static_assert(labels(key).parse("SX-000000012").error() == failure{errc::not_a_serial, 0, 3});
static_assert(*labels(key).parse("SN-000000012") != 12 && *labels(key).parse("SN-000000012") <= labels::last());

// the regulators' sizing rule: 32^7 = 3.4e10 texts for a million, 10^10 digits
static_assert(width_for(32, issue_volume{1'000'000}) == 7 && width_for(10, issue_volume{1'000'000}) == 10);
static_assert(width_for(10, issue_volume{1}) == 4 && width_for(10, issue_volume{}) == 1);
static_assert(width_for(2, issue_volume{1}) == 14 && width_for(32, issue_volume{max_ordinal / 100'000}) == 13);
static_assert(width_for(10, issue_volume{10'000}) == 8 && width_for(10, issue_volume{10'001}) == 9);

TEST_CASE("texts look random, but counting works", "[serial]") {
  const labels policy(key);
  std::set<std::string> texts;
  int ascending = 0;
  std::string before;
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    const std::string text = text_of(policy, i);
    CHECK(policy.parse(text) == i);
    texts.insert(text);
    ascending += before < text ? 1 : 0;
    before = text;
  }
  CHECK(texts.size() == 1000);
  CHECK((400 < ascending && ascending < 600));
}

// printed texts must be found for ever: the order for a key never changes
TEST_CASE("the order for a key never changes", "[serial]") {
  CHECK(text_of(unguessable(key), 1) == "QJD14E6MGGMF");
  CHECK(text_of(unguessable(key, "line 2"), 1) == "6CF8AF438DBD");
  CHECK(text_of(labels(key), 1) == "SN-591517385");
}

TEST_CASE("a scrambled serial obeys the laws", "[serial]") {
  obeys(unguessable(key));
  obeys(labels(key));
  obeys(scrambled_serial<prefixed_serial<"SN-">>(key));
  obeys(scrambled_serial<integer_serial>(key));
  obeys(scrambled_serial<alphabet_serial<"01", 63, "b">>(key));
  obeys(scrambled_serial<alphabet_serial<"zyx", 9>>(key));
  obeys(scrambled_serial<alphabet_serial<"0123456789ABCDEF", 16>>(key));
  obeys(scrambled_serial<bare>(key));
  obeys(scrambled_serial<validated_serial<prefixed_serial<"", 6>, no_four>>(key));
}

TEST_CASE("a million random ordinals round-trip", "[serial]") {
  there_and_back(unguessable(key));
  there_and_back(labels(key));
}

TEST_CASE("texts that Base does not parse or that are beyond its last are refused", "[serial]") {
  const scrambled_serial<bare> policy(key);
  CHECK(policy.parse("X8001").error() == failure{errc::too_large, 0, 5});
  CHECK(policy.parse("X8000").has_value());
  CHECK(policy.parse("X80").error() == failure{errc::wrong_width, 1, 2});
  CHECK(unguessable(key).parse("00000000000U").error() == failure{errc::not_a_serial, 11, 1});
}

TEST_CASE("the rules of Base apply to the text", "[serial]") {
  using ruled = scrambled_serial<validated_serial<prefixed_serial<"", 6>, no_four>>;
  const ruled policy(key);
  std::size_t refused = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const bool has_four = text_of(policy, i).find('4') != std::string::npos;
    CHECK(serial_traits<ruled>::accepts(policy, {{}, i}) == !has_four);
    refused += has_four ? 1U : 0U;
  }
  CHECK(refused > 0);
}

TEST_CASE("a billion of them are one run", "[serial]") {
  using set = policies<unguessable, unique_globally>;
  registry<set> registry{set(unguessable(key))};
  run_list serials;
  serials.add(run{{}, 1, 1'000'000'000});
  REQUIRE(registry.claim({}, serials, 7));
  int runs = 0;
  registry.for_each({}, [&](const family&, const held_run& held) {
    ++runs;
    CHECK(held.length == 1'000'000'000);
  });
  CHECK(runs == 1);
  const auto found = registry.find({}, text_of(unguessable(key), 123'456'789));
  REQUIRE(found);
  CHECK(found->item == 7 + 123'456'788);
  CHECK_FALSE(registry.find({}, text_of(unguessable(key), 1'000'000'001)));
  CHECK_FALSE(registry.find({}, "000000000000"));
  CHECK(registry.next({}) == text_of(unguessable(key), 1'000'000'001));
}

TEST_CASE("the key is wiped, and so is that of each copy", "[serial]") {
  alignas(labels) std::array<unsigned char, sizeof(labels)> storage{}, other{};
  const auto holds_any = [](const auto& memory) {
    return std::any_of(memory.begin(), memory.end(), [](int b) { return b != 0; });
  };
  auto* original = ::new (storage.data()) labels(key);
  auto* copy = ::new (other.data()) labels(*original);
  CHECK((holds_any(storage) && holds_any(other)));
  std::destroy_at(original);
  std::destroy_at(copy);
  CHECK_FALSE((holds_any(storage) || holds_any(other)));
}
