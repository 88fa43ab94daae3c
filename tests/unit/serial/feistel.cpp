#include <tallymark/serial/feistel.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <random>
#include <set>
#include <vector>

using namespace tallymark;

namespace {

#ifdef NDEBUG
constexpr std::size_t many = 1'000'000;
#else
constexpr std::size_t many = 100'000;
#endif

constexpr secret_key key_of(std::uint8_t first) { return secret_key(std::array<std::uint8_t, 16>{first, 2, 3}); }

template <std::uint64_t Last>
using over = feistel::over<permutation_domain{Last}>;

constexpr bool inverts() {
  const over<999> order(key_of(1));
  for (std::uint64_t v = 0; v < 1000; v += 37)
    if (order.permute(v) > 999 || order.invert(order.permute(v)) != v || order.permute(order.invert(v)) != v)
      return false;
  return true;
}

// each ordinal is the image of exactly one, singly and in bulk
template <std::uint64_t Last>
void is_bijection() {
  const over<Last> order(key_of(1));
  std::vector<bool> met(Last + 1);
  std::vector<std::uint64_t> bulk(Last + 1);
  order.permute(0, bulk);
  for (std::uint64_t v = 0; v <= Last; ++v) {
    const std::uint64_t place = order.permute(v);
    REQUIRE(place <= Last);
    REQUIRE(!met[place]);
    met[place] = true;
    REQUIRE(order.invert(place) == v);
    REQUIRE(bulk[v] == place);
  }
}

template <std::uint64_t Last>
void goes_there_and_back() {
  const over<Last> order(key_of(7));
  std::mt19937_64 random(Last);
  for (std::size_t i = 0; i < many / 10; ++i) {
    const std::uint64_t v = random() % (Last + 1), place = order.permute(v);
    if (place > Last || order.invert(place) != v) FAIL("ordinal " << v << " goes to " << place);
  }
  std::vector<std::uint64_t> bulk(100);
  for (const std::uint64_t first : {std::uint64_t{0}, Last / 2 - 50, random() % (Last - 99), Last - 99}) {
    order.permute(first, bulk);
    for (std::size_t i = 0; i < bulk.size(); ++i) REQUIRE(bulk[i] == order.permute(first + i));
  }
}

// The statistic of Pearson's chi-squared test that `counts` are equally likely.
double chi_square(const std::vector<std::size_t>& counts) {
  double total = 0, sum = 0;
  for (const std::size_t number : counts) total += static_cast<double>(number);
  const double expected = total / static_cast<double>(counts.size());
  for (const std::size_t value : counts)
    sum += (static_cast<double>(value) - expected) * (static_cast<double>(value) - expected);
  return sum / expected;
}

}  // namespace

static_assert(permutation_policy<feistel>);
static_assert(inverts());

// domains with hardly more pairs than ordinals
static_assert(detail::halves_of((std::uint64_t{1} << 60) - 1).lower == std::uint64_t{1} << 30);
static_assert(detail::halves_of(999'999).upper == 1000 && detail::halves_of(999'999).lower == 1000);
static_assert(detail::halves_of(1).upper * detail::halves_of(1).lower == 2);
static_assert(detail::halves_of(max_ordinal).upper == std::uint64_t{1} << 32);
static_assert(detail::halves_of(999'999'999).upper * detail::halves_of(999'999'999).lower - 1'000'000'000 < 31'623);

TEST_CASE("a network is a bijection on every small domain", "[serial]") {
  is_bijection<1>();
  is_bijection<2>();
  is_bijection<3>();
  is_bijection<4>();
  is_bijection<5>();
  is_bijection<6>();
  is_bijection<7>();
  is_bijection<10>();
  is_bijection<15>();
  is_bijection<16>();
  is_bijection<99>();
  is_bijection<255>();
  is_bijection<997>();
  is_bijection<9'999>();
  is_bijection<8'191>();
  is_bijection<65'535>();
  is_bijection<65'536>();
}

TEST_CASE("ordinals round-trip in large domains", "[serial]") {
  goes_there_and_back<999'999'999>();
  goes_there_and_back<999'999'999'999'999'999>();
  goes_there_and_back<(std::uint64_t{1} << 60) - 1>();
  goes_there_and_back<(std::uint64_t{1} << 63) - 1>();
  goes_there_and_back<(std::uint64_t{1} << 32)>();
  goes_there_and_back<max_ordinal - 1>();
  goes_there_and_back<max_ordinal>();
}

TEST_CASE("the halves carry within a block", "[serial]") {
  const over<(std::uint64_t{1} << 40) - 1> order(key_of(1));
  std::vector<std::uint64_t> bulk(96);
  for (std::uint64_t first = (1U << 20) - 40; first < (1U << 20) + 3; ++first) {
    order.permute(first, bulk);
    for (std::size_t i = 0; i < bulk.size(); ++i) REQUIRE(bulk[i] == order.permute(first + i));
  }
}

TEST_CASE("another key, length of key, tweak or domain gives another order", "[serial]") {
  constexpr std::uint64_t last = (std::uint64_t{1} << 60) - 1;
  std::array<std::uint8_t, 24> longer{1, 2, 3};
  std::array<std::uint8_t, 32> longest{1, 2, 3}, last_bit = longest;
  last_bit[31] = 0x80;
  const std::set<std::uint64_t> places{over<last>(key_of(1)).permute(0),
                                       over<last>(key_of(2)).permute(0),
                                       over<last>(key_of(1), "a").permute(0),
                                       over<last>(key_of(1), "b").permute(0),
                                       over<last>(secret_key(longer)).permute(0),
                                       over<last>(secret_key(longest)).permute(0),
                                       over<last>(secret_key(last_bit)).permute(0),
                                       over<last - 1>(key_of(1)).permute(0)};
  CHECK(places.size() == 8);
  CHECK(over<last>(key_of(1), "a").permute(5) == over<last>(key_of(1), "a").permute(5));
}

// Consecutive ordinals, which differ in a few low bits, are spread as if at random: counts 2^20 of them in 256 equal
// parts, by the high symbols, the low ones, and the distance from one to the next. 255
// degrees of freedom: 380 is exceeded with a probability of 1 in 10^6.
TEST_CASE("consecutive ordinals are spread evenly", "[serial]") {
  constexpr std::uint64_t size = std::uint64_t{1} << 60;
  const over<size - 1> order(key_of(9));
  std::vector<std::uint64_t> places(many);
  order.permute(1, places);
  std::vector<std::size_t> high(256), middle(256), low(256), distance(256), same(256);
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    ++high[places[i] >> 52];
    ++middle[places[i] >> 26 & 255];
    ++low[places[i] & 255];
    ++distance[((places[i + 1] - places[i]) & (size - 1)) >> 52];
    ++same[(places[i + 1] ^ places[i]) & 255];
  }
  for (const auto* counts : {&high, &middle, &low, &distance, &same}) CHECK(chi_square(*counts) < 380);
}

// Each flipped bit of the ordinal flips each bit of the place with probability 1/2: 2048 of 4096 times, with a standard
// deviation of 32.
TEST_CASE("each bit of the ordinal affects each bit of the text", "[serial]") {
  const over<(std::uint64_t{1} << 60) - 1> order(key_of(11));
  std::mt19937_64 random(1);
  constexpr int tries = 4096;
  std::array<std::array<int, 60>, 60> turned{};
  for (int i = 0; i < tries; ++i) {
    const std::uint64_t v = random() >> 4, place = order.permute(v);
    for (std::size_t in = 0; in < 60; ++in) {
      const std::uint64_t difference = place ^ order.permute(v ^ std::uint64_t{1} << in);
      for (std::size_t out = 0; out < 60; ++out) turned[in][out] += static_cast<int>(difference >> out & 1U);
    }
  }
  int worst = 0;
  for (const auto& bit_counts : turned)
    for (const int count : bit_counts) worst = std::max(worst, std::abs(count - tries / 2));
  CHECK(worst < 6 * 32);
}

// On a small domain, all places are equally likely for a random key.
TEST_CASE("many keys move an ordinal everywhere", "[serial]") {
  std::vector<std::size_t> counts(10), following(10);
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &i, sizeof i);
    const over<9> order{secret_key(bytes)};
    ++counts[order.permute(3)];
    ++following[(order.permute(4) + 10 - order.permute(3)) % 10];
  }
  CHECK(chi_square(counts) < 45);  // 9 degrees of freedom: exceeded with a probability of 1 in 10^6
  CHECK(following[0] == 0);
  following.erase(following.begin());
  CHECK(chi_square(following) < 43);
}

TEST_CASE("the round keys are wiped", "[serial]") {
  using order = over<999'999>;
  alignas(order) std::array<unsigned char, sizeof(order)> storage{}, other{};
  const auto holds_any = [](const auto& memory) {
    return std::any_of(memory.begin(), memory.end(), [](int b) { return b != 0; });
  };
  auto* original = ::new (storage.data()) order(key_of(1));
  auto* copy = ::new (other.data()) order(*original);
  CHECK((holds_any(storage) && holds_any(other)));
  std::destroy_at(original);
  std::destroy_at(copy);
  CHECK_FALSE((holds_any(storage) || holds_any(other)));
}
