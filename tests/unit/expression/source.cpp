#include <tallymark/expression/source.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "../../support/compile_time.hpp"
#include "expand.hpp"

using namespace tallymark;

namespace {

struct not_quite {
  result<serial_number> start(std::string&) const { return fail(errc::exhausted); }
  bool occupancy(const serial_number&) const { return false; }
};

constexpr bool is_stretch(stretch actual, bool taken, std::uint64_t length) {
  return actual.taken == taken && actual.length == length;
}

std::string start_after(std::string_view latest) {
  std::string storage;
  const auto actual = after_latest(by_text, latest).start(storage);
  return actual ? by_text.text(*actual) : std::string(message(actual.error().code));
}

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

}  // namespace

static_assert(serial_source<after_latest<text_serial<>, step<1>>>);
static_assert(!serial_source<not_quite>);
static_assert(!serial_source<int>);
static_assert(is_stretch(after_latest(by_text).occupancy({{}, 1}), false, unlimited));
static_assert(is_stretch(after_latest(by_text, "SN-5").occupancy({{"SN-"}, 5}), true, 1));
STATIC_CHECK_WITH_STRING([] {
  std::string storage;
  return after_latest(by_text, " 41 ").start(storage) == serial_number{{}, 42};
}());

TEST_CASE("the search begins after the latest serial number", "[expression]") {
  CHECK(start_after("41") == "42");
  CHECK(start_after(" SN-099 ") == "SN-100");
  CHECK(start_after("99999999999999999999") == "100000000000000000000");
}

TEST_CASE("without a latest serial number the search begins at the first", "[expression]") {
  CHECK(start_after("") == "1");
  CHECK(start_after(" \t") == "1");
  constexpr after_latest nothing_issued(by_text);
  std::string storage;
  CHECK(nothing_issued.start(storage) == serial_number{{}, 1});
}

TEST_CASE("a latest serial number without a successor is an error", "[expression]") {
  CHECK(start_after("QQQ") == message(errc::no_counter));
  CHECK(start_after("a\nb") == message(errc::control_character));
  CHECK(start_after(std::string(101, 'x')) == message(errc::text_too_long));
  CHECK(start_after(std::string(100, '9')) == message(errc::exhausted));
}

TEST_CASE("only the latest serial number is taken", "[expression]") {
  constexpr after_latest source(by_text, "SN-5");
  CHECK(is_stretch(source.occupancy({{"SN-"}, 1}), false, 4));
  CHECK(is_stretch(source.occupancy({{"SN-"}, 5}), true, 1));
  CHECK(is_stretch(source.occupancy({{"SN-"}, 6}), false, unlimited));
  CHECK(is_stretch(source.occupancy({{"SN-", 3}, 5}), false, unlimited));
  CHECK(is_stretch(source.occupancy({{}, 5}), false, unlimited));
}
