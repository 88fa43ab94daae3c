// What a policy of each slot must provide: the minimum. What it may add is in traits.hpp.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// A serial policy of one family: text to ordinal and back.
template <class S>
concept ordinal_serial_policy =
    requires(const S policy, std::string_view text, std::string& out, std::uint64_t ordinal) {
      { policy.parse(text) } -> std::same_as<result<std::uint64_t>>;
      policy.format(out, ordinal);
    };

/// A serial policy of many families: text to (family, ordinal) and back. The family may look into the parsed text.
template <class S>
concept family_serial_policy =
    requires(const S policy, std::string_view text, std::string& out, const serial_number& serial) {
      { policy.parse(text) } -> std::same_as<result<serial_number>>;
      policy.format(out, serial);
    };

/// Fills the serial slot. Before `parse` is called, blanks at the ends are removed and the text rule is checked.
/// `format` appends. Laws: format(parse(t)) == t for every t that parse accepts, and parse(format(s)) == s.
template <class S>
concept serial_policy = fills<S, serial_slot> && (ordinal_serial_policy<S> || family_serial_policy<S>);

/// An increment on ordinals: `nullopt` when there is no further one.
template <class P>
concept ordinal_increment_policy = requires(const P policy, std::uint64_t ordinal) {
  { policy.next(ordinal) } -> std::same_as<std::optional<std::uint64_t>>;
};

/// An increment on texts, as in plug-ins of other systems: `nullopt` or the same text when there is no further one.
template <class P>
concept text_increment_policy = requires(const P policy, std::string_view latest) {
  { policy.next(latest) } -> std::same_as<std::optional<std::string>>;
};

/// Fills the increment slot. Law: no serial number follows two others.
template <class P>
concept increment_policy = fills<P, increment_slot> && (ordinal_increment_policy<P> || text_increment_policy<P>);

/// Fills the scope slot for things of type Item: equal keys, one scope.
template <class P, class Item>
concept scope_policy_for = fills<P, scope_slot> && requires(const P policy, const Item& item) {
  { policy.key(item) } -> std::totally_ordered;
};

/// Fills the index slot: names as `map` the container for the held ordinals of one family.
template <class P>
concept index_policy = fills<P, index_slot> && ordinal_map<typename P::map>;

/// Fills the batch slot for context records of type Record: appends a batch code. `format` takes (out), (out, record)
/// or (out, record, batch_counters&), and returns void or result<void>.
template <class P, class Record>
concept batch_policy_for =
    fills<P, batch_slot> && requires(const P policy, std::string& out, const Record& record, batch_counters& counters) {
      requires requires { policy.format(out, record, counters); } || requires { policy.format(out, record); } ||
                   requires { policy.format(out); };
    };

}  // namespace tallymark
