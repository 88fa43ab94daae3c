// Errors in input as values: a code and a position in the caller's text, never an exception.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <tallymark/ext/detail/utf8.hpp>
#include <tallymark/ext/print.hpp>
#include <tallymark/ext/result.hpp>

namespace tallymark {

/// Every reason for a refusal. `message` gives it in English.
enum class errc : std::uint8_t {
  // clang-format off
  // text
  empty_text = 1, text_too_long, not_utf8, control_character,
  // serial numbers
  not_a_serial, wrong_width, too_large, no_counter, exhausted, refused_by_rule, not_canonical,
  not_a_run, too_many_runs,
  // check characters
  wrong_check, not_checkable, check_missing,
  // ids that hold the time
  clock_went_back,
  // GS1
  unknown_ai, value_too_short, value_too_long, wrong_character, separator_missing, bad_escape, ai_missing, ai_excluded,
  ai_repeated, not_a_link, misplaced_ai, bad_company_prefix, zeros_lost,
  // keys
  bad_key,
  // claims
  already_taken, retired, reserved, named_twice, not_claimed,
  // expressions
  empty_item, unclosed_quote, text_after_quote, range_backwards, ambiguous_hyphen, not_a_group, bad_count, second_fill,
  no_room_to_fill, too_few_serials, too_many_serials, quantity_too_large,
  // batch codes
  unclosed_tag, unknown_field, bad_template, nesting_too_deep, mixed_years, second_sequence, batch_forbidden,
  batch_required, sequence_exhausted, not_a_batch,
  // calendar
  not_a_date, not_a_time,
  // quantities
  not_a_number, negative, zero_quantity, too_many_decimals, quantity_not_whole,
  // parts and stock
  unknown_part, part_exists, part_is_own_ancestor, already_variant, part_has_items, unknown_item, item_exists,
  item_is_own_ancestor, has_parent, item_removed, serialized_item, not_serialized,
  not_enough, whole_quantity, different_part, different_batch, different_expiry, same_item, serial_forbidden,
  serial_required, numbers_from_outside, serial_quantity_not_one,
  // journals
  journal_closed, journal_missing, journal_unreadable, journal_read_only, journal_busy, journal_full, journal_failed,
  journal_corrupt, journal_newer, journal_older, journal_foreign, journal_other_policies, journal_too_large,
  // records
  bad_value, row_too_short,
  // clang-format on
};

/// Why something was refused, and where in the caller's text: `length` bytes from byte `at`, which counts from 0. Holds
/// no text but the expected check characters, if they are known.
struct failure {
  errc code{};
  std::uint32_t at = 0;
  std::uint32_t length = 0;
  std::array<char, 4> would_be{};  ///< the expected characters, filled up with NUL bytes

  /// The expected characters, as a view into this object; empty if they are not known.
  [[nodiscard]] constexpr std::string_view right() const noexcept {
    const auto end = std::find(would_be.begin(), would_be.end(), '\0');
    return {would_be.data(), static_cast<std::size_t>(end - would_be.begin())};
  }

  friend constexpr bool operator==(const failure&, const failure&) = default;
};

namespace detail {

constexpr failure failure_at(errc code, std::size_t at, std::size_t length) {
  constexpr std::size_t max_position = std::numeric_limits<std::uint32_t>::max();
  return failure{code, static_cast<std::uint32_t>(std::min(at, max_position)),
                 static_cast<std::uint32_t>(std::min(length, max_position))};
}

}  // namespace detail

/// A failed result. Positions beyond 32 bits are clipped. O(1).
[[nodiscard]] constexpr unexpected<failure> fail(errc code, std::size_t at = 0, std::size_t length = 0) {
  return unexpected<failure>(detail::failure_at(code, at, length));
}

/// The same, with the expected characters; only the first four are kept. O(1).
[[nodiscard]] constexpr unexpected<failure> fail(errc code, std::size_t at, std::size_t length,
                                                 std::string_view right) {
  failure why = detail::failure_at(code, at, length);
  std::copy_n(right.begin(), std::min(right.size(), why.would_be.size()), why.would_be.begin());
  return unexpected<failure>(why);
}

/// The reason in English, without a full stop; "unknown" for a value that is no errc. O(1).
[[nodiscard]] constexpr std::string_view message(errc code) noexcept {
  switch (code) {
    case errc::empty_text: return "the text is empty";
    case errc::text_too_long: return "the text is longer than allowed";
    case errc::not_utf8: return "the text is not valid UTF-8";
    case errc::control_character: return "the text contains a control character";
    case errc::not_a_serial: return "this is not a serial number of this kind";
    case errc::wrong_width: return "the counter does not have the required number of digits";
    case errc::too_large: return "the number is too large";
    case errc::no_counter: return "this serial number has no counter to continue from";
    case errc::exhausted: return "no serial number is left";
    case errc::refused_by_rule: return "a rule refuses this text";
    case errc::not_canonical: return "this is not the canonical spelling";
    case errc::not_a_run: return "no text of this kind spells both ends of this run";
    case errc::too_many_runs: return "these are more runs than the limit of this call";
    case errc::wrong_check: return "the check character is wrong";
    case errc::not_checkable: return "check characters cannot be computed for this character";
    case errc::check_missing: return "the check character is missing";
    case errc::clock_went_back: return "the clock went back";
    case errc::unknown_ai: return "there is no such application identifier";
    case errc::value_too_short: return "the value is shorter than it must be";
    case errc::value_too_long: return "the value is longer than allowed";
    case errc::wrong_character: return "this character is not allowed here";
    case errc::separator_missing: return "a separator is missing here";
    case errc::bad_escape: return "this is not a valid escape sequence";
    case errc::ai_missing: return "an application identifier that this one requires is missing";
    case errc::ai_excluded: return "this application identifier excludes one of the others";
    case errc::ai_repeated: return "this application identifier already has a different value";
    case errc::not_a_link: return "this is not a GS1 Digital Link";
    case errc::misplaced_ai: return "this application identifier does not belong here";
    case errc::bad_company_prefix: return "this cannot be the length of a company prefix here";
    case errc::zeros_lost: return "the leading zeros would be lost";
    case errc::bad_key: return "this is not a key: 32, 48 or 64 hexadecimal digits are expected";
    case errc::already_taken: return "this serial number is already taken";
    case errc::retired: return "this serial number is retired";
    case errc::reserved: return "this serial number is reserved";
    case errc::named_twice: return "this serial number is named twice";
    case errc::not_claimed: return "this serial number is not claimed";
    case errc::empty_item: return "there is nothing between the separators";
    case errc::unclosed_quote: return "the quote is never closed";
    case errc::text_after_quote: return "text follows the closing quote";
    case errc::range_backwards: return "the range runs backwards";
    case errc::ambiguous_hyphen:
      return "more than one hyphen could separate the range; put the serial numbers in quotes";
    case errc::not_a_group: return "this is not a group of serial numbers";
    case errc::bad_count: return "a count is expected after the plus sign";
    case errc::second_fill: return "only one item can fill up to the quantity";
    case errc::no_room_to_fill: return "nothing is left to fill: the other items reach the quantity";
    case errc::too_few_serials: return "there are fewer serial numbers than the quantity";
    case errc::too_many_serials: return "there are more serial numbers than the quantity";
    case errc::quantity_too_large: return "the quantity is too large";
    case errc::unclosed_tag: return "the tag is never closed";
    case errc::unknown_field: return "there is no field with this name";
    case errc::bad_template: return "the template cannot be read here";
    case errc::nesting_too_deep: return "the tags are nested too deeply";
    case errc::mixed_years:
      return "iso_week needs iso_year, and month and day need year: the two years differ around New Year";
    case errc::second_sequence: return "a batch code can have only one sequence";
    case errc::batch_forbidden: return "this part takes no batch codes";
    case errc::batch_required: return "this part requires a batch code";
    case errc::sequence_exhausted: return "the sequence of the batch code is used up";
    case errc::not_a_batch: return "this is not a batch code of this kind";
    case errc::not_a_date: return "this is not a date";
    case errc::not_a_time: return "this is not a time";
    case errc::not_a_number: return "this is not a number";
    case errc::negative: return "the number is negative";
    case errc::zero_quantity: return "the quantity is zero";
    case errc::too_many_decimals: return "a quantity has at most five decimal places";
    case errc::quantity_not_whole: return "the quantity must be a whole number";
    case errc::unknown_part: return "there is no such part";
    case errc::part_exists: return "a part with this key already exists";
    case errc::part_is_own_ancestor: return "the part would be a variant of itself";
    case errc::already_variant: return "the part is already a variant of another part";
    case errc::part_has_items: return "this part already has stock items";
    case errc::has_parent: return "the stock item already has a parent";
    case errc::item_is_own_ancestor: return "the stock item would be its own ancestor";
    case errc::unknown_item: return "there is no such stock item";
    case errc::item_exists: return "a stock item with this key already exists";
    case errc::item_removed: return "the stock item was removed";
    case errc::serialized_item: return "the stock item is serialized";
    case errc::not_serialized: return "the stock item is not serialized";
    case errc::not_enough: return "the available quantity is too small";
    case errc::whole_quantity: return "that is the whole quantity; nothing would be left";
    case errc::different_part: return "the stock items belong to different parts";
    case errc::different_batch: return "the stock items belong to different batches";
    case errc::different_expiry: return "the stock items have different expiry dates";
    case errc::same_item: return "the same stock item is given twice";
    case errc::serial_forbidden: return "this part takes no serial numbers";
    case errc::serial_required: return "this part requires a serial number";
    case errc::numbers_from_outside: return "this part is numbered externally; no serial number is suggested";
    case errc::serial_quantity_not_one: return "a stock item with a serial number has quantity 1";
    case errc::journal_closed: return "the journal is not open";
    case errc::journal_missing: return "there is no such journal";
    case errc::journal_unreadable: return "the journal cannot be opened or read";
    case errc::journal_read_only: return "the journal cannot be written to";
    case errc::journal_busy: return "another process has locked the journal";
    case errc::journal_full: return "there is no room left for the journal";
    case errc::journal_failed: return "the journal could not be written";
    case errc::journal_corrupt: return "the journal is damaged";
    case errc::journal_newer: return "the journal was written by a newer version";
    case errc::journal_older: return "the journal has an older layout that this version cannot read";
    case errc::journal_foreign: return "this is not a stock journal";
    case errc::journal_other_policies: return "the journal was written under other policies";
    case errc::journal_too_large: return "the number is too large for the journal";
    case errc::bad_value: return "the value does not fit the member";
    case errc::row_too_short: return "the row has fewer fields than the header";
  }
  return "unknown";
}

/// Appends the reason. O(length of the message).
constexpr void append_text(std::string& out, errc code) { out += message(code); }

/// Appends the position, if there is one, and the reason: `byte 11: the check character is wrong: expected '6'`.
/// Bytes are counted from 1 here. O(length of the message).
inline void append_text(std::string& out, const failure& why) {
  if (why.at > 0 || why.length > 0) out.append("byte ").append(std::to_string(std::uint64_t{why.at} + 1)).append(": ");
  out += message(why.code);
  if (const auto right = why.right(); !right.empty()) out.append(": expected '").append(right).append("'");
}

/// The same failure, in a text that begins `offset` bytes earlier. Positions beyond 32 bits are clipped. O(1).
[[nodiscard]] constexpr failure shifted(failure why, std::size_t offset) noexcept {
  const std::size_t room = std::numeric_limits<std::uint32_t>::max() - why.at;
  why.at += static_cast<std::uint32_t>(std::min(offset, room));
  return why;
}

namespace detail {

// "9 is greater than 5": both ends of a backwards range are of one family, so the middle hyphen separates them
constexpr void explain_backwards(std::string& out, std::string_view range) {
  const auto hyphens = std::count(range.begin(), range.end(), '-');
  if (hyphens % 2 == 0) return;
  std::size_t cut = range.find('-');
  for (auto skip = hyphens / 2; skip > 0; --skip) cut = range.find('-', cut + 1);
  const auto trim = [](std::string_view s) {
    const auto first = s.find_first_not_of(" \t");
    return first == s.npos ? std::string_view{} : s.substr(first, s.find_last_not_of(" \t") - first + 1);
  };
  out.append(": ").append(trim(range.substr(0, cut))).append(" is greater than ").append(trim(range.substr(cut + 1)));
}

}  // namespace detail

/// Two lines: the line of `text` that contains the position, and under it carets with the reason. A long line is cut to
/// about 100 bytes around the position. Control characters and bytes that are not UTF-8 are shown as question marks. A
/// position outside the text points at its end. Never fails. O(1), since at most 100 bytes are read; for a reversed
/// range O(length of the range).
[[nodiscard]] constexpr std::string explain(const failure& why, std::string_view text) {
  constexpr std::size_t before = 60, after = 40;
  std::size_t at = std::min<std::size_t>(why.at, text.size());
  if (at < text.size() && at > 0 && text[at] == '\n' && text[at - 1] == '\r') --at;

  std::size_t begin = at > before ? at - before : 0;
  if (const auto line = text.substr(begin, at - begin).find_last_of("\r\n"); line != text.npos)
    begin += line + 1;
  else if (begin > 0)  // do not start within a character
    for (int i = 0; i < 3 && begin < at && (detail::byte_at(text, begin) & 0xC0U) == 0x80U; ++i) ++begin;
  std::size_t end = std::min(at + after, text.size());
  if (const auto line = text.substr(at, end - at).find_first_of("\r\n"); line != text.npos) end = at + line;

  std::string shown, marks;
  std::size_t carets = 0;
  for (std::size_t i = begin, length = 0; i < end; i += length) {
    length = detail::utf8_length(text, i);
    const bool tab = text[i] == '\t';
    if (length == 0 || (detail::is_control(text, i) && !tab))
      shown += '?';
    else
      shown += text.substr(i, length);
    if (length == 0) length = 1;
    if (i + length <= at)
      marks += tab ? '\t' : ' ';
    else if (i < at + why.length)
      ++carets;
  }
  shown.append("\n").append(marks).append(std::max<std::size_t>(carets, 1), '^').append(" ").append(message(why.code));
  if (const auto right = why.right(); !right.empty()) shown.append(": expected '").append(right).append("'");
  if (why.code == errc::range_backwards) detail::explain_backwards(shown, text.substr(at, why.length));
  return shown;
}

}  // namespace tallymark
