#include <tallymark/check/detail/steps.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

#include <tallymark/check/damm.hpp>

using namespace tallymark;

namespace {

static_assert(detail::is_alphabet("abc") && !detail::is_alphabet("aba") && !detail::is_alphabet("a b"));
static_assert(detail::values_of("ab")['b'] == 1 && detail::values_of("ab")['c'] == detail::no_symbol);
static_assert(detail::one_character("abc", 2).view() == "c");
static_assert((*detail::check_by_steps(damm{}, "572")).view() == "4");
static_assert((*detail::check_by_steps(damm{}, "572", 3)).view() == "4");

}  // namespace

TEST_CASE("a payload of a wrong length, or with wrong characters", "[check]") {
  CHECK(detail::check_by_steps(damm{}, "572", 2).error() == failure{errc::not_a_serial, 2, 1});
  CHECK(detail::check_by_steps(damm{}, "572", 5).error() == failure{errc::not_a_serial, 3, 0});
  CHECK(detail::check_by_steps(damm{}, "5x2", 5).error() == failure{errc::not_checkable, 1, 1});
  CHECK(detail::check_by_steps(damm{}, "5\xFF").error() == failure{errc::not_checkable, 1, 1});
  CHECK(detail::symbol_values<damm>['9'] == 9);
}
