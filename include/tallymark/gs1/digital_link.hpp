// GS1 Digital Link URIs: the elements of an item as a web address.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/gs1/character_set.hpp>
#include <tallymark/gs1/detail/hex.hpp>
#include <tallymark/gs1/detail/unescaped.hpp>
#include <tallymark/gs1/element_list.hpp>

namespace tallymark::gs1 {

namespace detail {

// The unreserved characters of RFC 3986, section 2.3, which need no encoding.
inline constexpr character_set unreserved{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"};

// The part of a text from `begin` to `end`, with %XX as the byte that it stands for.
[[nodiscard]] constexpr result<unescaped> percent_decoded(std::string_view text, std::size_t begin, std::size_t end) {
  unescaped value;
  std::size_t i = begin;
  for (bool room = true; room && i < end; ++i) {
    const std::size_t from = i;
    char c = text[i];
    if (c == '%') {
      if (end - i < 3 || !is_hex(text[i + 1]) || !is_hex(text[i + 2]))
        return fail(errc::bad_escape, i, std::min<std::size_t>(3, end - i));
      c = static_cast<char>(hexadecimal_value(text[i + 1]) * 16 + hexadecimal_value(text[i + 2]));
      i += 2;
    }
    room = value.add(c, from);
  }
  value.end(i);
  return value;
}

constexpr void percent_encode(std::string& out, std::string_view value) {
  for (const char c : value) {
    if (unreserved.contains(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += hex_symbols[byte >> 4U];
      out += hex_symbols[byte & 15U];
    }
  }
}

// This part of the text as an AI. Errors: unknown_ai if it consists of digits, else not_a_link.
[[nodiscard]] constexpr result<application_identifier> whole_ai(std::string_view text, std::size_t begin,
                                                                std::size_t end) {
  const std::string_view name = text.substr(begin, end - begin);
  const auto ai = application_identifier::read(name);
  if (ai && (*ai).length() == name.size()) return ai;
  return fail(!name.empty() && cset_numeric.find_other(name) == name.npos ? errc::unknown_ai : errc::not_a_link, begin,
              name.size());
}

[[nodiscard]] constexpr result<void> add_decoded(element_list& to, application_identifier ai, std::string_view text,
                                                 std::size_t at, std::size_t begin, std::size_t end) {
  const auto value = percent_decoded(text, begin, end);
  if (!value) return unexpected<failure>(value.error());
  if (const auto added = to.add(ai, (*value).view(), at); !added)
    return unexpected<failure>((*value).placed(added.error()));
  return {};
}

// Whether an AI is one of these, after those that were before; `rest` loses it and what is before it.
constexpr bool comes_next(std::string_view& rest, unsigned ai) {
  while (!rest.empty())
    if (is_like(next_part(rest, ','), ai)) return true;
  return false;
}

// The number of elements from the second on that are qualifiers of the first, in the right order.
constexpr std::size_t qualifiers_in_order(const element_list& path) {
  std::size_t most = 0;
  for (std::string_view choices = path[0].ai.qualifiers(); !choices.empty();) {
    std::string_view rest = next_part(choices, '|');
    std::size_t i = 1;
    while (i < path.size() && comes_next(rest, path[i].ai.number())) ++i;
    most = std::max(most, i - 1);
  }
  return most;
}

// The position of the path, after `http://` or `https://` and the host.
[[nodiscard]] constexpr result<std::size_t> path_begin(std::string_view text, std::size_t end) {
  constexpr std::string_view scheme = "https";
  std::size_t at = 0;
  while (at < scheme.size() && at < end && (text[at] | 0x20) == scheme[at]) ++at;
  if (at < 4 || text.substr(at, 3) != "://") return fail(errc::not_a_link, 0, std::min<std::size_t>(end, at + 3));
  const std::size_t host = at + 3, path = std::min(text.substr(0, end).find('/', host), end);
  if (path == host) return fail(errc::not_a_link, host);
  return path;
}

[[nodiscard]] constexpr result<void> read_path(element_list& read, std::string_view text, std::size_t begin,
                                               std::size_t end) {
  const std::string_view path = text.substr(0, end);
  // pairs of segments, from the end back to the key; anything may precede the key
  std::size_t at = end;
  for (bool found = false; !found;) {
    const std::size_t value = path.substr(0, at).rfind('/');
    if (value == path.npos || value <= begin) return fail(errc::not_a_link, begin, end - begin);
    const std::size_t name = path.substr(0, value).rfind('/');
    if (name == path.npos || name < begin) return fail(errc::not_a_link, begin, end - begin);
    const auto ai = whole_ai(text, name + 1, value);
    if (!ai) return unexpected<failure>(ai.error());
    found = (*ai).is_key();
    at = name;
  }
  while (at < end) {
    const std::size_t name = at + 1, slash = path.find('/', name);
    at = std::min(path.find('/', slash + 1), end);
    const auto ai = whole_ai(text, name, slash);
    if (const auto added = add_decoded(read, *ai, text, name, slash + 1, at); !added) return added;
  }
  if (const std::size_t right = qualifiers_in_order(read) + 1; right < read.size())
    return fail(errc::misplaced_ai, read[right].at, read[right].ai.length());
  return {};
}

[[nodiscard]] constexpr result<void> read_query(element_list& read, std::string_view text, std::size_t begin,
                                                std::size_t end) {
  for (std::size_t at = begin; at < end;) {
    const std::size_t stop = std::min(text.find_first_of("&;", at), end), name = at;
    const std::size_t equals = std::min(text.substr(0, stop).find('=', at), stop);
    at = stop + 1;
    const std::string_view key = text.substr(name, equals - name);
    if (key.empty() || cset_numeric.find_other(key) != key.npos) continue;  // not a GS1 parameter
    const auto ai = whole_ai(text, name, equals);
    if (!ai) return unexpected<failure>(ai.error());
    if (!(*ai).is_attribute()) return fail(errc::misplaced_ai, name, key.size());
    if (const auto added = add_decoded(read, *ai, text, name, std::min(equals + 1, stop), stop); !added) return added;
  }
  return {};
}

}  // namespace detail

/// Reads an uncompressed GS1 Digital Link URI: http or https, any host, anything in the path before the key; the key
/// and its qualifiers in order; attributes in the query. Parameters that are not numbers and the fragment after `#` are
/// ignored. Errors: not_a_link where no key is found; unknown_ai; bad_escape; misplaced_ai for qualifiers out of order
/// and for parameters that are not attributes; and those of element_list::add, at their position in the URI.
/// O(length + elements^2).
[[nodiscard]] constexpr result<element_list> parse_digital_link(std::string_view text) {
  const std::size_t end = std::min(text.find('#'), text.size());
  const std::size_t query = std::min(text.substr(0, end).find('?'), end);
  const auto begin = detail::path_begin(text, query);
  if (!begin) return unexpected<failure>(begin.error());
  element_list read;
  if (const auto path = detail::read_path(read, text, *begin, query); !path) return unexpected<failure>(path.error());
  if (const auto rest = detail::read_query(read, text, query + 1, end); !rest) return unexpected<failure>(rest.error());
  return read;
}

namespace detail {

// The key, and the qualifiers that go into the path, in their order. Everything else goes into the query.
struct link_plan {
  std::size_t key = 0;
  std::string_view qualifiers{};
};

constexpr bool is_qualifier(std::string_view choice, unsigned ai) { return comes_next(choice, ai); }

// The first element that fits neither the path nor the query of this plan.
constexpr std::optional<std::size_t> misfit(const element_list& elements, const link_plan& plan) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const auto& ai = elements[i].ai;
    if (i != plan.key && !ai.is_attribute() && !is_qualifier(plan.qualifiers, ai.number())) return i;
  }
  return std::nullopt;
}

[[nodiscard]] constexpr result<link_plan> plan_link(const element_list& elements) {
  std::optional<std::size_t> first_misfit;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!elements[i].ai.is_key()) continue;
    std::string_view choices = elements[i].ai.qualifiers();
    do {
      const link_plan plan{i, next_part(choices, '|')};
      const auto wrong = misfit(elements, plan);
      if (!wrong) return plan;
      if (!first_misfit) first_misfit = wrong;
    } while (!choices.empty());
  }
  if (!first_misfit) return fail(errc::ai_missing, 0, 0);
  const element wrong = elements[*first_misfit];
  return fail(errc::misplaced_ai, wrong.at, wrong.ai.length());
}

constexpr bool is_repeated(const element_list& elements, std::size_t i) {
  for (std::size_t before = 0; before < i; ++before)
    if (elements[before].ai == elements[i].ai) return true;
  return false;
}

}  // namespace detail

/// Appends a GS1 Digital Link URI: the stem (scheme, host and optional path, without a slash at its end), the first key
/// with which every element fits, its qualifiers in their order, the others as attributes in the query. All but the
/// unreserved characters of RFC 3986 is percent-encoded. Errors: ai_missing if there is no key; misplaced_ai for an
/// element that can be neither qualifier nor attribute. Nothing is appended on an error. O(elements^2 + bytes).
[[nodiscard]] constexpr result<void> append_digital_link(std::string& out, const element_list& elements,
                                                         std::string_view stem = "https://id.gs1.org") {
  const auto plan = detail::plan_link(elements);
  if (!plan) return unexpected<failure>(plan.error());
  const auto append = [&](const element& added, char before, char between) {
    out += before;
    added.ai.append(out);
    out += between;
    detail::percent_encode(out, added.value);
  };
  out += stem;
  const element key = elements[(*plan).key];
  append(key, '/', '/');
  for (std::string_view rest = (*plan).qualifiers; !rest.empty();) {
    const std::string_view next = detail::next_part(rest, ',');
    for (std::size_t i = 0; i < elements.size(); ++i)
      if (detail::is_like(next, elements[i].ai.number()) && !detail::is_repeated(elements, i))
        append(elements[i], '/', '/');
  }
  char before = '?';
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const element attribute = elements[i];
    if (attribute.ai == key.ai || detail::is_qualifier((*plan).qualifiers, attribute.ai.number()) ||
        detail::is_repeated(elements, i))
      continue;
    append(attribute, before, '=');
    before = '&';
  }
  return {};
}

}  // namespace tallymark::gs1
