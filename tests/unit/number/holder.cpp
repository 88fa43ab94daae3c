#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

using namespace tallymark;

namespace {

// The minimum of a container of held ordinals.
struct least {
  std::optional<holder> find(std::uint64_t) const { return std::nullopt; }
  stretch occupancy(std::uint64_t) const { return {}; }
  void overlaps(std::uint64_t, std::uint64_t, auto&&) const {}
  void assign(const held_run&) {}
  void erase(std::uint64_t, std::uint64_t) {}
  std::optional<std::uint64_t> greatest() const { return std::nullopt; }
  bool empty() const { return true; }
};
// A container with all optional members; it remembers the last prefetch.
struct most : least {
  std::optional<holder> claim(std::uint64_t ordinal, const holder& by) {
    return ordinal == 0 ? std::optional(by) : std::nullopt;
  }
  void prefetch(std::uint64_t ordinal) const { asked_for = ordinal; }
  mutable std::uint64_t asked_for = 0;
};
// The minimum, with room for one ordinal.
struct one_place : least {
  std::optional<holder> find(std::uint64_t ordinal) const { return ordinal == at ? by : std::nullopt; }
  void assign(const held_run& run) {
    ++assigned;
    at = run.first;
    by = run.by;
  }
  std::uint64_t at = 0;
  std::optional<holder> by{};
  int assigned = 0;
};
struct greatest_is_a_number : least {
  std::uint64_t greatest() const { return 0; }
};
struct cannot_be_empty : least {
  bool empty() const = delete;
};
struct needs_a_size : least {
  explicit needs_a_size(std::size_t) {}
};

struct least_index {
  using policy_slot = index_slot;
  using map = least;
};
struct without_slot {
  using map = least;
};
struct without_map {
  using policy_slot = index_slot;
};

}  // namespace

static_assert(ordinal_map<least>);
static_assert(!ordinal_map<greatest_is_a_number> && !ordinal_map<cannot_be_empty> && !ordinal_map<needs_a_size>);
static_assert(index_policy<least_index> && !index_policy<without_slot> && !index_policy<without_map>);

static_assert(holder{7, hold::retired} + 3 == holder{10, hold::retired});
static_assert(holder{} + 3 == holder{});  // a run for no item
static_assert(holder{7}.leads_to({9}, 2) && !holder{7}.leads_to({9}, 1) && holder{}.leads_to({}, 5));
static_assert(!holder{7}.leads_to({8, hold::retired}, 1));
static_assert(!holder{no_item - 1}.leads_to({}, 1));  // no item follows the greatest item
static_assert(held_run{5, 3}.last() == 7);
static_assert(held_run{max_ordinal, 1}.last() == max_ordinal);
static_assert(no_item == 18'446'744'073'709'551'615U);

TEST_CASE("the holders of a run are consecutive items", "[policy]") {
  const held_run run{10, 5, {100, hold::claimed}};
  CHECK(run.by + (run.last() - run.first) == holder{104, hold::claimed});
  CHECK(held_run{1, 2} == held_run{1, 2});
  CHECK(held_run{1, 2} != held_run{1, 2, {3, hold::claimed}});
}

TEST_CASE("optional members of an index are used, or else replaced by the minimum", "[policy]") {
  most all;
  CHECK(index_traits<most>::claim(all, 0, {5}) == holder{5});
  CHECK(!index_traits<most>::claim(all, 1, {5}));
  index_traits<most>::prefetch(all, 77);
  CHECK(all.asked_for == 77);

  one_place one;
  using traits = index_traits<one_place>;
  CHECK(!traits::claim(one, 3, {5}));
  CHECK(traits::claim(one, 3, {6}) == holder{5});
  CHECK(one.assigned == 1);
  traits::prefetch(one, 3);  // does nothing
  CHECK(one.assigned == 1);
}
