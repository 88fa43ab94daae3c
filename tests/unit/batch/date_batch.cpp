#include <tallymark/batch/date_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

#include <tallymark/policy/traits.hpp>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

constexpr std::string code_at(const civil_time& time) {
  std::string code = "<";
  date_batch{fixed_clock{time}}.format(code);
  return code;
}

}  // namespace

static_assert(batch_policy_for<date_batch<>, int> && std::is_empty_v<date_batch<>>);
static_assert(std::is_same_v<decltype(date_batch{fixed_clock{}}), date_batch<fixed_clock>>);
STATIC_CHECK_WITH_STRING(code_at({2026, 11, 23, 23, 59}) == "<2026-11-23");

TEST_CASE("the code is the date, appended", "[batch]") {
  CHECK(code_at({2026, 11, 23, 23, 59}) == "<2026-11-23");
  CHECK(code_at({2027, 1, 1}) == "<2027-01-01");
}

TEST_CASE("a broken clock gives an error, and appends nothing", "[batch]") {
  CHECK(code_at({1'234'567, 1'000, -1}).size() == 11);
}

TEST_CASE("the default is the local date", "[batch]") {
  std::string before, code, after;
  append_date(before, date_of(local_clock{}.now()));
  date_batch<>{}.format(code);
  append_date(after, date_of(local_clock{}.now()));
  CHECK((code == before || code == after));
  CHECK(validate_batch(date_batch<>{}, code).value() == code);
  CHECK(validate_batch(date_batch<>{}, "any other text").value() == "any other text");
}
