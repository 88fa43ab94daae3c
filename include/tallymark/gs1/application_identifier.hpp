// Application identifiers: what they mean, and which values they can have.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/gs1/character_set.hpp>
#include <tallymark/gs1/detail/ai_table.hpp>
#include <tallymark/gs1/detail/value_rules.hpp>

namespace tallymark::gs1 {

namespace detail {

/// A part of a value, cut off the front of a form.
struct component {
  bool optional = false;
  char kind = 0;  ///< 0 at the end of the form
  std::size_t least = 0, most = 0;
  std::string_view rules{};
};

constexpr component next_component(std::string_view& form) {
  component next;
  std::size_t at = 0;
  if (form.empty()) return next;
  if (form[at] == '?') next.optional = true, ++at;
  next.kind = form[at++];
  const bool up_to = form[at] == '.';
  if (up_to) ++at;
  for (; at < form.size() && cset_numeric.contains(form[at]); ++at)
    next.most = next.most * 10 + static_cast<std::size_t>(form[at] - '0');
  next.least = up_to ? 1 : next.most;
  const std::size_t end = std::min(form.find_first_of("?NXYZ", at), form.size());
  next.rules = form.substr(at, end - at);
  form.remove_prefix(end);
  return next;
}

constexpr const character_set& characters_of(char kind) {
  return kind == 'N' ? cset_numeric : kind == 'X' ? cset82 : kind == 'Y' ? cset39 : cset64;
}

}  // namespace detail

/// An application identifier (AI) that exists. Facts of the GS1 Barcode Syntax Dictionary, with its rules but for the
/// lists of countries, currencies and package types, and the structure of coupons. A view of static data; copies are
/// cheap.
class application_identifier {
 public:
  /// The AI with this number, 21 for (21). Errors: unknown_ai. O(log AIs).
  [[nodiscard]] static constexpr result<application_identifier> find(unsigned number) {
    const auto& table = detail::ai_table;
    const auto after = std::upper_bound(table.begin(), table.end(), number,
                                        [](unsigned n, const detail::ai_row& row) { return n < row.first; });
    if (after == table.begin()) return fail(errc::unknown_ai);
    const detail::ai_row& row = *(after - 1);
    if (row.last < number || row.last % 10U < number % 10) return fail(errc::unknown_ai);
    return application_identifier(number, row);
  }

  /// The AI at the beginning of a text. Errors: unknown_ai over the digits that are not an AI. O(log AIs).
  [[nodiscard]] static constexpr result<application_identifier> read(std::string_view text) {
    const std::size_t digits = std::min({text.size(), cset_numeric.find_other(text), std::size_t{4}});
    const std::size_t length = digits < 2 ? 0 : lengths[detail::number_of_digits(text.substr(0, 2))];
    if (length == 0) return fail(errc::unknown_ai, 0, std::min<std::size_t>(digits < 2 ? 1 : 2, text.size()));
    if (digits < length) return fail(errc::unknown_ai, 0, digits);
    const auto found = find(static_cast<unsigned>(detail::number_of_digits(text.substr(0, length))));
    if (!found) return fail(errc::unknown_ai, 0, length);
    return found;
  }

  /// 21 for (21).
  [[nodiscard]] constexpr unsigned number() const noexcept { return number_; }

  /// How many digits it is written with: 2 to 4.
  [[nodiscard]] constexpr std::size_t length() const noexcept { return digits_of(number_); }

  /// Appends its digits.
  constexpr void append(std::string& out) const {
    std::array<char, 4> text{};
    out.append(text.data(), tallymark::detail::put_digits(text.data(), length(), number_));
  }

  /// Whether its values are of a predefined length, so that no separator is needed after them.
  [[nodiscard]] constexpr bool predefined() const noexcept { return has('*'); }
  /// Whether it can be an attribute of a Digital Link.
  [[nodiscard]] constexpr bool is_attribute() const noexcept { return has('?'); }
  /// Whether it is a primary key of a Digital Link.
  [[nodiscard]] constexpr bool is_key() const noexcept { return has('k'); }

  /// The AIs that it requires: one of these, separated by commas; `+` joins AIs that are required together; n is any
  /// digit.
  [[nodiscard]] constexpr std::string_view needs() const noexcept { return row_->needs; }
  /// The AIs that must not be used with it; `*`: those that differ in the last digit only.
  [[nodiscard]] constexpr std::string_view excludes() const noexcept { return row_->excludes; }
  /// The qualifiers of a key, in their order in a Digital Link; `|` separates the choices.
  [[nodiscard]] constexpr std::string_view qualifiers() const noexcept { return row_->qualifiers; }

  /// The smallest number of bytes of a value.
  [[nodiscard]] constexpr std::size_t least() const noexcept {
    std::size_t sum = 0;
    for (auto form = row_->form; !form.empty();)
      if (const auto part = detail::next_component(form); !part.optional) sum += part.least;
    return sum;
  }

  /// The largest number of bytes of a value.
  [[nodiscard]] constexpr std::size_t most() const noexcept {
    std::size_t sum = 0;
    for (auto form = row_->form; !form.empty();) sum += detail::next_component(form).most;
    return sum;
  }

  /// Validates a value. Errors: wrong_character, value_too_short (at the end), value_too_long (over the excess bytes),
  /// then those of the rules: wrong_check with the expected characters, not_a_date, not_a_time, bad_escape,
  /// refused_by_rule. O(length).
  [[nodiscard]] constexpr result<void> check(std::string_view value) const {
    std::size_t at = 0;
    for (auto form = row_->form; !form.empty();) {
      const auto part = detail::next_component(form);
      const std::string_view piece = value.substr(at, part.most);
      if (part.optional && piece.empty()) break;
      if (const auto other = detail::characters_of(part.kind).find_other(piece); other != piece.npos)
        return fail(errc::wrong_character, at + other, 1);
      if (piece.size() < part.least) return fail(errc::value_too_short, value.size());
      for (const char rule : part.rules)
        if (const auto checked = detail::check_rule(rule, piece); !checked)
          return unexpected<failure>(shifted(checked.error(), at));
      at += piece.size();
    }
    if (at < value.size()) return fail(errc::value_too_long, at, value.size() - at);
    return {};
  }

  friend constexpr bool operator==(const application_identifier& a, const application_identifier& b) noexcept {
    return a.number_ == b.number_;
  }

 private:
  constexpr application_identifier(unsigned number, const detail::ai_row& row)
      : row_(&row), number_(static_cast<std::uint16_t>(number)) {}

  [[nodiscard]] constexpr bool has(char flag) const noexcept {
    return row_->flags.find(flag) != std::string_view::npos;
  }

  [[nodiscard]] static constexpr std::size_t digits_of(unsigned number) noexcept {
    return number < 100 ? 2 : number < 1000 ? 3 : 4;
  }

  // the length of the AIs that begin with these two digits; 0 if there are no such AIs
  static constexpr auto lengths = [] {
    std::array<std::uint8_t, 100> table{};
    for (const auto& row : detail::ai_table)
      for (unsigned n = row.first; n <= row.last; ++n)
        table[n < 100 ? n : n < 1000 ? n / 10 : n / 100] = static_cast<std::uint8_t>(n < 100 ? 2 : n < 1000 ? 3 : 4);
    return table;
  }();

  const detail::ai_row* row_;
  std::uint16_t number_;
};

}  // namespace tallymark::gs1
