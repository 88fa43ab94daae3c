#include <tallymark/index/detail/kept_table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

using tallymark::detail::kept_table;

namespace {

struct entry {
  std::uint64_t key;
};

entry* find(const kept_table<entry>& in, std::uint64_t key, std::size_t hash) {
  return in.find(hash, [&](const entry& each) { return each.key == key; });
}

}  // namespace

TEST_CASE("entries are found by hash and key, and stay where they are", "[index]") {
  kept_table<entry> table;
  CHECK(find(table, 1, 1) == nullptr);
  std::vector<entry*> added;
  for (std::uint64_t key = 0; key < 1000; ++key)  // ten keys to a hash
    added.push_back(&table.add(key / 10, std::make_unique<entry>(entry{key})));
  for (std::uint64_t key = 0; key < 1000; ++key) CHECK(find(table, key, key / 10) == added[key]);
  CHECK(find(table, 1000, 100) == nullptr);
  CHECK(find(table, 5, 1) == nullptr);  // another hash
  CHECK(table.entries().size() == 1000);
  CHECK(table.entries()[7]->key == 7);
}

TEST_CASE("others find while one adds", "[index]") {
  kept_table<entry> table;
  constexpr std::uint64_t most = 20'000;
  std::atomic<std::uint64_t> added = 0;
  bool all_found = true;
  std::thread reader([&] {
    for (std::uint64_t seen = 0; seen < most;) {
      seen = added.load();
      for (std::uint64_t key = seen - (seen < 50 ? seen : 50); key < seen; ++key)
        all_found = all_found && find(table, key, key) && find(table, key, key)->key == key;
    }
  });
  for (std::uint64_t key = 0; key < most; ++key) {
    table.add(key, std::make_unique<entry>(entry{key}));
    added = key + 1;
  }
  reader.join();
  CHECK(all_found);
}
