#include <tallymark/registry/detail/issuing.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;

TEST_CASE("issuing goes on from where it was set, and passes over what is taken", "[registry]") {
  registry<> in;
  CHECK(in.claim("motor", {"SN-5", "SN-8"}));
  CHECK(in.start_at("motor", "SN-4"));
  const auto issued = in.issue("motor", 4, 10);
  REQUIRE(issued);
  REQUIRE(issued->size() == 3U);
  CHECK((*issued)[0] == run{{"SN-"}, 4, 1});
  CHECK((*issued)[1] == run{{"SN-"}, 6, 2});
  CHECK((*issued)[2] == run{{"SN-"}, 9, 1});
  CHECK(in.find("motor", "SN-7") == holder{12, hold::claimed});
  CHECK(in.start_at("motor", "QQ").error().code == errc::no_counter);
  CHECK(in.next("motor") == "SN-10");
}
