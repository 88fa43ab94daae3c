#include <tallymark/serial/ff1.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/scrambled.hpp>
#include <tallymark/testing/laws.hpp>

using namespace tallymark;

namespace {

#ifdef NDEBUG
constexpr std::size_t many = 1'000'000;
#else
constexpr std::size_t many = 20'000;
#endif

constexpr std::string_view key_128 = "2B7E151628AED2A6ABF7158809CF4F3C";
constexpr std::string_view key_192 = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F";
constexpr std::string_view key_256 = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94";
constexpr std::string_view tweak_10 = "9876543210", tweak_11 = "7777pqrs777";

secret_key key_of(std::string_view hex) { return *secret_key::from_hex(hex); }

// the samples of NIST are numeral strings; these are their halves as numbers
constexpr std::string_view symbols = "0123456789abcdefghijklmnopqrstuvwxyz";

template <unsigned Radix>
std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  for (const char c : text) value = value * Radix + symbols.find(c);
  return value;
}

template <unsigned Radix, unsigned Width>
void encrypts(std::string_view key, std::string_view tweak, std::string_view plain, std::string_view secret) {
  using cipher = detail::ff1_halves<Radix, Width>;
  const auto halves = [](std::string_view text) {
    return typename cipher::halves{number<Radix>(text.substr(0, Width / 2)), number<Radix>(text.substr(Width / 2))};
  };
  REQUIRE(plain.size() == Width);
  const cipher order(key_of(key), tweak);
  CHECK(order.encrypt(halves(plain)) == halves(secret));
  CHECK(order.decrypt(halves(secret)) == halves(plain));
  std::vector<typename cipher::halves> many_of(5, halves(plain));
  order.encrypt(many_of);
  for (const auto& result : many_of) CHECK(result == halves(secret));
}

template <class S>
void obeys(const S& policy) {
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> ordinals{0, 1, 2, S::last() / 2, S::last()};
  for (int i = 0; i < 50; ++i) ordinals.push_back(random());
  const std::vector<std::string> texts{
      "", "SN-", "SN-000000", "SN-999999", "7ZZZZZZZZZZZ", "zzzzzzzzzzzz", "999999999999999999"};
  const auto broken = testing::check_serial_laws(policy, texts, ordinals);
  if (broken) FAIL(broken->law + ": " + broken->seen);
  for (const std::uint64_t first : {std::uint64_t{0}, S::last() / 3, S::last() - 1999})
    for (const std::string_view separator : {"\n", "", ", "}) {
      const auto wrong = testing::check_writing_laws(policy, {{}, first}, 2000, separator);
      if (wrong) FAIL(wrong->law + ": " + wrong->seen);
    }
}

using symbols_12 = alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 12>;

}  // namespace

static_assert(permutation_policy<ff1> && serial_policy<scrambled_serial<symbols_12, ff1>>);

TEST_CASE("FF1 agrees with the NIST samples", "[serial]") {
  encrypts<10, 10>(key_128, "", "0123456789", "2433477484");
  encrypts<10, 10>(key_128, tweak_10, "0123456789", "6124200773");
  encrypts<36, 19>(key_128, tweak_11, "0123456789abcdefghi", "a9tv40mll9kdu509eum");
  encrypts<10, 10>(key_192, "", "0123456789", "2830668132");
  encrypts<10, 10>(key_192, tweak_10, "0123456789", "2496655549");
  encrypts<36, 19>(key_192, tweak_11, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr");
  encrypts<10, 10>(key_256, "", "0123456789", "6657667009");
  encrypts<10, 10>(key_256, tweak_10, "0123456789", "1001623463");
  encrypts<36, 19>(key_256, tweak_11, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd");
}

TEST_CASE("a scrambled serial is FF1 of the text of the ordinal", "[serial]") {
  const scrambled_serial<prefixed_serial<"", 10>, ff1> policy(key_of(key_128), tweak_10);
  std::string text;
  policy.format(text, 123'456'789);
  CHECK(text == "6124200773");
  CHECK(policy.parse("6124200773") == 123'456'789);
}

TEST_CASE("FF1 is a bijection on the smallest domain", "[serial]") {
  const ff1::over<permutation_domain{999'999, 10, 6}> order(key_of(key_128));
  std::vector<std::uint64_t> bulk(1'000'000);
  order.permute(0, bulk);
  std::vector<bool> met(bulk.size());
  for (const std::uint64_t place : bulk) {
    REQUIRE(place < bulk.size());
    REQUIRE(!met[place]);
    met[place] = true;
  }
  for (std::uint64_t v = 0; v < bulk.size(); v += 997) {
    CHECK(order.permute(v) == bulk[v]);
    CHECK(order.invert(bulk[v]) == v);
  }
}

// odd widths, halves of more than 32 bits, and tweaks that fill one or several blocks exactly
TEST_CASE("FF1 round-trips with all widths and tweaks", "[serial]") {
  std::mt19937_64 random(3);
  const auto back = [&](const auto& order, std::uint64_t last) {
    for (int i = 0; i < 100; ++i) {
      const std::uint64_t v = random() % (last + 1), place = order.permute(v);
      CHECK(place <= last);
      CHECK(order.invert(place) == v);
    }
  };
  for (const std::size_t length : {0U, 1U, 10U, 11U, 12U, 13U, 15U, 16U, 28U, 29U, 100U}) {
    const std::string tweak(length, 't');
    back(ff1::over<permutation_domain{9'999'999, 10, 7}>(key_of(key_128), tweak), 9'999'999);
    back(
        ff1::over<permutation_domain{94ULL * 94 * 94 * 94 * 94 * 94 * 94 * 94 * 94 - 1, 94, 9}>(key_of(key_256), tweak),
        94ULL * 94 * 94 * 94 * 94 * 94 * 94 * 94 * 94 - 1);
    back(ff1::over<permutation_domain{(1ULL << 63) - 1, 2, 63}>(key_of(key_192), tweak), (1ULL << 63) - 1);
    back(ff1::over<permutation_domain{256ULL * 256 * 256 - 1, 256, 3}>(key_of(key_128), tweak), 256ULL * 256 * 256 - 1);
  }
}

TEST_CASE("another tweak gives another order", "[serial]") {
  using order = ff1::over<permutation_domain{(1ULL << 60) - 1, 32, 12}>;
  const order first(key_of(key_128), "a"), other(key_of(key_128), "b"), longer(key_of(key_192), "a");
  CHECK(first.permute(1) != other.permute(1));
  CHECK(first.permute(1) != longer.permute(1));
  order copy = other;
  CHECK(copy.permute(1) == other.permute(1));
  copy = first;
  CHECK(copy.permute(1) == first.permute(1));
}

TEST_CASE("a serial scrambled by FF1 obeys the laws", "[serial]") {
  obeys(scrambled_serial<symbols_12, ff1>(key_of(key_128)));
  obeys(scrambled_serial<prefixed_serial<"SN-", 6>, ff1>(key_of(key_256), "tweak"));
  obeys(scrambled_serial<prefixed_serial<"", 18>, ff1>(key_of(key_192)));
}

TEST_CASE("random ordinals round-trip through FF1", "[serial]") {
  const ff1::over<permutation_domain{(1ULL << 60) - 1, 32, 12}> order(key_of(key_128));
  std::mt19937_64 random(1);
  for (std::size_t i = 0; i < many / 10; ++i) {  // each takes twenty calls of OpenSSL
    const std::uint64_t v = random() >> 4;
    if (order.invert(order.permute(v)) != v) FAIL(v);
  }
}

TEST_CASE("threads use one FF1 at the same time", "[serial]") {
  const ff1::over<permutation_domain{9'999'999'999, 10, 10}> order(key_of(key_128));
  std::vector<int> wrong(3);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 2000; ++i) wrong[t] += order.permute(123'456'789) == 2'433'477'484 ? 0 : 1;
    });
  for (auto& thread : threads) thread.join();
  for (const int number : wrong) CHECK(number == 0);
}
