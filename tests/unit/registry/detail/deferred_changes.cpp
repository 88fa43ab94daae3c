#include <tallymark/registry/detail/deferred_changes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

using namespace tallymark;
using detail::deferred_changes;
using kind = detail::deferred_change::kind;

namespace {

constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

}  // namespace

TEST_CASE("changes of runs with a stride are judged by that", "[registry]") {
  detail::spare_changes spare;
  spare.reserve(3);
  deferred_changes all;
  int family = 0;
  all.push(&family, kind::assign, {5, 10, by(100), 10}, spare);  // 5 to 95
  all.push(&family, kind::erase, {25, 2, {}, 10}, spare);
  all.push(&family, kind::retire, {45, 3, {}, 20}, spare);  // 45, 65, 85
  const auto verdict = [&](std::uint64_t ordinal) { return all.judge(&family, ordinal, 10); };
  CHECK(verdict(5).of(5, std::nullopt) == by(100));
  CHECK(verdict(5).length == 2);
  CHECK(verdict(25).of(25, by(1)) == std::nullopt);
  CHECK(verdict(25).length == 2);
  CHECK(verdict(45).of(45, std::nullopt) == by(104, hold::retired));
  CHECK(verdict(55).of(55, std::nullopt) == by(105));
  CHECK(verdict(95).length == 1);
  CHECK(verdict(6).decided == nullptr);
  CHECK(verdict(6).of(6, by(1)) == by(1));
  CHECK(verdict(105).length == std::numeric_limits<std::uint64_t>::max());
  for (int i = 0; i < 3; ++i) all.pop();
}

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
    CHECK(all.judge(&family, at).length == end - at);
  CHECK(all.judge(&other, 50).of(50, by(1)) == std::nullopt);
  // of every tenth ordinal
  CHECK(all.judge(&family, 0, 10).length == 1);
  CHECK(all.judge(&family, 5, 10).length == 1);
  CHECK(all.judge(&family, 4, 100).length == std::numeric_limits<std::uint64_t>::max());  // 104 is beyond them

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
