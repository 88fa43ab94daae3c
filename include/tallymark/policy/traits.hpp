// What a policy may leave out, and the defaults for it. Everything that uses a policy goes through these traits.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <tallymark/ext/detail/appended.hpp>
#include <tallymark/number/detail/counted_texts.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/concepts.hpp>

namespace tallymark {

/// Consecutive serial numbers whose texts are equally long.
struct equal_texts {
  std::size_t bytes = 0;  ///< of each
  std::uint64_t serials = 0;

  friend constexpr bool operator==(const equal_texts&, const equal_texts&) = default;
};

namespace detail {

// Functions, since Clang 16 crashes where a lambda initialises a static member with these.
template <class S>
consteval bool parses_within_last() {
  if constexpr (requires {
                  { S::parses_within_last } -> std::convertible_to<bool>;
                })
    return S::parses_within_last;
  else
    return false;
}
template <class S>
consteval bool normalises() {
  if constexpr (requires {
                  { S::normalises } -> std::convertible_to<bool>;
                })
    return S::normalises;
  else
    return false;
}
template <class P>
consteval std::uint64_t stride_of() {
  if constexpr (requires {
                  { P::stride } -> std::convertible_to<std::uint64_t>;
                })
    return P::stride;
  else
    return 1;
}

}  // namespace detail

/// Uniform access to a serial policy.
///
/// | optional member | meaning | if missing |
/// | --- | --- | --- |
/// | `max_length` | the greatest length of a serial number in bytes (static) | 100 |
/// | `first()` | the serial number, or ordinal, that an empty scope begins with | ordinal 1; none with many families |
/// | `last(family)` or `last()` | the greatest ordinal; `parse` refuses what is greater | `max_ordinal` |
/// | `parses_within_last` | a constant: `parse` itself accepts no ordinal beyond the last | false |
/// | `split(text)` | what `parse` reads, without a result; for what it refuses, what it never reads | `parse` is used |
/// | `reader(family)` | parses common texts of one family faster than `parse`: see reader | `parse` is used |
/// | `carry(family, storage)` | what follows the last of a family; its text may go to `storage` | none |
/// | `layout(family)` | the spelling of `format` as a serial_layout, or an optional one | none |
/// | `accepts(serial_number)` | whether its rules let it be issued; counting asks about each one | yes |
/// | `issue(record, latest, storage)`, or without record | where issuing continues: see issue | after the latest |
/// | `normalises` | a constant: `parse` accepts other spellings than that of `format` | false |
/// | `text_length(family)` | the bytes of every text of a family, if no layout says so; 0 if they differ | 0 |
/// | `write(out, family, first, count, separator)` | writes texts in bulk, if a layout does not describe them | none |
///
/// With `write`, `layout` gives only the lengths of the texts. `write` writes the texts of `count` ordinals, at least
/// one, whose texts are equally long, each followed by the separator. It may read what it has written.
///
/// The family that `carry` is given may itself be a view of `storage`.
template <serial_policy S>
struct serial_traits {
 private:
  static constexpr bool has_write = requires(const S& policy, char* out, const family& of, std::string_view separator) {
    policy.write(out, of, std::uint64_t{0}, std::uint64_t{1}, separator);
  };

 public:
  static constexpr std::size_t max_length = [] {
    if constexpr (requires { S::max_length; })
      return static_cast<std::size_t>(S::max_length);
    else
      return max_text;
  }();

  /// Whether the policy has rules that are asked about each serial number.
  static constexpr bool has_rules = requires(const S& policy, const serial_number& serial) {
    { policy.accepts(serial) } -> std::same_as<bool>;
  };

  static constexpr bool parses_within_last = detail::parses_within_last<S>();

  /// Reads a serial number: drops the blanks at both ends, checks the text rule, asks the policy. Positions count from
  /// the beginning of `text`; the family is a view of `text`. Errors: those of validate_text and of the policy; too_large
  /// beyond the family's last.
  [[nodiscard]] static constexpr result<serial_number> parse(const S& policy, std::string_view text) {
    const std::string_view inner = trimmed(text);
    const auto offset = inner.empty() ? 0 : static_cast<std::size_t>(inner.data() - text.data());
    if (const auto checked = validate_text(inner, max_length); !checked)
      return unexpected(shifted(checked.error(), offset));
    const auto parsed = policy.parse(inner);
    if (!parsed) return unexpected(shifted(parsed.error(), offset));
    serial_number serial{};
    if constexpr (family_serial_policy<S>)
      serial = *parsed;
    else
      serial.ordinal = *parsed;
    if constexpr (!parses_within_last)
      if (serial.family.counts() && serial.ordinal > last(policy, serial.family))
        return fail(errc::too_large, offset, inner.size());
    return serial;
  }

  /// What parse reads, to look it up: for a text that parse refuses this is nothing, or a serial number that parse never
  /// reads, so that it is never found.
  [[nodiscard]] static constexpr std::optional<serial_number> parse_to_find(const S& policy, std::string_view text) {
    if constexpr (requires {
                    { policy.split(text) } -> std::same_as<serial_number>;
                  }) {
      return policy.split(trimmed(text));
    } else {
      const auto parsed = parse(policy, text);
      return parsed ? std::optional(*parsed) : std::nullopt;
    }
  }

  /// A reader that parses common texts of one family faster than parse: `reader(text)` is the ordinal of a text that
  /// parse reads as one of this family, or nullopt: then only parse can tell. It keeps no view of the family.
  [[nodiscard]] static constexpr auto reader(const S& policy, const family& of) {
    if constexpr (requires {
                    { policy.reader(of)(std::string_view()) } -> std::same_as<std::optional<std::uint64_t>>;
                  })
      return policy.reader(of);
    else
      return [](std::string_view) { return std::optional<std::uint64_t>(); };
  }

  /// Appends the spelling of a serial number.
  static constexpr void format(const S& policy, std::string& out, const serial_number& serial) {
    if constexpr (family_serial_policy<S>)
      policy.format(out, serial);
    else
      policy.format(out, serial.ordinal);
  }

  [[nodiscard]] static constexpr std::optional<serial_number> first(const S& policy) {
    if constexpr (requires {
                    { policy.first() } -> std::same_as<serial_number>;
                  })
      return policy.first();
    else if constexpr (requires {
                         { policy.first() } -> std::convertible_to<std::uint64_t>;
                       })
      return serial_number{{}, static_cast<std::uint64_t>(policy.first())};
    else if constexpr (family_serial_policy<S>)
      return std::nullopt;
    else
      return serial_number{{}, 1};
  }

  [[nodiscard]] static constexpr std::uint64_t last(const S& policy, const family& of) {
    if constexpr (requires {
                    { policy.last(of) } -> std::convertible_to<std::uint64_t>;
                  })
      return std::min(static_cast<std::uint64_t>(policy.last(of)), max_ordinal);
    else if constexpr (requires {
                         { policy.last() } -> std::convertible_to<std::uint64_t>;
                       })
      return std::min(static_cast<std::uint64_t>(policy.last()), max_ordinal);
    else
      return max_ordinal;
  }

  [[nodiscard]] static constexpr std::optional<serial_number> carry(const S& policy, const family& full,
                                                                    std::string& storage) {
    if constexpr (requires {
                    { policy.carry(full, storage) } -> std::same_as<std::optional<serial_number>>;
                  })
      return policy.carry(full, storage);
    else
      return std::nullopt;
  }

  [[nodiscard]] static constexpr std::optional<serial_layout> layout(const S& policy, const family& of) {
    if constexpr (requires {
                    { policy.layout(of) } -> std::convertible_to<std::optional<serial_layout>>;
                  }) {
      const std::optional<serial_layout> found = policy.layout(of);
      if (of.counts() && found && found->symbols.size() >= 2 && found->symbols.size() <= 256) return found;
    }
    return std::nullopt;
  }

  static constexpr bool normalises = detail::normalises<S>();

  /// Whether the policy decides where issuing continues for records of this type: its families depend on the time or on
  /// the record.
  template <class Record>
  static constexpr bool issues =
      requires(const S& policy, const Record& record, const serial_number* latest, std::string& storage) {
        { policy.issue(record, latest, storage) } -> std::same_as<result<serial_number>>;
      } || requires(const S& policy, const serial_number* latest, std::string& storage) {
        { policy.issue(latest, storage) } -> std::same_as<result<serial_number>>;
      };

  /// The serial number at which issuing continues, now and for this record; if its family has serial numbers already,
  /// issuing continues after the greatest of them. `latest` is the greatest of the active family, or null. The family
  /// may be a view of `storage`.
  template <class Record>
    requires issues<Record>
  [[nodiscard]] static constexpr result<serial_number> issue(const S& policy, const Record& record,
                                                             const serial_number* latest, std::string& storage) {
    if constexpr (requires { policy.issue(record, latest, storage); })
      return policy.issue(record, latest, storage);
    else
      return policy.issue(latest, storage);
  }

  /// How many of the ordinals from `first` on, up to `last`, have texts of one length, and that length; nullopt if the
  /// policy does not say. O(symbols).
  [[nodiscard]] static constexpr std::optional<equal_texts> equally_long(const S& policy, const family& of,
                                                                         std::uint64_t first, std::uint64_t last) {
    if (const auto spelled = layout(policy, of)) {
      const unsigned symbols = spelled->counter_length(first);
      return equal_texts{spelled->length(symbols), std::min(last, spelled->last_of(symbols)) - first + 1};
    }
    if constexpr (requires {
                    { policy.text_length(of) } -> std::convertible_to<std::size_t>;
                  })
      if (const std::size_t bytes = policy.text_length(of); bytes > 0) return equal_texts{bytes, last - first + 1};
    return std::nullopt;
  }

  /// Writes the texts of a run, each followed by the separator. Precondition: they are equally_long. May read what it has
  /// written. O(bytes), at the speed of memory if the stride is 1 or a power of the number of symbols.
  static constexpr void write(const S& policy, char* out, const run& of, std::string_view separator) {
    if (of.stride == 1) return write(policy, out, of.family, of.first, of.length, separator);
    const auto spelled = has_write ? std::nullopt : layout(policy, of.family);
    if (spelled)
      return detail::counted_texts(*spelled, separator, spelled->counter_length(of.first))
          .write(out, of.first, of.length, of.stride);
    write_singly(policy, out, of, separator);
  }
  /// The same for `count` consecutive ordinals.
  static constexpr void write(const S& policy, char* out, const family& of, std::uint64_t first, std::uint64_t count,
                              std::string_view separator) {
    if constexpr (has_write) {
      policy.write(out, of, first, count, separator);
    } else if (const auto spelled = layout(policy, of)) {
      detail::counted_texts(*spelled, separator, spelled->counter_length(first)).write(out, first, count);
    } else {
      write_singly(policy, out, {of, first, count}, separator);
    }
  }

  [[nodiscard]] static constexpr bool accepts(const S& policy, const serial_number& serial) {
    if constexpr (has_rules)
      return policy.accepts(serial);
    else
      return true;
  }

 private:
  static constexpr void write_singly(const S& policy, char* out, const run& of, std::string_view separator) {
    std::string text;
    for (std::uint64_t i = 0; i < of.length; ++i) {
      text.clear();
      format(policy, text, {of.family, of.at(i)});
      out = std::copy(separator.begin(), separator.end(), std::copy(text.begin(), text.end(), out));
    }
  }
};

/// Uniform access to an increment policy on ordinals.
///
/// | optional member | meaning | if missing |
/// | --- | --- | --- |
/// | `accepts(v)` | whether v can be issued at all | yes |
/// | `stride` | a constant: by how much it mostly counts on; what follows so is one run | 1 |
/// | `consecutive(v, n)` | how many of v, v + stride, v + 2 stride, … follow each other: 1 to n | found by asking `next` |
/// | `from(v, bound)` | the first >= `bound`, of v and those after it | found by asking `next` |
///
/// If the sequence goes down before it reaches `bound`, `from` returns the first number after it went down.
template <ordinal_increment_policy P>
struct increment_traits {
  using ordinal = std::optional<std::uint64_t>;

  static constexpr std::uint64_t stride = detail::stride_of<P>();

  [[nodiscard]] static constexpr ordinal next(const P& policy, std::uint64_t v) {
    const ordinal following = policy.next(v);
    // a policy that returns its argument has no further value
    return following && (*following == v || *following > max_ordinal) ? std::nullopt : following;
  }

  [[nodiscard]] static constexpr bool accepts(const P& policy, std::uint64_t v) {
    if constexpr (requires {
                    { policy.accepts(v) } -> std::same_as<bool>;
                  })
      return policy.accepts(v);
    else
      return true;
  }

  [[nodiscard]] static constexpr std::uint64_t consecutive(const P& policy, std::uint64_t v, std::uint64_t n) {
    if constexpr (requires {
                    { policy.consecutive(v, n) } -> std::same_as<std::uint64_t>;
                  }) {
      return std::max<std::uint64_t>(1, std::min(policy.consecutive(v, n), n));
    } else {
      std::uint64_t length = 1;
      for (; length < n && v <= max_ordinal - stride && next(policy, v) == ordinal(v + stride); ++length) v += stride;
      return length;
    }
  }

  [[nodiscard]] static constexpr ordinal from(const P& policy, std::uint64_t v, std::uint64_t bound) {
    if constexpr (requires {
                    { policy.from(v, bound) } -> std::same_as<ordinal>;
                  }) {
      return policy.from(v, bound);
    } else {
      ordinal at = v;
      while (at && *at < bound) {
        const ordinal following = next(policy, *at);
        if (!following || *following < *at) return following;
        at = following;
      }
      return at;
    }
  }
};

/// Appends a batch code for `record` and takes a number of `counters` if the code has a sequence. Errors: the policy's.
/// Nothing is appended after an error or an exception.
template <class Record, batch_policy_for<Record> P>
[[nodiscard]] constexpr result<void> format_batch(const P& policy, std::string& out, const Record& record,
                                                  batch_counters& counters) {
  const auto as_result = [&out](auto&& call) -> result<void> {
    detail::appended code(out);
    result<void> written{};
    if constexpr (std::is_void_v<decltype(call())>)
      call();
    else
      written = call();
    if (written) code.keep();
    return written;
  };
  if constexpr (requires { policy.format(out, record, counters); })
    return as_result([&]() -> decltype(auto) { return policy.format(out, record, counters); });
  else if constexpr (requires { policy.format(out, record); })
    return as_result([&]() -> decltype(auto) { return policy.format(out, record); });
  else
    return as_result([&]() -> decltype(auto) { return policy.format(out); });
}

/// The same, if `validate(code)` accepts the code. Errors: those of the policy, and the code of the refusal, without a
/// position: the batch code was generated. Complexity: theirs.
template <class Record, batch_policy_for<Record> P, class Validate>
[[nodiscard]] constexpr result<void> format_valid_batch(const P& policy, std::string& out, const Record& record,
                                                        batch_counters& counters, const Validate& validate) {
  std::string code;
  if (const auto made = format_batch(policy, code, record, counters); !made) return made;
  if (code.empty()) return {};
  if (const result<void> checked = validate(std::string_view(code)); !checked) return fail(checked.error().code);
  out += code;
  return {};
}

/// Checks a batch code: the text rule, then the policy's `result<void> validate(std::string_view) const` if it has one.
/// Blanks at both ends are dropped first. Returns the code to keep, a view of `code`.
template <class P>
  requires fills<P, batch_slot>
[[nodiscard]] constexpr result<std::string_view> validate_batch(const P& policy, std::string_view code) {
  const std::string_view inner = trimmed(code);
  const auto offset = inner.empty() ? 0 : static_cast<std::size_t>(inner.data() - code.data());
  if (const auto checked = validate_text(inner); !checked) return unexpected(shifted(checked.error(), offset));
  if constexpr (requires {
                  { policy.validate(inner) } -> std::same_as<result<void>>;
                })
    if (const auto checked = policy.validate(inner); !checked) return unexpected(shifted(checked.error(), offset));
  return inner;
}

namespace detail {

template <class P>
concept splits_batches = requires(const P& policy, std::string& out, std::string_view code, std::uint64_t n) {
  { policy.split_code(out, code, n) } -> std::same_as<result<void>>;
};

}  // namespace detail

/// Appends the code of the n-th piece, from 1, of the batch that `code` is a piece of, if the policy has a member
/// `result<void> split_code(std::string& out, std::string_view code, std::uint64_t n) const`. Pieces of pieces count as
/// pieces of the same batch. If it has none, or writes nothing, pieces keep their code. Errors: the policy's.
template <class P>
  requires fills<P, batch_slot>
[[nodiscard]] constexpr result<void> split_batch_code(const P& policy, std::string& out, std::string_view code,
                                                      std::uint64_t n) {
  if constexpr (detail::splits_batches<P>)
    return policy.split_code(out, code, n);
  else
    return {};
}

}  // namespace tallymark
