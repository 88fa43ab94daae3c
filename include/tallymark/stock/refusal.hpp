// Why an operation on stock was refused, and a drawing of the reason under the text that is wrong.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/registry/answer.hpp>

namespace tallymark {

namespace detail {

template <class T>
concept given_item = requires(const T& given) {
  given.part;
  given.amount;
  given.serial;
  given.batch;
  given.parent;
  given.expiry;
};
template <class T>
concept given_part = requires(const T& given) {
  given.key;
  given.variant_of;
};

}  // namespace detail

/// Why an operation on stock was refused. Nothing has changed.
struct refusal {
  failure why{};              ///< the place counts in the text of `member`
  std::string_view member{};  ///< part, variant_of, item, quantity, serial, batch, parent, expiry_date, journal
  conflicts met{};            ///< the serial numbers that are not free

  friend bool operator==(const refusal&, const refusal&) = default;
};

/// Appends the member, the place and reason, and the conflicts: `serial: byte 3: this is not a serial number of this
/// kind`.
inline void append_text(std::string& out, const refusal& why) {
  if (!why.member.empty()) out.append(why.member).append(": ");
  append_text(out, why.why);
  for (std::size_t i = 0; i < why.met.size(); ++i) {
    out += i == 0 ? " (" : "; ";
    append_text(out, why.met[i]);
  }
  if (!why.met.empty()) out += ')';
}

/// What a caller gave for one member: the name as in refusal::member, and the text.
struct member_text {
  std::string_view member{};
  std::string_view text{};
};

/// Why an operation was refused, with the text that the refusal is about: `explain(refused, {{"serial", scanned},
/// {"batch", code}})` picks the text of its member. Two lines, as explain(failure, text) draws them, after the name of the
/// member; one line if that text is not among them. A line for each conflict follows, of ten at most.
[[nodiscard]] inline std::string explain(const refusal& why, std::span<const member_text> texts) {
  const auto given =
      std::find_if(texts.begin(), texts.end(), [&](const auto& each) { return each.member == why.member; });
  const std::string label = std::string(why.member) + (why.member.empty() ? "" : ": ");
  std::string out = label;
  if (given == texts.end()) {
    out += message(why.why.code);
  } else {
    failure place = why.why;
    if (place.at == 0 && place.length == 0)  // all of it
      place.length = static_cast<std::uint32_t>(std::min<std::size_t>(given->text.size(), 1'000'000));
    const std::string drawn = explain(place, given->text);
    const std::size_t second = drawn.find('\n') + 1;
    out.append(drawn, 0, second).append(label.size(), ' ').append(drawn, second);
  }
  constexpr std::size_t most = 10;
  for (std::size_t i = 0; i < std::min(why.met.size(), most); ++i) append_text(out += "\n  ", why.met[i]);
  if (why.met.size() > most) out.append("\n  and ").append(std::to_string(why.met.size() - most)).append(" more");
  return out;
}
[[nodiscard]] inline std::string explain(const refusal& why, std::initializer_list<member_text> texts) {
  return explain(why, std::span(texts.begin(), texts.size()));
}

namespace detail {

// What was given for a member, as text; nothing if it is not known or has no text.
template <class Key>
std::optional<std::string> refused_key_text(const Key& key) {
  if constexpr (std::is_convertible_v<const Key&, std::string_view>)
    return std::string(std::string_view(key));
  else
    return std::nullopt;
}
template <given_part Part>
std::optional<std::string> given_text(const Part& given, std::string_view member) {
  if (member == "part") return refused_key_text(given.key);
  if (member == "variant_of" && given.variant_of) return refused_key_text(*given.variant_of);
  return std::nullopt;
}
template <given_item Item>
std::optional<std::string> given_text(const Item& given, std::string_view member) {
  if (member == "part") return refused_key_text(given.part);
  if (member == "quantity") return given.amount.text();
  if (member == "serial" && !given.serial.empty()) return std::string(given.serial);
  if (member == "batch") return std::string(given.batch);
  if (member == "parent" && given.parent) return std::to_string(*given.parent);
  if (member == "expiry_date" && given.expiry) return date_text(*given.expiry);
  return std::nullopt;
}

}  // namespace detail

/// The same, with the texts of what the operation was given: a new_item of a stock, or a part.
template <class Given>
  requires detail::given_item<Given> || detail::given_part<Given>
[[nodiscard]] std::string explain(const refusal& why, const Given& given) {
  const auto text = detail::given_text(given, why.member);
  return text ? explain(why, {{why.member, *text}}) : explain(why, std::span<const member_text>());
}

}  // namespace tallymark
