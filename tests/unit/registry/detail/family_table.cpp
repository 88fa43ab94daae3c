#include <tallymark/registry/detail/family_table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <support/added_meanwhile.hpp>

using tallymark::detail::family_table;

namespace {

// It can be neither copied nor moved, and tells whether it goes.
struct entry {
  explicit entry(std::uint64_t of, std::shared_ptr<int> with = nullptr) : key(of), owned(std::move(with)) {}
  entry(const entry&) = delete;
  entry& operator=(const entry&) = delete;
  const std::uint64_t key;
  const std::shared_ptr<int> owned;
};

template <class Table>
entry* find(const Table& in, std::uint64_t key, std::size_t hash) {
  return in.find(hash, [&](const entry& each) { return each.key == key; });
}

template <bool Concurrent>
void check_found() {
  family_table<entry, Concurrent> table;
  CHECK(find(table, 1, 1) == nullptr);
  std::vector<entry*> added;
  for (std::uint64_t key = 0; key < 5000; ++key) {  // ten keys to a hash
    added.push_back(&table.add(key / 10, key));
    for (std::uint64_t back = 1; back <= key; back *= 3) REQUIRE(find(table, key - back, (key - back) / 10));
    REQUIRE(find(table, key + 1, (key + 1) / 10) == nullptr);
  }
  for (std::uint64_t key = 0; key < 5000; ++key) REQUIRE(find(table, key, key / 10) == added[key]);
  CHECK(find(table, 5, 1) == nullptr);  // another hash
  CHECK(table.size() == 5000);
  for (std::uint64_t i = 0; i < table.size(); ++i) REQUIRE(&table[i] == added[i]);
}

}  // namespace

TEST_CASE("entries are found by hash and key, and stay where they are", "[registry]") {
  check_found<false>();
  check_found<true>();
}

TEST_CASE("entries go with their table", "[registry]") {
  const auto owned = std::make_shared<int>();
  {
    family_table<entry, false> table;
    for (std::uint64_t key = 0; key < 100; ++key) table.add(key, key, owned);
    CHECK(owned.use_count() == 101);
  }
  CHECK(owned.use_count() == 1);
}

TEST_CASE("hashes that lie at the end of the slots go on at their beginning", "[registry]") {
  // the multiplier of Fibonacci hashing, inverted modulo 2^64: such a hash has the tag 2^32 - 1
  std::uint64_t inverse = 1;
  for (int i = 0; i < 6; ++i) inverse *= 2 - 0x9E3779B97F4A7C15U * inverse;
  const auto last = static_cast<std::size_t>(inverse * (std::uint64_t{0xFFFFFFFFU} << 32U));
  family_table<entry, false> table;
  for (std::uint64_t key = 0; key < 100; ++key) table.add(last, key);
  for (std::uint64_t key = 0; key < 100; ++key) REQUIRE(find(table, key, last) == &table[key]);
  CHECK(find(table, 100, last) == nullptr);
}

TEST_CASE("others find while one adds", "[registry]") {
  family_table<entry, true> table;
  support::check_found_while_adding([&](std::uint64_t key) { table.add(key, key); },
                                    [&](std::uint64_t key) {
                                      const entry* const found = find(table, key, key);
                                      return found && found->key == key;
                                    });
}
