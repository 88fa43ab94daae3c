#include <tallymark/serial/detail/pattern_reader.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

#include <tallymark/serial/detail/pattern_shape.hpp>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

using shape = pattern_shape<"{site}-{iso_year}W{iso_week}-{counter:04}/{line:02}{check:mod37_2(counter)}">;
using reader = pattern_reader<shape>;

template <fixed_string Pattern>
constexpr failure wrong_date(std::string_view text) {
  using dates = pattern_reader<pattern_shape<Pattern>>;
  const auto where = dates::read(text);
  const result<void> checked = where ? dates::check_dates(text, *where) : unexpected<failure>(where.error());
  return checked ? failure{} : checked.error();
}

}  // namespace

static_assert((*reader::read("A-2026W8-0001/07*")).piece("A-2026W8-0001/07*", shape::counter_at) == "0001");
static_assert((*reader::read("A-B-2026W18-0001/07*")).piece("A-B-2026W18-0001/07*", 0) == "A-B");
static_assert(reader::read("A-2026W8-0001/07").error() == failure{errc::check_missing, 16, 0});

static_assert(wrong_date<"{year}{month:02}{day:02}-{counter}">("20280229-1") == failure{});
static_assert(wrong_date<"{year}{month:02}{day:02}-{counter}">("20270229-1") == failure{errc::not_a_date, 6, 2});
static_assert(wrong_date<"{century}{yy}{day_of_year:03}-{counter}">("128366-1") == failure{});
static_assert(wrong_date<"{century}{yy}{day_of_year:03}-{counter}">("127366-1") == failure{errc::not_a_date, 3, 3});
static_assert(wrong_date<"{year}/{year}-{counter}">("2027/2026-1") == failure{errc::not_a_date, 5, 4});

TEST_CASE("a text is read as far as it can be", "[serial]") {
  const auto wrong_at = [](std::string_view text) { return reader::read(text).error().at; };
  CHECK(wrong_at("") == 0);
  CHECK(wrong_at("A-2026X8-0001/07*") == 6);
  CHECK(wrong_at("A-2026W8-00x1/07*") == 11);
  CHECK(wrong_at(std::string(100, '-')) > 0);  // without exponential time
}
