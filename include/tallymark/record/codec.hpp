// Users' own structs as records: how patterns, templates and tables access, write and read their members.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/text.hpp>

namespace tallymark {

/// The record without members.
struct no_record {
  friend constexpr bool operator==(const no_record&, const no_record&) = default;
};

/// Customization point: the members of a record. `names` are their names in order, and `members` a tuple of how to
/// access them: pointers to members, or functions of the record. tallymark/record/hana.hpp specialises it for structs
/// adapted with Boost.Hana; for others it is two lines:
///
///     static constexpr std::array<std::string_view, 2> names{"site", "line"};
///     static constexpr std::tuple members{&widget::site, &widget::line};
template <class Record>
struct record_traits {
  static constexpr std::array<std::string_view, 0> names{};
  static constexpr std::tuple<> members{};
};

/// R has members that are known by name.
template <class R>
concept adapted_record = record_traits<std::remove_cv_t<R>>::names.size() > 0;

/// Customization point: a member's type as text. `append` writes a value, and `parse` reads it back.
/// Shipped for integers, float and double, bool, std::string, std::string_view and std::optional of these; optional
/// member: `max_length`, the greatest length that append writes, in bytes.
template <class T>
struct field_codec;

/// T can be written as text and read from it.
template <class T>
concept field = requires(std::string_view text, std::string& out, const T& value) {
  { field_codec<T>::parse(text) } -> std::same_as<result<T>>;
  field_codec<T>::append(out, value);
};

/// The names of a record's members, in order.
template <class Record>
inline constexpr auto& member_names = record_traits<std::remove_cv_t<Record>>::names;

/// The member at a position.
template <std::size_t I, class Record>
[[nodiscard]] constexpr decltype(auto) member(Record& record) {
  return std::invoke(std::get<I>(record_traits<std::remove_cv_t<Record>>::members), record);
}

/// The type of the member at a position.
template <std::size_t I, class Record>
using member_type = std::remove_cvref_t<decltype(member<I>(std::declval<const Record&>()))>;

/// The position of the member with this name; the number of members if there is none. O(members).
template <class Record>
[[nodiscard]] constexpr std::size_t member_index(std::string_view name) {
  std::size_t i = 0;
  while (i < member_names<Record>.size() && member_names<Record>[i] != name) ++i;
  return i;
}

/// Names and their values as text, like `std::map<std::string, std::string, std::less<>>`: a record whose members are
/// known only at run time. A name with points in it is one key.
template <class M>
concept text_map = requires(const M map, std::string_view name) {
  { map.find(name) == map.end() } -> std::convertible_to<bool>;
  { map.find(name)->second } -> std::convertible_to<std::string_view>;
};

namespace detail {

// A pointer to a record, or an optional record: used like the record, unless it is null or empty.
template <class T>
concept maybe_record = requires(const T value) {
  static_cast<bool>(value);
  requires adapted_record<std::remove_cvref_t<decltype(*value)>>;
};

}  // namespace detail

/// Calls `visit` with the member of this name, `part`, or with a member of a record inside, `part.ipn`; returns whether
/// it exists. A null pointer or an empty optional has no members. O(members on the way).
template <class T, class Visit>
constexpr bool visit_member(const T& value, std::string_view path, Visit&& visit) {
  if constexpr (detail::maybe_record<T>) {
    return value && visit_member(*value, path, visit);
  } else if constexpr (text_map<T>) {
    const auto found = value.find(path);
    if (found == value.end()) return false;
    visit(std::string_view(found->second));
    return true;
  } else {
    if (path.empty()) {
      visit(value);
      return true;
    }
    const std::size_t point = path.find('.');
    const std::size_t index = member_index<T>(path.substr(0, point));
    const auto rest = point == path.npos ? std::string_view{} : path.substr(point + 1);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return ((I == index && visit_member(member<I>(value), rest, visit)) || ...);
    }(std::make_index_sequence<member_names<T>.size()>{});
  }
}

namespace detail {

// What a name means at compile time: `type` is void if there is no such member.
template <class T, fixed_string Path, std::size_t At = 0>
struct member_at : std::type_identity<void> {};

template <class T, fixed_string Path, std::size_t At>
  requires maybe_record<T>
struct member_at<T, Path, At> : member_at<std::remove_cvref_t<decltype(*std::declval<const T&>())>, Path, At> {};

template <class T, fixed_string Path, std::size_t At>
  requires(At > Path.size() && !maybe_record<T>)
struct member_at<T, Path, At> : std::type_identity<T> {};

template <class T, fixed_string Path, std::size_t At>
  requires(At <= Path.size() && adapted_record<T>)
struct member_at<T, Path, At> {
  static constexpr std::size_t point = std::min(Path.view().find('.', At), Path.size());
  static constexpr std::size_t index = member_index<T>(Path.view().substr(At, point - At));
  using type = typename decltype([] {
    if constexpr (index < member_names<T>.size())
      return member_at<member_type<index, T>, Path, point + 1>{};
    else
      return std::type_identity<void>{};
  }())::type;
};

}  // namespace detail

/// The type of the member of this name, or of a record inside: `part.ipn`; void if there is none.
template <class Record, fixed_string Path>
using member_type_at = typename detail::member_at<Record, Path>::type;

/// Calls `visit` with the member of a name that is known at compile time; returns whether it exists, which depends on
/// the pointers and optional records on the way. O(1). Precondition: member_type_at is not void.
template <fixed_string Path, std::size_t At = 0, class T, class Visit>
constexpr bool visit_member(const T& value, Visit&& visit) {
  if constexpr (detail::maybe_record<T>) {
    return value && visit_member<Path, At>(*value, visit);
  } else if constexpr (At > Path.size()) {
    visit(value);
    return true;
  } else {
    using step = detail::member_at<T, Path, At>;
    return visit_member<Path, step::point + 1>(member<step::index>(value), visit);
  }
}

// ---- the shipped codecs

namespace detail {

template <class T>
concept integer_field =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
    !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

template <class T>
concept text_field = std::same_as<T, std::string> || std::same_as<T, std::string_view>;

// The greatest length of an integer in bytes, with its sign.
template <integer_field T>
inline constexpr std::size_t integer_length = std::numeric_limits<T>::digits10 + 1 + (std::is_signed_v<T> ? 1 : 0);

// Writes an integer with leading zeros up to `width` digits. Space: the greater of width + 1 and integer_length.
template <integer_field T>
constexpr char* put_integer(char* at, T value, std::size_t width = 0) {
  std::uint64_t rest = static_cast<std::uint64_t>(value);
  if (value < T{}) {
    *at++ = '-';
    rest = 0 - rest;
  }
  return put_padded(at, rest, width);
}

// The content of a field without the blanks around it, and its position. Errors: empty_text.
struct field_text {
  std::string_view inner;
  std::size_t offset;
};
[[nodiscard]] constexpr result<field_text> field_between_blanks(std::string_view text) {
  const auto inner = trimmed(text);
  if (inner.empty()) return fail(errc::empty_text, 0, text.size());
  return field_text{inner, static_cast<std::size_t>(inner.data() - text.data())};
}

// The codec of a member's type; without one, one readable error and a placeholder.
template <class T>
struct asserted_codec {
  [[nodiscard]] static result<T> parse(std::string_view) { return fail(errc::bad_value); }
  static void append(std::string&, const T&) {}
  static_assert(
      field<T>,
      "tallymark::field_codec: a member of this type cannot be written as text. Specialise tallymark::field_codec "
      "for it, with 'static result<T> parse(std::string_view)' and 'static void append(std::string&, const T&)'");
};
template <field T>
struct asserted_codec<T> : field_codec<T> {};

}  // namespace detail

/// Integers in decimal digits. Blanks at both ends are dropped. Errors: empty_text, not_a_number (at the first byte
/// that is wrong), negative, bad_value (does not fit the type).
template <detail::integer_field T>
struct field_codec<T> {
  static constexpr std::size_t max_length = detail::integer_length<T>;

  [[nodiscard]] static constexpr result<T> parse(std::string_view text) {
    const auto field = detail::field_between_blanks(text);
    if (!field) return unexpected(field.error());
    const auto [inner, offset] = *field;
    const bool minus = inner[0] == '-';
    const std::size_t begin = minus || inner[0] == '+' ? 1 : 0;
    if (begin == inner.size()) return fail(errc::not_a_number, offset, inner.size());
    const auto most = minus ? 0 - static_cast<std::uint64_t>(std::numeric_limits<T>::min())
                            : static_cast<std::uint64_t>(std::numeric_limits<T>::max());
    std::uint64_t value = 0;
    bool fits = true;
    for (std::size_t i = begin; i < inner.size(); ++i) {
      if (!detail::is_digit(inner[i])) return fail(errc::not_a_number, offset + i, 1);
      const std::uint64_t digit = detail::digit_value(inner[i]);
      fits = fits && digit <= most && value <= (most - digit) / 10;
      if (fits) value = value * 10 + digit;
    }
    if (minus && std::is_unsigned_v<T> && (value != 0 || !fits)) return fail(errc::negative, offset, inner.size());
    if (!fits) return fail(errc::bad_value, offset, inner.size());
    return static_cast<T>(minus ? 0 - value : value);
  }
  static constexpr void append(std::string& out, T value) {
    char text[max_length + 1]{};
    out.append(text, static_cast<std::size_t>(detail::put_integer(text, value) - text));
  }
};

/// Floating point numbers in the shortest spelling that reads back the same. Blanks at both ends are dropped. Errors:
/// empty_text, not_a_number, bad_value (does not fit the type).
template <class T>
  requires std::same_as<T, float> || std::same_as<T, double>
struct field_codec<T> {
  static constexpr std::size_t max_length = 24;

  [[nodiscard]] static result<T> parse(std::string_view text) {
    const auto field = detail::field_between_blanks(text);
    if (!field) return unexpected(field.error());
    const auto [inner, offset] = *field;
    T value{};
    const auto [end, problem] = std::from_chars(inner.data(), inner.data() + inner.size(), value);
    const auto read = static_cast<std::size_t>(end - inner.data());
    if (read < inner.size()) return fail(errc::not_a_number, offset + read, 1);
    if (problem != std::errc{}) return fail(errc::bad_value, offset, inner.size());
    if (!std::isfinite(value)) return fail(errc::not_a_number, offset, inner.size());
    return value;
  }
  static void append(std::string& out, T value) {
    char text[64];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
  }
};

/// `true` and `false`; `1`, `0`, `yes` and `no` are read as well, in small and capital letters. Blanks at both ends are
/// dropped. Errors: empty_text, bad_value.
template <>
struct field_codec<bool> {
  static constexpr std::size_t max_length = 5;

  [[nodiscard]] static constexpr result<bool> parse(std::string_view text) {
    const auto field = detail::field_between_blanks(text);
    if (!field) return unexpected(field.error());
    const auto is = [inner = (*field).inner](std::string_view word) {
      if (inner.size() != word.size()) return false;
      for (std::size_t i = 0; i < word.size(); ++i)
        if ('A' <= inner[i] && inner[i] <= 'Z' ? inner[i] - 'A' + 'a' != word[i] : inner[i] != word[i]) return false;
      return true;
    };
    if (is("true") || is("1") || is("yes")) return true;
    if (is("false") || is("0") || is("no")) return false;
    return fail(errc::bad_value, (*field).offset, (*field).inner.size());
  }
  static constexpr void append(std::string& out, bool value) { out += value ? "true" : "false"; }
};

/// Text unchanged, with its blanks. A `std::string_view` is a view of the text that was read.
template <detail::text_field T>
struct field_codec<T> {
  [[nodiscard]] static constexpr result<T> parse(std::string_view text) { return T(text); }
  static constexpr void append(std::string& out, std::string_view value) { out += value; }
};

/// A value that may be missing: an empty or blank text. Errors: those of the value.
template <field T>
struct field_codec<std::optional<T>> {
  [[nodiscard]] static constexpr result<std::optional<T>> parse(std::string_view text) {
    if (trimmed(text).empty()) return std::optional<T>{};
    auto value = field_codec<T>::parse(text);
    if (!value) return unexpected(value.error());
    return std::optional<T>(std::move(*value));
  }
  static constexpr void append(std::string& out, const std::optional<T>& value) {
    if (value) field_codec<T>::append(out, *value);
  }
};

}  // namespace tallymark
