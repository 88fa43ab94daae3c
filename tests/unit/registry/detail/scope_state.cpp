#include <tallymark/registry/detail/scope_state.hpp>

#include <tallymark/index/run_index.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/serial/text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;
using scope = detail::scope_state<run_map, text_serial<>>;

namespace {

// A container that can be neither copied nor moved.
struct settled : run_map {
  settled() = default;
  settled(const settled&) = delete;
  settled& operator=(const settled&) = delete;
};

run_list list(std::initializer_list<run> runs) {
  run_list out;
  for (const run& each : runs) out.add(each);
  return out;
}

constexpr holder claimed_by(std::uint64_t item) { return {item, hold::claimed}; }

}  // namespace

TEST_CASE("the texts of families are kept", "[registry]") {
  scope in;
  family kept;
  {
    const std::string text = "a text that is long enough to have a place of its own";
    kept = in.assign({{text}, 1, 1}, claimed_by(1)).family;
    CHECK(kept.text.data() != text.data());
  }
  in.erase({kept, 1, 1});
  CHECK(kept.text == "a text that is long enough to have a place of its own");
  CHECK(in.kept(kept).text.data() == kept.text.data());
}

TEST_CASE("a container of held ordinals need not move", "[registry]") {
  detail::scope_state<settled, text_serial<>> in;
  in.assign({{"SN-"}, 1, 3}, claimed_by(1));
  CHECK(in.find({{"SN-"}, 2}) == claimed_by(2));
}

TEST_CASE("conflicts are in natural order, and each is said once", "[registry]") {
  scope in;
  in.assign({{"B"}, 3, 3}, claimed_by(10));
  in.assign({{"A"}, 1, 1}, claimed_by(5));
  const run_list wanted = list({{{"B"}, 1, 10}, {{"A"}, 1, 1}, {{"B"}, 2, 2}, {{"B"}, 5, 20}, {{"B"}, 3, 1}});
  const conflicts met = in.conflicts_of(wanted);
  CHECK(met == conflicts{{errc::already_taken, run{{"A"}, 1, 1}, 5},
                         {errc::named_twice, run{{"B"}, 2, 2}},
                         {errc::already_taken, run{{"B"}, 3, 3}, 10},
                         {errc::named_twice, run{{"B"}, 5, 6}}});
  CHECK(in.conflicts_of(list({{{"B"}, 1, 2}, {{"C"}, 1, 2}})).empty());
}

TEST_CASE("what is not there to be freed is told in runs", "[registry]") {
  scope in;
  in.assign({{"A"}, 3, 2}, claimed_by(10));
  in.assign({{"A"}, 8, 1}, {no_item, hold::reserved});
  CHECK(in.missing_of(list({{{"A"}, 1, 10}})) == conflicts{{errc::not_claimed, run{{"A"}, 1, 2}},
                                                           {errc::not_claimed, run{{"A"}, 5, 3}},
                                                           {errc::reserved, run{{"A"}, 8, 1}},
                                                           {errc::not_claimed, run{{"A"}, 9, 2}}});
  CHECK(in.missing_of(list({{{"A"}, 3, 2}})).empty());
  CHECK(in.missing_of(list({{family::literal("Q"), 0, 1}})) ==
        conflicts{{errc::not_claimed, run{family::literal("Q"), 0, 1}}});
  CHECK(in.missing_of(list({{{"B"}, 0, max_ordinal + 1}})) ==
        conflicts{{errc::not_claimed, run{{"B"}, 0, max_ordinal + 1}}});
}
