#include <tallymark/serial/detail/counter.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;
using detail::counter;

namespace {

using binary = counter<"01", 0>;
using wide_binary = counter<"01", 100>;
using decimal = counter<"0123456789", 0>;
using byte = counter<"0123456789", 0, 255>;
using bit = counter<"0123456789", 0, 1>;
using three = counter<"0123456789", 3>;

}  // namespace

static_assert(three::last == 999 && three::longest == 3);
static_assert(counter<"01", 63>::last == (std::uint64_t{1} << 63) - 1);
static_assert(counter<"01", 64>::last == max_ordinal && wide_binary::last == max_ordinal &&
              wide_binary::longest == 100);
static_assert(binary::longest == 64 && decimal::longest == 20 && byte::longest == 3 && bit::longest == 1);
static_assert(counter<"0123456789", 19>::last == 9'999'999'999'999'999'999U &&
              counter<"0123456789", 20>::last == max_ordinal);
static_assert(counter<"0123456789ABCDEF", 16>::last == max_ordinal &&
              counter<"0123456789ABCDEF", 15>::last == (std::uint64_t{1} << 60) - 1);

static_assert(decimal::parse("18446744073709551614", 0) == max_ordinal);
static_assert(decimal::parse("18446744073709551615", 0).error() == failure{errc::too_large, 0, 20});
static_assert(decimal::parse("99999999999999999999999", 0).error() == failure{errc::too_large, 0, 23});
static_assert(byte::parse("255", 0) == 255 && byte::parse("256", 0).error() == failure{errc::too_large, 0, 3});
static_assert(byte::parse("300", 0).error() == failure{errc::too_large, 0, 3} &&
              byte::parse("1000", 0).error().code == errc::too_large);
static_assert(bit::parse("1", 0) == 1 && bit::parse("2", 0).error().code == errc::too_large &&
              bit::parse("10", 0).error().code == errc::too_large);
static_assert(three::parse("--042", 2) == 42 && three::parse("999", 0) == 999);
static_assert(decimal::parse("007", 0).error() == failure{errc::not_a_serial, 0, 2});
static_assert(decimal::parse("000", 0).error() == failure{errc::not_a_serial, 0, 2});
static_assert(decimal::parse("0", 0) == 0);

static_assert(detail::is_prefix("") && detail::is_prefix("SN-") && detail::is_prefix("SN ") &&
              !detail::is_prefix(" SN"));
static_assert(!detail::is_prefix("a\n") && !detail::is_prefix("\xFF"));
static_assert(detail::is_distinct("abc") && !detail::is_distinct("abca") && detail::is_distinct(""));
static_assert(detail::is_printable("!~") && !detail::is_printable(" ") && !detail::is_printable("\x7F") &&
              !detail::is_printable("\xC3"));

TEST_CASE("the greatest values are read and written", "[serial]") {
  const auto written = []<class Counter>(Counter, std::uint64_t value) {
    std::string out;
    Counter::format(out, value);
    return out;
  };
  CHECK(written(binary{}, max_ordinal) == std::string(63, '1') + "0");
  CHECK(binary::parse(std::string(63, '1') + "0", 0) == max_ordinal);
  CHECK(binary::parse(std::string(64, '1'), 0).error() == failure{errc::too_large, 0, 64});
  CHECK(written(wide_binary{}, 5) == std::string(97, '0') + "101");
  CHECK(wide_binary::parse(std::string(97, '0') + "101", 0) == 5);
  CHECK(wide_binary::parse(std::string(100, '1'), 0).error() == failure{errc::too_large, 0, 100});
  CHECK(wide_binary::parse(std::string(36, '0') + std::string(64, '1'), 0).error().code == errc::too_large);
  CHECK(wide_binary::parse(std::string(36, '0') + std::string(63, '1') + "0", 0) == max_ordinal);
  CHECK(written(decimal{}, max_ordinal) == "18446744073709551614");
  CHECK(written(three{}, 0) == "000");
}
