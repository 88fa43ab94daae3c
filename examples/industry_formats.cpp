// Formats that an industry prescribes, as serial policies: vehicles, phones, addresses, books, health care.
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/bases.hpp>
#include <tallymark/serial/crockford32.hpp>
#include <tallymark/serial/eui.hpp>
#include <tallymark/serial/hibc.hpp>
#include <tallymark/serial/imei.hpp>
#include <tallymark/serial/isbn.hpp>
#include <tallymark/serial/issn.hpp>
#include <tallymark/serial/vin.hpp>

#include <iostream>
#include <string>
#include <string_view>

using namespace tallymark;

// A vehicle: the last six digits count, and the check digit at position 9 is computed from all others.
static_assert(vin_serial<>{}.parse("1M8GDM9AXKP042788") ==
              serial_number{{"1M8GDM9A", 6, family::kind::counted, "KP"}, 42788});
static_assert(vin_serial<>{}.parse("5GZCZ43D23S812715").error().right() == "1");
// Outside of North America position 9 need not be a check digit.
using european_vin = vin_serial<vin_check_digit::ignored>;
static_assert(european_vin{}.parse("WP0ZZZ99ZTS392124") == serial_number{{"WP0ZZZ99ZTS", 6}, 392124});

// A phone: the type allocation code is the family.
static_assert(imei_serial{}.parse("490154203237518") == serial_number{{"49015420"}, 323751});
static_assert(imei_serial{}.parse("354178036859781").error().right() == "9");

// A block of 2^24 addresses, written with colons: issuing begins with its first and ends with its last.
using mac = eui48_serial<eui_format{.style = eui_style::colons, .small_letters = true, .block = {0x00163E, 24}}>;
static_assert(mac{}.parse("00-16-3E-12-AB-CF") == mac{}.parse("0016.3e12.abcf"));
static_assert(mac::first() == 0x00163E000000 && mac::last() == 0x00163EFFFFFF);
static_assert(modified_eui64(0x008888888888) == 0x028888FFFE888888);

// The books of a publisher: a hundred numbers.
using our_books = isbn13_serial<"9781857982">;
static_assert(our_books{}.parse("978-1-85798-218-3") == 978'185'798'218);
static_assert(our_books::first() == 978'185'798'200 && our_books::last() == 978'185'798'299);
static_assert(isbn10_serial<>{}.parse("0-8044-2957-x") == 80'442'957);

// A magazine: read with or without a hyphen, written with one.
static_assert(issn_serial<>{}.parse("00249319") == issn_serial<>{}.parse("0024-9319"));

// Health care: the digits before the unit of measure count.
static_assert(hibc_serial{}.parse("+A123BJC5D6E71G") ==
              serial_number{{"+A123BJC5D6E", 1, family::kind::counted, "1"}, 7});
static_assert(hibc_serial{}.parse("+A123BJC5D6E71F").error().right() == "G");

// For reading aloud: I and L are 1, O is 0, hyphens are ignored, and the check symbol detects errors.
using ticket = crockford32_serial<6, crockford_check::mod37>;
static_assert(ticket{}.parse("0000-1A-5") == 42 && ticket{}.parse("oooola5") == 42);

// Hexadecimal, and base 33 without I, O and Q.
static_assert(hex_serial<8>{}.parse("0000002A") == 42 && base33_serial<6>{}.parse("000019") == 42);

template <class Serial>
std::string after(std::string_view text) {
  const numbering<Serial, step<1>> rules;
  std::string storage;
  return rules.text(rules.next(rules.parse(text).value(), storage).value());
}

int main() {
  std::cout << after<vin_serial<>>("1M8GDM9AXKP042788") << '\n'
            << after<imei_serial>("490154203237518") << '\n'
            << after<mac>("00-16-3E-12-AB-CF") << '\n'
            << after<our_books>("978-1-85798-218-3") << '\n'
            << isbn10_from_isbn13("978-1-85798-218-3").value() << '\n'
            << ean13_from_issn("0264-3596").value() << '\n'
            << explain(vin_serial<>{}.parse("5GZCZ43D23S812715").error(), "5GZCZ43D23S812715") << '\n';
  return after<mac>("00:16:3e:00:00:ff") == "00:16:3e:00:01:00" && ean13_from_issn("02643596") == "9770264359008" ? 0
                                                                                                                  : 1;
}
