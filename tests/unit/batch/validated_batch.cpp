#include <tallymark/batch/validated_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <type_traits>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/template_batch.hpp>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

// the rule of the sample plug-in of the reference system
struct begins_with_b {
  constexpr result<opinion> operator()(std::string_view code) const {
    if (!code.starts_with('B')) return fail(errc::refused_by_rule, 0, 1);
    return opinion::none;
  }
};
struct legacy {
  constexpr result<opinion> operator()(std::string_view code) const {
    return code.starts_with("OLD") ? opinion::yes : opinion::none;
  }
};
struct at_most {
  std::size_t bytes;
  constexpr result<opinion> operator()(std::string_view code) const {
    if (code.size() > bytes) return fail(errc::text_too_long, bytes, code.size() - bytes);
    return opinion::yes;
  }
};

constexpr fixed_clock new_year{{2027, 1, 1}};
using dated = date_batch<fixed_clock>;

template <class P>
struct written {
  std::string code = "<";
  result<void> outcome{};
  explicit written(const P& policy, batch_counters counters = {}) {
    outcome = format_batch(policy, code, no_record{}, counters);
  }
};

}  // namespace

static_assert(batch_policy_for<validated_batch<date_batch<>, legacy>, no_record>);
static_assert(batch_policy_for<validated_batch<pattern_batch<"{sequence}">, legacy>, no_record>);
static_assert(std::is_empty_v<validated_batch<date_batch<>, legacy, begins_with_b>>);
static_assert(validated_batch<date_batch<>, begins_with_b>{}.validate("B1").has_value());
static_assert(validated_batch<date_batch<>, begins_with_b>{}.validate("X1").error() ==
              failure{errc::refused_by_rule, 0, 1});
static_assert(validated_batch<date_batch<>, legacy, begins_with_b>{}.validate("OLD").has_value());
static_assert(validated_batch<date_batch<>>{}.validate("anything").has_value());
static_assert(validated_batch(date_batch<>{}).validate("anything").has_value());
static_assert(sizeof(validated_batch(date_batch<>{}, at_most{3})) == sizeof(at_most));

TEST_CASE("a batch code must pass the rules", "[batch]") {
  const validated_batch<dated, begins_with_b> policy;
  CHECK(validate_batch(policy, " B7 ").value() == "B7");
  CHECK(validate_batch(policy, " X234").error() == failure{errc::refused_by_rule, 1, 1});
  CHECK(validate_batch(policy, "B\n7").error().code == errc::control_character);
}

TEST_CASE("a code that the base writes must pass the rules too", "[batch]") {
  const written refused(validated_batch(dated{new_year}, begins_with_b{}));
  CHECK(refused.outcome.error() == failure{errc::refused_by_rule, 0, 0});
  CHECK(refused.code == "<");
  const written accepted(
      validated_batch(pattern_batch<"B{year}-{sequence:02}", fixed_clock>{new_year}, begins_with_b{}));
  CHECK(accepted.code == "<B2027-01");
}

TEST_CASE("nested rules: those of the base come first", "[batch]") {
  const validated_batch<validated_batch<dated, begins_with_b>, legacy> inside;
  CHECK(validate_batch(inside, "OLD").error().code == errc::refused_by_rule);
  const validated_batch<dated, legacy, begins_with_b> beside;
  CHECK(validate_batch(beside, "OLD").value() == "OLD");
}

TEST_CASE("rules with a state", "[batch]") {
  const validated_batch policy(dated{new_year}, at_most{3});
  CHECK(validate_batch(policy, "1234").error() == failure{errc::text_too_long, 3, 1});
  CHECK(validate_batch(policy, "123").value() == "123");
}

TEST_CASE("the rules are not asked about an empty code, and a failure of the base is passed on", "[batch]") {
  const validated_batch<template_batch<>, begins_with_b> none;
  CHECK(written(none).outcome.has_value());
  CHECK(written(none).code == "<");
  const validated_batch unknown(*template_batch<>::parse("{{ x }}"), begins_with_b{});
  CHECK(written(unknown).outcome.error() == failure{errc::unknown_field, 3, 1});
}
