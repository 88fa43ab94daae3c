// The strict grammar of expressions, our default: `1-5, "A-7", SN-098+3, ~+`.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/expression/detail/expander.hpp>
#include <tallymark/expression/detail/item.hpp>
#include <tallymark/expression/expansion.hpp>
#include <tallymark/expression/source.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

/// The default grammar: nothing is guessed, everything can be written, all errors are found. See
/// docs/expression/strict.md for the grammar.
struct strict_expression {
  /// How many runs the groups of one text may make. More are refused with too_many_runs, before memory is used for them:
  /// where an increment leaves numbers out, or follows no stride, a short text could name millions.
  std::uint64_t most_runs = default_most_runs;

  /// Reads `text`, which must name exactly `quantity` serial numbers. Errors: those that the page lists. O(n log n) for
  /// n items, however many serial numbers they name, if the increment says how far it counts by its
  /// stride.
  template <class Serial, class Increment, serial_source Source>
  [[nodiscard]] constexpr expansion expand(std::string_view text, std::uint64_t quantity,
                                           const numbering<Serial, Increment>& numbers, const Source& source) const {
    detail::expander<numbering<Serial, Increment>, Source> items(text, quantity, numbers, source, most_runs);
    const auto is_comma = [&](std::size_t at) { return text[at] == ',' || text[at] == ';'; };
    const auto separates = [&](std::size_t at) { return is_comma(at) || detail::is_line_end(text[at]); };

    bool named = false;     // since the last comma; line ends next to a comma or in a row are ignored
    std::size_t begin = 0;  // after the last comma
    const bool blank = detail::stripped(text).empty();
    if (blank) items.refuse(errc::empty_text, text);
    for (std::size_t at = 0; !blank && at <= text.size(); ++at) {
      const auto item = detail::scan_item(text, at, separates);
      at = item.end;
      if (item.open_quote != detail::nowhere)
        items.refuse(errc::unclosed_quote, text.substr(item.open_quote, 1));
      else if (!item.text.empty())
        read(items, item.text);
      named = named || !item.text.empty();
      if (at < text.size() && !is_comma(at)) continue;
      if (!named) items.refuse(errc::empty_item, text.substr(begin, at - begin));
      named = false;
      begin = at + 1;
    }
    return items.finish(detail::fill_rule::what_others_leave);
  }

 private:
  // `a + n` at the first plus; `a - b` only if b is quoted; otherwise any hyphen could be the separator
  [[nodiscard]] static constexpr detail::operation split(std::string_view item) {
    if (detail::is_quoted(item)) return detail::split_after_quote(item);
    std::size_t at = 0;
    while (at < item.size() && item[at] != '+' &&
           !(item[at] == '-' && detail::is_quoted(detail::stripped(item.substr(at + 1)))))
      ++at;
    return detail::split_at(item, at);
  }

  template <class Items>
  static constexpr void read(Items& items, std::string_view item) {
    const auto parts = split(item);
    if (parts.sign == '+')
      items.plus(item, parts, false);
    else if (parts.sign == '-')
      items.range(item, parts);
    else if (item == "~")
      items.free(item, 1);
    else if (detail::is_quoted(item) || item.find('~') != item.npos)
      items.literal(item);
    else
      hyphens(items, item);
  }

  // Tries every hyphen that could separate two serial numbers.
  template <class Items>
  static constexpr void hyphens(Items& items, std::string_view item) {
    using traits = serial_traits<std::remove_cvref_t<decltype(items.numbers().serial_policy)>>;
    run_list range;
    std::size_t ranges = 0;
    bool backwards = false;
    for (std::size_t at = item.find('-'); at != item.npos && ranges < 2; at = item.find('-', at + 1)) {
      const auto left = detail::stripped(item.substr(0, at)), right = detail::stripped(item.substr(at + 1));
      if (left.size() > traits::max_length) break;
      if (left.empty() || right.empty() || right.size() > traits::max_length) continue;
      const auto a = items.numbers().parse(left), b = items.numbers().parse(right);
      if (!a || !b) continue;
      run_list between;
      const auto counted = items.count(*a, *b, between);
      if (counted && ++ranges == 1) range = std::move(between);
      if (!counted && counted.error().code == errc::ambiguous_hyphen) ranges = 2;
      if (!counted && counted.error().code == errc::range_backwards) backwards = true;
      if (!counted && counted.error().code == errc::too_many_runs) return items.refuse(errc::too_many_runs, item);
    }
    if (ranges == 1) return items.group(item, range);
    if (ranges > 1) return items.refuse(errc::ambiguous_hyphen, item);
    if (backwards) return items.refuse(errc::range_backwards, item);
    items.literal(item);
  }
};

}  // namespace tallymark
