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
using state = detail::scope_state<detail::folded<run_map, 1>, text_serial<>>;

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
  state::shared_state shared;
  state in(shared);
  family kept;
  {
    const std::string text = "a text that is long enough to have a place of its own";
    kept = in.interned({text});
    CHECK(kept.text.data() != text.data());
  }
  CHECK(kept.text == "a text that is long enough to have a place of its own");
  CHECK(in.interned(kept).text.data() == kept.text.data());
}

TEST_CASE("a container of held ordinals need not move", "[registry]") {
  detail::scope_state<detail::folded<settled, 1>, text_serial<>>::shared_state shared;
  detail::scope_state<detail::folded<settled, 1>, text_serial<>> in(shared);
  CHECK(in.claim(list({{{"SN-"}, 1, 3}}), claimed_by(1), [](const serial_number&) { return true; }));
  CHECK(in.find({{"SN-"}, 2}) == claimed_by(2));
}

TEST_CASE("scopes share their families, and nothing that is in them", "[registry]") {
  state::shared_state shared;
  state one(shared, 1), two(shared, 2);
  const auto always = [](const serial_number&) { return true; };
  CHECK(one.claim(list({{{"SN-"}, 1, 3}}), claimed_by(1), always));
  CHECK_FALSE(two.find({{"SN-"}, 2}));
  CHECK(two.claim(list({{{"SN-"}, 2, 1}, {{"A"}, 2, 1}}), claimed_by(9), always));
  CHECK(one.find({{"SN-"}, 2}) == claimed_by(2));
  CHECK(two.find({{"SN-"}, 2}) == claimed_by(9));
  std::vector<std::string> texts;
  two.for_each([&](const family& in, const held_run&) { texts.emplace_back(in.text); });
  CHECK(texts == std::vector<std::string>{"A", "SN-"});
  CHECK(two.greatest() == serial_number{{"SN-"}, 2});
}
