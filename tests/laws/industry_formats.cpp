// The laws of industry formats and of time-ordered ids, on texts that are nearly right.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/serial/bases.hpp>
#include <tallymark/serial/crockford32.hpp>
#include <tallymark/serial/eui.hpp>
#include <tallymark/serial/hibc.hpp>
#include <tallymark/serial/imei.hpp>
#include <tallymark/serial/isbn.hpp>
#include <tallymark/serial/issn.hpp>
#include <tallymark/serial/snowflake.hpp>
#include <tallymark/serial/ulid.hpp>
#include <tallymark/serial/uuidv7.hpp>
#include <tallymark/serial/vin.hpp>
#include <tallymark/testing/laws.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/generators.hpp"

using namespace tallymark;

namespace {

// a serial number of the family of the example, sometimes with a byte changed, removed or inserted
template <class S>
rc::Gen<std::string> nearly(const S& policy, std::string_view example) {
  return rc::gen::exec([&policy, example] {
    using traits = serial_traits<S>;
    const auto read = traits::parse(policy, example);
    RC_ASSERT(read.has_value());
    const std::uint64_t last = traits::last(policy, read->family);
    std::uint64_t ordinal = std::min(*any_ordinal(), last);
    if constexpr (ordinal_serial_policy<S>) ordinal = std::max(ordinal, std::min(traits::first(policy)->ordinal, last));
    std::string text;
    traits::format(policy, text, {read->family, ordinal});
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const char byte = *rc::gen::elementOf(std::string("0189aAfFgGiIlLoOqQuUxXzZ-.: +?\x7F\xC3"));
    switch (*rc::gen::inRange(0, 6)) {
      case 0: text[at] = byte; break;
      case 1: text.erase(at, 1); break;
      case 2: text.insert(at, 1, byte); break;
      default: break;
    }
    return text;
  });
}

// random ordinals, none of them less than the first one
template <class S>
std::vector<std::uint64_t> ordinals_of(const S& policy) {
  std::vector<std::uint64_t> ordinals = several(any_ordinal());
  if constexpr (ordinal_serial_policy<S>)
    if (const auto first = serial_traits<S>::first(policy); first && first->ordinal > 1)
      for (std::uint64_t& ordinal : ordinals) ordinal = std::max(ordinal, first->ordinal);
  return ordinals;
}

template <class S>
void obeys(std::string_view example, const S& policy = S{}) {
  REQUIRE(rc::check([&] {
    const auto texts = several(nearly(policy, example));
    const auto broken = testing::check_serial_laws(policy, texts, ordinals_of(policy));
    if (broken) RC_FAIL(broken->law + ": " + broken->seen);
  }));
}

}  // namespace

TEST_CASE("ids that begin with the time obey the laws", "[laws]") {
  obeys<uuidv7_serial<>>("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  obeys<ulid_serial<>>("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  obeys("937847820382261308", snowflake_serial<discord_snowflake>(0));
  obeys("937847820382261308", snowflake_serial<sonyflake>(0));
}

TEST_CASE("formats of industries obey the laws", "[laws]") {
  obeys<vin_serial<>>("1M8GDM9AXKP042788");
  obeys<vin_serial<vin_check_digit::ignored>>("WP0ZZZ99ZTS392124");
  obeys<imei_serial>("490154203237518");
  obeys<eui48_serial<>>("00-16-3E-12-AB-CF");
  obeys<eui48_serial<eui_format{.style = eui_style::dots, .block = {0x00163E, 24}}>>("0016.3e12.abcf");
  obeys<eui64_serial<eui_format{.style = eui_style::bare}>>("028888FFFE888888");
  obeys<isbn13_serial<>>("9781857982183");
  obeys<isbn13_serial<"9781857982">>("9781857982183");
  obeys<isbn10_serial<>>("080442957X");
  obeys<issn_serial<>>("0024-9319");
  obeys<issn_serial<issn_style::bare, "0024">>("0024-9319");
  obeys<hibc_serial>("+A123BJC5D6E71G");
  obeys<hibc_serial>("+H123ABC01234567890D");
  obeys<crockford32_serial<>>("1A");
  obeys<crockford32_serial<6, crockford_check::mod37>>("00001A5");
  obeys<hex_serial<8>>("0000002A");
  obeys<base33_serial<6>>("000019");
}
