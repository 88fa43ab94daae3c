#include <tallymark/ext/detail/text_hash.hpp>

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

TEST_CASE("a table of strings can be searched with a view", "[ext]") {
  std::unordered_map<std::string, int, tallymark::detail::text_hash, std::equal_to<>> table{{"SN-1", 7}};
  const std::string_view text = "SN-12";
  CHECK(table.find(text.substr(0, 4))->second == 7);
  CHECK(table.find(text) == table.end());
}
