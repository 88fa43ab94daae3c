#include <tallymark/serial/crockford32.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

using plain = crockford32_serial<>;
using wide = crockford32_serial<8>;
using checked = crockford32_serial<0, crockford_check::mod37>;
using checked_wide = crockford32_serial<6, crockford_check::mod37>;
using widest = crockford32_serial<99, crockford_check::mod37>;

template <class Policy>
std::string spelled(std::uint64_t ordinal) {
  std::string out;
  Policy{}.format(out, ordinal);
  return out;
}

}  // namespace

static_assert(ordinal_serial_policy<plain> && ordinal_serial_policy<checked_wide> && serial_traits<plain>::normalises);
static_assert(plain{}.parse("1A") == 42 && plain{}.parse("la") == 42 && plain{}.parse("I-a") == 42);
static_assert(plain{}.parse("0001A") == 42 && plain{}.parse("oO1A") == 42 && plain{}.parse("0") == 0);
static_assert(plain{}.parse("1U").error() == failure{errc::not_a_serial, 1, 1});
static_assert(plain{}.parse("1--A").error() == failure{errc::not_a_serial, 2, 1});
static_assert(plain{}.parse("-1A").error() == failure{errc::not_a_serial, 0, 1});
static_assert(plain{}.parse("1A-").error() == failure{errc::not_a_serial, 2, 1});
static_assert(plain{}.parse("FZZZZZZZZZZZY") == max_ordinal);
static_assert(plain{}.parse("FZZZZZZZZZZZZ").error() == failure{errc::too_large, 0, 13});
static_assert(plain{}.parse("G000000000000").error() == failure{errc::too_large, 0, 13});
static_assert(plain{}.parse("10000000000000").error() == failure{errc::too_large, 0, 14});
static_assert(wide{}.parse("0000-001A") == 42 && wide::last() == (std::uint64_t{1} << 40) - 1);
static_assert(wide{}.parse("000001A").error() == failure{errc::wrong_width, 0, 7});
static_assert(wide{}.parse("00000001A").error() == failure{errc::wrong_width, 0, 9});
static_assert(checked{}.parse("1A5") == 42 && checked{}.parse("00") == 0 && checked{}.parse("10*") == 32);
static_assert(checked{}.parse("3ZZZZZZ6") == 4'294'967'295 && checked{}.parse("3zzz-zzz-6") == 4'294'967'295);
static_assert(checked{}.parse("1A6").error().code == errc::wrong_check && checked{}.parse("1A6").error().at == 2);
static_assert(checked{}.parse("1A6").error().right() == "5" && checked{}.parse("10+").error().right() == "*");
static_assert(checked{}.parse("14U") == 36 && checked{}.parse("14u") == 36 &&
              checked{}.parse("0I2").error().right() == "1");
static_assert(checked{}.parse("1I") == 1 && checked{}.parse("0o") == 0);
static_assert(checked{}.parse("l").error() == failure{errc::check_missing, 1, 0, {'1'}});
static_assert(checked{}.parse("*").error() == failure{errc::check_missing, 1, 0});
static_assert(checked{}.parse("1A5-").error() == failure{errc::not_a_serial, 3, 1});
static_assert(checked{}.parse("").error() == failure{errc::check_missing, 0, 0});
static_assert(checked_wide{}.parse("00001A5") == 42);

TEST_CASE("numbers are in 32 symbols, and a check symbol in 37", "[serial]") {
  CHECK(spelled<plain>(42) == "1A");
  CHECK(spelled<checked>(42) == "1A5");
  CHECK(spelled<checked>(0) == "00");
  CHECK(spelled<checked>(32) == "10*");
  CHECK(spelled<checked>(36) == "14U");
  CHECK(spelled<checked>(4'294'967'295) == "3ZZZZZZ6");
  CHECK(spelled<checked_wide>(42) == "00001A5");
  CHECK(spelled<wide>(wide::last()) == "ZZZZZZZZ");
  CHECK(checked{}.parse("3zzz-zzz6") == 4'294'967'295);
}

TEST_CASE("a million numbers round-trip", "[serial]") {
  CHECK(not_there_and_back(plain{}, {}) == std::nullopt);
  CHECK(not_there_and_back(wide{}, {}) == std::nullopt);
  CHECK(not_there_and_back(checked{}, {}) == std::nullopt);
  CHECK(not_there_and_back(checked_wide{}, {}) == std::nullopt);
}

TEST_CASE("numbers in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(plain{}, {}, {0, 30, 1000, max_ordinal - 50}) == std::nullopt);
  CHECK(not_written_in_bulk(checked{}, {}, {0, 30, 1000, 32 * 32 * 32 - 7, max_ordinal - 50}) == std::nullopt);
  CHECK(not_written_in_bulk(checked_wide{}, {}, {0, 30, 1000, checked_wide::last() - 50}) == std::nullopt);
  CHECK(not_written_in_bulk(widest{}, {}, {0, max_ordinal - 50}) == std::nullopt);
}

TEST_CASE("numbers in Crockford's base 32 obey the laws", "[serial]") {
  const std::vector<std::string> texts{"1A", "la", "oO1-a", "1A5", "10*", "x", "U", "00001A5"};
  const std::vector<std::uint64_t> ordinals{0, 1, 31, 32, 1023, 1024, max_ordinal};
  CHECK(!testing::check_serial_laws(plain{}, texts, ordinals));
  CHECK(!testing::check_serial_laws(wide{}, texts, ordinals));
  CHECK(!testing::check_serial_laws(checked{}, texts, ordinals));
  CHECK(!testing::check_serial_laws(checked_wide{}, texts, ordinals));
  CHECK(!testing::check_spelling_order(plain{}, {}, ordinals));
}
