#include <tallymark/registry/detail/run_conflicts.hpp>

#include <tallymark/index/run_index.hpp>
#include <tallymark/registry/detail/scope_state.hpp>
#include <tallymark/serial/text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <initializer_list>

using namespace tallymark;

namespace {

run_list list(std::initializer_list<run> runs) {
  run_list out;
  for (const run& each : runs) out.add(each);
  return out;
}

using state = detail::scope_state<detail::folded<run_map, 1>, text_serial<>>;
// A scope that is alone.
struct scope : private state::shared_state, public state {
  scope() : state(static_cast<state::shared_state&>(*this)) {}
};

constexpr holder claimed_by(std::uint64_t item) { return {item, hold::claimed}; }

void take(scope& in, const run& serials, const holder& by) {
  REQUIRE(in.claim(list({serials}), by, [](const serial_number&) { return true; }));
}

}  // namespace

TEST_CASE("conflicts are in natural order, and each is said once", "[registry]") {
  scope in;
  take(in, {{"B"}, 3, 3}, claimed_by(10));
  take(in, {{"A"}, 1, 1}, claimed_by(5));
  const run_list wanted = list({{{"B"}, 1, 10}, {{"A"}, 1, 1}, {{"B"}, 2, 2}, {{"B"}, 5, 20}, {{"B"}, 3, 1}});
  const conflicts met = detail::conflicts_of(in, wanted);
  CHECK(met == conflicts{{errc::already_taken, run{{"A"}, 1, 1}, 5},
                         {errc::named_twice, run{{"B"}, 2, 2}},
                         {errc::already_taken, run{{"B"}, 3, 3}, 10},
                         {errc::named_twice, run{{"B"}, 5, 6}}});
  CHECK(detail::conflicts_of(in, list({{{"B"}, 1, 2}, {{"C"}, 1, 2}})).empty());
}

TEST_CASE("what is not there to be freed is told in runs", "[registry]") {
  scope in;
  take(in, {{"A"}, 3, 2}, claimed_by(10));
  take(in, {{"A"}, 8, 1}, {no_item, hold::reserved});
  CHECK(detail::missing_of(in, list({{{"A"}, 1, 10}})) == conflicts{{errc::not_claimed, run{{"A"}, 1, 2}},
                                                                    {errc::not_claimed, run{{"A"}, 5, 3}},
                                                                    {errc::reserved, run{{"A"}, 8, 1}},
                                                                    {errc::not_claimed, run{{"A"}, 9, 2}}});
  CHECK(detail::missing_of(in, list({{{"A"}, 3, 2}})).empty());
  CHECK(detail::missing_of(in, list({{family::literal("Q"), 0, 1}})) ==
        conflicts{{errc::not_claimed, run{family::literal("Q"), 0, 1}}});
  CHECK(detail::missing_of(in, list({{{"B"}, 0, max_ordinal + 1}})) ==
        conflicts{{errc::not_claimed, run{{"B"}, 0, max_ordinal + 1}}});
}
