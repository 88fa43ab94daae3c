// Reads a text by a pattern of serial numbers: which of its bytes belong to which piece.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/calendar_numbers.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>

namespace tallymark::detail {

/// The position of each piece of a pattern in a text.
template <std::size_t Count>
struct pattern_reading {
  std::array<std::uint8_t, Count + 1> begin{};  // and the end of the last

  [[nodiscard]] constexpr std::string_view piece(std::string_view text, std::size_t i) const {
    return text.substr(begin[i], static_cast<std::size_t>(begin[i + 1] - begin[i]));
  }
};

/// Reads texts by a pattern_shape.
template <class Shape>
class pattern_reader {
  static constexpr std::size_t count = Shape::count;

 public:
  using reading = pattern_reading<count>;

  /// Finds the pieces of a text. Errors: text_too_long beyond 100 bytes; those of the piece at which reading stopped.
  /// O(length * pieces).
  [[nodiscard]] static constexpr result<reading> read(std::string_view text) {
    if (text.size() > max_text) return fail(errc::text_too_long, max_text, text.size() - max_text);
    pattern_reader search(text, false);
    if (search.find(0, 0)) return search.where_;
    if constexpr (Shape::check_at == count) return unexpected<failure>(search.why_);
    // with any bytes as the check characters: they are found at their position, and are wrong
    pattern_reader lenient(text, true);
    if (!lenient.find(0, 0)) return unexpected<failure>(lenient.why_);
    return lenient.where_;
  }

  /// Whether the numbers of a date are consistent. Errors: not_a_date over the first that contradicts those before it.
  [[nodiscard]] static constexpr result<void> check_dates(std::string_view text, const reading& where) {
    calendar_numbers numbers;
    for (std::size_t i = 0; i < count; ++i) {
      const pattern_piece& element = Shape::parsed.pieces[i];
      if (element.kind != piece_kind::calendar) continue;
      const std::string_view part = where.piece(text, i);
      const int value = *read_number(part, 0, part.size(), 0, 9999, errc::not_a_date);
      const bool differs = numbers.has(element.field) && numbers[element.field] != value;
      numbers.set(element.field, value);
      if (differs || !numbers.can_be()) return fail(errc::not_a_date, where.begin[i], part.size());
    }
    return {};
  }

 private:
  constexpr pattern_reader(std::string_view text, bool any_check) : text_(text), any_check_(any_check) {}

  constexpr bool note(const failure& wrong) {
    if (wrong.at > why_.at || why_.length == 0) why_ = wrong;
    return false;
  }
  constexpr bool refuse(errc code, std::size_t at, std::size_t length) {
    return note(result<void>(fail(code, at, length)).error());
  }

  // Finds piece i and those after it, from the byte `at` on. It backtracks only where several pieces have no fixed
  // length.
  constexpr bool find(std::size_t i, std::size_t at) {
    where_.begin[i] = static_cast<std::uint8_t>(at);
    const std::size_t rest = text_.size() - at;
    if (i == count) return rest == 0 || refuse(errc::not_a_serial, at, rest);
    std::uint64_t& tried = tried_[i][at / 64];
    if ((tried >> (at % 64) & 1U) != 0) return false;
    const pattern_piece& element = Shape::parsed.pieces[i];
    std::size_t low = rest > Shape::most_from[i + 1] ? rest - Shape::most_from[i + 1] : 0;
    std::size_t high = rest > Shape::least_from[i + 1] ? rest - Shape::least_from[i + 1] : 0;
    if (element.kind == piece_kind::counter && i + 1 == count) {
      low = high = rest;  // a wrong length is reported by the counter
    } else {
      low = std::max(low, Shape::least(element));
      high = std::min(high, Shape::most(element));
      if (low > high)
        low = high = element.kind == piece_kind::counter ? symbols_at(at, Shape::most(element)) : Shape::least(element);
    }
    for (std::size_t length = low; length <= high; ++length)
      if (fits(element, at, length) && find(i + 1, at + length)) {
        where_.begin[i] = static_cast<std::uint8_t>(at);
        return true;
      }
    tried |= std::uint64_t{1} << (at % 64);
    return false;
  }

  // the text is too short or too long: the counter's symbols show where
  [[nodiscard]] constexpr std::size_t symbols_at(std::size_t at, std::size_t limit) const {
    return std::min({text_.find_first_not_of(Shape::symbols.view(), at), text_.size(), at + limit}) - at;
  }

  constexpr bool fits(const pattern_piece& element, std::size_t at, std::size_t length) {
    const std::size_t available = std::min(length, text_.size() - at);
    const std::string_view part = text_.substr(at, available);
    switch (element.kind) {
      case piece_kind::literal: return part == Shape::literal(element) || refuse(errc::not_a_serial, at, available);
      case piece_kind::counter: {
        const auto ordinal = Shape::ordinal_of(text_, at, available);
        return ordinal || note(ordinal.error());
      }
      case piece_kind::calendar: {
        const calendar_field_info& info = info_of(element.field);
        if (element.width == 0 && available > 1 && part[0] == '0') return refuse(errc::not_a_date, at, 1);
        const auto value = read_number(text_, at, length, info.least, info.most, errc::not_a_date);
        return value || note(value.error());
      }
      case piece_kind::member: {
        const std::size_t other = element.width > 0 ? part.find_first_not_of("0123456789") : part.npos;
        if (other != part.npos) return refuse(errc::not_a_serial, at + other, 1);
        return available == length || refuse(errc::not_a_serial, text_.size(), 0);
      }
      case piece_kind::check: {
        if (available < length) return refuse(errc::check_missing, text_.size(), 0);
        return any_check_ || part.find_first_not_of(Shape::check_symbols) == part.npos;
      }
      default: return false;
    }
  }

  std::string_view text_;
  bool any_check_;
  reading where_{};
  failure why_{errc::not_a_serial, 0, 0, {}};
  std::array<std::array<std::uint64_t, 2>, count + 1> tried_{};  // without success
};

}  // namespace tallymark::detail
