// Trade items with GTIN, lot and serial number: read from barcodes, written as links, tags and labels.
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/gs1/digital_link.hpp>
#include <tallymark/gs1/element_string.hpp>
#include <tallymark/gs1/lot.hpp>
#include <tallymark/gs1/serial.hpp>
#include <tallymark/gs1/sgtin.hpp>
#include <tallymark/gs1/sscc18.hpp>
#include <tallymark/gs1/udi.hpp>
#include <tallymark/gs1/unique_per_gtin.hpp>
#include <tallymark/stock/stock.hpp>

#include <iostream>
#include <string>

using namespace tallymark;

// Character sets.
static_assert(gs1::cset82.contains('%') && gs1::cset82.find_other("AB#C") == 2);

// Keys: any length of a GTIN, stored as 14 digits. The failure for a wrong check digit has the right one.
static_assert((*gs1::gtin::parse("416000336108")).view() == "00416000336108");
static_assert(gs1::gtin::parse("416000336109").error() == fail(errc::wrong_check, 11, 1, "8").value());
static_assert((*gs1::sscc::make("10614141123456789")).view() == "106141411234567897");

// Dates of six digits: the century is the nearest one, and day 00 is the last of the month.
static_assert((*gs1::short_date::parse("270200")).seen_from(2026) ==
              std::chrono::year{2027} / std::chrono::February / std::chrono::day{28});

// Application identifiers and their possible values.
static_assert((*gs1::application_identifier::find(17)).check("261231"));
static_assert((*gs1::application_identifier::find(17)).check("261331").error() == failure{errc::not_a_date, 2, 2, {}});

// Lots of AI 10 by the date, and serials of AI 21.
static_assert(gs1_lot<date_batch<>>{}.validate("2026-11-23"));
static_assert(gs1_lot<>{}.validate("A#1").error() == failure{errc::wrong_character, 1, 1, {}});
static_assert(gs1_serial{}.parse("A-099") == serial_number{{"A-", 3}, 99});

// The pallets of a company.
using pallet = sscc18<"0614141", 1>;
static_assert(pallet{}.parse("106141411234567897") == 123456789);
static_assert(pallet{}.parse("106141411234567890").error() == fail(errc::wrong_check, 17, 1, "7").value());

// RFID tags: their contents, and tags as serial numbers.
constexpr auto tag = *gs1::epc_sgtin::make("0614141", "812345", "6789", 3);
static_assert((*gs1::to_sgtin96(tag)).view() == "3074257BF7194E4000001A85");
static_assert((*gs1::parse_sgtin96("3074257BF7194E4000001A85")).gtin == *gs1::gtin::parse("80614141123458"));
static_assert((*sgtin96{}.parse("3074257BF7194E4000001A85")).ordinal == 6789);

// One company's rules: serials of AI 21, unique within their GTIN, even if several parts have it.
struct trade_item {
  gs1::gtin gtin{};
};
struct retail : policies<gs1_serial, unique_per_gtin, gs1_lot<date_batch<>>> {};

int main() {
  // The text from a scanner, or the one under the barcode.
  const std::string scanned =
      "0151022222233336111412311715070710A213B1\x1D"
      "211234";
  const auto elements = gs1::parse_element_string(scanned);
  if (!elements) {
    std::cout << explain(elements.error(), scanned) << '\n';
    return 1;
  }
  std::string label, link;
  gs1::append_bracketed(label, *elements);
  std::cout << label << '\n';  // (01)51022222233336(11)141231(17)150707(10)A213B1(21)1234

  // Which elements require others is checked for all elements of an item.
  const auto alone = gs1::parse_bracketed("(10)ABC");
  std::cout << explain(check_associations(*alone).error(), "(10)ABC") << '\n';

  // The same as a web address.
  if (gs1::append_digital_link(link, *elements)) std::cout << link << '\n';
  const auto back = gs1::parse_digital_link("https://example.com/p/01/51022222233336/10/A213B1?17=150707");
  std::cout << back->find(10).value_or("none") << '\n';  // A213B1

  // The UDI of a medical device.
  const auto device = gs1::udi::parse(label);
  std::cout << device->lot.view() << ", " << device->serial.view() << '\n';  // A213B1, 1234

  // Two parts of one GTIN share its serials.
  stock<retail, std::string, trade_item> store;
  (void)store.add_part({.key = "red", .data = {device->device}});
  (void)store.add_part({.key = "also red", .data = {device->device}});
  const bool first = store.create({.part = "red", .serial = device->serial.view()}).has_value();
  const bool second = store.create({.part = "also red", .serial = device->serial.view()}).has_value();
  std::cout << first << second << '\n';  // 10

  const bool as_expected = label == "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234" && first && !second &&
                           link == "https://id.gs1.org/01/51022222233336/10/A213B1/21/1234?11=141231&17=150707" &&
                           gs1::parse_digital_link(link).has_value() && back->find(10) == "A213B1";
  return as_expected ? 0 : 1;
}
