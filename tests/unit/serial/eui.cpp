#include <tallymark/serial/eui.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

using mac = eui48_serial<>;
using cisco = eui48_serial<eui_format{.style = eui_style::dots, .small_letters = true}>;
using colons = eui48_serial<eui_format{.style = eui_style::colons, .small_letters = true}>;
using bare = eui48_serial<eui_format{.style = eui_style::bare}>;
using bare_64 = eui64_serial<eui_format{.style = eui_style::bare}>;
using large = eui48_serial<eui_format{.block = {0x00163E, 24}}>;
using medium = eui48_serial<eui_format{.block = {0x70B3D57, 28}}>;
using small_64 = eui64_serial<eui_format{.block = {0x70B3D5ABC, 36}}>;

template <class Policy>
std::string spelled(std::uint64_t ordinal) {
  std::string out;
  Policy{}.format(out, ordinal);
  return out;
}

}  // namespace

static_assert(ordinal_serial_policy<mac> && serial_traits<mac>::normalises);
static_assert(mac{}.parse("00-16-3E-12-AB-CF") == 0x00163E12ABCF &&
              mac{}.parse("00:16:3e:12:ab:cf") == 0x00163E12ABCF && mac{}.parse("0016.3e12.abcf") == 0x00163E12ABCF &&
              mac{}.parse("00163E12abcf") == 0x00163E12ABCF);
static_assert(eui64_serial<>{}.parse("02-88-88-FF-FE-88-88-88") == 0x028888FFFE888888);
static_assert(eui64_serial<>{}.parse("0288.88ff.fe88.8888") == 0x028888FFFE888888);
static_assert(mac{}.parse("00-16-3E-12-AB-C").error() == failure{errc::not_a_serial, 16, 0});
static_assert(mac{}.parse("00-16-3E-12-AB").error() == failure{errc::not_a_serial, 14, 0});
static_assert(mac{}.parse("00-16-3E-12-AB-CF-00").error() == failure{errc::not_a_serial, 17, 3});
static_assert(mac{}.parse("00-16:3E-12-AB-CF").error().at == 5 &&
              mac{}.parse("00-16:3E-12-AB-CF").error().right() == "-");
static_assert(mac{}.parse("0016-3E12-ABCF").error() == failure{errc::not_a_serial, 4, 1});
static_assert(mac{}.parse("00-16-3E-12-AB-GF").error() == failure{errc::not_a_serial, 15, 1});
static_assert(mac{}.parse("00163E12ABC").error() == failure{errc::not_a_serial, 11, 0});
static_assert(mac{}.parse("-00163E12ABC").error() == failure{errc::not_a_serial, 0, 1});
static_assert(mac{}.parse("").error() == failure{errc::not_a_serial, 0, 0});
static_assert(mac{}.parse("0016.3e12").error() == failure{errc::not_a_serial, 9, 0});
static_assert(mac::first() == 1 && mac::last() == 0xFFFFFFFFFFFF);
static_assert(eui64_serial<>::last() == max_ordinal &&
              eui64_serial<>{}.parse("FFFFFFFFFFFFFFFF").error() == failure{errc::too_large, 0, 16});
static_assert(eui64_serial<>{}.parse("FFFFFFFFFFFFFFFE") == max_ordinal);
static_assert(large::first() == 0x00163E000000 && large::last() == 0x00163EFFFFFF);
static_assert(medium::first() == 0x70B3D5700000 && medium::last() == 0x70B3D57FFFFF);
static_assert(small_64::first() == 0x70B3D5ABC0000000 && small_64::last() == 0x70B3D5ABCFFFFFFF);
static_assert(large{}.parse("00:16:3E:00:00:00") == 0x00163E000000);
static_assert(large{}.parse("00:16:3F:00:00:00").error().code == errc::not_a_serial);
static_assert(large{}.parse("00:16:3F:00:00:00").error().at == 7 &&
              large{}.parse("00:16:3F:00:00:00").error().right() == "E");
static_assert(medium{}.parse("70B3.D580.0000").error().at == 7 &&
              medium{}.parse("70B3.D580.0000").error().right() == "7");
static_assert(modified_eui64(0x008888888888) == 0x028888FFFE888888);
static_assert(modified_eui64(0x02ABCDEF0123) == 0x00ABCDFFFEEF0123);
static_assert(eui48_of_modified(0x028888FFFE888888) == 0x008888888888);
static_assert(eui48_of_modified(0x00ABCDFFFEEF0123) == 0x02ABCDEF0123 && !eui48_of_modified(0x00ABCDFFFFEF0123));
static_assert(mac::is_group(0x010000000000) && !mac::is_group(0x020000000000) && mac::is_local(0x020000000000) &&
              !mac::is_local(0x010000000000) && bare_64::is_group(0x0100000000000000));

TEST_CASE("an address has one spelling on output", "[serial]") {
  CHECK(spelled<mac>(0x00163E12ABCF) == "00-16-3E-12-AB-CF");
  CHECK(spelled<cisco>(0x00163E12ABCF) == "0016.3e12.abcf");
  CHECK(spelled<colons>(0x00163E12ABCF) == "00:16:3e:12:ab:cf");
  CHECK(spelled<bare>(0x00163E12ABCF) == "00163E12ABCF");
  CHECK(spelled<eui64_serial<>>(modified_eui64(*mac{}.parse("00-88-88-88-88-88"))) == "02-88-88-FF-FE-88-88-88");
  CHECK(spelled<bare_64>(0x028888FFFE888888) == "028888FFFE888888");
  for (const std::string_view text : {"00-16-3e-12-ab-cf", "00:16:3E:12:AB:CF", "0016.3E12.ABCF", "00163e12ABcf"})
    CHECK(spelled<colons>(*colons{}.parse(text)) == "00:16:3e:12:ab:cf");
}

TEST_CASE("a million addresses round-trip", "[serial]") {
  CHECK(not_there_and_back(mac{}, {}) == std::nullopt);
  CHECK(not_there_and_back(cisco{}, {}) == std::nullopt);
  CHECK(not_there_and_back(bare_64{}, {}) == std::nullopt);
  CHECK(not_there_and_back(eui64_serial<>{}, {}) == std::nullopt);
  CHECK(not_there_and_back(medium{}, {}, medium::first()) == std::nullopt);
}

TEST_CASE("addresses in bulk equal single ones", "[serial]") {
  const std::initializer_list<std::uint64_t> firsts{0, 250, 0xFFF0, 0xFFFFF0, 0x00163EFFFF00, 0xFFFFFFFF0000};
  CHECK(not_written_in_bulk(mac{}, {}, firsts) == std::nullopt);
  CHECK(not_written_in_bulk(cisco{}, {}, firsts) == std::nullopt);
  CHECK(not_written_in_bulk(bare{}, {}, firsts) == std::nullopt);
  CHECK(not_written_in_bulk(bare_64{}, {}, {0, 0xFFFFFFFF, max_ordinal - 700, max_ordinal}) == std::nullopt);
  CHECK(not_written_in_bulk(eui64_serial<>{}, {}, {0, 0xFFFFFFFF, max_ordinal - 700, max_ordinal}) == std::nullopt);
}

TEST_CASE("addresses obey the laws", "[serial]") {
  const std::vector<std::string> texts{
      "00-16-3E-12-AB-CF", "00:16:3e:12:ab:cf", "0016.3e12.abcf", "FFFFFFFFFFFF", "x", "00-16"};
  const std::vector<std::uint64_t> ordinals{0, 1, 255, 256, 0xFFFFFFFFFFFF, max_ordinal};
  CHECK(!testing::check_serial_laws(mac{}, texts, ordinals));
  CHECK(!testing::check_serial_laws(cisco{}, texts, ordinals));
  CHECK(!testing::check_spelling_order(mac{}, {}, ordinals));
}

TEST_CASE("issuing stays inside the block", "[serial]") {
  const numbering<large, step<1>> rules;
  CHECK(rules.first() == serial_number{{}, 0x00163E000000});
  run_list taken;
  CHECK(rules.take({{}, large::last() - 1}, 2, taken));
  CHECK(rules.text(taken.at(1)) == "00-16-3E-FF-FF-FF");
  CHECK(rules.take({{}, large::last() - 1}, 3, taken).error().code == errc::exhausted);
}
