// Rules for batch codes, in addition to those of the policy that writes them.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/batch/date_batch.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/policy/chain.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

/// Batch policy: codes are written by Base, and every code, those that Base writes too, must pass its rules and then
/// these. The first validator that accepts or refuses decides; a code on which none decides is valid.
template <class Base, class... Validators>
class validated_batch {
  // placeholders, so that one mistake gives one error
  static constexpr bool has_base = fills<Base, batch_slot>;
  using policy = std::conditional_t<has_base, Base, date_batch<>>;
  using rules = std::conditional_t<has_base, chain<Validators...>, chain<>>;

 public:
  using policy_slot = batch_slot;

  /// Default-constructs Base and the validators.
  constexpr validated_batch()
    requires std::default_initializable<policy> && std::default_initializable<rules>
  = default;

  /// Uses this policy as Base, with these validators.
  constexpr explicit validated_batch(policy base, Validators... validators)
      : base_(std::move(base)), rules_(std::move(validators)...) {}

  /// Appends the code of Base. Errors: those of Base, and the refusal of the code that it wrote, without a position,
  /// since the code was generated. The complexity is that of Base and
  /// the validators.
  template <class Record>
    requires(!has_base || batch_policy_for<Base, Record>)
  [[nodiscard]] constexpr result<void> format(std::string& out, const Record& record, batch_counters& counters) const {
    return format_valid_batch(base_, out, record, counters, [this](std::string_view code) { return validate(code); });
  }

  /// Applies the rules of Base, if it has any, then the validators. Errors: that of the rule that refuses.
  [[nodiscard]] constexpr result<void> validate(std::string_view code) const {
    if constexpr (requires { base_.validate(code); })
      if (const auto checked = base_.validate(code); !checked) return checked;
    return rules_(code);
  }

  /// The code of the n-th piece of a batch, if Base numbers pieces. Errors: those of Base.
  [[nodiscard]] constexpr result<void> split_code(std::string& out, std::string_view code, std::uint64_t n) const
    requires detail::splits_batches<policy>
  {
    return base_.split_code(out, code, n);
  }

 private:
  [[no_unique_address]] policy base_{};
  [[no_unique_address]] rules rules_{};

  // last, since Clang skips what follows a failed assertion: one mistake, one error
  static_assert(
      has_base,
      "tallymark::validated_batch: the first type is not a batch policy. Name the policy that writes the codes, "
      "then the validators: validated_batch<date_batch<>, my_rule>");
};

template <class Base, class... Validators>
validated_batch(Base, Validators...) -> validated_batch<Base, Validators...>;

}  // namespace tallymark
