// Check characters: computed, verified, and appended to serial numbers.
#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/crockford.hpp>
#include <tallymark/check/damm.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/mod43.hpp>
#include <tallymark/check/verhoeff.hpp>
#include <tallymark/check/weighted.hpp>
#include <tallymark/registry/serial_range.hpp>
#include <tallymark/serial/checked.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>

#include <iostream>
#include <string>
#include <string_view>

using namespace tallymark;

// Computed for a payload, and verified in a complete text.
static_assert((*iso7064_mod37_2{}("G123489654321")).view() == "Y");
static_assert(verify(iso7064_mod37_2{}, "G123489654321Y"));
static_assert(verify(iso7064_mod37_2{}, "G123489654321H").error() == failure{errc::wrong_check, 13, 1, {'Y'}});
static_assert(verify(iso7064_mod37_2{}, "g123489654321Y").error() == failure{errc::not_checkable, 0, 1});

// Your own check: the number of letters.
struct letters_counted {
  static constexpr std::string_view symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static constexpr std::size_t length = 1;
  constexpr result<check_characters> operator()(std::string_view payload) const {
    const auto at = payload.find_first_not_of(symbols);
    if (at != payload.npos) return fail(errc::not_checkable, at, 1);
    return check_characters{{symbols[payload.size() % symbols.size()]}, 1};
  }
};
static_assert(verify(letters_counted{}, "HELLOF"));

// Luhn: cards and telephones; and in your own alphabet.
static_assert(verify(luhn{}, "490154203237518"));
static_assert(verify(luhn_mod<"abcdef">{}, "abcdefe"));

// Digits only, and every swap is detected.
static_assert(verify(damm{}, "5724"));
static_assert(verify(verhoeff{}, "14285708"));

// GS1: a GTIN, and a Global Model Number.
static_assert(verify(gs1_mod10{}, "09521234543213"));
static_assert(verify(gs1_pair{}, "1987654Ad4X4bL5ttr2310c2K"));

// ISO/IEC 7064: a creditor reference, its RF and check digits moved to the end.
static_assert(verify(iso7064_mod97_10{}, "539007547034RF18"));
static_assert(verify(iso7064_mod97_10{}, "539007547034RF68").error() == failure{errc::wrong_check, 14, 2, {'1', '8'}});

// Sums mod 43: the flag of a HIBC counts, and is required.
static_assert(verify(code39_mod43{}, "AB-123K"));
static_assert(verify(hibc_mod43{}, "+A123BJC5D6E71G"));
static_assert(verify(hibc_mod43{}, "A123BJC5D6E71G").error() == failure{errc::not_a_serial, 0, 1});

// Books and journals; a vehicle, whose check character is at position 9.
static_assert(verify(isbn10_mod11{}, "1857982185"));
static_assert(verify(issn_mod11{}, "00249319"));
static_assert(verify(vin_check{}, "1M8GDM9AXKP042788"));
static_assert(verify(vin_check{}, "5GZCZ43D23S812715").error() == failure{errc::wrong_check, 8, 1, {'1'}});

// Base 32 of Crockford: 42 is 1A.
static_assert(verify(crockford_mod37{}, "1A5"));

// After serial numbers: the family and the ordinal are those of the serial policy inside.
using label = checked_serial<prefixed_serial<"SN", 6>, iso7064_mod37_2>;
static_assert(label{}.parse("SN0000427") == 42);
static_assert(label{}.parse("SN0000437").error() == failure{errc::wrong_check, 8, 1, {'5'}});
static_assert(label{}.parse("SN000042").error() == failure{errc::check_missing, 8, 0, {'7'}});
static_assert(label{}.parse("SX0000427").error() == failure{errc::not_a_serial, 0, 2});

// Any text of digits and capital letters.
using any_label = checked_serial<text_serial<>, iso7064_mod37_2>;
static_assert(any_label{}.parse("SN0000427") == serial_number{{"SN", 6}, 42});

int main() {
  std::string texts(3 * 10, ' ');
  serial_range(label{}, run{{}, 41, 3}).write_to(texts, "\n");
  std::cout << texts << explain(label{}.parse("SN0000437").error(), "SN0000437") << '\n';
  return texts == "SN0000419\nSN0000427\nSN0000435\n" ? 0 : 1;
}
