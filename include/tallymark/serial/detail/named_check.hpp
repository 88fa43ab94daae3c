// The checks that patterns of serial numbers can name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/damm.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/mod43.hpp>
#include <tallymark/check/verhoeff.hpp>
#include <tallymark/error.hpp>

namespace tallymark::detail {

enum class named_check : std::uint8_t {
  none,
  luhn,
  damm,
  verhoeff,
  gs1_mod10,
  gs1_pair,
  mod11_2,
  mod37_2,
  mod97_10,
  mod11_10,
  mod37_36,
  code39,
};
inline constexpr std::array<std::string_view, 11> check_names{"luhn",     "damm",     "verhoeff", "gs1_mod10",
                                                              "gs1_pair", "mod11_2",  "mod37_2",  "mod97_10",
                                                              "mod11_10", "mod37_36", "code39"};

constexpr named_check check_named(std::string_view name) {
  const auto* found = std::find(check_names.begin(), check_names.end(), name);
  return found == check_names.end() ? named_check::none : static_cast<named_check>(found - check_names.begin() + 1);
}

// The possible check characters.
constexpr std::string_view characters_of(named_check check) {
  constexpr std::string_view all = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
  switch (check) {
    case named_check::none: return {};
    case named_check::gs1_pair: return "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    case named_check::mod11_2: return "0123456789X";
    case named_check::mod37_2: return all;
    case named_check::mod37_36: return all.substr(0, 36);
    case named_check::code39: return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    default: return all.substr(0, 10);
  }
}

// The check of a pattern without one.
struct no_check {
  static constexpr std::string_view symbols = "";
  static constexpr std::size_t length = 0;
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view) const { return check_characters{}; }
};

template <named_check>
struct check_of : std::type_identity<no_check> {};
template <>
struct check_of<named_check::luhn> : std::type_identity<luhn> {};
template <>
struct check_of<named_check::damm> : std::type_identity<damm> {};
template <>
struct check_of<named_check::verhoeff> : std::type_identity<verhoeff> {};
template <>
struct check_of<named_check::gs1_mod10> : std::type_identity<gs1_mod10> {};
template <>
struct check_of<named_check::gs1_pair> : std::type_identity<gs1_pair> {};
template <>
struct check_of<named_check::mod11_2> : std::type_identity<iso7064_mod11_2> {};
template <>
struct check_of<named_check::mod37_2> : std::type_identity<iso7064_mod37_2> {};
template <>
struct check_of<named_check::mod97_10> : std::type_identity<iso7064_mod97_10> {};
template <>
struct check_of<named_check::mod11_10> : std::type_identity<iso7064_mod11_10> {};
template <>
struct check_of<named_check::mod37_36> : std::type_identity<iso7064_mod37_36> {};
template <>
struct check_of<named_check::code39> : std::type_identity<code39_mod43> {};

}  // namespace tallymark::detail
