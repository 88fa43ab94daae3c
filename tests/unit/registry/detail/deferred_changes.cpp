#include <tallymark/registry/detail/deferred_changes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <optional>
#include <utility>

using namespace tallymark;
using detail::deferred_changes;
using kind = detail::deferred_change::kind;

namespace {

constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

}  // namespace

TEST_CASE("deferred changes say what is held once they are made", "[registry]") {
  detail::spare_changes spare;
  spare.reserve(10);
  deferred_changes all;
  int family = 0, other = 0;
  CHECK(all.empty());
  all.push(&family, kind::assign, {10, 10, by(100)}, spare);
  all.push(&family, kind::erase, {12, 2, {}}, spare);
  all.push(&family, kind::retire, {15, 10, {}}, spare);
  all.push(&other, kind::erase, {0, 100, {}}, spare);
  CHECK_FALSE(all.empty());
  const auto of = [&](std::uint64_t ordinal, std::optional<holder> held) {
    return all.judge(&family, ordinal).of(ordinal, held);
  };
  CHECK(of(9, by(1)) == by(1));
  CHECK(of(9, std::nullopt) == std::nullopt);
  CHECK(of(10, by(1)) == by(100));
  CHECK(of(12, by(1)) == std::nullopt);
  CHECK(of(14, std::nullopt) == by(104));
  CHECK(of(15, std::nullopt) == by(105, hold::retired));
  CHECK(of(20, by(1)) == by(1, hold::retired));
  CHECK(of(20, std::nullopt) == std::nullopt);
  CHECK(of(25, by(1)) == by(1));
  for (const auto& [at, end] : {std::pair{0U, 10U}, {10U, 12U}, {12U, 14U}, {14U, 15U}, {15U, 20U}, {20U, 25U}})
    CHECK(all.judge(&family, at).end == end);
  CHECK(all.judge(&other, 50).of(50, by(1)) == std::nullopt);

  CHECK(all.front().what == kind::assign);
  for (int i = 0; i < 4; ++i) {
    REQUIRE_FALSE(all.empty());
    all.pop();
  }
  CHECK(all.empty());
  CHECK(of(10, by(1)) == by(1));
}

TEST_CASE("what goes on needs no record of its own", "[registry]") {
  detail::spare_changes spare;
  spare.reserve(3);
  const auto before = spare.unused();
  deferred_changes all;
  int family = 0;
  for (std::uint64_t i = 0; i < 100; ++i) all.push(&family, kind::erase, {5 + i, 1, {}}, spare);
  CHECK(spare.unused() == before - 1);
  CHECK(all.front().run.length == 100U);
  all.push(&family, kind::retire, {105, 1, {}}, spare);
  CHECK(spare.unused() == before - 2);
}
