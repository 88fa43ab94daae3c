#include <tallymark/registry/detail/scope_keys.hpp>

#include <tallymark/policy/part_ref.hpp>
#include <tallymark/scope/unique.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <type_traits>

using namespace tallymark;

static_assert(std::is_same_v<detail::owned_key<std::string_view>, std::string> &&
              std::is_same_v<detail::owned_key<const char*>, std::string> &&
              std::is_same_v<detail::owned_key<std::string>, std::string> &&
              std::is_same_v<detail::owned_key<int>, int>);

TEST_CASE("the key of a scope is found in the item", "[registry]") {
  const detail::scope_keys<unique_per_part, part_ref<>> by_part{};
  CHECK(by_part({"motor", "machines"}) == "motor");
  const detail::scope_keys<unique_per_part_tree, part_ref<>> by_tree{};
  CHECK(by_tree({"motor", "machines"}) == "machines");
}
