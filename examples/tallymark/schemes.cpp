#include "schemes.hpp"

#include <string>

#include <tallymark/check/crockford.hpp>
#include <tallymark/check/damm.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/mod43.hpp>
#include <tallymark/check/verhoeff.hpp>
#include <tallymark/check/weighted.hpp>
#include <tallymark/gs1/epc_sgtin.hpp>
#include <tallymark/gs1/serial.hpp>
#include <tallymark/gs1/sgtin.hpp>
#include <tallymark/gs1/sscc18.hpp>
#include <tallymark/serial/bases.hpp>
#include <tallymark/serial/checked.hpp>
#include <tallymark/serial/crockford32.hpp>
#include <tallymark/serial/eui.hpp>
#include <tallymark/serial/hibc.hpp>
#include <tallymark/serial/imei.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/isbn.hpp>
#include <tallymark/serial/issn.hpp>
#include <tallymark/serial/snowflake.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/ulid.hpp>
#include <tallymark/serial/uuidv7.hpp>
#include <tallymark/serial/vin.hpp>

namespace tallymark::tool {

namespace {

// Ids of worker 0.
template <snowflake_layout Layout>
struct snowflake : snowflake_serial<Layout> {
  snowflake() : snowflake_serial<Layout>(0) {}

  static void tell(const serial_number& serial, std::string_view, serial_parts& out) {
    const snowflake_parts parts = snowflake::parts(serial);
    out.family = std::to_string(parts.worker);
    out.tail.clear();
    out.more.emplace_back("worker", out.family);
    out.more.emplace_back("sequence", std::to_string(parts.sequence));
  }
};

template <class Eui>
struct eui : Eui {
  static void tell(const serial_number& serial, std::string_view, serial_parts& out) {
    out.more.emplace_back("address", Eui::is_group(serial.ordinal) ? "group" : "individual");
    out.more.emplace_back("administered", Eui::is_local(serial.ordinal) ? "locally" : "universally");
  }
};

template <class Sgtin, result<gs1::epc_sgtin> (*Read)(std::string_view)>
struct rfid_tag : Sgtin {
  static void tell(const serial_number&, std::string_view text, serial_parts& out) {
    const auto tag = Read(text);
    if (!tag) return;
    out.family = tag->gtin.view();
    out.width = 0;
    out.more.emplace_back("gtin", out.family);
    out.more.emplace_back("serial", tag->serial.view());
    out.more.emplace_back("filter", std::to_string(tag->filter));
    out.more.emplace_back("prefix_digits", std::to_string(tag->prefix_digits));
  }
};

// The pair may be the whole text: GS1 defines the check characters of an empty text.
struct gs1_pair_text : checked_serial<text_serial<>, gs1_pair> {
  [[nodiscard]] result<serial_number> parse(std::string_view text) const {
    if (text.size() != gs1_pair::length) return checked_serial::parse(text);
    if (const auto valid = verify(gs1_pair{}, text); !valid) return unexpected<failure>(valid.error());
    return serial_number{family::literal(text.substr(0, 0)), 0};
  }
};

// The check character of Code 39 may be a blank, which is then a part of the text. Such texts are valid, but not issued.
template <serial_policy S, check_policy Check, bool CheckInFamily>
struct with_blanks : S {
  [[nodiscard]] static result<serial_number> parse_as_given(std::string_view text) {
    const std::string_view inner = trimmed(text);
    if (inner != text && !inner.empty() && validate_text(text) && verify(Check{}, text))
      return serial_number{family::literal(text.substr(0, text.size() - (CheckInFamily ? 0 : Check::length))), 0};
    return serial_traits<S>::parse(S{}, text);
  }
};

template <serial_policy S, class Check = no_check>
constexpr scheme line(std::string_view name, std::string_view example, std::string_view about,
                      std::string_view standard, std::string_view page, std::string_view last = {}) {
  return {name, about, example, standard, page, &calls_to<S, Check>, last};
}

// Check characters after any text.
template <check_policy Check>
constexpr scheme check(std::string_view name, std::string_view example, std::string_view about,
                       std::string_view standard, std::string_view page) {
  return line<checked_serial<text_serial<>, Check>, Check>(name, example, about, standard, page);
}

// To add a scheme, add a line.
constexpr scheme known_schemes[] = {
    line<text_serial<>>("text", "SN-0042", "any text with digits at its end, which count", "", "serial/text.md"),
    line<integer_serial>("integer", "42", "decimal numbers without leading zeros", "", "serial/integer.md",
                         "18446744073709551614"),
    line<hex_serial<8>>("hex", "0000002A", "hexadecimal numbers of 8 digits", "", "serial/bases.md"),
    line<base33_serial<6>>("base33", "000019", "6 digits and capital letters without I, O and Q", "",
                           "serial/bases.md"),
    line<crockford32_serial<0, crockford_check::mod37>, crockford_mod37>(
        "crockford32", "1A5", "numbers in 32 symbols that are hard to confuse, and a check symbol",
        "Crockford's base 32", "serial/crockford32.md", "FZZZZZZZZZZZYA"),
    line<crockford32_serial<>>("crockford32-unchecked", "1A", "the same without one", "Crockford's base 32",
                               "serial/crockford32.md", "FZZZZZZZZZZZY"),

    check<luhn>("luhn", "49927398716", "digits and a check digit", "ISO/IEC 7812-1", "check/luhn.md"),
    check<damm>("damm", "5724", "digits and a check digit that detects every swap of neighbours", "Damm 2004",
                "check/damm.md"),
    check<verhoeff>("verhoeff", "14285708", "digits and a check digit that detects every swap of neighbours",
                    "Verhoeff 1969", "check/verhoeff.md"),
    check<gs1_mod10>("gs1-mod10", "1234567890128", "digits and the check digit of a GTIN, GLN or SSCC",
                     "GS1 General Specifications", "check/gs1.md"),
    line<gs1_pair_text, gs1_pair>("gs1-pair", "1987654Ad4X4bL5ttr2310c2K",
                                  "characters of GS1's set 82 and a pair of check characters",
                                  "GS1 General Specifications", "check/gs1.md"),
    check<iso7064_mod11_2>("iso7064-mod11-2", "079X", "digits, and a check digit or X", "ISO/IEC 7064",
                           "check/iso7064.md"),
    check<iso7064_mod37_2>("iso7064-mod37-2", "G123489654321Y",
                           "digits and capital letters, and a check character or *", "ISO/IEC 7064",
                           "check/iso7064.md"),
    check<iso7064_mod97_10>("iso7064-mod97-10", "2348231RF71", "digits and capital letters, and two check digits",
                            "ISO/IEC 7064", "check/iso7064.md"),
    check<iso7064_mod11_10>("iso7064-mod11-10", "002006673116", "digits and a check digit", "ISO/IEC 7064",
                            "check/iso7064.md"),
    check<iso7064_mod37_36>("iso7064-mod37-36", "A12425GABC1234002M",
                            "digits and capital letters, and a check character", "ISO/IEC 7064", "check/iso7064.md"),
    line<with_blanks<checked_serial<text_serial<>, code39_mod43>, code39_mod43, false>, code39_mod43>(
        "code39-mod43", "AB-123K", "the characters of Code 39 and a check character", "ISO/IEC 16388",
        "check/mod43.md"),

    line<with_blanks<hibc_serial, hibc_mod43, true>, hibc_mod43>(
        "hibc", "+H123ABC01234567890D", "health industry bar codes", "ANSI/HIBC 2", "serial/hibc.md"),
    line<isbn10_serial<>, isbn10_mod11>("isbn10", "1857982185", "book numbers of 10 digits", "ISO 2108",
                                        "serial/isbn.md"),
    line<isbn13_serial<>, gs1_mod10>("isbn13", "9781857982183", "book numbers of 13 digits", "ISO 2108",
                                     "serial/isbn.md"),
    line<issn_serial<>, issn_mod11>("issn", "0024-9319", "numbers of magazines and series", "ISO 3297",
                                    "serial/issn.md"),
    line<imei_serial, luhn>("imei", "490154203237518", "identities of mobile equipment", "3GPP TS 23.003",
                            "serial/imei.md"),
    line<vin_serial<>, vin_check>("vin", "1M8GDM9AXKP042788", "vehicle identification numbers with a check digit",
                                  "ISO 3779, 49 CFR 565", "serial/vin.md"),
    line<vin_serial<vin_check_digit::ignored>>("vin-unchecked", "WP0ZZZ99ZTS392124",
                                               "the same without one, as outside of North America", "ISO 3779",
                                               "serial/vin.md"),
    line<eui<eui48_serial<>>>("eui48", "00-16-3E-00-00-2A", "addresses of network devices, also called MAC", "IEEE 802",
                              "serial/eui.md"),
    line<eui<eui64_serial<>>>("eui64", "02-16-3E-FF-FE-00-00-2A", "addresses of 64 bits", "IEEE 802", "serial/eui.md",
                              "FF-FF-FF-FF-FF-FF-FF-FE"),

    line<sscc18<>, gs1_mod10>("sscc18", "106141411234567897", "codes of pallets and parcels, 18 digits",
                              "GS1 General Specifications, AI 00", "gs1/sscc18.md"),
    line<gs1_serial>("gs1-serial", "A213-0042", "1 to 20 characters of GS1's set 82",
                     "GS1 General Specifications, AI 21", "gs1/serial.md"),
    line<rfid_tag<sgtin96, gs1::parse_sgtin96>>("sgtin96", "3074257BF7194E4000001A85",
                                                "RFID tags of trade items, in hexadecimal", "EPC Tag Data Standard",
                                                "gs1/sgtin.md"),
    line<rfid_tag<sgtin198, gs1::parse_sgtin198>>("sgtin198", "36D4257BF7194E58B266D1A800000000000000000000000000",
                                                  "the same with any serial of GS1", "EPC Tag Data Standard",
                                                  "gs1/sgtin.md"),

    line<ulid_serial<>>("ulid", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "ids that begin with the time, in base 32", "ulid/spec",
                        "serial/ulid.md", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"),
    line<uuidv7_serial<>>("uuidv7", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "UUIDs that begin with the time",
                          "RFC 9562", "serial/uuidv7.md"),
    line<snowflake<twitter_snowflake>>("snowflake", "1541815603606036480",
                                       "numbers of a time, a worker and a sequence; those of worker 0 are generated",
                                       "twitter-archive/snowflake", "serial/snowflake.md", "9223372036854775807"),
    line<snowflake<discord_snowflake>>("snowflake-discord", "937847820382261308", "the same, counted from 2015", "",
                                       "serial/snowflake.md", "18446744073709551615"),
    line<snowflake<sonyflake>>("sonyflake", "573200563208519680", "the same in units of 10 ms", "",
                               "serial/snowflake.md", "9223372036854775807"),
};

}  // namespace

std::span<const scheme> schemes() { return known_schemes; }

}  // namespace tallymark::tool
