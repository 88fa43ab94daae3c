// Check characters after the texts of another serial policy.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/check_filler.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/serial/detail/checkable.hpp>
#include <tallymark/serial/text.hpp>

namespace tallymark {

namespace detail {

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <class Base, class Check>
consteval bool assert_checked() {
  static_assert(
      serial_policy<Base>,
      "tallymark::checked_serial: the first type is not a serial policy. Write the policy that makes the text "
      "before the check characters first, and the check after it");
  static_assert(
      check_policy<Check> || !serial_policy<Base>,
      "tallymark::checked_serial: the second type is not a check. Write one with symbols, length and a call, such as "
      "tallymark::luhn or tallymark::iso7064_mod37_2");
  if constexpr (serial_policy<Base> && check_policy<Check>) {
    constexpr bool within = requires { Check::position; };
    static_assert(!within,
                  "tallymark::checked_serial: this check is within the text, not at its end. Write the policy of that "
                  "format, or pattern_serial with a check in its place");
    if constexpr (!within) {
      static_assert(
          checkable_v<Base, Check> != checkable::unknown_character,
          "tallymark::checked_serial: the serial policy writes a character that the check does not know. Write a "
          "check that knows it, such as tallymark::iso7064_mod37_2 for digits and capital letters, or pattern_serial "
          "with a check over the counter alone");
      static_assert(
          checkable_v<Base, Check> != checkable::no_payload,
          "tallymark::checked_serial: the serial policy writes texts that this check is not for. Write a prefix and "
          "a width with which all texts are payloads of the check");
      static_assert(
          checkable_v<Base, Check> != checkable::too_long,
          "tallymark::checked_serial: the text and its check characters exceed 100 bytes. Write a shorter prefix "
          "or a smaller width");
    }
  }
  return true;
}

template <class Base, class Check>
inline constexpr bool can_be_checked = [] {
  if constexpr (serial_policy<Base> && check_policy<Check>)
    if constexpr (!requires { Check::position; })
      return checkable_v<Base, Check> == checkable::yes || checkable_v<Base, Check> == checkable::unknown;
  return false;
}();

}  // namespace detail

/// Serial policy: the text of `Base`, followed by the check characters that `Check` computes for it. The family and the
/// ordinal are those of `Base`. Where `Base` normalises, the check covers the spelling that it issues.
template <class Base, class Check>
class checked_serial {
  static_assert(detail::assert_checked<Base, Check>());

  // placeholders, so that one mistake gives one error
  static constexpr bool good = detail::can_be_checked<Base, Check>;
  using policy = std::conditional_t<good, Base, text_serial<>>;
  using check = std::conditional_t<good, Check, luhn>;
  using traits = serial_traits<policy>;
  using value = std::conditional_t<family_serial_policy<policy>, serial_number, std::uint64_t>;

  static constexpr std::size_t limit = std::max(max_text, traits::max_length);
  static constexpr bool always_fits = traits::max_length + check::length <= limit;
  static constexpr bool can_end_in_blank = detail::makes_blank<check>;

  // the bytes of a layout of which only the lengths are used
  static constexpr auto placeholder = [] {
    std::array<char, limit + check::length> zeros{};
    zeros.fill('0');
    return zeros;
  }();

 public:
  using policy_slot = serial_slot;
  static constexpr std::size_t max_length = std::min(traits::max_length + check::length, limit);
  static constexpr bool parses_within_last = true;
  static constexpr bool normalises = traits::normalises;

  /// With a default-constructed policy and check.
  constexpr checked_serial()
    requires std::default_initializable<policy>
  = default;

  /// With this policy as Base.
  constexpr explicit checked_serial(policy base, check = {}) : base_(std::move(base)) {}

  /// Reads the text before the check characters as Base does, then compares the check characters. Errors: check_missing
  /// with the right ones, if Base reads the whole text but not the part before the check characters, or if there is no
  /// such part; those of Base; those of the check; wrong_check over the check characters, with the right ones.
  /// O(length), and what Base does.
  [[nodiscard]] constexpr result<value> parse(std::string_view text) const {
    if (text.size() <= check::length) return missing(text);
    const std::size_t at = text.size() - check::length;
    const result<value> parsed = read(text.substr(0, at));
    if (!parsed) {
      if (const auto whole = read(text); whole && parsed.error().code != errc::refused_by_rule)
        if (const auto right = check_of(text, *whole))
          return fail(errc::check_missing, text.size(), 0, (*right).view());
      return parsed;
    }
    const auto right = check_of(text.substr(0, at), *parsed);
    if (!right) return unexpected<failure>(right.error());
    if ((*right).view() != text.substr(at)) return fail(errc::wrong_check, at, check::length, (*right).view());
    return parsed;
  }

  /// Appends as Base does, then the check characters; none after a text that the check refuses, as parse does.
  /// O(length).
  constexpr void format(std::string& out, const value& serial) const {
    const std::size_t begin = out.size();
    base_.format(out, serial);
    if (const auto right = check{}(std::string_view(out).substr(begin))) out += (*right).view();
  }

  /// The first serial number of Base.
  [[nodiscard]] constexpr auto first() const
    requires requires(const policy& base) { base.first(); }
  {
    return base_.first();
  }

  /// The greatest ordinal of a family: that of Base, if there is room for the check characters after it. 0 where Base
  /// writes characters that the check does not know.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const {
    const std::uint64_t end = traits::last(base_, of);
    if (!of.counts()) return end;
    if constexpr (detail::checkable_v<policy, check> != detail::checkable::yes)
      if (!check{}(base_text({of, 0}))) return 0;
    if constexpr (always_fits)
      return end;
    else
      return std::min(end, last_that_fits(of, end));
  }

  /// The serial number after the last one of a family, if any.
  [[nodiscard]] constexpr std::optional<serial_number> carry(const family& full, std::string& storage) const {
    if constexpr (!always_fits)
      if (last(full) < traits::last(base_, full)) return std::nullopt;
    const auto carried = traits::carry(base_, full, storage);
    if constexpr (!always_fits)
      if (carried && base_text(*carried).size() + check::length > max_length) return std::nullopt;
    return carried;
  }

  /// The lengths of the texts; their bytes come from write.
  [[nodiscard]] constexpr std::optional<serial_layout> layout(const family& of) const {
    auto spelled = traits::layout(base_, of);
    if (!spelled || spelled->suffix.size() > limit || !has_check(of)) return std::nullopt;
    spelled->suffix = std::string_view(placeholder.data(), spelled->suffix.size() + check::length);
    return spelled;
  }

  /// The bytes of every text of a family, if Base states them; else 0.
  [[nodiscard]] constexpr std::size_t text_length(const family& of) const
    requires requires(const policy& base) {
      { base.text_length(of) } -> std::convertible_to<std::size_t>;
    }
  {
    const std::size_t bytes = base_.text_length(of);
    return bytes > 0 && has_check(of) ? bytes + check::length : 0;
  }

  /// Writes texts in bulk: see serial_traits::write. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    std::string after(check::length, '0');
    after += separator;
    const std::size_t payload = traits::equally_long(base_, of, first, first)->bytes, stride = payload + after.size();
    const auto in_blocks = [&](auto fill) {
      // texts first, then their check characters while the texts are in the cache
      const std::uint64_t at_once = std::max<std::size_t>(cached / stride, 1);
      for (std::uint64_t some = 0; count > 0; count -= some, first += some, out += some * stride) {
        some = std::min(count, at_once);
        traits::write(base_, out, of, first, some, after);
        fill(out, some);
      }
    };
    if constexpr (!requires { base_.write(out, of, first, count, separator); }) {
      if (const auto spelled = traits::layout(base_, of)) {
        detail::check_filler<check> filler(spelled->prefix, spelled->symbols, spelled->counter_length(first),
                                           spelled->suffix);
        filler.start(first, count);
        return in_blocks([&](char* texts, std::uint64_t some) { filler.write(texts + payload, stride, some); });
      }
    }
    in_blocks([&](char* texts, std::uint64_t some) {
      for (; some > 0; --some, texts += stride)
        if (const auto right = check{}(std::string_view(texts, payload)))
          std::copy_n((*right).characters.begin(), check::length, texts + payload);
    });
  }

  /// The serial number at which Base continues.
  template <class Record>
    requires(traits::template issues<Record>)
  [[nodiscard]] constexpr result<serial_number> issue(const Record& record, const serial_number* latest,
                                                      std::string& storage) const {
    return traits::issue(base_, record, latest, storage);
  }

  /// Whether the rules of Base accept a serial number, and its text does not end in a blank, which could not be read.
  /// O(length).
  [[nodiscard]] constexpr bool accepts(const serial_number& serial) const
    requires(traits::has_rules || can_end_in_blank)
  {
    if constexpr (can_end_in_blank) {
      const auto right = check{}(base_text(serial));
      if (right && (*right).view().back() == ' ') return false;
    }
    return traits::accepts(base_, serial);
  }

 private:
  static constexpr std::size_t cached = 64 * 1024;  // bytes

  [[nodiscard]] constexpr result<value> read(std::string_view text) const {
    if (trimmed(text) != text) {  // Base is never given such a text
      const std::size_t at = text.front() == ' ' ? 0 : text.find_last_not_of(' ') + 1;
      return fail(errc::not_a_serial, at, at == 0 ? 1 : text.size() - at);
    }
    const auto parsed = base_.parse(text);
    if constexpr (!traits::parses_within_last) {
      if (!parsed) return parsed;
      serial_number serial{};
      if constexpr (family_serial_policy<policy>)
        serial = *parsed;
      else
        serial.ordinal = *parsed;
      if (serial.family.counts() && serial.ordinal > traits::last(base_, serial.family))
        return fail(errc::too_large, 0, text.size());
    }
    return parsed;
  }

  // check_missing, with the right check characters if Base reads the text
  [[nodiscard]] constexpr result<value> missing(std::string_view text) const {
    if (const auto whole = read(text))
      if (const auto right = check_of(text, *whole)) return fail(errc::check_missing, text.size(), 0, (*right).view());
    return fail(errc::check_missing, text.size());
  }

  [[nodiscard]] constexpr result<check_characters> check_of(std::string_view given, const value& serial) const {
    if constexpr (normalises) {
      std::string issued;
      base_.format(issued, serial);
      auto right = check{}(std::string_view(issued));
      if (!right && issued != given)
        return fail(right.error().code, 0, given.size());  // the position is in another text
      return right;
    } else {
      return check{}(given);
    }
  }

  [[nodiscard]] constexpr std::string base_text(const serial_number& serial) const {
    std::string text;
    traits::format(base_, text, serial);
    return text;
  }

  // whether the texts of this family have check characters
  [[nodiscard]] constexpr bool has_check(const family& of) const {
    if constexpr (ordinal_serial_policy<policy> && detail::checkable_v<policy, check> == detail::checkable::yes)
      return true;
    else
      return check{}(base_text({of, 0})).has_value();
  }

  [[nodiscard]] constexpr std::uint64_t last_that_fits(const family& of, std::uint64_t end) const {
    if (const auto spelled = traits::layout(base_, of)) {
      const std::size_t fixed = spelled->length(0) + check::length;
      if (fixed + spelled->width >= max_length + (spelled->width > 0)) return 0;
      return spelled->last_of(static_cast<unsigned>(max_length - fixed));
    }
    const auto fits = [&](std::uint64_t ordinal) {
      return base_text({of, ordinal}).size() + check::length <= max_length;
    };
    if (fits(end)) return end;
    std::uint64_t low = 0;  // texts do not become shorter
    while (end - low > 1) (fits(low + (end - low) / 2) ? low : end) = low + (end - low) / 2;
    return low;
  }

  [[no_unique_address]] policy base_{};
};

template <class Base, class Check>
checked_serial(Base, Check) -> checked_serial<Base, Check>;

}  // namespace tallymark
