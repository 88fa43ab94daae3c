#include <tallymark/serial/bases.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

static_assert(hex_serial<>{}.parse("FF") == 255 && hex_serial<8>{}.parse("0000002A") == 42);
static_assert(hex_serial<8>{}.parse("2A").error() == failure{errc::wrong_width, 0, 2});
static_assert(hex_serial<>{}.parse("ff").error() == failure{errc::not_a_serial, 0, 1});
static_assert(base33_serial<6>{}.parse("00001Z") == 65 && base33_serial<>{}.parse("10") == 33);
static_assert(base33_serial<>{}.parse("1I").error() == failure{errc::not_a_serial, 1, 1} &&
              !base33_serial<>{}.parse("O") && !base33_serial<>{}.parse("Q") && base33_serial<>{}.parse("U"));
static_assert(base33_serial<6>::last() == 33ULL * 33 * 33 * 33 * 33 * 33 - 1);

TEST_CASE("a million numbers in hexadecimal and base 33 round-trip", "[serial]") {
  CHECK(not_there_and_back(hex_serial<>{}, {}) == std::nullopt);
  CHECK(not_there_and_back(base33_serial<6>{}, {}) == std::nullopt);
  CHECK(not_written_in_bulk(hex_serial<8>{}, {}, {0, 250, 0xFFFF'FF00}) == std::nullopt);
  CHECK(not_written_in_bulk(base33_serial<6>{}, {}, {0, 30, 33 * 33 * 33 - 2}) == std::nullopt);
}
