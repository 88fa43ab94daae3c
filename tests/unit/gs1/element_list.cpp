#include <tallymark/gs1/element_list.hpp>

#include <catch2/catch_test_macros.hpp>

#include <initializer_list>
#include <string>
#include <utility>

using namespace tallymark;
using gs1::element_list;

namespace {

constexpr element_list list_of(std::initializer_list<std::pair<unsigned, std::string_view>> elements) {
  element_list list;
  for (const auto& [ai, value] : elements) {
    const auto added = list.add(ai, value);
    if (!added) return {};
  }
  return list;
}
constexpr std::string_view gtin = "09521234543213";

constexpr errc wrong(std::initializer_list<std::pair<unsigned, std::string_view>> elements) {
  const element_list list = list_of(elements);
  const auto checked = check_associations(list);
  return list.empty() ? errc::empty_text : checked ? errc{} : checked.error().code;
}

}  // namespace

static_assert(list_of({{1, gtin}, {10, "A"}}).size() == 2 && list_of({{1, gtin}, {10, "A"}})[1].value == "A");
static_assert(list_of({{1, gtin}, {10, "A"}}).find(10) == "A" && !list_of({{1, gtin}}).find(10));
static_assert(list_of({{10, "A"}, {1, gtin}}) != list_of({{1, gtin}, {10, "A"}}) &&
              list_of({{1, gtin}})[0].ai.number() == 1);
static_assert(element_list{}.add(5, "1").error() == failure{errc::unknown_ai, 0, 0, {}});
static_assert(element_list{}.add(10, "A#").error() == failure{errc::wrong_character, 1, 1, {}});
static_assert(list_of({{10, "A"}, {10, "A"}}).size() == 2);
static_assert([] {
  element_list list = list_of({{10, "A"}});
  return list.add(10, "BC").error() == failure{errc::ai_repeated, 0, 2, {}} && list.size() == 1;
}());

// which elements need or exclude each other
static_assert(wrong({{1, gtin}, {10, "A"}, {21, "1"}, {17, "261231"}}) == errc{});
static_assert(wrong({{10, "A"}}) == errc::ai_missing && wrong({{21, "1"}}) == errc::ai_missing);
static_assert(wrong({{21, "1"}, {2, gtin}, {37, "5"}, {0, "106141411234567897"}}) == errc::ai_missing);
static_assert(wrong({{2, gtin}, {37, "5"}, {0, "106141411234567897"}, {10, "A"}}) == errc{});
static_assert(wrong({{2, gtin}}) == errc::ai_missing && wrong({{37, "5"}, {2, gtin}}) == errc::ai_missing);
static_assert(wrong({{1, gtin}, {2, gtin}}) == errc::ai_excluded && wrong({{2, gtin}, {1, gtin}}) == errc::ai_excluded);
static_assert(wrong({{1, gtin}, {37, "5"}}) == errc::ai_excluded);
static_assert(wrong({{1, gtin}, {255, "1234567890128"}}) == errc::ai_excluded);
static_assert(wrong({{1, gtin}, {21, "1"}, {235, "X"}}) == errc::ai_excluded &&
              wrong({{1, gtin}, {235, "X"}}) == errc{});
static_assert(wrong({{8006, "095212345432130102"}, {10, "A"}, {21, "1"}}) == errc{});
static_assert(wrong({{1, gtin}, {21, "1"}, {250, "2"}}) == errc{} &&
              wrong({{1, gtin}, {250, "2"}}) == errc::ai_missing);
static_assert(wrong({{1, gtin}, {3101, "000001"}}) == errc{} &&
              wrong({{1, gtin}, {3101, "000001"}, {3102, "000001"}}) == errc::ai_excluded);
static_assert(wrong({{1, gtin}, {3101, "000001"}, {3201, "000001"}}) == errc{});
static_assert(wrong({{1, gtin}, {3922, "100"}, {3101, "000001"}}) == errc{} &&
              wrong({{1, gtin}, {3922, "100"}}) == errc::ai_missing);
static_assert(wrong({{8018, "106141411234567897"}, {8017, "106141411234567897"}}) == errc::ai_excluded);
static_assert(wrong({{90, "X"}, {400, "PO"}}) == errc{});

TEST_CASE("a missing companion is named, at the position of the element that needs it", "[gs1]") {
  element_list list;
  REQUIRE(list.add(*gs1::application_identifier::find(7004), "12", 5));
  CHECK(check_associations(list).error() == fail(errc::ai_missing, 5, 4, "01").value());
}

TEST_CASE("a list has room for the contents of a barcode, and reports when it is full", "[gs1]") {
  element_list list;
  for (int i = 0; i < 64; ++i) REQUIRE(list.add(90, "A"));
  CHECK(list.add(90, "A").error() == failure{errc::text_too_long, 0, 1, {}});
  element_list bytes;
  for (int i = 0; i < 11; ++i) REQUIRE(bytes.add(99, std::string(90, 'A')));
  CHECK(bytes.add(99, std::string(90, 'A')).error() == failure{errc::text_too_long, 0, 90, {}});
  CHECK(bytes.add(90, std::string(30, 'A')));
  CHECK(bytes.size() == 12);
}

TEST_CASE("a list owns its values", "[gs1]") {
  std::string lot = "ABC";
  element_list list;
  REQUIRE(list.add(10, lot));
  lot = "???";
  const element_list copy = list;
  list = {};
  CHECK(copy.find(10) == "ABC");
}
