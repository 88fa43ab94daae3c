#include <tallymark/batch/tissue_code.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include <tallymark/policy/traits.hpp>
#include <tallymark/record/codec.hpp>

using namespace tallymark;

namespace {

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}

//                                      01234567890123456789012345678901234567890
constexpr std::string_view some_code = "DE00123412345678ABCDE E000012300020301231";
constexpr tissue_code some{{"DE", "001234", "12345678ABCDE"}, {'E', "0000123", 0, on(2030, 12, 31)}};

struct bad_code {
  std::string_view text;
  errc code;
  std::size_t at;
  std::size_t length;
};
using enum errc;
constexpr std::array<bad_code, 22> bad_codes{{
    {"", not_a_batch, 0, 0},
    {"D", not_a_batch, 1, 0},
    {"D100123412345678ABCDE E000012300020301231", not_a_batch, 1, 1},
    {"de00123412345678ABCDE E000012300020301231", not_a_batch, 0, 1},
    {"DE00-23412345678ABCDE E000012300020301231", not_a_batch, 4, 1},
    {"DE00123412345678ABCDe E000012300020301231", not_a_batch, 20, 1},
    {"DE00123412345678ABCDE", not_a_batch, 21, 0},
    {"DE00123412345678ABCDE-E000012300020301231", not_a_batch, 21, 1},
    {"DE00123412345678ABCDEE000012300020301231", not_a_batch, 21, 1},
    {"DE00123412345678ABCDE  E00001230002030123", not_a_batch, 22, 1},
    {"DE00123412345678ABCDE C000012300020301231", not_a_batch, 22, 1},
    {"DE00123412345678ABCDE 1000012300020301231", not_a_batch, 22, 1},
    {"DE00123412345678ABCDE E0000_2300020301231", not_a_batch, 27, 1},
    {"DE00123412345678ABCDE E0000123.0020301231", not_a_batch, 30, 1},
    {"DE00123412345678ABCDE E000012300", not_a_batch, 32, 0},
    {"DE00123412345678ABCDE E0000123000", not_a_date, 33, 0},
    {"DE00123412345678ABCDE E0000123000203X1231", not_a_date, 36, 1},
    {"DE00123412345678ABCDE E000012300020301331", not_a_date, 37, 2},
    {"DE00123412345678ABCDE E000012300020300229", not_a_date, 39, 2},
    {"DE00123412345678ABCDE E000012300020300001", not_a_date, 37, 2},
    {"DE00123412345678ABCDE E00001230002030123", not_a_date, 40, 0},
    {"DE00123412345678ABCDE E0000123000203012311", not_a_batch, 41, 1},
}};
constexpr bool is_refused_there(const bad_code& bad) {
  const auto read = tissue_code::parse(bad.text);
  return !read && read.error() == result<void>(fail(bad.code, bad.at, bad.length)).error();
}

std::string text_of(const tissue_code& code) {
  std::string out = "<";
  const auto appended = code.append(out);
  if (!appended) CHECK(out == "<");
  return appended ? out.substr(1) : explain(appended.error(), "").substr(3);
}

}  // namespace

static_assert(some_code.size() == tissue_code::length);
static_assert(tissue_code::parse(some_code) == some);
static_assert((*tissue_code::parse("DE00123412345678ABCDE A000012301000000000")).product ==
              tissue_product{'A', "0000123", 36, std::nullopt});
static_assert(std::all_of(bad_codes.begin(), bad_codes.end(), is_refused_there));
static_assert(tissue_code::parse_donation("DE00123412345678ABCDE") == some.donation);
static_assert(tissue_code::parse_donation("DE00123412345678ABCDE ").error() == failure{errc::not_a_batch, 21, 1});
static_assert(tissue_code::parse_product("E000012300020301231") == some.product);
static_assert(tissue_code::parse_product("E00001230002030123x").error() == failure{errc::not_a_date, 18, 1});
static_assert(tissue_code::parse_product("E0000123000203012311").error() == failure{errc::not_a_batch, 19, 1});
static_assert(batch_policy_for<tissue_batch, no_record>);

TEST_CASE("a code for tissues and cells is read", "[batch]") {
  CHECK(tissue_code::parse(some_code) == some);
  for (const bad_code& bad : bad_codes) {
    CAPTURE(bad.text);
    CHECK(is_refused_there(bad));
  }
}

TEST_CASE("a code for tissues and cells is written if its fields are right", "[batch]") {
  CHECK(text_of(some) == some_code);
  const auto with = [](auto change) {
    tissue_code code = some;
    change(code);
    return text_of(code);
  };
  CHECK(with([](auto& code) { code.product.split = 46'655; }) == "DE00123412345678ABCDE E0000123ZZZ20301231");
  CHECK(with([](auto& code) { code.product.expiry.reset(); }) == "DE00123412345678ABCDE E000012300000000000");
  CHECK(with([](auto& code) { code.product.split = 46'656; }) == message(errc::sequence_exhausted));
  CHECK(with([](auto& code) { code.product.expiry = on(2030, 2, 29); }) == message(errc::not_a_date));
  CHECK(with([](auto& code) { code.product.expiry = on(10'000, 1, 1); }) == message(errc::not_a_date));
  CHECK(with([](auto& code) { code.donation.country = "D"; }) == message(errc::not_a_batch));
  CHECK(with([](auto& code) { code.donation.country = "DE0"; }) == message(errc::not_a_batch));
  CHECK(with([](auto& code) { code.product.system = 'e'; }) == message(errc::not_a_batch));
  // wrong lengths with the right sum
  CHECK(with([](auto& code) { code.donation.establishment = "00123", code.donation.donation = "412345678ABCDE"; }) ==
        message(errc::not_a_batch));
}

TEST_CASE("each piece has its split number", "[batch]") {
  const tissue_batch policy;
  std::string code, none;
  CHECK(validate_batch(policy, some_code).value() == some_code);
  CHECK(validate_batch(policy, "LOT-7").error() == failure{errc::not_a_batch, 3, 1});
  policy.format(none);
  CHECK(none.empty());
  CHECK(split_batch_code(policy, code, some_code, 1));
  CHECK(code == "DE00123412345678ABCDE E000012300120301231");
  const std::string first = code;
  code.clear();
  CHECK(split_batch_code(policy, code, first, 46'655));
  CHECK(code == "DE00123412345678ABCDE E0000123ZZZ20301231");
  CHECK(split_batch_code(policy, code, first, 46'656).error().code == errc::sequence_exhausted);
  CHECK(split_batch_code(policy, code, "LOT-7", 1).error() == failure{errc::not_a_batch, 3, 1});
}
