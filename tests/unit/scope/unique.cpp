#include <tallymark/scope/unique.hpp>

#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/part_ref.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

using namespace tallymark;

namespace {

struct box {
  int part;
  std::string site;
};
struct cannot_be_sorted {
  struct {
  } part;
};
// A scope of a user.
struct unique_per_site {
  using policy_slot = scope_slot;
  auto key(const auto& item) const
    requires requires { item.site; }
  {
    return item.site;
  }
};

constexpr part_ref<> fast_motor{"fast motor", "motor", "hall 1"};

}  // namespace

static_assert(unique_per_part_tree{}.key(fast_motor) == "motor");
static_assert(unique_per_part{}.key(fast_motor) == "fast motor");
static_assert(unique_per_group{}.key(fast_motor) == "hall 1");
static_assert(unique_globally{}.key(fast_motor) == unique_globally{}.key(1));

static_assert(scope_policy_for<unique_per_part_tree, part_ref<>> && scope_policy_for<unique_per_part, part_ref<>> &&
              scope_policy_for<unique_per_group, part_ref<>> && scope_policy_for<unique_globally, part_ref<>>);
static_assert(scope_policy_for<unique_per_part, box> && !scope_policy_for<unique_per_part_tree, box> &&
              !scope_policy_for<unique_per_group, box>);
static_assert(scope_policy_for<unique_globally, int> && !scope_policy_for<unique_per_part, int>);
static_assert(!scope_policy_for<unique_per_part, cannot_be_sorted>);
static_assert(scope_policy_for<unique_per_site, box> && !scope_policy_for<unique_per_site, part_ref<>>);
static_assert(std::is_empty_v<unique_per_part_tree> && std::is_empty_v<unique_per_part> &&
              std::is_empty_v<unique_per_group> && std::is_empty_v<unique_globally>);

TEST_CASE("the key is a value, not a view of the item", "[scope]") {
  box one{1, "Kiel"};
  const auto key = unique_per_site{}.key(one);
  one.site = "Rome";
  CHECK(key == "Kiel");
}
