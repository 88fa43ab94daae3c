// A pattern of serial numbers as types and constants.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>
#include <tallymark/serial/detail/counter.hpp>
#include <tallymark/serial/detail/named_check.hpp>
#include <tallymark/serial/detail/pattern_automaton.hpp>
#include <tallymark/serial/detail/serial_pattern.hpp>

namespace tallymark::detail {

/// A pattern, or a placeholder if it has a mistake.
template <fixed_string Pattern>
struct pattern_shape {
  using piece = pattern_piece;
  static constexpr parsed_serial_pattern<Pattern.size()> parsed =
      parsed_serial<Pattern>.error == pattern_mistake::none ? parsed_serial<Pattern>
                                                            : parsed_serial_pattern<Pattern.size()>("{counter}");
  static constexpr std::size_t count = parsed.count;
  static constexpr auto symbols = []<std::size_t... I>(std::index_sequence<I...>) {
    return fixed_string<sizeof...(I) + 1>({parsed.symbols[I]..., '\0'});
  }(std::make_index_sequence<parsed.base>{});

  static constexpr std::size_t index_of(piece_kind kind) {
    std::size_t i = 0;
    while (i < count && parsed.pieces[i].kind != kind) ++i;
    return i;
  }
  static constexpr std::size_t counter_at = index_of(piece_kind::counter), check_at = index_of(piece_kind::check);
  static constexpr piece counted = parsed.pieces[counter_at];
  static constexpr auto width = static_cast<unsigned>(counted.width);

  using free_counter = counter<symbols, 0>;
  using wide_counter = counter<symbols, counted.width == 0 ? 1 : counted.width>;
  using check = typename check_of<parsed.check>::type;

  // ---- lengths --------------------------------------------------------------------------------

  static constexpr std::string_view literal(const piece& element) {
    return Pattern.view().substr(element.at, element.length);
  }
  static constexpr std::size_t least(const piece& element) {
    if (element.kind == piece_kind::check) return check::length;
    return element.kind == piece_kind::literal ? element.length : std::max<std::size_t>(element.width, 1);
  }
  static constexpr std::size_t most(const piece& element) {
    if (element.kind == piece_kind::counter)
      return element.grows ? std::max<std::size_t>(free_counter::longest, width) : width;
    if (element.kind == piece_kind::member) return element.width > 0 ? element.width : max_text;
    if (element.kind == piece_kind::calendar && element.width == 0) return info_of(element.field).digits;
    return least(element);
  }
  // of the pieces from the i-th on
  static constexpr auto least_from = [] {
    std::array<std::size_t, count + 1> sums{};
    for (std::size_t i = count; i-- > 0;) sums[i] = sums[i + 1] + least(parsed.pieces[i]);
    return sums;
  }();
  static constexpr auto most_from = [] {
    std::array<std::size_t, count + 1> sums{};
    for (std::size_t i = count; i-- > 0;) sums[i] = std::min(sums[i + 1] + most(parsed.pieces[i]), 10 * max_text);
    return sums;
  }();

  // ---- what a family keeps --------------------------------------------------------------------

  // The counter and the check divide the pattern into segments; those with dates or members belong to the family, which
  // has room for two.
  static constexpr std::size_t segments = check_at < count ? 3 : 2;
  static constexpr bool counter_first = counter_at < check_at;
  static constexpr std::size_t begin_of(std::size_t segment) {
    if (segment == 0) return 0;
    return (segment == 1) == counter_first ? counter_at + 1 : check_at + 1;
  }
  static constexpr std::size_t end_of(std::size_t segment) {
    if (segment + 1 == segments) return count;
    return (segment == 0) == counter_first ? counter_at : check_at;
  }
  static constexpr bool varies(std::size_t segment) {
    bool found = false;
    for (std::size_t i = begin_of(segment); i < end_of(segment); ++i)
      found = found || parsed.pieces[i].kind == piece_kind::calendar || parsed.pieces[i].kind == piece_kind::member;
    return found;
  }
  static constexpr std::size_t varying = [] {
    std::size_t n = 0;
    for (std::size_t s = 0; s < segments; ++s) n += varies(s) ? 1U : 0U;
    return n;
  }();
  static constexpr std::size_t first_varying = [] {
    std::size_t s = 0;
    while (s < segments && !varies(s)) ++s;
    return s;
  }();
  static constexpr bool has_members = parsed.has(piece_kind::member), has_dates = parsed.has(piece_kind::calendar);

  // The texts of segments that have only literals.
  static constexpr auto constants = [] {
    std::array<std::array<char, max_text>, 3> texts{};
    std::array<std::size_t, 3> sizes{};
    for (std::size_t s = 0; s < segments; ++s)
      for (std::size_t i = begin_of(s); i < end_of(s) && !varies(s); ++i)
        for (const char byte : literal(parsed.pieces[i]))
          if (sizes[s] < max_text) texts[s][sizes[s]++] = byte;
    return std::pair(texts, sizes);
  }();
  static constexpr std::string_view segment(std::size_t s, const family& of) {
    if (varies(s)) return s == first_varying ? of.text : of.tail;
    return {constants.first[s].data(), constants.second[s]};
  }

  // The greatest number of bytes beside the counter if there are no members, and the number of those that are the same
  // in all families.
  static constexpr std::size_t constant_most = most_from[0] - most(counted);
  static constexpr std::size_t constant_length =
      check::length + constants.second[0] + constants.second[1] + constants.second[2];

  // ---- what a check covers --------------------------------------------------------------------

  static constexpr bool over(piece_kind kind) {
    return std::any_of(parsed.begin(), parsed.end(),
                       [&](const piece& element) { return element.checked && element.kind == kind; });
  }
  static constexpr std::string_view check_symbols = characters_of(parsed.check);
  static constexpr bool over_all = std::all_of(parsed.begin(), parsed.end(), [](const piece& element) {
    return element.checked || element.kind == piece_kind::check;
  });
  static constexpr bool knows(std::string_view text) {
    return text.find_first_not_of(std::string_view(check::symbols)) == text.npos;
  }
  static constexpr bool check_knows_all = [] {
    bool known = true;
    for (const piece& element : parsed) {
      if (!element.checked) continue;
      if (element.kind == piece_kind::literal) known = known && knows(literal(element));
      if (element.kind == piece_kind::counter) known = known && knows(symbols.view());
      if (element.kind == piece_kind::calendar) known = known && knows("0123456789");
    }
    return known;
  }();

  // A check character of Code 39 may be a blank, which is lost at the ends of a text.
  static constexpr bool can_end_in_blank =
      std::string_view(check::symbols).find(' ') != std::string_view::npos && (check_at == 0 || check_at + 1 == count);

  // ---- the automaton --------------------------------------------------------------------------

 private:
  // Two readings differ if a byte belongs to the counter, to the check, or to the covered pieces in one of them only.
  static constexpr std::uint8_t role(const piece& element) {
    return static_cast<std::uint8_t>((element.kind == piece_kind::counter ? 1 : 0) +
                                     (element.kind == piece_kind::check ? 2 : 0) + (element.checked ? 4 : 0));
  }

  static constexpr void add_steps(automaton& chain, const piece& element) {
    constexpr std::string_view digits = "0123456789";
    const auto add = [&](const byte_set& bytes, bool repeats = false, std::uint8_t skip = 0) {
      chain.add({bytes, repeats, skip, role(element)});
    };
    const auto repeat = [&](const byte_set& bytes, std::size_t times) {
      for (std::size_t i = 0; i < times; ++i) add(bytes);
    };
    switch (element.kind) {
      case piece_kind::literal:
        for (const char byte : literal(element)) add(byte_set(std::string_view(&byte, 1)));
        break;
      case piece_kind::counter: {
        const byte_set all(symbols.view()), not_zero(symbols.view().substr(1));
        if (element.grows) {  // a first symbol that is not zero, and more, before the least width
          add(not_zero, false, 2);
          add(all, true, 1);
        }
        repeat(all, std::max<std::size_t>(element.width, 1));
        break;
      }
      case piece_kind::calendar: {
        const calendar_field_info& info = info_of(element.field);
        std::size_t power = 1;
        for (std::size_t i = 1; i < info.digits; ++i) power *= 10;
        const byte_set highest(digits.substr(0, info.most / power + 1)), all(digits);
        if (element.width == 0) {
          for (std::size_t i = 1; i < info.digits; ++i) add(i == 1 ? highest : all, false, 1);
          add(all);
        } else {
          repeat(byte_set("0"), element.width - info.digits);
          add(highest);
          repeat(all, info.digits - 1U);
        }
        break;
      }
      case piece_kind::member:
        if (element.width > 0)
          repeat(byte_set(digits), element.width);
        else
          add(byte_set().add(0x20, 0xFF), true);
        break;
      case piece_kind::check: repeat(byte_set(check_symbols), check::length); break;
      default: break;
    }
  }

 public:
  static constexpr automaton steps = [] {
    automaton chain;
    for (const piece& element : parsed) add_steps(chain, element);
    return chain;
  }();
  static constexpr bool ambiguous = have_common_text<steps.count, steps.count>(steps, steps, true);

  /// The ordinal of a counter. Errors: those of counter::parse, at their position in the text.
  [[nodiscard]] static constexpr result<std::uint64_t> ordinal_of(std::string_view text, std::size_t at,
                                                                  std::size_t length) {
    const std::string_view until = text.substr(0, at + length);
    if (counted.width > 0 && (!counted.grows || length <= counted.width)) return wide_counter::parse(until, at);
    return free_counter::parse(until, at);
  }
};

}  // namespace tallymark::detail
