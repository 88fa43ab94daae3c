#include <tallymark/registry/detail/source.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include <tallymark/expression/source.hpp>

using namespace tallymark;

static_assert(serial_source<registry<>::source>);

TEST_CASE("a source for expressions knows where to go on, or why not", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", {"SN-7", "SN-8"}));
  std::string storage;
  const auto source = registry.next_of("motor");
  CHECK(registry.numbers().text(source.start(storage).value()) == "SN-9");
  CHECK(source.occupancy({{"SN-"}, 7}).taken);
  CHECK(source.occupancy({{"SN-"}, 7}).length >= 1);
  CHECK(!source.occupancy({{"A-"}, 7}).taken);
  CHECK(!registry.next_of("pump").occupancy({{"SN-"}, 7}).taken);
  const auto pump = registry.next_of("pump");
  CHECK(pump.start(storage).value() == serial_number{{}, 1});
  REQUIRE(registry.claim("pump", "7"));  // the scope comes to be after the source
  CHECK(pump.start(storage).value() == serial_number{{}, 8});
  CHECK(pump.occupancy({{}, 7}).taken);

  const auto refused = registry.next_of("motor", failure{errc::numbers_from_outside});
  CHECK(refused.start(storage).error() == failure{errc::numbers_from_outside});
  CHECK(refused.occupancy({{"SN-"}, 7}).taken);
}
