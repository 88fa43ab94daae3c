#include <tallymark/batch/detail/code_reader.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

using namespace tallymark;
using detail::batch_piece_end;
using detail::code_reader;
using enum detail::batch_piece_end::kind;

namespace {

constexpr result<std::uint64_t> number(std::string_view text, batch_piece_end end) {
  return code_reader(text).number(end);
}
constexpr failure failed(errc code, std::size_t at, std::size_t size) {
  return result<void>(fail(code, at, size)).error();
}

}  // namespace

static_assert(number("0042x", {length, 4}) == 42U && number("42x", {digits, 0}) == 42U &&
              number("0", {digits, 0}) == 0U);
static_assert(number("042", {digits, 0}).error() == failed(errc::not_canonical, 0, 3));
static_assert(number("42", {length, 3}).error() == failed(errc::not_a_batch, 2, 0));
static_assert(number("4x2", {length, 3}).error() == failed(errc::not_a_batch, 1, 1));
static_assert(number("", {digits, 0}).error() == failed(errc::not_a_batch, 0, 0));
static_assert(number("99999999999999999999", {digits, 0}).error() == failed(errc::too_large, 0, 20));

TEST_CASE("a reader goes on where it stopped", "[batch]") {
  code_reader code("ab12-7xyz");
  CHECK(code.literal("ab"));
  CHECK(code.number({length, 2}).value() == 12);
  CHECK(code.integer() == "-7");
  CHECK(code.rest(1).value() == "xy");
  CHECK(code.literal("a").error() == failed(errc::not_a_batch, 8, 1));
  CHECK(code.rest(2).error() == failed(errc::not_a_batch, 9, 0));
}
