#include <tallymark/ext/print.hpp>

#include <catch2/catch_test_macros.hpp>

#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/stock/item.hpp>

using namespace tallymark;

namespace own {

struct bin {
  int row;
};
void append_text(std::string& out, const bin& where) { out += "row " + std::to_string(where.row); }

struct opaque {};

}  // namespace own

static_assert(printable<errc> && printable<failure> && printable<quantity> && printable<run> && printable<conflict>);
static_assert(printable<refusal> && printable<answer> && printable<items> && printable<change> && printable<iso_week>);
static_assert(printable<own::bin> && !printable<own::opaque>);
// no conversion makes these printable: an item_id is not a range of items, a number no quantity
static_assert(!printable<int> && !printable<std::string> && !printable<conflicts>);

namespace {

template <class T>
std::string printed(const T& value) {
  std::ostringstream out;
  out << value;
  CHECK(out.str() == text_of(value));
  return out.str();
}

run_list list(std::initializer_list<run> runs) {
  run_list out;
  for (const run& each : runs) out.add(each);
  return out;
}

}  // namespace

TEST_CASE("errors say the place, counted from 1, and the reason", "[print]") {
  CHECK(printed(errc::too_large) == "the number is too large");
  CHECK(printed(failure{errc::too_large}) == "the number is too large");
  CHECK(printed(failure{errc::not_a_serial, 0, 2}) == "byte 1: this is not a serial number of this kind");
  CHECK(printed(failure{errc::not_a_serial, 4, 0}) == "byte 5: this is not a serial number of this kind");
  CHECK(printed(result<void>(fail(errc::wrong_check, 10, 1, "6")).error()) ==
        "byte 11: the check character is wrong: expected '6'");
}

TEST_CASE("serial numbers are printed as family and ordinal", "[print]") {
  const family serials{"SN-", 4};
  CHECK(printed(serials) == "family \"SN-\", width 4");
  CHECK(printed(family::literal("QQQ")) == "literal \"QQQ\"");
  CHECK(printed(serial_number{serials, 42}) == "42 of family \"SN-\", width 4");
  CHECK(printed(serial_number{family::literal("QQQ"), 0}) == "literal \"QQQ\"");
  CHECK(printed(run{{"SN-", 0, family::kind::counted, "/27"}, 42, 9}) == "42 to 50 of family \"SN-\", tail \"/27\"");
  CHECK(printed(run_list{}) == "none");
  CHECK(printed(list({{serials, 1, 2}, {family::literal("Q"), 0, 1}})) ==
        "1 to 2 of family \"SN-\", width 4; literal \"Q\"");
}

TEST_CASE("what a registry answers is printed", "[print]") {
  CHECK(printed(conflict{errc::retired, run{{"SN-"}, 1, 2}}) ==
        "1 to 2 of family \"SN-\": this serial number is retired");
  CHECK(printed(conflict{errc::already_taken, run{{""}, 5, 1}, 7}) ==
        "5 of family \"\": this serial number is already taken, by item 7");
  CHECK(printed(answer{}) == "free");
  CHECK(printed(answer{failure{errc::already_taken, 0, 2}, 7}) ==
        "byte 1: this serial number is already taken, by item 7");
}

TEST_CASE("values of a stock are printed", "[print]") {
  CHECK(printed(quantity(12)) == "12");
  CHECK(printed(12.5_qty) == "12.5");
  CHECK(printed(items{}) == "item " + std::to_string(no_item));
  CHECK(printed(items(7)) == "item 7");
  CHECK(printed(items(7, 3)) == "items 7 to 9");
  CHECK(printed(items(0, 0)) == "no item");
  CHECK(printed(change::serial_changed) == "serial_changed");
  CHECK(printed(iso_week{2026, 8}) == "2026-W08");
  CHECK(date_text(std::chrono::year(2027) / 1 / 31) == "2027-01-31");
}

TEST_CASE("width and alignment of the stream hold for the whole value", "[print]") {
  std::ostringstream out;
  out << std::setw(6) << 12.5_qty << '|' << std::left << std::setw(10) << items(7, 3) << '|';
  CHECK(out.str() == "  12.5|items 7 to 9|");
}

TEST_CASE("a type of a program is printed by its own append_text", "[print]") {
  std::ostringstream out;
  tallymark::operator<<(out, own::bin{3});
  CHECK(out.str() == "row 3");
  CHECK(tallymark::text_of(own::bin{3}) == "row 3");
}
