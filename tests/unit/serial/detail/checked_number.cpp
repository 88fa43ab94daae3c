#include <tallymark/serial/detail/checked_number.hpp>

#include <tallymark/check/gs1.hpp>
#include <tallymark/check/weighted.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

// EAN-8 of a country, and ISSN written with a hyphen
using short_number = detail::checked_number<gs1_mod10, 7, "40", 4'000'000, 4'099'999, detail::hyphenation{}>;
using hyphenated = detail::checked_number<issn_mod11, 7, "", 0, 9'999'999, detail::hyphenation{4, true}>;

template <class Policy>
std::string spelled(std::uint64_t ordinal) {
  std::string out;
  Policy{}.format(out, ordinal);
  return out;
}

}  // namespace

static_assert(detail::is_digits("012") && detail::is_digits("") && !detail::is_digits("1-2"));
static_assert(detail::numbers_with<"978", 12>::first == 978'000'000'000 &&
              detail::numbers_with<"978", 12>::last == 978'999'999'999);
static_assert(detail::numbers_with<"", 7>::first == 0 && detail::numbers_with<"", 7>::last == 9'999'999);
static_assert(short_number{}.parse("40170725") == 4'017'072 && short_number{}.parse("4017 072-5") == 4'017'072);
static_assert(short_number{}.parse("41170725").error().at == 1 &&
              short_number{}.parse("41170725").error().right() == "0");
static_assert(short_number::first() == 4'000'000 && hyphenated::first() == 1);

TEST_CASE("numbers are written with their check character", "[serial]") {
  CHECK(spelled<short_number>(4'017'072) == "40170725");
  CHECK(spelled<hyphenated>(2'434'561) == "2434-561X");
  CHECK(not_there_and_back(short_number{}, {}, short_number::first()) == std::nullopt);
  CHECK(not_written_in_bulk(short_number{}, {}, {4'000'000, 4'009'995, 4'099'990}) == std::nullopt);
  CHECK(not_written_in_bulk(hyphenated{}, {}, {0, 995, 9'998'000}) == std::nullopt);
}
