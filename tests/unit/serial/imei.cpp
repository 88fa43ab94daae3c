#include <tallymark/serial/imei.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

constexpr imei_serial imeis;

std::string spelled(const serial_number& serial) {
  std::string out;
  imeis.format(out, serial);
  return out;
}

}  // namespace

static_assert(family_serial_policy<imei_serial>);
static_assert(imeis.parse("490154203237518") == serial_number{{"49015420"}, 323751});
static_assert(imeis.parse("356868000041418") == serial_number{{"35686800"}, 4141});
static_assert(imeis.parse("354178036859789") == serial_number{{"35417803"}, 685978});
static_assert(imeis.parse("354178036859781").error().code == errc::wrong_check);
static_assert(imeis.parse("354178036859781").error().at == 14 && imeis.parse("354178036859781").error().right() == "9");
// 3GPP writes no separators, but labels do
static_assert(imeis.parse("35-417803-685978-9").error() == failure{errc::not_canonical, 2, 2, {'4'}});
static_assert(imeis.parse("35417803685978 9").error() == failure{errc::not_canonical, 14, 2, {'9'}});
static_assert(imeis.parse("35--417803685978").error() == failure{errc::not_a_serial, 2, 1});
static_assert(imeis.parse("-35417803685978").error() == failure{errc::not_a_serial, 0, 1});
static_assert(imeis.parse("35417803685978-").error() == failure{errc::not_a_serial, 14, 1});
static_assert(imeis.parse("354178036859789-").error() == failure{errc::not_a_serial, 15, 1});
static_assert(imeis.parse("35417803685978").error() == failure{errc::check_missing, 14, 0, {'9'}});
static_assert(imeis.parse("3541780368597").error() == failure{errc::not_a_serial, 13, 0});
static_assert(imeis.parse("3541780368597890").error() == failure{errc::not_a_serial, 15, 1});

TEST_CASE("an IMEI is a type allocation code, a number and a check digit", "[serial]") {
  CHECK(spelled({{"49015420"}, 323751}) == "490154203237518");
  CHECK(spelled({{"35686800"}, 4141}) == "356868000041418");
  CHECK(imeis.parse("490154203237518") == serial_number{{"49015420"}, 323751});
  CHECK(imeis.parse("354178036859781").error().right() == "9");
}

TEST_CASE("a million IMEI round-trip", "[serial]") {
  CHECK(not_there_and_back(imeis, {"49015420"}) == std::nullopt);
  CHECK(not_there_and_back(imeis, {"99999999"}) == std::nullopt);
}

TEST_CASE("IMEI in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(imeis, {"49015420"}, {0, 7, 9, 99'995, 999'000, 999'999}) == std::nullopt);
}

TEST_CASE("IMEI obey the laws", "[serial]") {
  const std::vector<std::string> texts{"490154203237518", "000000000000000", "354178036859781", "x"};
  const std::vector<std::uint64_t> ordinals{0, 1, 10, 999'999, max_ordinal};
  CHECK(!testing::check_serial_laws(imeis, texts, ordinals));
  CHECK(!testing::check_spelling_order(imeis, {"49015420"}, ordinals));
  const numbering<imei_serial, step<1>> rules;
  CHECK(!testing::check_counting_laws(rules, {{"49015420"}, 999'990}, 9));
}
