// A serial policy with its type erased, so that the commands are compiled once for all schemes.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/policy/name.hpp>
#include <tallymark/policy/traits.hpp>

#include "parts.hpp"

namespace tallymark::tool {

/// What a serial policy does, as functions: the only place where its type is known.
struct serial_calls {
  std::string (*policy)();  ///< its name, as journals record it
  result<serial_number> (*parse)(std::string_view text);
  void (*format)(std::string& out, const serial_number& serial);
  result<serial_number> (*begin)(std::string_view example, std::string& storage);
  std::uint64_t (*last)(const family& of);
  std::optional<serial_number> (*carry)(const family& full, std::string& storage);
  std::optional<serial_layout> (*layout)(const family& of);
  std::size_t (*text_length)(const family& of);
  void (*write)(char* out, const family& of, std::uint64_t first, std::uint64_t count, std::string_view separator);
  bool (*accepts)(const serial_number& serial);  ///< null where the policy has no rules
  void (*tell_parts)(const serial_number& serial, std::string_view text, serial_parts& out);
};

namespace detail {

template <serial_policy S, class Check>
struct calls_to {
  using traits = serial_traits<S>;

  static const S& policy() {
    static const S instance{};
    return instance;
  }

  static std::string policy_of() { return policy_name<S>(); }
  static result<serial_number> parse(std::string_view text) {
    if constexpr (requires { S::parse_as_given(text); })
      return S::parse_as_given(text);
    else
      return traits::parse(policy(), text);
  }
  static void format(std::string& out, const serial_number& serial) { traits::format(policy(), out, serial); }
  static result<serial_number> begin(std::string_view example, std::string& storage) {
    const serial_number* const none = nullptr;
    if constexpr (requires {
                    { policy().issue(none, storage) } -> std::same_as<result<serial_number>>;
                  })
      return policy().issue(none, storage);
    else if (const auto first = traits::first(policy()))
      return *first;
    else
      return parse(example);
  }
  static std::uint64_t last(const family& of) { return traits::last(policy(), of); }
  static std::optional<serial_number> carry(const family& full, std::string& storage) {
    return traits::carry(policy(), full, storage);
  }
  static std::optional<serial_layout> layout(const family& of) { return traits::layout(policy(), of); }
  static std::size_t text_length(const family& of) {
    const auto equal = traits::equally_long(policy(), of, 0, 0);
    return equal ? equal->bytes : 0;
  }
  static void write(char* out, const family& of, std::uint64_t first, std::uint64_t count, std::string_view separator) {
    traits::write(policy(), out, of, first, count, separator);
  }
  static bool accepts(const serial_number& serial) { return traits::accepts(policy(), serial); }
  static void tell_parts(const serial_number& serial, std::string_view text, serial_parts& out) {
    tool::tell_parts<S, Check>(policy(), serial, text, out);
  }
};

}  // namespace detail

/// The calls to a default-constructed serial policy. `Check` tells which characters of a text are its check characters.
/// A policy that must see the blanks at the ends of a text has a static member `parse_as_given`, which is used instead
/// of `serial_traits::parse`.
template <serial_policy S, class Check = no_check>
inline constexpr serial_calls calls_to = [] {
  using to = detail::calls_to<S, Check>;
  return serial_calls{.policy = to::policy_of,
                      .parse = to::parse,
                      .format = to::format,
                      .begin = to::begin,
                      .last = to::last,
                      .carry = to::carry,
                      .layout = to::layout,
                      .text_length = to::text_length,
                      .write = to::write,
                      .accepts = serial_traits<S>::has_rules ? to::accepts : nullptr,
                      .tell_parts = to::tell_parts};
}();

/// Serial policy: forwards to the calls of any other. Asking for rules costs time for each serial number.
template <bool HasRules>
class any_serial {
 public:
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  explicit any_serial(const serial_calls& calls) : calls_(&calls) {}

  [[nodiscard]] result<serial_number> parse(std::string_view text) const { return calls_->parse(text); }
  void format(std::string& out, const serial_number& serial) const { calls_->format(out, serial); }
  [[nodiscard]] std::uint64_t last(const family& of) const { return calls_->last(of); }
  [[nodiscard]] std::optional<serial_number> carry(const family& full, std::string& storage) const {
    return calls_->carry(full, storage);
  }
  [[nodiscard]] std::optional<serial_layout> layout(const family& of) const { return calls_->layout(of); }
  [[nodiscard]] std::size_t text_length(const family& of) const { return calls_->text_length(of); }
  void write(char* out, const family& of, std::uint64_t first, std::uint64_t count, std::string_view separator) const {
    calls_->write(out, of, first, count, separator);
  }
  [[nodiscard]] bool accepts(const serial_number& serial) const
    requires HasRules
  {
    return calls_->accepts(serial);
  }

 private:
  const serial_calls* calls_;
};

}  // namespace tallymark::tool
