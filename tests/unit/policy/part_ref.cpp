#include <tallymark/policy/part_ref.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <type_traits>

using namespace tallymark;
using namespace std::string_view_literals;

static_assert(part_ref<>("motor") == part_ref<>{"motor"sv, "motor"sv, ""sv});
static_assert(part_ref<>{"fast motor", "motor"}.tree == "motor");
static_assert(part_ref<>{"fast motor", "motor", "hall 1"}.group == "hall 1");
static_assert(part_ref<>{}.part.empty());
static_assert(part_ref<int>(7) == part_ref<int>(7, 7, 0));
static_assert(part_ref<std::uint32_t>{7U, 3U}.tree == 3);

// arguments that convert to a part_ref
static_assert(std::is_convertible_v<const char*, part_ref<>> && std::is_convertible_v<std::string, part_ref<>> &&
              std::is_convertible_v<std::string_view, part_ref<>> && std::is_convertible_v<int, part_ref<int>>);
static_assert(!std::is_convertible_v<int, part_ref<>> && !std::is_convertible_v<part_ref<int>, part_ref<>>);

namespace {
std::string tree_of(const part_ref<>& where) { return std::string(where.tree); }
}  // namespace

TEST_CASE("a part alone is the root of its tree, in no group", "[policy]") {
  const std::string part = "motor";
  CHECK(tree_of(part) == "motor");
  CHECK(tree_of("motor") == "motor");
  CHECK(tree_of({"fast motor", "motor"}) == "motor");
  CHECK(tree_of({}).empty());
}

TEST_CASE("keys can be strings", "[policy]") {
  part_ref<std::string> kept("motor");
  CHECK(kept == part_ref<std::string>{"motor", "motor"});
  kept.group = "hall 1";
  CHECK(kept != part_ref<std::string>{"motor", "motor"});
}
