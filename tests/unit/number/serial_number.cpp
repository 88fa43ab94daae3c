#include <tallymark/number/serial_number.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace tallymark;

static_assert(family{"SN-"} == family{std::string_view("SN-x").substr(0, 3)});
static_assert(family{"SN-", 4} != family{"SN-", 3});
static_assert(family::literal("SN-") != family{"SN-"});
static_assert(family{"SN-"}.counts() && !family::literal("SN-").counts());
static_assert(serial_number{{"A"}, 9} < serial_number{{"A"}, 10});
static_assert(serial_number{{"A"}, 10} < serial_number{{"B"}, 9});
static_assert(run{{"A"}, 5, 3}.last() == 7);
static_assert(run{{}, max_ordinal, 1}.last() == max_ordinal);
static_assert(run{{}, 0, max_ordinal + 1}.last() == max_ordinal);

TEST_CASE("serial numbers sort naturally", "[policy]") {
  std::vector<serial_number> all{{{"SN-"}, 10}, {{"A"}, 99}, {{"SN-"}, 9}, {{"SN-"}, 100}};
  std::sort(all.begin(), all.end());
  CHECK(all == std::vector<serial_number>{{{"A"}, 99}, {{"SN-"}, 9}, {{"SN-"}, 10}, {{"SN-"}, 100}});
}

TEST_CASE("families are compared by the contents of their texts", "[policy]") {
  const std::string a = "SN-", b = "SN-";
  CHECK(family{a} == family{b});
  CHECK(family{a} != family{"SM-"});
}
