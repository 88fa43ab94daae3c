// Batch codes by a template that is read at run time, as from a settings file: the language of InvenTree's templates.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/batch/detail/template_parser.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark {

namespace detail {

// A code under construction: its text, and the position in the template from which each part came. Never longer than a
// code.
class template_output {
 public:
  // Drops blanks at the beginning, and blanks at the end that do not fit. Returns false if anything else does not fit.
  constexpr bool append(std::string_view text, std::size_t at, bool literal) {
    if (size_ == 0) {
      const std::size_t blanks = std::min(text.find_first_not_of(" \t\r\n\v\f"), text.size());
      text.remove_prefix(blanks);
      if (literal) at += blanks;
    }
    const std::size_t room = max_text + (mark_ == no_mark ? 0 : 1) - size_;
    if (text.size() > room) {
      if (!trimmed(text.substr(room)).empty()) return false;
      text = text.substr(0, room);
    }
    if (text.empty()) return true;
    origins_[origin_count_++] = {size_, at, literal};
    size_ = static_cast<std::size_t>(std::copy_n(text.data(), text.size(), text_ + size_) - text_);
    return true;
  }

  // Marks the position of the sequence with a NUL. Returns false if there is no room.
  constexpr bool mark(std::size_t at) {
    if (size_ > max_text) return false;
    mark_ = size_;
    origins_[origin_count_++] = {size_, at, false};
    text_[size_++] = '\0';
    return true;
  }

  // The code without the blanks at its end.
  [[nodiscard]] constexpr std::string_view text() const { return trimmed({text_, size_}); }

  // Applies the text rule to all but the mark; a failure has its position in the template.
  [[nodiscard]] constexpr result<void> check() const {
    const std::string_view code = text();
    const std::size_t mark = std::min(mark_, code.size());
    const auto check_part = [&](std::size_t begin, std::size_t end) -> result<void> {
      if (begin == end) return {};
      const auto checked = validate_text(code.substr(begin, end - begin));
      if (checked) return checked;
      return fail(checked.error().code, place_of(begin + checked.error().at), 1);
    };
    if (const auto checked = check_part(0, mark); !checked) return checked;
    return check_part(std::min(mark + 1, code.size()), code.size());
  }

 private:
  struct origin {
    std::size_t written;  // where in this text
    std::size_t at;       // where in the template
    bool literal;         // the template's own text, byte for byte
  };

  [[nodiscard]] constexpr std::size_t place_of(std::size_t index) const {
    std::size_t i = origin_count_ - 1;
    while (origins_[i].written > index) --i;
    return origins_[i].at + (origins_[i].literal ? index - origins_[i].written : 0);
  }

  static constexpr std::size_t no_mark = static_cast<std::size_t>(-1);

  // not initialised: that would take longer than writing a code
  char text_[max_text + 1];
  origin origins_[max_text + 1];
  std::size_t size_ = 0;
  std::size_t mark_ = no_mark;
  std::size_t origin_count_ = 0;
};

// Whether a member counts as true in a condition: a number other than 0, text that is not empty, a record that
// exists.
template <class T>
constexpr bool is_true(const T& value) {
  if constexpr (text_field<T>)
    return !value.empty();
  else if constexpr (requires {
                       { value.has_value() } -> std::same_as<bool>;
                       *value;
                     })
    return value.has_value() && is_true(*value);
  else if constexpr (std::is_constructible_v<bool, const T&>)
    return static_cast<bool>(value);
  else
    return true;
}

}  // namespace detail

/// Batch policy: codes by a template that is read at run time, `{{ year }}{{ month:02 }}-{{ part.ipn }}`. Made by
/// `parse`. A default-constructed one is empty and writes no codes.
/// docs/batch/template_batch.md describes the language.
template <class Clock = local_clock>
class template_batch {
 public:
  using policy_slot = batch_slot;
  using clock_type = typename detail::asserted_clock<Clock>::type;

  template_batch() = default;

  /// Reads a template of at most 1 MiB. Errors, with their position: unclosed_tag, bad_template, nesting_too_deep (more
  /// than 100), mixed_years, second_sequence, not_utf8, control_character, text_too_long; bad_value, without a
  /// position, for an invalid production.
  /// O(length).
  [[nodiscard]] static constexpr result<template_batch> parse(std::string_view text, clock_type clock = {},
                                                              const production& rules = {}) {
    if (!rules.ok()) return fail(errc::bad_value);
    template_batch policy(std::move(clock), rules);
    if (const auto parsed = detail::template_parser(text, policy.pieces_, rules).parse(); !parsed)
      return unexpected(parsed.error());
    policy.text_ = text;
    policy.needs_clock_ = std::any_of(policy.pieces_.begin(), policy.pieces_.end(), [](const piece& part) {
      return part.name.kind != kind::member && part.name.kind != kind::sequence;
    });
    return policy;
  }

  /// Validates a template without keeping it, for a settings page. Errors: those of `parse`. O(length).
  [[nodiscard]] static constexpr result<void> check(std::string_view text, const production& rules = {}) {
    if (!rules.ok()) return fail(errc::bad_value);
    std::vector<detail::template_piece> pieces;
    return detail::template_parser(text, pieces, rules).parse();
  }

  /// The template; the failures of `format` have their position in it.
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

  /// Appends a code, and takes a number from `counters` if it has a sequence, as pattern_batch does. Names mean members
  /// of the record first, then fields. The record is adapted, or a text_map. If all the text is empty, nothing is
  /// appended and there is no code. Errors, with their position in the template: unknown_field, not_a_number (a width
  /// for a value that is not a number), not_a_date (a best-before date after the year 9999, a century of two digits),
  /// text_too_long, not_utf8, control_character, sequence_exhausted. O(pieces * members).
  template <class Record>
  [[nodiscard]] constexpr result<void> format(std::string& out, const Record& record, batch_counters& counters) const {
    const detail::batch_moment moment(needs_clock_ ? clock_.now() : civil_time{}, rules_);
    detail::template_output code;
    const piece* sequence = nullptr;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const piece& one = pieces_[i];
      const auto here = [&](errc why) { return fail(why, one.at, one.length); };
      if (one.what == piece::kind::jump) {
        i = one.next - std::size_t{1};
      } else if (one.what == piece::kind::branch) {
        if (is_true(one, record, moment) == one.negated) i = one.next - std::size_t{1};
      } else if (one.what == piece::kind::text) {
        if (!code.append(at(one), one.at, true)) return here(errc::text_too_long);
      } else {
        std::string storage;
        const auto value = read(one, record, moment, storage);
        if (!value) return here(value.error().code);
        const bool is_sequence = value->data() == nullptr;
        if (is_sequence) sequence = &one;
        if (is_sequence ? !code.mark(one.at) : !code.append(*value, one.at, false)) return here(errc::text_too_long);
      }
    }
    if (const auto checked = code.check(); !checked) return checked;
    if (!sequence) {
      out.append(code.text());
      return {};
    }
    const detail::sequence_key key(sequence->name.kind, moment, code.text());
    const auto appended = detail::append_numbered(out, code.text(), sequence->width, counters, key.text());
    return appended ? appended : fail(appended.error().code, sequence->at, sequence->length);
  }

 private:
  using piece = detail::template_piece;
  using field = detail::calendar_field;
  using kind = detail::piece_kind;

  constexpr template_batch(clock_type clock, const production& rules) : clock_(std::move(clock)), rules_(rules) {}

  [[nodiscard]] constexpr std::string_view at(const piece& one) const {
    return std::string_view(text_).substr(one.at, one.length);
  }

  // The text of a field; a null view if it is the sequence.
  template <class Record>
  [[nodiscard]] constexpr result<std::string_view> read(const piece& one, const Record& record,
                                                        const detail::batch_moment& moment,
                                                        std::string& storage) const {
    std::string_view text;
    bool known = false;
    visit_member(record, at(one), [&]<class T>(const T& value) {
      if constexpr (detail::text_field<T>) {
        text = value;
        known = true;
      } else if constexpr (tallymark::field<T>) {
        field_codec<T>::append(storage, value);
        text = storage;
        known = true;
      }
    });
    if (!known) {
      if (one.name.kind == kind::member) return fail(errc::unknown_field);
      if (detail::is_sequence(one.name.kind)) return std::string_view{};
      if (!moment.has(one.name)) return fail(errc::not_a_date);
      append_field(storage, one.name, moment);
      text = storage;
    }
    if (!one.number) return text.data() ? text : std::string_view("");
    const bool minus = text.starts_with('-');
    const std::string_view digits = text.substr(minus ? 1 : 0);
    if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos) return fail(errc::not_a_number);
    if (digits.size() >= one.width) return text;
    std::string padded(minus ? "-" : "");
    padded.append(one.width - digits.size(), '0').append(digits);
    storage = std::move(padded);
    return std::string_view(storage);
  }

  template <class Record>
  [[nodiscard]] constexpr bool is_true(const piece& one, const Record& record,
                                       const detail::batch_moment& moment) const {
    bool truth = false;
    if (visit_member(record, at(one), [&](const auto& value) { truth = detail::is_true(value); })) return truth;
    if constexpr (text_map<Record> && std::ranges::range<const Record>) {
      // `part` is true if there is a `part.ipn`
      const auto is_inside = [&](std::string_view key) {
        return key.size() > one.length && key[one.length] == '.' && key.starts_with(at(one));
      };
      for (const auto& [key, value] : record)
        if (is_inside(key)) return true;
    }
    if (one.name.kind == kind::member) return false;
    return one.name.kind != kind::calendar || one.name.field == field::date || moment.value(one.name) != 0;
  }

  constexpr void append_field(std::string& out, const detail::batch_name& name,
                              const detail::batch_moment& moment) const {
    if (name.kind == kind::shift) {
      out += rules_.shifts.shifts[moment.shift].text();
      return;
    }
    char written[10]{};
    char* end = written;
    if (name.field == field::date) {
      const auto part = [&](field wanted) { return moment.value({kind::calendar, wanted, name.best_before}); };
      end = detail::put_date(written, part(field::year), part(field::month), part(field::day));
    } else {
      const detail::calendar_field_info& info = detail::info_of(name.field);
      const int value = moment.value(name);
      end = info.fixed ? detail::put_digits(written, info.digits, static_cast<unsigned>(value))
                       : detail::put_number<4>(written, value);
    }
    out.append(written, end);
  }

  [[no_unique_address]] clock_type clock_{};
  std::string text_;
  std::vector<piece> pieces_;
  production rules_{};
  bool needs_clock_ = false;
};

}  // namespace tallymark
