// A policy set: one policy for every slot, named in any order.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <tallymark/batch/date_batch.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/policy/journal.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/serial/text.hpp>

namespace tallymark {

/// One policy for every slot, held as values; those without state take no space. Policies with state are passed to
/// the constructor, in any order.
template <class Serial, class Increment, class Scope, class Batch, class Index, class Journal>
struct policy_set {
  using serial = Serial;
  using increment = Increment;
  using scope = Scope;
  using batch = Batch;
  using index = Index;
  using journal = Journal;
  using canonical = policy_set;

  [[no_unique_address]] Serial serial_policy;
  [[no_unique_address]] Increment increment_policy;
  [[no_unique_address]] Scope scope_policy;
  [[no_unique_address]] Batch batch_policy;
  [[no_unique_address]] Journal journal_policy;

  constexpr policy_set()
    requires std::default_initializable<Serial> && std::default_initializable<Increment> &&
                 std::default_initializable<Scope> && std::default_initializable<Batch> &&
                 std::default_initializable<Journal>
      : serial_policy(), increment_policy(), scope_policy(), batch_policy(), journal_policy() {}

  /// A set with these values; the other policies are made by their default constructors.
  template <class... Values>
    requires(sizeof...(Values) > 0 &&
             ((std::same_as<Values, Serial> || std::same_as<Values, Increment> || std::same_as<Values, Scope> ||
               std::same_as<Values, Batch> || std::same_as<Values, Journal>) &&
              ...))
  constexpr policy_set(Values... values)
      : serial_policy(pick<Serial>(values...)),
        increment_policy(pick<Increment>(values...)),
        scope_policy(pick<Scope>(values...)),
        batch_policy(pick<Batch>(values...)),
        journal_policy(pick<Journal>(values...)) {}

 private:
  template <class Policy, class... Values>
  [[nodiscard]] static constexpr Policy pick(Values&... values) {
    if constexpr ((std::same_as<Policy, Values> || ...))
      return std::move(std::get<Policy&>(std::tie(values...)));
    else
      return Policy();
  }
};

/// The policies for slots that are not named.
using library_defaults =
    policy_set<text_serial<>, step<1>, unique_per_part_tree, date_batch<>, dense_index, no_journal>;

/// T is a policy set: library_defaults, some `policies<...>`, or a type derived from one.
template <class T>
concept policy_set_type = requires { typename T::canonical; } && std::derived_from<T, typename T::canonical>;

namespace detail {

template <class Slot, class... Ps>
inline constexpr int count_of = (0 + ... + int(fills<Ps, Slot>));

template <class Slot, class Default, class... Ps>
struct pick : std::type_identity<Default> {};
template <class Slot, class Default, class P, class... Ps>
struct pick<Slot, Default, P, Ps...>
    : std::conditional_t<fills<P, Slot>, std::type_identity<P>, pick<Slot, Default, Ps...>> {};

template <class... Ps>
struct base_set : std::type_identity<library_defaults> {};
template <class P, class... Ps>
struct base_set<P, Ps...> : base_set<Ps...> {};
template <policy_set_type P, class... Ps>
struct base_set<P, Ps...> : std::type_identity<typename P::canonical> {};

// Assertions are in functions: a failed one in a class would also invalidate its members and cause further errors.
template <class P>
consteval bool is_known() {
  static_assert(policy<P> || policy_set_type<P>,
                "tallymark::policies: this type is neither a policy nor a policy set. Name the slot it fills, 'using "
                "policy_slot = tallymark::increment_slot;' (or serial_slot, scope_slot, batch_slot, index_slot, "
                "journal_slot); for a type you cannot edit, specialise tallymark::slot_of");
  return true;
}

template <class... Ps>
consteval bool one_for_each_slot() {
  static_assert((0 + ... + int(policy_set_type<Ps>)) <= 1,
                "tallymark::policies: two policy sets given. Build upon one of them and name the policies that differ");
  static_assert(count_of<serial_slot, Ps...> <= 1, "tallymark::policies: two serial policies given. Keep one");
  static_assert(count_of<increment_slot, Ps...> <= 1, "tallymark::policies: two increment policies given. Keep one");
  static_assert(count_of<scope_slot, Ps...> <= 1, "tallymark::policies: two uniqueness scopes given. Keep one");
  static_assert(count_of<batch_slot, Ps...> <= 1,
                "tallymark::policies: two batch policies given. Keep one, or chain them with tallymark::chain_batch");
  static_assert(count_of<index_slot, Ps...> <= 1, "tallymark::policies: two indices given. Keep one");
  static_assert(count_of<journal_slot, Ps...> <= 1, "tallymark::policies: two journals given. Keep one");
  return true;
}

template <class... Ps>
struct make_set {
  static_assert((is_known<Ps>() && ...));
  static_assert(one_for_each_slot<Ps...>());

  using base = typename base_set<Ps...>::type;
  template <class Slot, class Default>
  using pick = typename detail::pick<Slot, Default, Ps...>::type;
  using type = policy_set<pick<serial_slot, typename base::serial>, pick<increment_slot, typename base::increment>,
                          pick<scope_slot, typename base::scope>, pick<batch_slot, typename base::batch>,
                          pick<index_slot, typename base::index>, pick<journal_slot, typename base::journal>>;
};

// Placeholders, so that one mistake gives one error, without those that follow from it.
struct any_serial {
  using policy_slot = serial_slot;
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view) const { return fail(errc::not_a_serial); }
  constexpr void format(std::string&, std::uint64_t) const {}
};

template <bool Ok, class P, class StandIn>
using or_else = std::conditional_t<Ok, P, StandIn>;

template <class Policies>
consteval bool is_complete() {
  static_assert(policy_set_type<Policies>,
                "tallymark::registry: the first template argument is not a policy set. Write tallymark::policies<...>, "
                "or a struct that derives from it");
  if constexpr (policy_set_type<Policies>) {
    using given = typename Policies::canonical;
    static_assert(
        std::same_as<typename Policies::serial, typename given::serial> &&
            std::same_as<typename Policies::increment, typename given::increment> &&
            std::same_as<typename Policies::scope, typename given::scope> &&
            std::same_as<typename Policies::batch, typename given::batch> &&
            std::same_as<typename Policies::index, typename given::index> &&
            std::same_as<typename Policies::journal, typename given::journal>,
        "tallymark::registry: a policy is hidden by an alias in a derived struct. Name it in tallymark::policies<...> "
        "instead");
    static_assert(
        serial_policy<typename given::serial>,
        "tallymark::registry: the serial policy lacks a member, or it has another type. Provide 'result<std::uint64_t> "
        "parse(std::string_view) const' and 'void format(std::string&, std::uint64_t) const', or the same with "
        "serial_number");
    static_assert(increment_policy<typename given::increment>,
                  "tallymark::registry: the increment policy lacks a member, or it has another type. Provide "
                  "'std::optional<std::uint64_t> next(std::uint64_t) const', or 'std::optional<std::string> "
                  "next(std::string_view) const'");
    static_assert(index_policy<typename given::index>,
                  "tallymark::registry: the index policy lacks a member, or it has another type. Provide 'using map', "
                  "a type with the members of tallymark::ordinal_map");
    static_assert(
        journal_policy<typename given::journal>,
        "tallymark::registry: the journal policy lacks a member, or it has another type. Provide 'using log', "
        "and 'result<log> open(const tallymark::journal_schema&) const'");
  }
  return true;
}

/// Reports what is wrong with a policy set, once and in one sentence, and provides policies that always compile.
template <class Policies>
struct asserted_set {
  static_assert(is_complete<Policies>());
  using given = typename std::conditional_t<policy_set_type<Policies>, Policies, library_defaults>::canonical;
  using serial = or_else<serial_policy<typename given::serial>, typename given::serial, any_serial>;
  using increment = or_else<increment_policy<typename given::increment>, typename given::increment, step<1>>;
  using index = or_else<index_policy<typename given::index>, typename given::index, dense_index>;
  using journal = or_else<journal_policy<typename given::journal>, typename given::journal, no_journal>;
  using numbers = tallymark::numbering<serial, increment>;

  [[nodiscard]] static constexpr journal journal_of(const Policies& set) {
    if constexpr (std::same_as<journal, typename given::journal> && policy_set_type<Policies>)
      return set.journal_policy;
    else
      return {};
  }
  [[nodiscard]] static constexpr numbers numbers_of(const Policies& set) {
    if constexpr (std::same_as<serial, typename given::serial> && std::same_as<increment, typename given::increment> &&
                  policy_set_type<Policies>)
      return {set.serial_policy, set.increment_policy};
    else
      return {};
  }
  [[nodiscard]] static constexpr typename given::batch batch_of(const Policies& set) {
    if constexpr (policy_set_type<Policies>)
      return set.batch_policy;
    else
      return {};
  }
};

}  // namespace detail

/// A policy set of these policies: at most one for each slot, in any order, and at most one other set to build on,
/// which fills the slots that are not named. Without one, library_defaults fills them. The same policies in another
/// order are the same type. To name a set, derive from it: `struct acme : policies<unique_globally,
/// prefixed_serial<"SN-", 6>> {};`
template <class... Ps>
using policies = typename detail::make_set<Ps...>::type;

}  // namespace tallymark
