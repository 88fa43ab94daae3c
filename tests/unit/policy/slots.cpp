#include <tallymark/policy/slots.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;

namespace {

struct counts {
  using policy_slot = increment_slot;
};
struct foreign {};
struct unrelated {};
struct other_slot {
  using policy_slot = int;
};

}  // namespace

template <>
struct tallymark::slot_of<foreign> {
  using type = serial_slot;
};

static_assert(fills<counts, increment_slot> && !fills<counts, serial_slot>);
static_assert(fills<foreign, serial_slot>);
static_assert(std::same_as<slot_of_t<unrelated>, void>);
static_assert(policy<counts> && policy<foreign>);
static_assert(!policy<unrelated> && !policy<other_slot> && !policy<int>);

TEST_CASE("a type names its slot, or slot_of does", "[policy]") {
  CHECK(fills<counts, increment_slot>);
  CHECK(fills<foreign, serial_slot>);
}
