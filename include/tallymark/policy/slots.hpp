// The slots of a policy set, and how a type says which of them it fills.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>

namespace tallymark {

/// How text and (family, ordinal) map onto each other, and what is valid.
struct serial_slot {};
/// Which serial number follows.
struct increment_slot {};
/// Where a serial number must be unique.
struct scope_slot {};
/// How a batch code is written and checked.
struct batch_slot {};
/// How claimed serial numbers are kept in memory.
struct index_slot {};
/// Where every change is made durable.
struct journal_slot {};

/// Customization point: the slot that P fills. A policy names it with `using policy_slot = increment_slot;`. For a
/// type that you cannot edit, specialise this with a member `type`.
template <class P>
struct slot_of {
  using type = void;
};

template <class P>
  requires requires { typename P::policy_slot; }
struct slot_of<P> {
  using type = typename P::policy_slot;
};

/// The slot that P fills, or void.
template <class P>
using slot_of_t = typename slot_of<P>::type;

/// P says that it fills Slot. Whether it has the required members is up to the concept of that slot.
template <class P, class Slot>
concept fills = std::same_as<slot_of_t<P>, Slot>;

/// P fills one of the slots.
template <class P>
concept policy = fills<P, serial_slot> || fills<P, increment_slot> || fills<P, scope_slot> || fills<P, batch_slot> ||
                 fills<P, index_slot> || fills<P, journal_slot>;

}  // namespace tallymark
