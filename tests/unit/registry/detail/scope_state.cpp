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
    kept = in.interned({text});
    CHECK(kept.text.data() != text.data());
  }
  CHECK(kept.text == "a text that is long enough to have a place of its own");
  CHECK(in.interned(kept).text.data() == kept.text.data());
}

TEST_CASE("a container of held ordinals need not move", "[registry]") {
  detail::scope_state<settled, text_serial<>> in;
  CHECK(in.claim(list({{{"SN-"}, 1, 3}}), claimed_by(1), [](const serial_number&) { return true; }));
  CHECK(in.find({{"SN-"}, 2}) == claimed_by(2));
}
