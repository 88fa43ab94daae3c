// Rules on top of another serial policy.
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

// A mistake is said in a function: a class with a failed assertion in it would be invalid and cause further errors.
template <class Base>
consteval bool check_validated() {
  static_assert(
      serial_policy<Base>,
      "tallymark::validated_serial: the first type is not a serial policy. Write the policy that reads the serial "
      "numbers first, and the validators after it");
  return true;
}

}  // namespace detail

/// Serial policy: what `Base` can read and a chain of validators does not refuse. What the validators refuse is left
/// out when counting, too. A validator's yes ends the chain; that a serial number is free is checked all the same.
template <class Base, class... Validators>
class validated_serial {
  static_assert(detail::check_validated<Base>());

  // a stand-in, so that one mistake gives one error
  using policy = std::conditional_t<serial_policy<Base>, Base, text_serial<>>;
  using traits = serial_traits<policy>;
  using value = std::conditional_t<family_serial_policy<policy>, serial_number, std::uint64_t>;

 public:
  using policy_slot = serial_slot;
  static constexpr std::size_t max_length = traits::max_length;
  static constexpr bool normalises = traits::normalises;

  /// With a policy and validators that need no values.
  constexpr validated_serial()
    requires std::default_initializable<policy> && std::default_initializable<chain<Validators...>>
  = default;

  /// On top of this policy, with these validators.
  constexpr explicit validated_serial(policy base, Validators... validators)
    requires(sizeof...(Validators) > 0)
      : base_(std::move(base)), rules_(std::move(validators)...) {}

  /// Reads as Base does, then asks the validators. Errors: those of Base and of the validators. O(what they do).
  [[nodiscard]] constexpr result<value> parse(std::string_view text) const {
    const auto parsed = base_.parse(text);
    if (!parsed) return parsed;
    if (const auto checked = rules_(text); !checked) return unexpected<failure>(checked.error());
    return parsed;
  }

  /// Appends as Base does.
  constexpr void format(std::string& out, const value& serial) const { base_.format(out, serial); }

  /// What Base begins with.
  [[nodiscard]] constexpr auto first() const
    requires requires(const policy& base) { base.first(); }
  {
    return base_.first();
  }

  /// The greatest ordinal of a family.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const { return traits::last(base_, of); }

  /// What follows the last of a family.
  [[nodiscard]] constexpr std::optional<serial_number> carry(const family& full, std::string& storage) const {
    return traits::carry(base_, full, storage);
  }

  /// How Base spells a family.
  [[nodiscard]] constexpr std::optional<serial_layout> layout(const family& of) const {
    return traits::layout(base_, of);
  }

  /// The bytes of every text of a family, if Base tells.
  [[nodiscard]] constexpr std::size_t text_length(const family& of) const
    requires requires(const policy& base) { base.text_length(of); }
  {
    return base_.text_length(of);
  }

  /// Writes as Base does, if its texts are not what a layout tells; see serial_traits::write.
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const
    requires requires(const policy& base) { base.write(out, of, first, count, separator); }
  {
    base_.write(out, of, first, count, separator);
  }

  /// With what Base goes on. The validators are asked when counting.
  template <class Record>
    requires(traits::template issues<Record>)
  [[nodiscard]] constexpr result<serial_number> issue(const Record& record, const serial_number* latest,
                                                      std::string& storage) const {
    return traits::issue(base_, record, latest, storage);
  }

  /// Whether the validators let a serial number be issued: asked for each when counting. O(length and what they do).
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
