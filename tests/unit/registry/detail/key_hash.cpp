#include <tallymark/registry/detail/key_hash.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace tallymark::detail;

namespace {

enum class site { north, south };
struct with_hash_value {
  int n;
  friend std::size_t hash_value(const with_hash_value& one) { return static_cast<std::size_t>(one.n) * 3; }
};
struct without {};

}  // namespace

static_assert(hashable_key<int> && hashable_key<site> && hashable_key<std::string> && hashable_key<const char*>);
static_assert(hashable_key<std::pair<std::string, int>> && hashable_key<std::tuple<int, site>>);
static_assert(hashable_key<std::vector<int>> && hashable_key<with_hash_value> && !hashable_key<without>);

TEST_CASE("a text has one hash, however it is held", "[registry]") {
  const std::string motor = "motor";
  CHECK(key_hash(motor) == key_hash(std::string_view("motor")));
  CHECK(key_hash("motor") == key_hash(motor));
  CHECK(key_hash(motor) != key_hash(std::string_view("pump")));
}

TEST_CASE("keys of any kind have hashes that tell them apart", "[registry]") {
  CHECK(key_hash(1) != key_hash(2));
  CHECK(key_hash(site::north) != key_hash(site::south));
  CHECK(key_hash(std::pair(std::string("hall"), 1)) != key_hash(std::pair(std::string("hall"), 2)));
  CHECK(key_hash(std::pair(std::string("hall"), 1)) == key_hash(std::pair(std::string("hall"), 1)));
  CHECK(key_hash(with_hash_value{7}) == 21);
}
