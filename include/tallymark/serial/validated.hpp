// Validators for the texts of another serial policy.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/chain.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/serial/text.hpp>

namespace tallymark {

namespace detail {

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <class Base>
consteval bool assert_validated() {
  static_assert(
      serial_policy<Base>,
      "tallymark::validated_serial: the first type is not a serial policy. Write the policy that reads the serial "
      "numbers first, and the validators after it");
  return true;
}

}  // namespace detail

/// Serial policy: the texts that `Base` can read and that a chain of validators does not refuse. Issuing skips what the
/// validators refuse. A validator's yes ends the chain, but does not make a claimed serial number free.
template <class Base, class... Validators>
class validated_serial {
  static_assert(detail::assert_validated<Base>());

  // a placeholder, so that one mistake gives one error
  using policy = std::conditional_t<serial_policy<Base>, Base, text_serial<>>;
  using traits = serial_traits<policy>;
  using value = std::conditional_t<family_serial_policy<policy>, serial_number, std::uint64_t>;

 public:
  using policy_slot = serial_slot;
  static constexpr std::size_t max_length = traits::max_length;
  static constexpr bool normalises = traits::normalises;

  /// With a default-constructed policy and validators.
  constexpr validated_serial()
    requires std::default_initializable<policy> && std::default_initializable<chain<Validators...>>
  = default;

  /// With this policy as Base, and these validators.
  constexpr explicit validated_serial(policy base, Validators... validators)
    requires(sizeof...(Validators) > 0)
      : base_(std::move(base)), rules_(std::move(validators)...) {}

  /// Reads as Base does, then asks the validators. Errors: those of Base and of the validators. Complexity: that of
  /// Base and of the validators.
  [[nodiscard]] constexpr result<value> parse(std::string_view text) const {
    const auto parsed = base_.parse(text);
    if (!parsed) return parsed;
    if (const auto accepted = rules_(text); !accepted) return unexpected<failure>(accepted.error());
    return parsed;
  }

  /// Appends as Base does.
  constexpr void format(std::string& out, const value& serial) const { base_.format(out, serial); }

  /// The first serial number of Base.
  [[nodiscard]] constexpr auto first() const
    requires requires(const policy& base) { base.first(); }
  {
    return base_.first();
  }

  /// The greatest ordinal of a family.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const { return traits::last(base_, of); }

  /// The serial number after the last one of a family, if any.
  [[nodiscard]] constexpr std::optional<serial_number> carry(const family& full, std::string& storage) const {
    return traits::carry(base_, full, storage);
  }

  /// The layout of a family in Base.
  [[nodiscard]] constexpr std::optional<serial_layout> layout(const family& of) const {
    return traits::layout(base_, of);
  }

  /// The bytes of every text of a family, if Base states them; else 0.
  [[nodiscard]] constexpr std::size_t text_length(const family& of) const
    requires requires(const policy& base) { base.text_length(of); }
  {
    return base_.text_length(of);
  }

  /// Writes as Base does, if Base has a write of its own; see serial_traits::write.
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const
    requires requires(const policy& base) { base.write(out, of, first, count, separator); }
  {
    base_.write(out, of, first, count, separator);
  }

  /// The serial number at which Base continues. The validators are asked in `accepts`.
  template <class Record>
    requires(traits::template issues<Record>)
  [[nodiscard]] constexpr result<serial_number> issue(const Record& record, const serial_number* latest,
                                                      std::string& storage) const {
    return traits::issue(base_, record, latest, storage);
  }

  /// Whether Base and the validators accept a serial number for issuing. It is asked for each one. O(length), and what
  /// they do.
  [[nodiscard]] constexpr bool accepts(const serial_number& serial) const {
    std::string text;
    traits::format(base_, text, serial);
    return traits::accepts(base_, serial) && rules_(text).has_value();
  }

 private:
  [[no_unique_address]] policy base_{};
  [[no_unique_address]] chain<Validators...> rules_{};
};

template <class Base, class... Validators>
validated_serial(Base, Validators...) -> validated_serial<Base, Validators...>;

}  // namespace tallymark
