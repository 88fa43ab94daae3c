#include <tallymark/serial/prefixed.hpp>

#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/traits.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../support/compile_time.hpp"

using namespace tallymark;

namespace {

using six = prefixed_serial<"SN-", 6>;
using growing = prefixed_serial<"SN-">;

template <class Serial>
constexpr std::string written(std::uint64_t ordinal) {
  std::string out;
  Serial{}.format(out, ordinal);
  return out;
}

}  // namespace

static_assert(ordinal_serial_policy<six> && serial_policy<six> && serial_policy<growing>);
static_assert(six{}.parse("SN-000042") == 42 && six{}.parse("SN-000000") == 0 && six{}.parse("SN-999999") == 999'999);
static_assert(six{}.parse("SM-000042").error() == failure{errc::not_a_serial, 0, 3});
static_assert(six{}.parse("S").error() == failure{errc::not_a_serial, 0, 1});
static_assert(six{}.parse("").error() == failure{errc::not_a_serial, 0, 0});
static_assert(six{}.parse("SN-0000x2").error() == failure{errc::not_a_serial, 7, 1});
static_assert(six{}.parse("SN-").error() == failure{errc::wrong_width, 3, 0});
static_assert(six{}.parse("SN-00042").error() == failure{errc::wrong_width, 3, 5});
static_assert(six{}.parse("SN-0000042").error() == failure{errc::wrong_width, 3, 7});
static_assert(six{}.parse("SN-00x").error() == failure{errc::not_a_serial, 5, 1});
static_assert(six::last() == 999'999 && prefixed_serial<"", 18>::last() == 999'999'999'999'999'999U);
static_assert(growing{}.parse("SN-42") == 42 && growing{}.parse("SN-0") == 0);
static_assert(growing{}.parse("SN-042").error() == failure{errc::not_a_serial, 3, 1});
static_assert(growing{}.parse("SN-").error() == failure{errc::not_a_serial, 3, 0});
static_assert(growing{}.parse("SN-18446744073709551615").error() == failure{errc::too_large, 3, 20});
static_assert(growing::last() == max_ordinal);
static_assert(prefixed_serial<"", 3>{}.parse("007") == 7);
static_assert(prefixed_serial<"7", 2>{}.parse("707") == 7);  // a prefix of digits is separated by its length
STATIC_CHECK_WITH_STRING(written<six>(42) == "SN-000042" && written<growing>(42) == "SN-42");

TEST_CASE("a counter of a fixed width has exactly that number of digits", "[serial]") {
  CHECK(written<six>(0) == "SN-000000");
  CHECK(written<six>(999'999) == "SN-999999");
  CHECK(six{}.parse("SN-999999") == 999'999);
  CHECK(six{}.parse("sn-000001").error() == failure{errc::not_a_serial, 0, 3});
  CHECK(six{}.parse("SN-1000000").error() == failure{errc::wrong_width, 3, 7});
}

TEST_CASE("a counter of width 0 grows", "[serial]") {
  CHECK(written<growing>(9) == "SN-9");
  CHECK(written<growing>(10) == "SN-10");
  CHECK(written<growing>(max_ordinal) == "SN-18446744073709551614");
  CHECK(growing{}.parse("SN-18446744073709551614") == max_ordinal);
}

TEST_CASE("a prefix may be any text", "[serial]") {
  using umlaut = prefixed_serial<"M\xC3\xBCller ", 3>;
  CHECK(written<umlaut>(7) == "M\xC3\xBCller 007");
  CHECK(umlaut{}.parse("M\xC3\xBCller 007") == 7);
  CHECK(serial_traits<umlaut>::parse({}, "  M\xC3\xBCller 007 ") == serial_number{{}, 7});
  CHECK(umlaut{}.parse("M").error() == failure{errc::not_a_serial, 0, 1});
}
