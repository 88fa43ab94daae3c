// Batch or lot numbers of trade items: AI 10.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/gs1/detail/serial_text.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/policy/chain.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

/// Validator: refuses what AI 10 and AI 21 of GS1 cannot hold. Errors: empty_text, text_too_long, wrong_character.
/// O(length).
struct gs1_text {
  [[nodiscard]] constexpr result<opinion> operator()(std::string_view text) const {
    if (const auto checked = gs1::detail::validate_serial_text(text); !checked)
      return unexpected<failure>(checked.error());
    return opinion::none;
  }
};

namespace detail {

// Writes no codes, so that codes from outside are only validated.
struct lot_default {
  using policy_slot = batch_slot;
  constexpr void format(std::string&) const {}
};

}  // namespace detail

/// Batch policy: codes are written by Base, if there is one, and every code is what AI 10 of GS1 can hold, 1 to 20
/// characters of set 82 (GS1 Barcode Syntax Dictionary, AI 10), and passes the rules of Base.
template <class Base = detail::lot_default>
class gs1_lot {
  // a placeholder type, so that one mistake gives one error
  static constexpr bool has_base = fills<Base, batch_slot>;
  using policy = std::conditional_t<has_base, Base, detail::lot_default>;

 public:
  using policy_slot = batch_slot;

  /// Default-constructs Base.
  constexpr gs1_lot()
    requires std::default_initializable<policy>
  = default;

  /// Uses this policy as Base.
  constexpr explicit gs1_lot(policy base) : base_(std::move(base)) {}

  /// Appends the code of Base. Errors: those of Base, and the refusal of the code that it wrote; without a
  /// position, since the code was generated. The complexity is that of Base.
  template <class Record>
    requires(!has_base || batch_policy_for<Base, Record>)
  [[nodiscard]] constexpr result<void> format(std::string& out, const Record& record, batch_counters& counters) const {
    return format_valid_batch(base_, out, record, counters, [this](std::string_view code) { return validate(code); });
  }

  /// Applies the rule of AI 10, then the rules of Base. Errors: empty_text, text_too_long, wrong_character; those of
  /// Base. O(length).
  [[nodiscard]] constexpr result<void> validate(std::string_view code) const {
    if (const auto checked = gs1::detail::validate_serial_text(code); !checked) return checked;
    if constexpr (requires {
                    { base_.validate(code) } -> std::same_as<result<void>>;
                  })
      return base_.validate(code);
    return {};
  }

 private:
  [[no_unique_address]] policy base_{};

  // last, since Clang leaves out what follows an assertion that failed: one mistake, one error
  static_assert(has_base,
                "tallymark::gs1_lot: this type is not a batch policy. Name the policy that writes the codes, as in "
                "gs1_lot<date_batch<>>, or none");
};

template <class Base>
gs1_lot(Base) -> gs1_lot<Base>;

}  // namespace tallymark
