// Which serial numbers are taken, by whom, and which is next.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/policies.hpp>
#include <tallymark/policy/part_ref.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/registry/detail/folded.hpp>
#include <tallymark/registry/detail/run_conflicts.hpp>
#include <tallymark/registry/detail/scope_keys.hpp>
#include <tallymark/registry/detail/scope_map.hpp>
#include <tallymark/registry/detail/scope_state.hpp>
#include <tallymark/registry/detail/spare_changes.hpp>
#include <tallymark/registry/reservation.hpp>

namespace tallymark {

namespace detail {

template <class Policies>
[[nodiscard]] const Policies& missing_values() {
  static_assert(
      std::default_initializable<Policies>,
      "tallymark::registry: a policy of this set needs a value, as a scrambled_serial needs its key. Give the "
      "set to the constructor: registry<set> registry(set{{policy(value)}})");
  std::terminate();
}

}  // namespace detail

/// Keeps the serial numbers of all scopes under one policy set. `where` is the item, or the part, that a serial number
/// is for; the scope policy finds the scope in it. With `unique_globally` it can be `{}`.
///
/// Texts that a registry hands out as views (families of serial numbers) live as long as the registry. With
/// concurrent_index all members may be called by any number of threads at once, and find, contains and inspect never
/// wait; with other indices, only members that are const. Complexity: finding scope and family is O(1) on average; the
/// rest is that of the index. O(log r) below is for a family with r runs.
template <class Policies = policies<>, class Item = part_ref<>>
class registry {
  using set = detail::asserted_set<Policies>;
  static_assert(detail::is_scope<typename set::given::scope, Item>());
  using keys = detail::scope_keys<typename set::given::scope, Item>;
  using map = detail::folded<typename set::index::map, set::numbers::stride>;
  using scope_state = detail::scope_state<map, typename set::numbers::serial>;
  using located_serial = typename scope_state::located_serial;
  using traits = serial_traits<typename set::numbers::serial>;
  static constexpr std::size_t group = scope_state::group;
  // what a source keeps of the place that it was made for: all of it, if serial numbers are made from its members
  struct no_members {
    constexpr explicit no_members(const Item&) {}
  };
  using record_to_keep = std::conditional_t<traits::template issues<Item>, Item, no_members>;

 public:
  using policies_type = Policies;
  using numbers_type = typename set::numbers;
  using reservation = tallymark::reservation<scope_state>;

  registry()
    requires std::default_initializable<Policies>
      : registry(Policies{}) {}
  /// Says what is missing where a policy needs a value.
  template <class... None>
    requires(sizeof...(None) == 0 && policy_set_type<Policies> && !std::default_initializable<Policies>)
  explicit(false) registry(None...) : registry(detail::missing_values<Policies>()) {}
  /// A registry whose policies have state.
  explicit registry(const Policies& set_of_policies)
      : numbers_(set::numbers_of(set_of_policies)), scope_of_(keys::of(set_of_policies)) {}
  // The compiler shows the line of a deleted function, and so its sentence. Reservations and views of families look into
  // a registry, so that it is not moved either.
  registry(const registry&) = delete;  // tallymark::registry: it is neither copied nor moved. Pass a reference to it
  registry& operator=(const registry&) = delete;  // tallymark::registry: it is neither copied nor moved, nor assigned

  /// How this registry reads, writes and counts serial numbers.
  [[nodiscard]] const numbers_type& numbers() const noexcept { return numbers_; }

  /// How many runs a call may make where the increment leaves numbers out or has no stride, and into how many it may cut
  /// runs of another stride; more are refused with too_many_runs. Precondition: no other thread uses this registry.
  void limit_runs(std::uint64_t most) noexcept { most_runs_ = most; }
  [[nodiscard]] std::uint64_t most_runs() const noexcept { return most_runs_; }

  /// The serial number of a text and those that follow it, n in all, as bulk calls take them: labels in a row, whatever the
  /// increment would leave out. Errors: those of reading it; zero_quantity; too_large beyond the family, no_counter
  /// without a counter.
  [[nodiscard]] result<run_list> run(std::string_view text, std::uint64_t n) const { return numbers_.run(text, n); }

  // ---- claims ---------------------------------------------------------------------------------

  /// Checks that a serial number is free and takes it for `item`. Errors: those of reading it (with their place), and
  /// over the whole text already_taken, retired, reserved. O(log r).
  [[nodiscard]] result<serial_number> claim(const Item& where, std::string_view text, std::uint64_t item = no_item) {
    if (scope_state* scope = scopes_.find(scope_of_(where)))
      if (located_serial usual; scope->read(text, usual)) return claim(*scope, usual, text, item);
    return claim_parsed(where, text, item);
  }

  /// Takes all of these serial numbers, for `first_item` and the items after it, or none: then every conflict is in the
  /// error, also serial numbers that the list names twice. What cannot be is answered before those: runs that reach
  /// beyond the last of their family with too_large, more runs than most_runs with too_many_runs, runs of which no text spells the ends with not_a_run, and what the
  /// rules of the serial policy refuse with refused_by_rule. O(r log r) for r runs besides what the index does, whatever
  /// their length, unless the serial policy has rules to ask.
  [[nodiscard]] result<void, conflicts> claim(const Item& where, const run_list& serials,
                                              std::uint64_t first_item = no_item) {
    return claim(state(where), serials, first_item);
  }

  /// Takes all of these texts, for `first_item` and the items after it, or none: then there is an answer for each.
  [[nodiscard]] result<void, std::vector<answer>> claim(const Item& where, std::span<const std::string_view> texts,
                                                        std::uint64_t first_item = no_item) {
    scope_state& scope = state(where);
    if (scope_state::concurrent ? claim_together(where, scope, texts, first_item)
                                : claim_in_turn(scope, texts, first_item))
      return {};
    return unexpected<std::vector<answer>>(inspected(where, texts).first);
  }
  [[nodiscard]] result<void, std::vector<answer>> claim(const Item& where,
                                                        std::initializer_list<std::string_view> texts,
                                                        std::uint64_t first_item = no_item) {
    return claim(where, std::span(texts.begin(), texts.size()), first_item);
  }
  /// A text, and what it is for.
  using placed_text = std::pair<Item, std::string_view>;
  /// The same for texts in many scopes. With concurrent_index other threads may find some of them taken for a moment,
  /// although the call takes none.
  [[nodiscard]] result<void, std::vector<answer>> claim(std::span<const placed_text> texts,
                                                        std::uint64_t first_item = no_item);

  /// Frees a serial number, as an undo. Errors: those of reading it; not_claimed, reserved. O(log r).
  [[nodiscard]] result<void> release(const Item& where, std::string_view text) {
    return change_one(where, text, [](scope_state& scope, const tallymark::run& serial) { scope.erase(serial); });
  }
  /// Frees all of these, or none. Conflicts: not_claimed, reserved, named_twice.
  [[nodiscard]] result<void, conflicts> release(const Item& where, const run_list& serials) {
    return change_all(where, serials, [](scope_state& scope, const tallymark::run& each, spare_changes& spare) {
      scope.erase(each, spare);
    });
  }

  /// Marks a claimed serial number as taken for ever; a retired one stays so. Errors: those of reading it; not_claimed,
  /// reserved. O(log r).
  [[nodiscard]] result<void> retire(const Item& where, std::string_view text) {
    return change_one(where, text, [](scope_state& scope, const tallymark::run& serial) {
      spare_changes spare;
      spare.reserve(1);
      scope.retire(serial, spare);
    });
  }
  /// Retires all of these, or none. Conflicts: not_claimed, reserved, named_twice.
  [[nodiscard]] result<void, conflicts> retire(const Item& where, const run_list& serials) {
    return change_all(where, serials, [](scope_state& scope, const tallymark::run& each, spare_changes& spare) {
      scope.retire(each, spare);
    });
  }

  // ---- lookup ---------------------------------------------------------------------------------

  /// Who holds a serial number; none if it is free or cannot be read. O(log r).
  [[nodiscard]] std::optional<holder> find(const Item& where, std::string_view text) const {
    const scope_state* scope = scopes_.find(scope_of_(where));
    if (!scope) return std::nullopt;
    if (located_serial usual; scope->read(text, usual)) return scope->find(usual);
    return find_parsed(*scope, text);
  }
  /// The same for each of many texts, faster: memory is asked for several of them at once. Precondition: out is as long
  /// as texts.
  void find(const Item& where, std::span<const std::string_view> texts, std::span<std::optional<holder>> out) const {
    TALLYMARK_ASSERT(out.size() >= texts.size(), "registry::find: there is an answer for each text");
    const scope_state* scope = scopes_.find(scope_of_(where));
    if (!scope) {
      std::fill_n(out.begin(), texts.size(), std::nullopt);
      return;
    }
    for (std::size_t first = 0; first < texts.size();) {
      const auto rest = texts.subspan(first, std::min(group, texts.size() - first));
      const std::size_t usual = scope->find_usual(rest, out.subspan(first));
      if (usual == 0) find_mixed(*scope, rest, out.subspan(first));
      first += usual == 0 ? rest.size() : usual;
    }
  }
  /// The same for texts in many scopes.
  void find(std::span<const placed_text> texts, std::span<std::optional<holder>> out) const;
  /// Whether a serial number is taken, retired or reserved. O(log r).
  [[nodiscard]] bool contains(const Item& where, std::string_view text) const { return find(where, text).has_value(); }

  /// What a text is: free, taken and by whom, or invalid and why. Takes nothing. O(log r).
  [[nodiscard]] answer inspect(const Item& where, std::string_view text) const {
    const auto parsed = numbers_.parse(text);
    if (!parsed) return {parsed.error(), no_item};
    const scope_state* scope = scopes_.find(scope_of_(where));
    const auto by = scope ? scope->find(*parsed) : std::nullopt;
    if (!by) return {};
    return {over(reason(by->state), text), by->item};
  }
  /// The same for each of many texts; a text that an earlier one of them also names is named_twice. O(n log n + n log
  /// r).
  [[nodiscard]] std::vector<answer> inspect(const Item& where, std::span<const std::string_view> texts) const {
    return inspected(where, texts).first;
  }
  [[nodiscard]] std::vector<answer> inspect(const Item& where, std::initializer_list<std::string_view> texts) const {
    return inspect(where, std::span(texts.begin(), texts.size()));
  }
  [[nodiscard]] std::vector<answer> inspect(std::span<const placed_text> texts) const;

  /// The taken runs of a scope, in natural order: `visit(const family&, const held_run&)`, which must not ask this
  /// registry anything if that is used by several threads. O(runs + f log f) for f families.
  template <class Visit>
  void for_each(const Item& where, Visit&& visit) const {
    if (const scope_state* scope = scopes_.find(scope_of_(where))) {
      const auto guard = scope->lock();
      scope->for_each(visit);
    }
  }

  // ---- the sequence ---------------------------------------------------------------------------

  /// The greatest serial number of the active family: that of the latest issue or reservation, else of the first claim
  /// that has a counter. What was released or given back has not been. O(1).
  [[nodiscard]] std::optional<std::string> latest(const Item& where) const {
    const scope_state* scope = scopes_.find(scope_of_(where));
    if (!scope) return std::nullopt;
    const auto guard = scope->lock();
    const auto greatest = scope->greatest();
    return greatest ? std::optional(numbers_.text(*greatest)) : std::nullopt;
  }

  /// The next free serial number; a suggestion, `reserve` promises it. Where families depend on the time or on members
  /// of a record, it is of the family of now and of `where`, or of `record`. Errors: exhausted; no_counter if the
  /// serial policy has no first value and there is no claim to go on from; those of the policy for this time and
  /// record.
  [[nodiscard]] result<std::string> next(const Item& where) const { return next(where, where); }
  template <class Record>
  [[nodiscard]] result<std::string> next(const Item& where, const Record& record) const {
    const scope_state* scope = scopes_.find(scope_of_(where));
    const auto guard = scope ? scope->lock() : decltype(scope->lock())();
    run_list found;
    if (const auto done = next_free(scope, record, 1, found); !done) return unexpected(done.error());
    return numbers_.text({found[0].family, found[0].first});
  }

  /// Reserves the next `count` free serial numbers. Errors: those of next; zero_quantity. O(log r + runs met).
  [[nodiscard]] result<reservation> reserve(const Item& where, std::uint64_t count) {
    return reserve(where, count, where);
  }
  template <class Record>
  [[nodiscard]] result<reservation> reserve(const Item& where, std::uint64_t count, const Record& record);

  /// Takes the next `count` free serial numbers for `first_item` and the items after it: reserve and commit in one.
  [[nodiscard]] result<run_list> issue(const Item& where, std::uint64_t count, std::uint64_t first_item = no_item) {
    return issue(where, count, first_item, where);
  }
  template <class Record>
  [[nodiscard]] result<run_list> issue(const Item& where, std::uint64_t count, std::uint64_t first_item,
                                       const Record& record) {
    auto reserved = reserve(where, count, record);
    if (!reserved) return unexpected(reserved.error());
    reserved->commit(first_item);
    return std::move(*reserved).serials();
  }

  /// Sets the sequence: from now on the next serial number is the first free one of `text` and those that follow it. If
  /// the increment leaves `text` out, it begins with the one after it. Where families depend on the time or on a
  /// record, that holds as long as they are of this family. Errors: those of reading it; no_counter, exhausted.
  [[nodiscard]] result<void> start_at(const Item& where, std::string_view text);

  // ---- for stock and journals -------------------------------------------------------------------

  /// A scope of this registry; good as long as the registry. Cheap to copy; one that was not assigned is empty.
  class scope_ref {
   public:
    scope_ref() = default;
    [[nodiscard]] explicit operator bool() const noexcept { return state_ != nullptr; }
    friend bool operator==(scope_ref, scope_ref) = default;

   private:
    friend registry;
    explicit scope_ref(scope_state& state) noexcept : state_(&state) {}
    scope_state* state_ = nullptr;
  };
  /// Memory taken beforehand, for changes that must not fail: `reserve(n)` sees to it that there are at least n unused
  /// records.
  using spare_changes = detail::spare_changes;

  /// The scope of this item, made if it is not there. O(1) on average.
  [[nodiscard]] scope_ref scope(const Item& where) { return scope_ref(state(where)); }
  /// The same as the claims above. Precondition of all that take a scope_ref: it is not empty.
  template <std::same_as<scope_ref> Scope>  // so that {} is an item
  [[nodiscard]] result<serial_number> claim(Scope where, std::string_view text, std::uint64_t item = no_item) {
    scope_state& in = *where.state_;
    if (located_serial usual; in.read(text, usual)) return claim(in, usual, text, item);
    const auto parsed = numbers_.parse(text);
    if (!parsed) return parsed;
    return claim(in, in.locate(*parsed), text, item);
  }
  /// The same for a serial number that was read from this text by the parse of these numbers.
  template <std::same_as<scope_ref> Scope>
  [[nodiscard]] result<serial_number> claim(Scope where, const serial_number& read, std::string_view text,
                                            std::uint64_t item) {
    return claim(*where.state_, where.state_->locate(read), text, item);
  }
  template <std::same_as<scope_ref> Scope>
  [[nodiscard]] result<void, conflicts> claim(Scope where, const run_list& serials,
                                              std::uint64_t first_item = no_item) {
    return claim(*where.state_, serials, first_item);
  }
  /// The same family with a text that lives as long as the registry. Does not throw if a serial number of this family
  /// was claimed in this scope before. O(1) on average.
  [[nodiscard]] family interned(scope_ref where, const family& like) {
    const auto guard = where.state_->lock();
    return where.state_->interned(like);
  }
  /// Frees serial numbers, whatever holds them; uses at most one record. Precondition: all are taken.
  void forget(scope_ref where, const tallymark::run& serials, spare_changes& spare) noexcept;
  /// Retires serial numbers; uses at most one record. Precondition: all are claimed.
  void retire(scope_ref where, const tallymark::run& serials, spare_changes& spare) noexcept;
  /// Takes again what `forget` has freed; uses at most one record. Precondition: nothing else has changed in between.
  void restore(scope_ref where, const tallymark::run& serials, const holder& by, spare_changes& spare) noexcept;
  /// The state of the sequence. O(1).
  template <std::same_as<scope_ref> Scope>
  [[nodiscard]] sequence_state sequence(Scope where) const noexcept {
    const auto guard = where.state_->lock();
    return where.state_->sequence();
  }
  /// Sets the sequence to a state in which it was before. Precondition: the families are known to this scope.
  template <std::same_as<scope_ref> Scope>
  void restore(Scope where, const sequence_state& to) noexcept {
    const auto guard = where.state_->lock();
    where.state_->restore(to);
  }

  /// Whether both have the same scope. O(1).
  [[nodiscard]] bool same_scope(const Item& a, const Item& b) const { return scope_of_(a) == scope_of_(b); }
  /// The key of the scope as text. O(1).
  [[nodiscard]] std::string scope_text(const Item& where) const;
  /// The state of the sequence. O(1).
  [[nodiscard]] sequence_state sequence(const Item& where) const;
  /// Sets it as it was, after the serial numbers were restored. O(log f) for f families.
  void restore(const Item& where, const sequence_state& as);
  /// Takes a run of serial numbers as it was taken before; the family with a text that lives as long as the registry,
  /// or none if they are not all free. Precondition: they are serial numbers of this policy. Not for several threads.
  [[nodiscard]] result<family> restore(const Item& where, const tallymark::run& serials, const holder& by);
  /// The same without a look at their texts. Precondition: parse has read those of both ends as these serial numbers.
  template <std::same_as<scope_ref> Scope>
  [[nodiscard]] result<family> restore(Scope where, const tallymark::run& serials, const holder& by) {
    const auto restored =
        where.state_->restore(serials, by, [&] { return can_continue({serials.family, serials.first}); });
    if (!restored) return fail(errc::already_taken);
    return *restored;
  }
  /// Asks for the memory in which `restore` of a serial number of this family looks first. O(1).
  template <std::same_as<scope_ref> Scope>
  void prefetch(Scope where, const family& of) const {
    where.state_->prefetch(where.state_->hash(of));
  }
  /// Frees serial numbers, whatever holds them. Precondition: all are taken.
  void forget(const Item& where, const tallymark::run& serials);

  /// The next free serial numbers of a scope as expressions want them, for `~`, whatever is taken meanwhile. Looks into
  /// this registry. See registry/detail/source.hpp.
  class source;
  /// The source for `~` in a scope. With `refused` it has none, for that reason.
  [[nodiscard]] source next_of(const Item& where, std::optional<failure> refused = std::nullopt) const {
    return {*this, typename source::key(scope_of_(where)), where, refused};
  }

 private:
  [[nodiscard]] scope_state& state(const Item& where) { return scopes_.get(scope_of_(where)); }

  // where the search for the next free serial number begins
  template <class Record>
  [[nodiscard]] result<serial_number> begin_of(const scope_state* scope, const Record& record,
                                               std::string& storage) const;
  // The serial policy says with which one; in its family it goes on after the greatest, or from there if that is later.
  template <class Record>
  [[nodiscard]] result<serial_number> issue_from(const scope_state* scope, const Record& record,
                                                 const std::optional<serial_number>& hint,
                                                 const std::optional<serial_number>& latest,
                                                 std::string& storage) const;
  template <class Record>
  [[nodiscard]] result<void> next_free(const scope_state* scope, const Record& record, std::uint64_t count,
                                       run_list& out) const;

  [[nodiscard]] static failure over(errc code, std::string_view text) {
    return result<void>(fail(code, 0, text.size())).error();
  }

  // whether the sequence can go on from here: there is a counter, or an increment on texts that knows what follows
  [[nodiscard]] bool can_continue(const serial_number& one) const {
    std::string storage;
    return one.family.counts() || numbers_.next(one, storage).has_value();
  }

  [[nodiscard]] result<serial_number> claim(scope_state& scope, const located_serial& one, std::string_view text,
                                            std::uint64_t item) {
    const auto serial = [&] { return serial_number{one.family(), one.ordinal()}; };  // made where it is needed
    const auto met = scope.claim(one, {item, hold::claimed}, [&] { return can_continue(serial()); });
    if (met) return fail(reason(met->state), 0, text.size());
    return serial();
  }

  [[nodiscard]] result<void, conflicts> claim(scope_state& scope, const run_list& serials, std::uint64_t first_item) {
    if (auto wrong = impossible(serials, first_item != no_item); !wrong.empty())
      return unexpected<conflicts>(std::move(wrong));
    if (auto wrong = refused(serials); !wrong.empty()) return unexpected<conflicts>(std::move(wrong));
    const auto guard = scope.lock();
    if (auto met = claim_free(scope, serials, first_item); !met.empty()) return unexpected<conflicts>(std::move(met));
    return {};
  }

  // apart from the usual cases, which are shorter and faster by it
  [[nodiscard]] [[gnu::noinline]] result<serial_number> claim_parsed(const Item& where, std::string_view text,
                                                                     std::uint64_t item) {
    const auto parsed = numbers_.parse(text);
    if (!parsed) return parsed;
    scope_state& scope = state(where);
    return claim(scope, scope.locate(*parsed), text, item);
  }
  [[gnu::noinline, gnu::flatten, nodiscard]] std::optional<holder> find_parsed(const scope_state& in,
                                                                               std::string_view text) const {
    const auto parsed = numbers_.parse_to_find(text);
    return parsed ? in.find(*parsed) : std::nullopt;
  }

  // Bulk work asks for memory in turns: what a turn reads was prefetched in the one before. First each text is read, by
  // `parse(text)`, and what finds its family is prefetched.
  template <class Parse>
  static void parse_ahead(const scope_state& scope, std::string_view text, Parse parse, detail::parsed_text& out);
  void find_mixed(const scope_state& scope, std::span<const std::string_view> texts,
                  std::span<std::optional<holder>> out) const;

  // takes these, or answers with what is in the way
  [[nodiscard]] conflicts claim_free(scope_state& scope, const run_list& serials, std::uint64_t first_item) {
    auto met = detail::conflicts_of(scope, serials);
    if (!met.empty() || serials.empty()) return met;
    const auto continues = [&](const serial_number& serial) { return can_continue(serial); };
    if (scope.claim(serials, {first_item, hold::claimed}, continues)) return {};
    return detail::conflicts_of(scope, serials);  // one was claimed since
  }

  // Takes all texts or none, whether that can be done: one after the other, or after all of them were looked at.
  [[nodiscard]] bool claim_in_turn(scope_state& scope, std::span<const std::string_view> texts,
                                   std::uint64_t first_item);
  [[nodiscard]] bool claim_mixed(scope_state& scope, std::span<const std::string_view> texts, holder by,
                                 std::span<located_serial> serials, std::size_t& claimed);
  [[nodiscard]] std::array<std::uint64_t, group> scopes_ahead(std::span<const placed_text> texts) const;
  struct placed_serial;
  class claims_in_many_scopes;
  [[nodiscard]] bool claim_together(const Item& where, scope_state& scope, std::span<const std::string_view> texts,
                                    std::uint64_t first_item);

  // With items, a run that is several of the index is as many as it has serial numbers.
  [[nodiscard]] conflicts impossible(const run_list& serials, bool with_items) const;
  // The rules of the serial policy refuse an end, so that its text cannot be read; then they are the reason.
  [[nodiscard]] bool ends_are_refused(const tallymark::run& serials) const;
  // serial numbers that the rules of the serial policy refuse
  [[nodiscard]] conflicts refused(const run_list& serials) const;

  template <class Change>
  [[nodiscard]] result<void> change_one(const Item& where, std::string_view text, Change change);
  template <class Change>
  [[nodiscard]] result<void, conflicts> change_all(const Item& where, const run_list& serials, Change change);

  // several answers at once, and the serial numbers that could be read
  [[nodiscard]] std::pair<std::vector<answer>, run_list> inspected(const Item& where,
                                                                   std::span<const std::string_view> texts) const;

  [[no_unique_address]] numbers_type numbers_;
  [[no_unique_address]] keys scope_of_;
  detail::scope_map<typename keys::type, scope_state> scopes_;
  std::uint64_t most_runs_ = default_most_runs;
};

}  // namespace tallymark

#include <tallymark/registry/detail/issuing.hpp>
#include <tallymark/registry/detail/many_scopes.hpp>
#include <tallymark/registry/detail/restoring.hpp>
#include <tallymark/registry/detail/runs.hpp>
#include <tallymark/registry/detail/source.hpp>
#include <tallymark/registry/detail/texts.hpp>
