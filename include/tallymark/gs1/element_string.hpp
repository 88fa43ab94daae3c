// Element strings: the contents of a GS1 barcode, as scanners send them and as people read them.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/gs1/detail/unescaped.hpp>
#include <tallymark/gs1/element_list.hpp>

namespace tallymark::gs1 {

/// The byte that scanners send for the separator FNC1: ASCII 29, GS.
inline constexpr char separator = '\x1D';

namespace detail {

// The prefix that a scanner sends: ISO/IEC 15424 symbology identifiers of the barcodes that hold element strings.
constexpr std::size_t symbology_length(std::string_view text) {
  constexpr std::array<std::string_view, 5> known{"]C1", "]e0", "]d2", "]Q3", "]J1"};
  return std::find(known.begin(), known.end(), text.substr(0, 3)) != known.end() ? 3 : 0;
}

constexpr bool is_last_of_variable_length(const element_list& elements, std::size_t i) {
  return i + 1 == elements.size() || elements[i].ai.predefined();
}

}  // namespace detail

/// Reads an element string as a scanner sends it: an optional symbology identifier such as `]C1`, then AIs and values,
/// with a separator after values whose length is not predefined. A separator that is not needed, after other values or
/// at the end, is accepted. Each value is validated; check_associations validates which elements occur together.
/// Errors: empty_text; unknown_ai; separator_missing where a value of fixed length ends and something follows; and
/// those of element_list::add. O(length + elements^2).
[[nodiscard]] constexpr result<element_list> parse_element_string(std::string_view text) {
  element_list read;
  std::size_t at = detail::symbology_length(text);
  if (at == text.size()) return fail(errc::empty_text, at);
  while (at < text.size()) {
    const auto ai = application_identifier::read(text.substr(at));
    if (!ai) return unexpected<failure>(shifted(ai.error(), at));
    const std::size_t begin = at + (*ai).length(), most = (*ai).most();
    std::size_t end = std::min(text.find(separator, begin), text.size());
    if (end - begin > most) {
      if (!(*ai).predefined() && (*ai).least() == most) {
        if (const auto checked = (*ai).check(text.substr(begin, most)); !checked)
          return unexpected<failure>(shifted(checked.error(), begin));
        return fail(errc::separator_missing, begin + most);
      }
      if ((*ai).predefined()) end = begin + most;
    }
    if (const auto added = read.add(*ai, text.substr(begin, end - begin), at); !added)
      return unexpected<failure>(shifted(added.error(), begin));
    at = end;
    if (at < text.size() && text[at] == separator) ++at;
  }
  return read;
}

/// Appends the elements as a barcode encodes them: a separator after each value whose length is not predefined, except
/// the last. Put such a value last to save a symbol. O(bytes).
constexpr void append_element_string(std::string& out, const element_list& elements) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    elements[i].ai.append(out);
    out += elements[i].value;
    if (!detail::is_last_of_variable_length(elements, i)) out += separator;
  }
}

/// Reads the bracketed form: `(01)09521234543213(10)ABC123`. An opening bracket within a value is written `\(`.
/// Errors: empty_text; unknown_ai where an AI in brackets is expected; those of element_list::add.
/// O(length + elements^2).
[[nodiscard]] constexpr result<element_list> parse_bracketed(std::string_view text) {
  element_list read;
  if (text.empty()) return fail(errc::empty_text);
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '(') return fail(errc::unknown_ai, at, 1);
    const auto ai = application_identifier::read(text.substr(at + 1));
    if (!ai) {
      failure why = shifted(ai.error(), at + 1);
      why.length = static_cast<std::uint32_t>(std::min<std::size_t>(why.length, text.size() - why.at));
      return unexpected<failure>(why);
    }
    const std::size_t after = at + 1 + (*ai).length();
    if (after == text.size() || text[after] != ')') return fail(errc::unknown_ai, at + 1, after - at - 1);
    detail::unescaped value;
    std::size_t i = after + 1;
    for (bool room = true; room && i < text.size() && text[i] != '('; ++i) {
      const std::size_t from = i;
      if (text[i] == '\\' && text.substr(i + 1, 1) == "(") ++i;
      room = value.add(text[i], from);
    }
    value.end(i);
    if (const auto added = read.add(*ai, value.view(), at + 1); !added)
      return unexpected<failure>(value.placed(added.error()));
    at = i;
  }
  return read;
}

/// Appends the bracketed form. O(bytes).
constexpr void append_bracketed(std::string& out, const element_list& elements) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    out += '(';
    elements[i].ai.append(out);
    out += ')';
    for (const char c : elements[i].value) {
      if (c == '(') out += '\\';
      out += c;
    }
  }
}

}  // namespace tallymark::gs1
