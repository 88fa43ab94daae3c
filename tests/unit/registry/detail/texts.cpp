#include <tallymark/registry/detail/texts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>
#include <vector>

using namespace tallymark;

TEST_CASE("texts are claimed together or not at all", "[registry]") {
  registry<> registry;
  CHECK(registry.claim("motor", {"1", "7", "Q"}, 10));
  CHECK(registry.find("motor", "7") == holder{11, hold::claimed});
  CHECK(registry.find("motor", "Q") == holder{12, hold::claimed});

  const std::vector<std::string_view> wanted{"8", "7", " 8", "", "9"};
  const auto done = registry.claim("motor", wanted, 20);
  REQUIRE(!done);
  CHECK(done.error() == std::vector<answer>{{},
                                            {failure{errc::already_taken, 0, 1}, 11},
                                            {failure{errc::named_twice, 0, 2}},
                                            {failure{errc::empty_text, 0, 0}},
                                            {}});
  CHECK(!registry.contains("motor", "8"));
  CHECK(registry.claim("motor", std::vector<std::string_view>{}));
}
