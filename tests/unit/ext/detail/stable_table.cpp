#include <tallymark/ext/detail/stable_table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <support/added_meanwhile.hpp>

using tallymark::detail::stable_table;

namespace {

struct entry {
  std::uint64_t key;
};

entry* find(const stable_table<entry>& in, std::uint64_t key, std::size_t hash) {
  return in.find(hash, [&](const entry& stored) { return stored.key == key; });
}

}  // namespace

TEST_CASE("entries are found by hash and key, and never move", "[index]") {
  stable_table<entry> table;
  CHECK(find(table, 1, 1) == nullptr);
  std::vector<entry*> added;
  for (std::uint64_t key = 0; key < 1000; ++key)  // ten keys for each hash
    added.push_back(&table.add(key / 10, std::make_unique<entry>(entry{key})));
  for (std::uint64_t key = 0; key < 1000; ++key) CHECK(find(table, key, key / 10) == added[key]);
  CHECK(find(table, 1000, 100) == nullptr);
  CHECK(find(table, 5, 1) == nullptr);  // another hash
  CHECK(table.entries().size() == 1000);
  CHECK(table.entries()[7]->key == 7);
}

TEST_CASE("other threads find entries while one adds", "[index]") {
  stable_table<entry> table;
  support::check_found_while_adding([&](std::uint64_t key) { table.add(key, std::make_unique<entry>(entry{key})); },
                                    [&](std::uint64_t key) {
                                      const entry* const found = find(table, key, key);
                                      return found && found->key == key;
                                    });
}
