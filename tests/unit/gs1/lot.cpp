#include <tallymark/gs1/lot.hpp>

#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>
#include <tallymark/calendar/clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;

namespace {

// writes the given text, and refuses zeros
struct fixed_lot {
  using policy_slot = batch_slot;
  std::string_view code;
  constexpr void format(std::string& out) const { out += code; }
  [[nodiscard]] constexpr result<void> validate(std::string_view text) const {
    if (const auto zero = text.find('0'); zero != text.npos) return fail(errc::refused_by_rule, zero, 1);
    return {};
  }
};

result<std::string> written(std::string_view code) {
  std::string out = "> ";
  batch_counters counters;
  const auto formatted = gs1_lot(fixed_lot{code}).format(out, 0, counters);
  if (!formatted) {
    CHECK(out == "> ");
    return unexpected<failure>(formatted.error());
  }
  return out;
}

}  // namespace

static_assert(batch_policy_for<gs1_lot<>, int> && batch_policy_for<gs1_lot<date_batch<>>, int>);
static_assert(validator<gs1_text>);
static_assert(gs1_lot<>{}.validate("ABC-123") && gs1_text{}("ABC").value() == opinion::none);
static_assert(gs1_lot<>{}.validate("ABC#").error() == failure{errc::wrong_character, 3, 1, {}});
static_assert(gs1_lot<>{}.validate("123456789012345678901").error() == failure{errc::text_too_long, 20, 1, {}});
static_assert(gs1_text{}("A B").error() == failure{errc::wrong_character, 1, 1, {}});
static_assert(gs1_lot(fixed_lot{}).validate("A0").error() == failure{errc::refused_by_rule, 1, 1, {}});
static_assert(validate_batch(gs1_lot<>{}, " A# ").error() == failure{errc::wrong_character, 2, 1, {}});

TEST_CASE("a lot is the code of its base, if AI 10 can hold it", "[gs1]") {
  CHECK(written("L1") == "> L1");
  CHECK(written("") == "> ");
  CHECK(written("L#").error() == failure{errc::wrong_character, 0, 0, {}});
  CHECK(written("123456789112345678911").error() == failure{errc::text_too_long, 0, 0, {}});
  CHECK(written("A0").error() == failure{errc::refused_by_rule, 0, 0, {}});
}

TEST_CASE("the default writes nothing, and a date can be a lot", "[gs1]") {
  std::string out;
  batch_counters counters;
  REQUIRE(gs1_lot<>{}.format(out, 0, counters));
  CHECK(out.empty());
  REQUIRE(gs1_lot<date_batch<>>{}.format(out, 0, counters));
  CHECK(out.size() == 10);
}

TEST_CASE("the rule can be part of a chain", "[gs1]") {
  const validated_batch<date_batch<>, gs1_text> policy;
  CHECK(policy.validate("ABC"));
  CHECK(policy.validate("A\"\\").error() == failure{errc::wrong_character, 2, 1, {}});
}
