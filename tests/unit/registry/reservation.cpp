#include <tallymark/registry/reservation.hpp>

#include <tallymark/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <type_traits>
#include <utility>

using namespace tallymark;

using reservation_type = registry<>::reservation;
static_assert(std::is_nothrow_move_constructible_v<reservation_type> &&
              std::is_nothrow_move_assignable_v<reservation_type>);
static_assert(!std::is_default_constructible_v<reservation_type>);
static_assert(!std::is_copy_constructible_v<reservation_type> && !std::is_copy_assignable_v<reservation_type>);

TEST_CASE("what is reserved is refused to all others, until it is given back", "[registry]") {
  registry<> registry;
  {
    const auto reserved = registry.reserve("motor", 3);
    CHECK(reserved->pending());
    CHECK(reserved->serials().serials() == 3);
    CHECK(registry.claim("motor", "2").error().code == errc::reserved);
    CHECK(registry.inspect("motor", "2") == answer{failure{errc::reserved, 0, 1}});
    CHECK(registry.release("motor", "2").error().code == errc::reserved);
    CHECK(registry.retire("motor", "2").error().code == errc::reserved);
    CHECK(registry.next("motor").value() == "4");
  }
  CHECK(!registry.contains("motor", "2"));
  CHECK(registry.next("motor").value() == "1");
}

TEST_CASE("what was committed stays", "[registry]") {
  registry<> registry;
  {
    auto reserved = registry.reserve("motor", 3);
    reserved->commit(70);
    CHECK(!reserved->pending());
    CHECK(reserved->serials().serials() == 3);
    reserved->drop();  // nothing is left to give back
  }
  CHECK(registry.find("motor", "3") == holder{72, hold::claimed});
  CHECK(registry.next("motor").value() == "4");
}

TEST_CASE("dropping twice gives back once", "[registry]") {
  registry<> registry;
  auto reserved = registry.reserve("motor", 1);
  reserved->drop();
  CHECK(!reserved->pending());
  CHECK(registry.claim("motor", "1"));
  reserved->drop();
  CHECK(registry.contains("motor", "1"));
}

TEST_CASE("a reservation can be handed on", "[registry]") {
  registry<> registry;
  std::optional<reservation_type> kept;
  {
    auto reserved = registry.reserve("motor", 2);
    kept.emplace(std::move(*reserved));
    CHECK(!reserved->pending());
  }
  CHECK(kept->pending());
  CHECK(registry.contains("motor", "2"));

  auto other = registry.reserve("motor", 1);
  *kept = std::move(*other);  // what it had goes at the end of `other`
  CHECK(registry.contains("motor", "1"));
  CHECK(kept->serials()[0].first == 3);
  other->drop();
  CHECK(!registry.contains("motor", "1"));
  kept->commit();
  CHECK(registry.contains("motor", "3"));
}

TEST_CASE("reservations end in any order", "[registry]") {
  registry<> registry;
  auto first = registry.reserve("motor", 2), second = registry.reserve("motor", 2),
       third = registry.reserve("motor", 2);
  second->drop();
  third->commit();
  CHECK(registry.latest("motor") == "6");
  first->commit();
  CHECK(registry.latest("motor") == "6");
  CHECK(registry.next("motor").value() == "7");
  CHECK(!registry.contains("motor", "3"));
}
