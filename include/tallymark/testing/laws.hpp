// The laws of serial and increment policies, for tests of your own policies, in any test framework.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/number/run_list.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/serial_range.hpp>

namespace tallymark::testing {

/// A law that a policy breaks, and an example.
struct broken_law {
  std::string law;
  std::string seen;
};

namespace detail {

inline std::string quoted(std::string_view text) { return std::string(1, '\'').append(text).append(1, '\''); }

template <class S>
std::string spelled(const S& policy, const serial_number& serial) {
  std::string out;
  serial_traits<S>::format(policy, out, serial);
  return out;
}

// the laws of one serial number that the policy made or could make
template <class S>
std::optional<broken_law> check_serial(const S& policy, const serial_number& serial) {
  using traits = serial_traits<S>;
  if (!serial.family.counts() && serial.ordinal != 0)
    return broken_law{"a literal has ordinal 0", detail::quoted(serial.family.text)};
  if (serial.family.counts() && serial.ordinal > traits::last(policy, serial.family))
    return broken_law{"no ordinal is greater than the last", detail::quoted(detail::spelled(policy, serial))};
  if (!traits::accepts(policy, serial)) return std::nullopt;
  const std::string text = detail::spelled(policy, serial);
  if (trimmed(text) != text || !validate_text(text, traits::max_length))
    return broken_law{"format writes a text without blanks at its ends, of at most max_length bytes",
                      detail::quoted(text)};
  const auto again = traits::parse(policy, text);
  if (!again || *again != serial)
    return broken_law{"parse(format(s)) == s", detail::quoted(text) + " for ordinal " + std::to_string(serial.ordinal)};
  return std::nullopt;
}

}  // namespace detail

/// Checks a serial policy: for each text that it reads, format(parse(t)) == t (unless it `normalises`); for each
/// ordinal in the families of these texts, parse(format(s)) == s; the results of `first`, `last`, `carry` and `reader`;
/// and that the position of each failure is inside the text.
template <serial_policy S>
[[nodiscard]] std::optional<broken_law> check_serial_laws(const S& policy, std::span<const std::string> texts,
                                                          std::span<const std::uint64_t> ordinals) {
  using traits = serial_traits<S>;
  std::vector<serial_number> seen;
  if (const auto first = traits::first(policy)) seen.push_back(*first);
  for (const std::string& text : texts) {
    const auto serial = traits::parse(policy, text);
    if (!serial) {
      if (std::uint64_t{serial.error().at} + serial.error().length > text.size())
        return broken_law{"a failure points into the text", detail::quoted(text)};
      for (const serial_number& other : seen)
        if (traits::reader(policy, other.family)(text))
          return broken_law{"a reader knows no texts that parse refuses", detail::quoted(text)};
      continue;
    }
    const std::string again = detail::spelled(policy, *serial);
    if (traits::normalises ? traits::parse(policy, again) != serial : again != trimmed(text))
      return broken_law{traits::normalises ? "parse(format(parse(t))) == parse(t)" : "format(parse(t)) == t",
                        detail::quoted(text) + " becomes " + detail::quoted(again)};
    if (const auto read = traits::reader(policy, serial->family)(text); read && *read != serial->ordinal)
      return broken_law{"a reader agrees with parse", detail::quoted(text)};
    for (const serial_number& other : seen)
      if (other.family != serial->family && traits::reader(policy, other.family)(text))
        return broken_law{"a reader knows no texts of other families", detail::quoted(text)};
    seen.push_back(*serial);
  }
  for (const serial_number& serial : seen) {
    if (auto broken = detail::check_serial(policy, serial)) return broken;
    if (!serial.family.counts()) continue;
    const std::uint64_t last = traits::last(policy, serial.family);
    for (const std::uint64_t ordinal : ordinals)
      if (auto broken = detail::check_serial(policy, {serial.family, std::min(ordinal, last)})) return broken;
    if (auto broken = detail::check_serial(policy, {serial.family, last})) return broken;
    std::string storage;
    if (const auto carried = traits::carry(policy, serial.family, storage)) {
      if (carried->family == serial.family)
        return broken_law{"a carry leads to another family", detail::quoted(serial.family.text)};
      if (auto broken = detail::check_serial(policy, *carried)) return broken;
    }
  }
  return std::nullopt;
}

/// Checks that of two serial numbers of one family with equally long texts, the text of the lesser ordinal sorts first.
/// This holds if the symbols of the counter are in the order of their bytes, like decimal digits. It is not required.
template <serial_policy S>
[[nodiscard]] std::optional<broken_law> check_spelling_order(const S& policy, const family& of,
                                                             std::span<const std::uint64_t> ordinals) {
  std::vector<std::uint64_t> sorted;
  for (const std::uint64_t ordinal : ordinals)
    if (ordinal <= serial_traits<S>::last(policy, of)) sorted.push_back(ordinal);
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const std::string a = detail::spelled(policy, {of, sorted[i - 1]}), b = detail::spelled(policy, {of, sorted[i]});
    if (a.size() == b.size() && (sorted[i - 1] == sorted[i] ? a != b : a >= b))
      return broken_law{"texts of one length sort as their ordinals do", detail::quoted(a) + ", " + detail::quoted(b)};
  }
  return std::nullopt;
}

/// Checks that writing in bulk gives the same as writing one by one, for `count` serial numbers of one family from
/// `first` on. O(bytes).
template <serial_policy S>
[[nodiscard]] std::optional<broken_law> check_writing_laws(const S& policy, const serial_number& first,
                                                           std::uint64_t count, std::string_view separator = "\n") {
  const serial_range texts(policy, run{first.family, first.ordinal, count});
  std::string bulk(texts.written_size(separator), '?'), singly;
  const written done = texts.write_to(bulk, separator);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::size_t begin = singly.size();
    serial_traits<S>::format(policy, singly, {first.family, first.ordinal + i});
    singly += separator;
    if (bulk.compare(begin, singly.size() - begin, singly, begin, singly.size() - begin) != 0)
      return broken_law{"writing in bulk is writing one by one", detail::quoted(singly.substr(begin))};
  }
  if (done != written{singly.size(), count} || bulk != singly)
    return broken_law{"written_size says what is written", detail::quoted(detail::spelled(policy, first))};
  return std::nullopt;
}

/// Checks an increment policy on ordinals: successors are accepted; no ordinal follows two others; `consecutive` and
/// `from` agree with `next`. O(1000 times the number of ordinals).
template <ordinal_increment_policy P>
[[nodiscard]] std::optional<broken_law> check_increment_laws(const P& policy, std::span<const std::uint64_t> ordinals) {
  using traits = increment_traits<P>;
  const auto of = [](std::uint64_t v) { return std::to_string(v); };
  std::map<std::uint64_t, std::uint64_t> before;
  for (const std::uint64_t v : ordinals) {
    const auto following = traits::next(policy, v);
    if (following && !traits::accepts(policy, *following))
      return broken_law{"what follows is accepted", of(*following) + " after " + of(v)};
    if (following && traits::accepts(policy, v))
      if (const auto [at, added] = before.emplace(*following, v); !added && at->second != v)
        return broken_law{"no ordinal follows two others",
                          of(*following) + " after " + of(at->second) + " and " + of(v)};

    for (const std::uint64_t n : {1U, 2U, 3U, 10U, 1000U}) {
      const std::uint64_t length = traits::consecutive(policy, v, n);
      if (length < 1 || length > n)
        return broken_law{"consecutive answers 1 to n", of(length) + " for " + of(v) + ", " + of(n)};
      for (std::uint64_t i = 1; i < length; ++i)
        if (traits::next(policy, v + (i - 1) * traits::stride) != v + i * traits::stride)
          return broken_law{"consecutive agrees with next", of(length) + " for " + of(v) + ", " + of(n)};
    }

    std::optional<std::uint64_t> walker = v;
    std::uint64_t walked_to = v;
    for (const std::uint64_t ahead : {0U, 1U, 2U, 3U, 10U, 1000U}) {
      if (ahead > max_ordinal - v) break;
      while (walker && *walker < v + ahead && *walker >= walked_to) {
        walked_to = *walker;
        walker = traits::next(policy, *walker);
      }
      if (traits::from(policy, v, v + ahead) != walker)
        return broken_law{"from agrees with next", of(v) + ", " + of(v + ahead)};
    }
  }
  return std::nullopt;
}

/// Checks an increment policy on texts: successors are texts that can be serial numbers, and no text follows two
/// others.
template <text_increment_policy P>
[[nodiscard]] std::optional<broken_law> check_increment_laws(const P& policy, std::span<const std::string> texts) {
  std::map<std::string, std::string> before;
  for (const std::string& text : texts) {
    const std::optional<std::string> following = policy.next(std::string_view(text));
    if (!following || *following == text) continue;
    if (trimmed(*following) != *following || !validate_text(*following))
      return broken_law{"what follows is a text without blanks at its ends", detail::quoted(*following)};
    if (const auto [at, added] = before.emplace(*following, text); !added && at->second != text)
      return broken_law{"no text follows two others", detail::quoted(*following) + " after " +
                                                          detail::quoted(at->second) + " and " + detail::quoted(text)};
  }
  return std::nullopt;
}

/// Checks that counting in bulk gives the same as counting one by one: n serial numbers from `from` on, taken, and as a
/// range. O(n^2).
template <class Serial, class Increment>
[[nodiscard]] std::optional<broken_law> check_counting_laws(const numbering<Serial, Increment>& rules,
                                                            const serial_number& from, std::uint64_t n) {
  run_list singly, taken;
  std::string storage;
  result<serial_number> at = from;
  for (std::uint64_t i = 0; i < n && at; ++i) {
    singly.add(*at, numbering<Serial, Increment>::stride);
    const serial_number last = singly.at(i);
    at = rules.next(last, storage);
    if (at && std::any_of(singly.begin(), singly.end(), [&](const run& r) {
          return r.family == at->family && r.first <= at->ordinal && at->ordinal <= r.last() &&
                 (at->ordinal - r.first) % r.stride == 0;
        }))
      break;  // the sequence returned to where it was
  }
  const auto answer = rules.take(from, n, taken);
  if (answer.has_value() != (singly.serials() == n))
    return broken_law{"take(n) succeeds if n can be had one by one", detail::quoted(rules.text(from))};
  if (answer && taken != singly) return broken_law{"take(n) is n times next", detail::quoted(rules.text(from))};

  for (std::uint64_t i = 0; i < singly.serials(); ++i) {
    const serial_number to = singly.at(i), before = singly.at(i > 0 ? i - 1 : 0);
    if (to.family == before.family && to.ordinal < before.ordinal) break;  // it went down, so no range reaches it
    run_list range;
    if (!rules.range(from, to, n, range) || range.serials() != i + 1 || range.at(i) != to)
      return broken_law{"a range holds what counting passes",
                        detail::quoted(rules.text(from)) + " to " + detail::quoted(rules.text(to))};
  }
  return std::nullopt;
}

}  // namespace tallymark::testing
