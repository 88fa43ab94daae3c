#include <tallymark/ext/result.hpp>

#include <tallymark/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using namespace tallymark;

namespace {

constexpr result<int> half(int of) {
  if (of % 2 != 0) return fail(errc::not_a_number, 1, 2);
  return of / 2;
}

constexpr result<void> even(int of) {
  if (const auto halved = half(of); !halved) return unexpected<failure>(halved.error());
  return {};
}

}  // namespace

static_assert(half(4) == 2);
static_assert(half(3).error() == failure{errc::not_a_number, 1, 2});
static_assert(even(4).has_value());
static_assert(!even(3));

TEST_CASE("a result is a value or a failure", "[ext]") {
  CHECK(half(6).value() == 3);
  CHECK(half(7).error().code == errc::not_a_number);
  CHECK(half(7).value_or(9) == 9);
  result<std::string> text = std::string("abc");
  CHECK(std::move(text).value() == "abc");
}
