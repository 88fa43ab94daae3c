// Expressions as InvenTree reads them, without its defects, for users of InvenTree.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/expression/detail/expander.hpp>
#include <tallymark/expression/detail/item.hpp>
#include <tallymark/expression/expansion.hpp>
#include <tallymark/expression/source.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/numbering.hpp>

namespace tallymark {

/// Words separated by white space and commas: `1 2, 5-9 20+3 ~`. If there are as many words as the quantity and
/// none is a group, every word is taken literally as a serial number. See docs/expression/inventree.md for where it
/// differs from InvenTree and why.
struct inventree_expression {
  /// How many runs the groups of one text may make. More are refused with too_many_runs, before memory is used for them:
  /// where an increment leaves numbers out, or follows no stride, a short text could name millions.
  std::uint64_t most_runs = default_most_runs;

  /// Reads `text`, which must name exactly `quantity` serial numbers. Errors: those that the page lists. O(n log n) for
  /// n words, however many serial numbers they name, if the increment says how far it counts by its
  /// stride.
  template <class Serial, class Increment, serial_source Source>
  [[nodiscard]] constexpr expansion expand(std::string_view text, std::uint64_t quantity,
                                           const numbering<Serial, Increment>& numbers, const Source& source) const {
    detail::expander<numbering<Serial, Increment>, Source> items(text, quantity, numbers, source, most_runs);
    const std::vector<word> words = words_of(text);
    if (words.empty()) items.refuse(errc::empty_text, text);
    const bool literally = words.size() == quantity && std::none_of(words.begin(), words.end(), [&](const word& each) {
                             return is_group(items, each);
                           });
    for (const word& each : words) {
      if (each.open_quote != detail::nowhere)
        items.refuse(errc::unclosed_quote, text.substr(each.open_quote, 1));
      else
        read(items, each, literally);
    }
    return items.finish(detail::fill_rule::what_those_before_leave);
  }

 private:
  struct word {
    std::string_view text;
    std::size_t open_quote;
    bool joined = false;  // an operator that stood alone, with its neighbours
  };

  // Bytes of the white space at `at`, or 0. Unicode white space counts too: text pasted from a web page may have it.
  [[nodiscard]] static constexpr std::size_t white_space(std::string_view text, std::size_t at) {
    using namespace std::string_view_literals;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) return detail::is_blank(text[at]) || (0x1C <= byte && byte <= 0x1F) ? 1 : 0;
    const auto two = text.substr(at, 2), three = text.substr(at, 3);
    if (two == "\xC2\x85"sv || two == "\xC2\xA0"sv) return 2;
    if (three == "\xE1\x9A\x80"sv || three == "\xE2\x81\x9F"sv || three == "\xE3\x80\x80"sv) return 3;
    if (three.size() < 3 || three.substr(0, 2) != "\xE2\x80"sv) return 0;
    const auto last = static_cast<unsigned char>(three[2]);
    return (0x80 <= last && last <= 0x8A) || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0;
  }

  [[nodiscard]] static constexpr std::size_t skip_white_space(std::string_view text, std::size_t at) {
    while (at < text.size() && white_space(text, at) > 0) at += white_space(text, at);
    return at;
  }

  [[nodiscard]] static constexpr detail::scanned_item scan(std::string_view text, std::size_t at) {
    return detail::scan_item(text, at, [&](std::size_t i) { return text[i] == ',' || white_space(text, i) > 0; });
  }

  [[nodiscard]] static constexpr std::vector<word> words_of(std::string_view text) {
    std::vector<word> words;
    bool comma = true;     // since the word before, or at the beginning
    bool waiting = false;  // for what follows an operator that stood alone
    for (std::size_t at = skip_white_space(text, 0); at < text.size(); at = skip_white_space(text, at)) {
      if (text[at] == ',') {
        comma = true;
        ++at;
        continue;
      }
      const auto next = scan(text, at);
      const bool alone = next.text == "+" || next.text == "-";
      if (!comma && (alone || waiting)) {
        word& before = words.back();
        const auto begin = static_cast<std::size_t>(before.text.data() - text.data());
        before = {text.substr(begin, next.end - begin), std::min(before.open_quote, next.open_quote), true};
      } else {
        words.push_back({next.text, next.open_quote});
      }
      waiting = alone && !comma;
      comma = false;
      at = next.end;
    }
    return words;
  }

  // A plus counts only where there is no hyphen, and a word with two hyphens is a serial number.
  [[nodiscard]] static constexpr detail::operation split(const word& each) {
    const std::string_view item = each.text;
    if (each.joined) {
      const auto left = scan(item, 0).text;
      const std::size_t sign = skip_white_space(item, left.size());
      const auto right = item.substr(skip_white_space(item, sign + 1));
      const auto is_operand = [](std::string_view side) {
        return detail::is_quoted(side) || side.find_first_of("+-") == side.npos;
      };
      return is_operand(left) && is_operand(right) ? detail::operation{left, item[sign], right}
                                                   : detail::operation{item};
    }
    if (detail::is_quoted(item)) return detail::split_after_quote(item);
    const std::size_t hyphen = item.find('-');
    if (hyphen == item.npos) return detail::split_at(item, item.find('+'));
    const auto parts = detail::split_at(item, hyphen);
    const bool second = !detail::is_quoted(parts.right) && parts.right.find('-') != parts.right.npos;
    return second ? detail::operation{item} : parts;
  }

  // Whether the word is certainly a group: a range that can be counted through, or a counter with a plus.
  template <class Items>
  static constexpr bool is_group(Items& items, const word& each) {
    const auto parts = split(each);
    if (each.open_quote != detail::nowhere || parts.left.empty()) return false;
    std::vector<char> first, second;
    if (parts.sign == '+') {
      if (!parts.right.empty() && !detail::read_count(parts.right, true)) return false;
      if (parts.left == "~") return true;
      const auto from = items.read(parts.left, first);
      return from && items.goes_on(*from);
    }
    if (parts.sign != '-' || parts.right.empty()) return false;
    const auto a = items.read(parts.left, first), b = items.read(parts.right, second);
    run_list between;
    return a && b && *a != *b && items.count(*a, *b, between);
  }

  template <class Items>
  static constexpr void read(Items& items, const word& each, bool literally) {
    const auto parts = split(each);
    const bool quoted = detail::is_quoted(parts.left) || detail::is_quoted(parts.right);
    if (each.text == "~")
      items.free(each.text, 1);
    else if (each.joined && parts.sign == 0)
      items.refuse(errc::not_a_group, each.text);
    else if (parts.sign == 0 || (literally && !each.joined && !quoted))
      items.literal(each.text);
    else if (parts.sign == '+')
      items.plus(each.text, parts, true);
    else if (parts.sign != '-')
      items.literal(each.text);  // refused: text follows the closing quote
    else if (parts.left != parts.right)
      items.range(each.text, parts);
    else
      items.refuse(errc::not_a_group, each.text);
  }
};

}  // namespace tallymark
