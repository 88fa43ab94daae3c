#include <tallymark/batch/split_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include <tallymark/batch/julian_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/template_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>

using namespace tallymark;

namespace {

constexpr fixed_clock new_year{{2027, 1, 1}};
using dated = split_batch<date_batch<fixed_clock>>;
using julian = split_batch<julian_batch<julian_format::yyddd, fixed_clock>, split_suffix<2, "0123456789">, "">;

struct no_slash {
  constexpr result<opinion> operator()(std::string_view code) const {
    if (code.find('/') != code.npos) return fail(errc::refused_by_rule, code.find('/'), 1);
    return opinion::none;
  }
};

template <class P>
std::string code_of(const P& policy) {
  std::string code = "<";
  batch_counters counters;
  const auto formatted = format_batch(policy, code, no_record{}, counters);
  return formatted ? code.substr(1) : code + std::string(message(formatted.error().code));
}
template <class P>
std::string piece_of(const P& policy, std::string_view code, std::uint64_t n) {
  std::string out = "<";
  const auto written = split_batch_code(policy, out, code, n);
  return written ? out.substr(1) : out + std::string(message(written.error().code));
}

}  // namespace

static_assert(batch_policy_for<split_batch<>, no_record> && std::is_empty_v<split_batch<>>);
static_assert(dated::piece("2027-01-01-000") == 0 && dated::piece("x-00Z") == 35);
static_assert(dated::piece("x-00z").error() == failure{errc::not_a_batch, 4, 1});
static_assert(dated::piece("x.001").error() == failure{errc::not_a_batch, 1, 1});
static_assert(dated::piece("-001").error() == failure{errc::not_a_batch, 0, 4});
static_assert(dated::piece("").error() == failure{errc::not_a_batch, 0, 0});
static_assert(julian::piece("2700107") == 7);

TEST_CASE("an item that was never split has the number 0", "[batch]") {
  CHECK(code_of(dated(date_batch{new_year})) == "2027-01-01-000");
  CHECK(code_of(julian({new_year})) == "2700100");
  CHECK(code_of(split_batch<template_batch<>>{}) == "");
}

TEST_CASE("a code needs room for its suffix", "[batch]") {
  const auto of_length = [](std::size_t length) {
    return split_batch<template_batch<>>(template_batch<>::parse(std::string(length, 'x')).value());
  };
  CHECK(code_of(of_length(96)) == std::string(96, 'x') + "-000");
  CHECK(code_of(of_length(97)) == "<" + std::string(message(errc::text_too_long)));
}

TEST_CASE("pieces are numbered, and pieces of pieces belong to the same batch", "[batch]") {
  CHECK(piece_of(dated{}, "L-7-000", 1) == "L-7-001");
  CHECK(piece_of(dated{}, "L-7-001", 2) == "L-7-002");
  CHECK(piece_of(dated{}, "L-7-001", 46'655) == "L-7-ZZZ");
  CHECK(piece_of(dated{}, "L-7-001", 46'656) == "<" + std::string(message(errc::sequence_exhausted)));
  CHECK(piece_of(dated{}, "L-7", 1) == "<" + std::string(message(errc::not_a_batch)));
  CHECK(piece_of(julian{}, "2700100", 12) == "2700112");
}

TEST_CASE("a code consists of a valid code and a suffix", "[batch]") {
  CHECK(validate_batch(dated{}, " L-7-001 ").value() == "L-7-001");
  CHECK(validate_batch(dated{}, "L-7").error() == failure{errc::not_a_batch, 0, 3});
  CHECK(validate_batch(dated{}, " L-7-0_1").error() == failure{errc::not_a_batch, 6, 1});
  const split_batch<validated_batch<date_batch<>, no_slash>> ruled;
  CHECK(validate_batch(ruled, "L/7-001").error() == failure{errc::refused_by_rule, 1, 1});
}

TEST_CASE("rules around it do not change the numbers", "[batch]") {
  const validated_batch<dated, no_slash> ruled;
  CHECK(validate_batch(ruled, "L/7-001").error() == failure{errc::refused_by_rule, 1, 1});
  CHECK(validate_batch(ruled, "L7-0").error().code == errc::not_a_batch);
  CHECK(piece_of(ruled, "L7-000", 3) == "L7-003");
  CHECK(piece_of(validated_batch<date_batch<>, no_slash>{}, "L7-000", 3) == "");
}

namespace {

// Appends a part of a code, and then throws.
struct throws {
  using policy_slot = batch_slot;
  void format(std::string& out) const {
    out += "half";
    throw std::runtime_error("no code");
  }
};

}  // namespace

TEST_CASE("an exception or a number that is too large does not change the text", "[batch]") {
  batch_counters counters;
  std::string code = "before";
  CHECK_THROWS_AS(split_batch<throws>{}.format(code, no_record{}, counters), std::runtime_error);
  CHECK(code == "before");
  CHECK(dated{}.split_code(code, "L-7-001", 46'656).error().code == errc::sequence_exhausted);
  CHECK(code == "before");
}
