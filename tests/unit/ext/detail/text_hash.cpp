#include <tallymark/ext/detail/text_hash.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

TEST_CASE("a table of strings can be searched with a view", "[ext]") {
  std::unordered_map<std::string, int, tallymark::detail::text_hash, std::equal_to<>> table{{"SN-1", 7}};
  const std::string_view text = "SN-12";
  CHECK(table.find(text.substr(0, 4))->second == 7);
  CHECK(table.find(text) == table.end());
}

using tallymark::detail::folded_product;
using tallymark::detail::hash_of;
using tallymark::detail::hash_seeds;

TEST_CASE("a product is folded into 64 bits", "[ext]") {
  constexpr std::uint64_t all = ~std::uint64_t{0};
  STATIC_CHECK(folded_product(0, all) == 0);
  STATIC_CHECK(folded_product(3, 5) == 15);
  STATIC_CHECK(folded_product(all, all) == (1 ^ (all - 1)));  // (2^64 - 1)^2 = (2^64 - 2) * 2^64 + 1
  STATIC_CHECK(folded_product(std::uint64_t{1} << 32, std::uint64_t{3} << 33) == 6 << 1 >> 1);
}

TEST_CASE("texts of every length have hashes of their own, by the seeds and the number as well", "[ext]") {
  constexpr hash_seeds seeds{1234567, 7654321}, others{1234567, 7654323};
  std::set<std::uint64_t> hashes;
  std::size_t count = 0;
  for (std::size_t length = 0; length <= 50; ++length) {
    std::string text(length, 'a');
    for (std::size_t changed = 0; changed <= length; ++changed) {  // each byte counts, and none at all
      if (changed < length) text[changed] = 'b';
      hashes.insert(hash_of(text, 0, seeds));
      hashes.insert(hash_of(text, 1, seeds));
      hashes.insert(hash_of(text, 0, others));
      count += 3;
      if (changed < length) text[changed] = 'a';
    }
  }
  CHECK(hashes.size() == count);
}

TEST_CASE("texts that are chosen to have one hash have many in another process", "[ext]") {
  // a writer who knows the seeds makes the first word vanish, and then the second one does not count
  constexpr hash_seeds known{0x4141414141414141, 99}, others{0x4141414141414143, 99};
  std::set<std::uint64_t> here, chosen, elsewhere;
  constexpr std::uint64_t count = 100'000;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string text = "AAAAAAAA" + std::to_string(10'000'000 + i) + "!";
    chosen.insert(hash_of(text, 0, known));
    elsewhere.insert(hash_of(text, 0, others));
    here.insert(hash_of(text, 0, hash_seeds::of_process()));
  }
  CHECK(chosen.size() == 1);
  CHECK(elsewhere.size() == count);
  CHECK(here.size() == count);
}
