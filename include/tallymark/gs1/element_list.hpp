// The elements of a barcode or a link: application identifiers with their values, each validated.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/gs1/application_identifier.hpp>

namespace tallymark::gs1 {

/// An application identifier and its value.
struct element {
  application_identifier ai;
  std::string_view value;  ///< a view into the list
  std::size_t at = 0;      ///< position of the application identifier in the text that was read

  friend constexpr bool operator==(const element& a, const element& b) noexcept {
    return a.ai == b.ai && a.value == b.value;
  }
};

/// Elements in order: at most 64, with at most 1024 bytes of values, which it owns. Allocates nothing.
class element_list {
 public:
  static constexpr std::size_t most_elements = 64, most_bytes = 1024;

  /// Adds an element at the end. Errors: unknown_ai; those of application_identifier::check; ai_repeated over the value
  /// if the AI already has a different value; text_too_long if there is no room. Positions count from the beginning of
  /// the value.
  /// O(elements + length).
  [[nodiscard]] constexpr result<void> add(unsigned ai, std::string_view value) {
    const auto known = application_identifier::find(ai);
    if (!known) return unexpected<failure>(known.error());
    return add(*known, value, 0);
  }

  /// The same for a known AI at position `at` of the text that is read.
  [[nodiscard]] constexpr result<void> add(application_identifier ai, std::string_view value, std::size_t at) {
    if (const auto checked = ai.check(value); !checked) return checked;
    if (const auto other = find(ai.number()); other && *other != value) return fail(errc::ai_repeated, 0, value.size());
    if (size_ == most_elements || value.size() > most_bytes - bytes_) return fail(errc::text_too_long, 0, value.size());
    std::copy(value.begin(), value.end(), values_.begin() + bytes_);
    slots_[size_++] = {static_cast<std::uint32_t>(at), static_cast<std::uint16_t>(ai.number()), bytes_,
                       static_cast<std::uint16_t>(value.size())};
    bytes_ = static_cast<std::uint16_t>(bytes_ + value.size());
    return {};
  }

  /// The value of the first element with this AI. O(elements).
  [[nodiscard]] constexpr std::optional<std::string_view> find(unsigned ai) const noexcept {
    for (std::size_t i = 0; i < size_; ++i)
      if (slots_[i].ai == ai) return value(i);
    return std::nullopt;
  }

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

  /// Precondition: i < size().
  [[nodiscard]] constexpr element operator[](std::size_t i) const {
    return {*application_identifier::find(slots_[i].ai), value(i), slots_[i].at};
  }

  /// Equal elements in the same order.
  friend constexpr bool operator==(const element_list& a, const element_list& b) noexcept {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = 0; i < a.size_; ++i)
      if (a.slots_[i].ai != b.slots_[i].ai || a.value(i) != b.value(i)) return false;
    return true;
  }

 private:
  struct slot {
    std::uint32_t at = 0;
    std::uint16_t ai = 0, begin = 0, length = 0;
  };

  [[nodiscard]] constexpr std::string_view value(std::size_t i) const noexcept {
    return {values_.data() + slots_[i].begin, slots_[i].length};
  }

  std::array<slot, most_elements> slots_{};
  std::array<char, most_bytes> values_{};
  std::uint16_t size_ = 0, bytes_ = 0;
};

namespace detail {

// Whether a number matches a pattern of digits, in which n is any digit.
constexpr bool is_like(std::string_view pattern, unsigned number) {
  for (; !pattern.empty(); pattern.remove_suffix(1), number /= 10)
    if (pattern.back() != 'n' && static_cast<unsigned>(pattern.back() - '0') != number % 10) return false;
  return number == 0;
}

// Whether an element matches the pattern, other than `except`.
constexpr bool holds(const element_list& all, std::string_view pattern, unsigned except) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (const unsigned number = all[i].ai.number(); number != except && is_like(pattern, number)) return true;
  return false;
}

// Removes and returns the text before the separator.
constexpr std::string_view next_part(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

constexpr bool has_required(const element_list& all, const application_identifier& ai) {
  for (std::string_view choices = ai.needs(); !choices.empty();) {
    bool complete = true;
    for (std::string_view together = next_part(choices, ','); !together.empty();)
      complete = holds(all, next_part(together, '+'), 10'000) && complete;
    if (complete) return true;
  }
  return ai.needs().empty();
}

constexpr bool is_excluded(const element_list& all, const application_identifier& ai) {
  if (ai.excludes() == "*") {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (const unsigned other = all[i].ai.number(); other != ai.number() && other / 10 == ai.number() / 10)
        return true;
    return false;
  }
  for (std::string_view rest = ai.excludes(); !rest.empty();)
    if (holds(all, next_part(rest, ','), ai.number())) return true;
  return false;
}

}  // namespace detail

/// Validates which elements occur together: a lot requires a GTIN, a GTIN excludes the GTIN of contents. The rules hold
/// for all the barcodes of an item together (GS1 Barcode Syntax Dictionary), so add the elements of all of them to one
/// list. Errors: ai_excluded; ai_missing, with the first AI that would satisfy it; both at the position of the AI in
/// the text that was read. O(elements^2).
[[nodiscard]] constexpr result<void> check_associations(const element_list& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const element current = all[i];
    if (detail::is_excluded(all, current.ai)) return fail(errc::ai_excluded, current.at, current.ai.length());
    if (detail::has_required(all, current.ai)) continue;
    std::string_view needs = current.ai.needs();
    std::string_view first = needs.substr(0, needs.find_first_of(",+"));
    if (first.find('n') != first.npos) first = {};
    return fail(errc::ai_missing, current.at, current.ai.length(), first);
  }
  return {};
}

}  // namespace tallymark::gs1
