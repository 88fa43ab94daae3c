#include <tallymark/registry/detail/entry_table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <support/added_meanwhile.hpp>

using tallymark::detail::entry_table;

namespace {

// It can be neither copied nor moved, and tells whether it goes.
struct entry {
  explicit entry(std::uint64_t of, std::shared_ptr<int> with = nullptr) : key(of), owned(std::move(with)) {}
  entry(const entry&) = delete;
  entry& operator=(const entry&) = delete;
  const std::uint64_t key;
  const std::shared_ptr<int> owned;
};

// Not mixed at all: keys of one ten have one hash, and the hashes lie close together.
constexpr std::uint64_t plain_hash(std::uint64_t key) { return key / 10; }
constexpr std::uint64_t mixed_hash(std::uint64_t key) { return key * 0x9E3779B97F4A7C15U; }
constexpr std::uint64_t same_hash(std::uint64_t) { return ~std::uint64_t{0}; }
using hash_function = std::uint64_t (*)(std::uint64_t);

template <class Table>
entry* find(const Table& in, std::uint64_t key, hash_function hash) {
  return in.find(hash(key), [&](const entry& each) { return each.key == key; });
}
template <class Table>
entry& add(Table& in, std::uint64_t key, hash_function hash, std::shared_ptr<int> with = nullptr) {
  return in.add(hash(key), [&](const entry& each) { return hash(each.key); }, key, std::move(with));
}

template <bool Concurrent>
void check_found(hash_function hash, std::uint64_t size) {
  entry_table<entry, Concurrent> table;
  CHECK(find(table, 1, hash) == nullptr);
  table.prefetch(hash(1));
  table.prefetch_entry(hash(1));
  std::vector<entry*> added;
  std::vector<std::uint32_t> numbers;
  for (std::uint64_t key = 0; key < size; ++key) {
    added.push_back(&add(table, key, hash));
    numbers.push_back(table.last());
    for (std::uint64_t back = 1; back <= key; back *= 3) REQUIRE(find(table, key - back, hash));
    REQUIRE(find(table, key + 1, hash) == nullptr);
  }
  for (std::uint64_t key = 0; key < size; ++key) {
    table.prefetch(hash(key));
    table.prefetch_entry(hash(key));
    REQUIRE(find(table, key, hash) == added[key]);
  }
  CHECK(find(table, 5, mixed_hash) == (hash == mixed_hash ? added[5] : nullptr));
  CHECK(table.size() == size);
  for (std::size_t i = 0; i < size; ++i) REQUIRE(&table[numbers[i]] == added[i]);
}

}  // namespace

TEST_CASE("entries are found by hash and key, and stay where they are", "[registry]") {
  check_found<false>(mixed_hash, 30'000);
  check_found<true>(mixed_hash, 30'000);
}

TEST_CASE("a bad hash makes a table slower, and not wrong", "[registry]") {
  check_found<false>(plain_hash, 500);
  check_found<true>(plain_hash, 500);
  check_found<false>(same_hash, 500);  // the last bucket, from which they go on in the first
}

TEST_CASE("entries go with their table", "[registry]") {
  const auto owned = std::make_shared<int>();
  {
    entry_table<entry, false> table;
    for (std::uint64_t key = 0; key < 20'000; ++key) add(table, key, mixed_hash, owned);
    CHECK(owned.use_count() == 20'001);
  }
  CHECK(owned.use_count() == 1);
}

TEST_CASE("others find while one adds", "[registry]") {
  entry_table<entry, true> table;
  support::check_found_while_adding([&](std::uint64_t key) { add(table, key, mixed_hash); },
                                    [&](std::uint64_t key) {
                                      const entry* const found = find(table, key, mixed_hash);
                                      return found && found->key == key;
                                    });
}
