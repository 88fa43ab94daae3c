#include <tallymark/record/codec.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

struct maker {
  std::string_view name;
  int country;
};
struct lot {
  std::string_view site;
  maker by;
  std::optional<maker> resold_by;
  const maker* shipped_by = nullptr;
  const lot* before = nullptr;
  std::optional<int> grade;
  [[nodiscard]] constexpr int site_length() const { return static_cast<int>(site.size()); }
};
struct plain {
  int x;
};
using dictionary = std::map<std::string, std::string, std::less<>>;

}  // namespace

template <>
struct tallymark::record_traits<maker> {
  static constexpr std::array<std::string_view, 2> names{"name", "country"};
  static constexpr std::tuple members{&maker::name, &maker::country};
};
template <>
struct tallymark::record_traits<lot> {
  static constexpr std::array<std::string_view, 7> names{"site",   "by",    "resold_by",  "shipped_by",
                                                         "before", "grade", "site_length"};
  static constexpr std::tuple members{&lot::site,   &lot::by,    &lot::resold_by,  &lot::shipped_by,
                                      &lot::before, &lot::grade, &lot::site_length};
};

namespace {

constexpr maker acme{"acme", 49};
constexpr lot first{"HAM", acme, {}, nullptr, nullptr, {}};
constexpr lot second{"MUC", {"zeta", 1}, maker{"shop", 2}, &acme, &first, 3};

// The number that a name refers to; -1 if there is no such member, and -2 if it is not a number.
template <class Record>
constexpr int number_at(const Record& record, std::string_view path) {
  int seen = -1;
  const bool is_there = visit_member(record, path, [&]<class T>(const T& value) {
    if constexpr (std::is_same_v<T, int>)
      seen = value;
    else
      seen = -2;
  });
  return is_there ? seen : -1;
}

template <fixed_string Path>
constexpr int number_at(const lot& record) {
  int seen = -1;
  const bool is_there = visit_member<Path>(record, [&](int value) { seen = value; });
  return is_there ? seen : -1;
}

template <class T>
bool reads_back(const T& value) {
  std::string text;
  field_codec<T>::append(text, value);
  if constexpr (requires { field_codec<T>::max_length; })
    if (text.size() > field_codec<T>::max_length) return false;
  const auto parsed = field_codec<T>::parse(text);
  return parsed && *parsed == value;
}

template <class T>
constexpr bool refuses(std::string_view text, errc why, std::size_t at, std::size_t length) {
  const auto parsed = field_codec<T>::parse(text);
  return !parsed && parsed.error() == result<void>(fail(why, at, length)).error();
}

template <class T>
std::string spelled(const T& value) {
  std::string text = "<";
  field_codec<T>::append(text, value);
  return text;
}

}  // namespace

// ---- members

static_assert(adapted_record<lot> && adapted_record<const lot> && !adapted_record<plain> && !adapted_record<int>);
static_assert(!adapted_record<no_record> && member_names<no_record>.empty());
static_assert(member_index<maker>("country") == 1 && member_index<maker>("Country") == 2 &&
              member_index<plain>("x") == 0);
static_assert(member<1>(acme) == 49 && std::is_same_v<member_type<0, maker>, std::string_view>);
static_assert(std::is_same_v<decltype(member<1>(std::declval<maker&>())), int&>);

static_assert(number_at(second, "by.country") == 1 && number_at(second, "resold_by.country") == 2);
static_assert(number_at(second, "shipped_by.country") == 49 && number_at(second, "before.by.country") == 49);
static_assert(number_at(second, "site_length") == 3 && number_at(second, "site") == -2 &&
              number_at(second, "by") == -2);
static_assert(number_at(first, "resold_by.country") == -1 && number_at(first, "shipped_by.country") == -1);
static_assert(number_at(first, "shipped_by") == -1 && number_at(second, "shipped_by") == -2 &&
              number_at(first, "grade") == -2);
static_assert(number_at(second, "nothing") == -1 && number_at(second, "by.nothing") == -1 &&
              number_at(second, "") == -2);
static_assert(number_at(second, "by.country.more") == -1 && number_at(second, ".by") == -1 &&
              number_at(second, "by..name") == -1);
static_assert(number_at(plain{1}, "x") == -1 && number_at(no_record{}, "x") == -1);

static_assert(number_at<"by.country">(second) == 1 && number_at<"before.by.country">(second) == 49);
static_assert(number_at<"before.before.by.country">(second) == -1 && number_at<"resold_by.country">(first) == -1);
static_assert(std::is_same_v<member_type_at<lot, "before.shipped_by.name">, std::string_view>);
static_assert(std::is_same_v<member_type_at<lot, "by">, maker> &&
              std::is_same_v<member_type_at<lot, "shipped_by">, maker>);
static_assert(std::is_same_v<member_type_at<lot, "grade">, std::optional<int>>);
static_assert(std::is_void_v<member_type_at<lot, "nothing">> && std::is_void_v<member_type_at<lot, "by.nothing">>);
static_assert(std::is_void_v<member_type_at<lot, "site.size">> && std::is_void_v<member_type_at<lot, "">>);
static_assert(std::is_void_v<member_type_at<lot, ".">> && std::is_void_v<member_type_at<lot, "by.">>);
static_assert(std::is_void_v<member_type_at<no_record, "by">>);

static_assert(text_map<dictionary> && text_map<std::map<std::string, std::string_view, std::less<>>>);
static_assert(!text_map<std::map<std::string, int, std::less<>>> && !text_map<std::map<int, std::string>> &&
              !text_map<std::string>);

TEST_CASE("members are reached by name", "[record]") {
  CHECK(number_at(second, "before.by.country") == 49);
  CHECK(number_at<"before.by.country">(second) == 49);
  maker changed = acme;
  member<1>(changed) = 33;
  CHECK(changed.country == 33);
}

TEST_CASE("a map of texts is a record, and its keys may contain points", "[record]") {
  const dictionary map{{"part.ipn", "X-1"}};
  std::string seen;
  CHECK(visit_member(map, "part.ipn", [&](std::string_view text) { seen = text; }));
  CHECK(seen == "X-1");
  CHECK_FALSE(visit_member(map, "part", [&](std::string_view) { FAIL(); }));
  CHECK_FALSE(visit_member(map, "", [&](std::string_view) { FAIL(); }));
}

// ---- codecs

static_assert(field<int> && field<std::uint8_t> && field<std::string> && field<std::string_view> && field<bool> &&
              field<double>);
static_assert(field<std::optional<int>> && field<std::optional<std::optional<std::string>>>);
static_assert(!field<char> && !field<char8_t> && !field<void*> && !field<maker> && !field<std::optional<maker>> &&
              !field<long double>);

static_assert(field_codec<int>::parse("42") == 42 && field_codec<int>::parse(" -042\t") == -42 &&
              field_codec<int>::parse("+7") == 7);
static_assert(field_codec<std::int8_t>::parse("-128") == -128 && field_codec<std::int8_t>::parse("127") == 127);
static_assert(field_codec<std::uint64_t>::parse("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
static_assert(field_codec<std::int64_t>::parse("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
static_assert(field_codec<unsigned>::parse("-0") == 0U &&
              field_codec<int>::parse("00000000000000000000000000000001") == 1);
static_assert(refuses<int>("", errc::empty_text, 0, 0) && refuses<int>("  ", errc::empty_text, 0, 2));
static_assert(refuses<int>(" 4x2", errc::not_a_number, 2, 1) && refuses<int>(" -", errc::not_a_number, 1, 1));
static_assert(refuses<int>("--1", errc::not_a_number, 1, 1) && refuses<int>("1.0", errc::not_a_number, 1, 1));
static_assert(refuses<int>("4 2", errc::not_a_number, 1, 1) &&
              refuses<int>("99999999999999999999999x", errc::not_a_number, 23, 1));
static_assert(refuses<std::int8_t>(" 128", errc::bad_value, 1, 3) &&
              refuses<std::int8_t>("-129", errc::bad_value, 0, 4));
static_assert(refuses<std::uint64_t>("18446744073709551616", errc::bad_value, 0, 20));
static_assert(refuses<std::uint64_t>("184467440737095516150", errc::bad_value, 0, 21));
static_assert(refuses<unsigned>(" -1", errc::negative, 1, 2));
static_assert(refuses<std::uint64_t>("-99999999999999999999999", errc::negative, 0, 24));

static_assert(field_codec<bool>::parse("true") == true && field_codec<bool>::parse(" YES ") == true &&
              field_codec<bool>::parse("1") == true);
static_assert(field_codec<bool>::parse("False") == false && field_codec<bool>::parse("no") == false &&
              field_codec<bool>::parse("0") == false);
static_assert(refuses<bool>(" maybe", errc::bad_value, 1, 5) && refuses<bool>("", errc::empty_text, 0, 0));
static_assert(refuses<bool>("tru", errc::bad_value, 0, 3) && refuses<bool>("10", errc::bad_value, 0, 2));
static_assert(field_codec<std::string_view>::parse(" a ") == std::string_view(" a "));
STATIC_CHECK_WITH_STRING([] {
  std::string text;
  field_codec<int>::append(text, -42);
  field_codec<bool>::append(text, true);
  return text == "-42true";
}());

TEST_CASE("integers are read and written", "[record]") {
  CHECK(spelled(0) == "<0");
  CHECK(spelled(std::int8_t{-128}) == "<-128");
  CHECK(spelled(std::numeric_limits<std::uint64_t>::max()) == "<18446744073709551615");
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(),
                                   std::numeric_limits<std::int64_t>::max(), std::int64_t{1'000'000}})
    CHECK(reads_back(value));
  CHECK(refuses<int>("1" + std::string(1'000'000, '0'), errc::bad_value, 0, 1'000'001));
  CHECK(refuses<int>(std::string_view("1\0"
                                      "2",
                                      3),
                     errc::not_a_number, 1, 1));
}

TEST_CASE("floating-point numbers are read and written, and other texts are refused", "[record]") {
  CHECK(spelled(0.1) == "<0.1");
  for (const double value : {0.0, -0.5, 0.1, 1e300, 5e-324, 123456789.125, -1.2345678901234567e-308})
    CHECK(reads_back(value));
  CHECK(reads_back(0.1F));
  CHECK(field_codec<double>::parse(" 1e3 ") == 1000.0);
  CHECK(refuses<double>(" 1e9999", errc::bad_value, 1, 6));
  CHECK(refuses<double>("1e-9999", errc::bad_value, 0, 7));
  CHECK(refuses<double>("nan", errc::not_a_number, 0, 3));
  CHECK(refuses<double>("inf", errc::not_a_number, 0, 3));
  CHECK(refuses<double>("-inf", errc::not_a_number, 0, 4));
  CHECK(refuses<double>("1,5", errc::not_a_number, 1, 1));
  CHECK(refuses<double>(" x", errc::not_a_number, 1, 1));
  CHECK(refuses<double>("", errc::empty_text, 0, 0));
  CHECK(refuses<float>("1e39", errc::bad_value, 0, 4));
}

TEST_CASE("a missing value is an empty text", "[record]") {
  CHECK(reads_back(std::optional<int>{}));
  CHECK(reads_back(std::optional<int>{7}));
  CHECK(field_codec<std::optional<int>>::parse("  ").value() == std::nullopt);
  CHECK(field_codec<std::optional<std::string>>::parse(" a").value() == " a");
  CHECK(refuses<std::optional<int>>(" x", errc::not_a_number, 1, 1));
}

TEST_CASE("text is kept unchanged", "[record]") {
  CHECK(reads_back(std::string(" a\n\xff")));
  CHECK(reads_back(std::string()));
}
