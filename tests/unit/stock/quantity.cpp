#include <tallymark/stock/quantity.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

constexpr std::int64_t steps(std::string_view text) { return (*quantity::parse(text)).steps(); }
constexpr failure why(std::string_view text) { return quantity::parse(text).error(); }

}  // namespace

// ---- read at compile time ----

static_assert(steps("0") == 0 && steps("12") == 1'200'000 && steps(" 0.5\n") == 50'000 &&
              steps("37.4904") == 3'749'040);
static_assert(steps("0.00001") == 1 && steps("007") == 700'000 && steps("1.50000000") == 150'000);
static_assert(steps("10000000000000") == 1'000'000'000'000'000'000 &&
              steps("10000000000000.00000") == 1'000'000'000'000'000'000);
static_assert(why("") == failure{errc::empty_text, 0, 0} && why("  ") == failure{errc::empty_text, 0, 2});
static_assert(why(" -1") == failure{errc::negative, 1, 2} && why("-0") == failure{errc::negative, 0, 2});
static_assert(why("0.000001") == failure{errc::too_many_decimals, 0, 8});
static_assert(why("1e9999") == failure{errc::not_a_number, 1, 1} && why("1,5") == failure{errc::not_a_number, 1, 1});
static_assert(why("-") == failure{errc::not_a_number, 0, 1} && why("+1") == failure{errc::not_a_number, 0, 1});
static_assert(why(".5") == failure{errc::not_a_number, 0, 1} && why(" 5.") == failure{errc::not_a_number, 3, 0});
static_assert(why("1.2.3") == failure{errc::not_a_number, 3, 1} && why("0x10") == failure{errc::not_a_number, 1, 1});
static_assert(why("inf") == failure{errc::not_a_number, 0, 1} && why("1 000") == failure{errc::not_a_number, 1, 1});
static_assert(why("10000000000000.00001") == failure{errc::quantity_too_large, 0, 20});
static_assert(why("10000000000001") == failure{errc::quantity_too_large, 0, 14});
static_assert(why("99999999999999999999999999999999999999") == failure{errc::quantity_too_large, 0, 38});

// ---- sums ----

static_assert(quantity(3).plus(4) == quantity(7) && quantity(3).minus(3) == quantity(0));
static_assert(quantity(3).minus(4).error() == failure{errc::not_enough});
static_assert((*quantity::parse("0.3")).minus(*quantity::parse("0.1")) == *quantity::parse("0.2"));  // exact
static_assert(quantity(quantity::max_whole).plus(*quantity::parse("0.00001")).error() ==
              failure{errc::quantity_too_large});
static_assert(quantity(quantity::max_whole).plus(0) == quantity(quantity::max_whole));
static_assert(quantity(7).whole() == 7 && !(*quantity::parse("0.5")).whole() && quantity().is_zero());
static_assert(quantity(2) < quantity(10) && *quantity::parse("0.5") < quantity(1));

static_assert((*quantity::parse("0.5")).times(3) == *quantity::parse("1.5") && quantity(7).times(0) == quantity(0));
static_assert(quantity(0).times(~0ULL) == quantity(0) && quantity(1).times(quantity::max_whole).has_value());
static_assert(quantity(1).times(quantity::max_whole + 1).error() == failure{errc::quantity_too_large});
static_assert(quantity::from_steps(50'000) == *quantity::parse("0.5") && quantity::from_steps(0) == quantity(0));
static_assert(quantity::from_steps(-1).error() == failure{errc::negative});
static_assert(quantity::from_steps(quantity(quantity::max_whole).steps()) == quantity(quantity::max_whole));
static_assert(quantity::from_steps(quantity(quantity::max_whole).steps() + 1).error() ==
              failure{errc::quantity_too_large});

// ---- whole numbers and literals ----

static_assert(quantity(std::uint8_t{7}) == quantity(7) && quantity(std::int8_t{7}) == quantity(7LL));
static_assert(quantity(std::size_t{7}) == quantity(7U) && std::is_convertible_v<int, quantity>);
static_assert(quantity::from_whole(12) == quantity(12) && quantity::from_whole(0U) == quantity(0));
static_assert(quantity::from_whole(-5).error() == failure{errc::negative});
static_assert(quantity::from_whole(std::numeric_limits<std::int64_t>::min()).error() == failure{errc::negative});
static_assert(quantity::from_whole(quantity::max_whole).has_value());
static_assert(quantity::from_whole(quantity::max_whole + 1).error() == failure{errc::quantity_too_large});
static_assert(quantity::from_whole(std::numeric_limits<std::int64_t>::max()).error() ==
              failure{errc::quantity_too_large});
static_assert(quantity::from_whole(~std::uint64_t{0}).error() == failure{errc::quantity_too_large});
static_assert(quantity(12).valid() && quantity().valid() && quantity(12).validated() == quantity(12));

static_assert(12.5_qty == *quantity::parse("12.5") && 500_qty == quantity(500) && 0_qty == quantity());
static_assert(1'000.000'01_qty == *quantity::parse("1000.00001") && 0.50000000_qty == *quantity::parse("0.5"));
static_assert(10'000'000'000'000_qty == quantity(quantity::max_whole));

// a whole number of the run time, which the compiler does not know
template <class Number>
quantity at_run_time(Number whole) {
  volatile Number seen = whole;
  return Number{seen};
}

TEST_CASE("a whole number that is no quantity is kept with its sign and refused wherever it is used", "[stock]") {
  const quantity five = 5;
  CHECK(at_run_time(5) == five);
  CHECK(at_run_time(std::size_t{5}) == five);

  const auto refused_with = [&](quantity wrong, errc why) {
    CHECK(!wrong.valid());
    CHECK(wrong.validated().error() == failure{why});
    CHECK(wrong.plus(five).error() == failure{why});
    CHECK(five.plus(wrong).error() == failure{why});
    CHECK(wrong.minus(five).error() == failure{why});
    CHECK(five.minus(wrong).error() == failure{why});
    CHECK(wrong.times(0).error() == failure{why});
    CHECK(wrong.times(2).error() == failure{why});
    CHECK(!wrong.whole());
    CHECK(!wrong.is_zero());
  };
  for (const quantity wrong : {at_run_time(-5), at_run_time(std::int8_t{-128}), at_run_time(-1L),
                               at_run_time(std::numeric_limits<std::int64_t>::min())}) {
    refused_with(wrong, errc::negative);
    CHECK(wrong < quantity(0));
  }
  for (const quantity wrong : {at_run_time(quantity::max_whole + 1), at_run_time(~std::uint64_t{0}),
                               at_run_time(std::numeric_limits<std::int64_t>::max())}) {
    refused_with(wrong, errc::quantity_too_large);
    CHECK(wrong > quantity(quantity::max_whole));
  }
  CHECK(at_run_time(-5).text() == "-5");
  CHECK(at_run_time(quantity::max_whole + 1).text() == "10000000000001");
}

STATIC_CHECK_WITH_STRING(quantity(12).text() == "12" && (*quantity::parse("0.50")).text() == "0.5");

TEST_CASE("a quantity is written in its shortest form and read back", "[stock]") {
  for (const std::string_view text :
       {"0", "1", "12", "0.5", "37.4904", "0.00001", "10.1", "100", "10000000000000", "9999999999999.99999"})
    CHECK(quantity::parse(text)->text() == text);
  CHECK(quantity::parse("0012.3400")->text() == "12.34");
  std::string out = "about ";
  quantity(5).append(out);
  CHECK(out == "about 5");
}

TEST_CASE("texts are read at run time as well", "[stock]") {
  CHECK(steps("37.4904") == 3'749'040);
  CHECK(why("1e9999") == failure{errc::not_a_number, 1, 1});
  CHECK(why("\xff") == failure{errc::not_a_number, 0, 1});
}

TEST_CASE("a long text costs its length", "[stock]") {
  CHECK(why(std::string(10'000'000, '9')).code == errc::quantity_too_large);
  CHECK(quantity::parse(std::string(10'000'000, '0'))->is_zero());
  CHECK(quantity::parse("1." + std::string(10'000'000, '0')) == quantity(1));
  CHECK(why("0." + std::string(10'000'000, '1')).code == errc::too_many_decimals);
}
