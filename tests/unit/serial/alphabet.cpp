#include <tallymark/serial/alphabet.hpp>

#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../support/compile_time.hpp"

using namespace tallymark;

namespace {

// without the letters that look like digits, and without U
using crockford = alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 4>;
using hexadecimal = alphabet_serial<"0123456789ABCDEF">;
using lettered = alphabet_serial<"ABC", 2, "X-">;
using widest = alphabet_serial<
    R"(!"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~)">;

template <class Serial>
constexpr std::string written(std::uint64_t ordinal) {
  std::string out;
  Serial{}.format(out, ordinal);
  return out;
}

}  // namespace

static_assert(ordinal_serial_policy<crockford> && serial_policy<hexadecimal> && serial_policy<widest>);
static_assert(crockford{}.parse("000Z") == 31 && crockford{}.parse("0010") == 32 &&
              crockford::last() == 32 * 32 * 32 * 32 - 1);
static_assert(crockford{}.parse("00U1").error() == failure{errc::not_a_serial, 2, 1});
static_assert(crockford{}.parse("001").error() == failure{errc::wrong_width, 0, 3});
static_assert(crockford{}.parse("00001").error() == failure{errc::wrong_width, 0, 5});
static_assert(hexadecimal{}.parse("FF") == 255 && hexadecimal{}.parse("0") == 0);
static_assert(hexadecimal{}.parse("ff").error() == failure{errc::not_a_serial, 0, 1});
static_assert(hexadecimal{}.parse("0F").error() == failure{errc::not_a_serial, 0, 1});
static_assert(hexadecimal{}.parse("FFFFFFFFFFFFFFFE") == max_ordinal);
static_assert(hexadecimal{}.parse("FFFFFFFFFFFFFFFF").error() == failure{errc::too_large, 0, 16});
static_assert(lettered{}.parse("X-AA") == 0 && lettered{}.parse("X-CC") == 8 && lettered::last() == 8);
static_assert(lettered{}.parse("Y-AA").error() == failure{errc::not_a_serial, 0, 2});
static_assert(lettered{}.parse("X-AD").error() == failure{errc::not_a_serial, 3, 1});
static_assert(widest::last() == max_ordinal && widest{}.parse("\"!") == 94);
STATIC_CHECK_WITH_STRING(written<lettered>(5) == "X-BC");

TEST_CASE("counters are in base N", "[serial]") {
  CHECK(written<crockford>(0) == "0000");
  CHECK(written<crockford>(crockford::last()) == "ZZZZ");
  CHECK(written<hexadecimal>(255) == "FF");
  CHECK(written<hexadecimal>(max_ordinal) == "FFFFFFFFFFFFFFFE");
  CHECK(written<lettered>(8) == "X-CC");
  for (std::uint64_t i = 0; i <= 8; ++i) CHECK(lettered{}.parse(written<lettered>(i)) == i);
}

TEST_CASE("the widest alphabet has 94 symbols", "[serial]") {
  for (const std::uint64_t i :
       {std::uint64_t{0}, std::uint64_t{93}, std::uint64_t{94}, std::uint64_t{8835}, max_ordinal})
    CHECK(widest{}.parse(written<widest>(i)) == i);
  CHECK(widest{}.parse(" ").error() == failure{errc::not_a_serial, 0, 1});
  CHECK(widest{}.parse("~~~~~~~~~~~~").error() == failure{errc::too_large, 0, 12});
}
