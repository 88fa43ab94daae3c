#include <tallymark/stock/detail/parts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <tallymark/increment/step.hpp>

using namespace tallymark;

namespace {

template <class Result>
errc why(const Result& done) {
  return done.error().why.code;
}

}  // namespace

TEST_CASE("parts are added, and become variants", "[stock]") {
  stock<> stock;
  CHECK(stock.add_part({.key = "motor"}));
  CHECK(stock.add_part({.key = "motor"}).error() == refusal{{errc::part_exists}, "part"});
  CHECK(stock.add_part({.key = "pump", .variant_of = "machine"}).error() ==
        refusal{{errc::unknown_part}, "variant_of"});
  CHECK(stock.add_part({.key = "fast motor"}));
  CHECK(stock.make_variant("fast motor", "motor"));
  CHECK(stock.make_variant("fast motor", "motor").error() == refusal{{errc::already_variant}, "variant_of"});
  CHECK(stock.make_variant("pump", "motor").error() == refusal{{errc::unknown_part}, "part"});
  CHECK(stock.make_variant("motor", "pump").error() == refusal{{errc::unknown_part}, "variant_of"});
  CHECK(stock.parts().size() == 2);
}

TEST_CASE("the sequence of a part can be set", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  CHECK(stock.start_at("motor", "SN-100"));
  CHECK(stock.next_serial("motor").value() == "SN-100");
  CHECK(stock.start_at("pump", "SN-100").error() == refusal{{errc::unknown_part}, "part"});
  CHECK(stock.start_at("motor", "Q").error() == refusal{{errc::no_counter, 0, 1}, "serial"});
  std::string storage;
  CHECK(stock.next_of("motor")->start(storage) == serial_number{{"SN-"}, 100});
}
