#include <tallymark/stock/detail/journal_state.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

using namespace tallymark;

namespace {

struct paper {
  using policy_slot = journal_slot;
  struct log {};
  std::string place{};
};

}  // namespace

TEST_CASE("without a journal a stock keeps nothing of it", "[stock]") {
  STATIC_REQUIRE(!detail::journal_state<no_journal>::enabled);
  STATIC_REQUIRE(std::is_empty_v<detail::journal_state<no_journal>>);
  STATIC_REQUIRE(detail::journal_state<paper>::enabled);
  const detail::journal_state<paper> state{paper{"shelf"}};
  CHECK(!state.log);
  CHECK(state.policy.place == "shelf");
}
