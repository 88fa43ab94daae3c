// What a registry keeps of a scope: the families with their held ordinals, and the state of the sequence.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tallymark/number/holder.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/registry/detail/concurrent_families.hpp>
#include <tallymark/registry/detail/families.hpp>
#include <tallymark/registry/detail/family_changes.hpp>
#include <tallymark/registry/detail/leaders.hpp>
#include <tallymark/registry/detail/scope_mutex.hpp>
#include <tallymark/registry/detail/spare_changes.hpp>

namespace tallymark::detail {

// Nothing is taken: free from here to the last ordinal.
[[nodiscard]] constexpr stretch nothing_taken(const serial_number& from) {
  return {false, std::numeric_limits<std::uint64_t>::max() - from.ordinal};
}

/// The families of one scope, and the state of its sequence. With a concurrent_ordinal_map, `find` and `claim` of one
/// serial number may be called at any time; a caller of another member holds the lock.
///
/// A change that throws has changed nothing, as one of an ordinal_map. Those that are noexcept take a record of
/// spare_changes where an index has no memory for them: then the change is deferred. Lookups know of deferred changes, and
/// every later change makes them first (`settle`), or throws.
template <ordinal_map Map, serial_policy Serial>
class scope_state {
  using families_type = typename families_of_scope<Map, Serial>::type;
  using family_entry = typename families_type::entry;
  using container = typename families_type::container;
  using kind = deferred_change::kind;

 public:
  static constexpr bool concurrent = concurrent_ordinal_map<Map>;
  static constexpr std::uint64_t stride = families_type::stride;
  using mutex = mutex_of<Map>;
  using mark = issue_mark<family_entry>;
  /// What the scopes of a registry share.
  struct shared_state {
    [[no_unique_address]] std::conditional_t<concurrent, std::monostate, families<Map, Serial>> all{};
  };

  /// The scope with this number.
  explicit scope_state([[maybe_unused]] shared_state& shared, std::uint32_t number = 0) : number_(number) {
    if constexpr (!concurrent) families_.shared = &shared.all;
  }
  scope_state(const scope_state&) = delete;
  scope_state& operator=(const scope_state&) = delete;

  [[nodiscard]] std::unique_lock<mutex> lock() const { return std::unique_lock(mutex_); }

  // Makes what was deferred.
  void settle() { changes_.settle(all()); }

  // ---- lookup ---------------------------------------------------------------------------------

  // A serial number of a family that this scope has.
  class located_serial {
   public:
    located_serial() = default;
    [[nodiscard]] tallymark::family family() const noexcept { return in_->of(); }
    [[nodiscard]] std::uint64_t ordinal() const noexcept { return ordinal_; }
    [[nodiscard]] explicit operator bool() const noexcept { return in_ != nullptr; }

   private:
    friend scope_state;
    located_serial(family_entry* in, container* held, std::uint64_t ordinal)
        : in_(in), held_(held), ordinal_(ordinal) {}
    family_entry* in_ = nullptr;
    container* held_ = nullptr;  // if the family has one
    std::uint64_t ordinal_ = 0;
  };
  // A text of the family that was asked for last, if it is one of the usual ones. Into a place of the caller's, since a
  // copy would wait until what was just written can be read.
  [[nodiscard]] bool read(std::string_view text, located_serial& out) const {
    container* const last = all().last(number_);
    if (!last) [[unlikely]]
      return false;
    const auto ordinal = last->read(text);
    if (ordinal) out = {last->in, last, *ordinal};
    return ordinal.has_value();
  }
  // What finds the family of a serial number. Bulk work prefetches what it will read: first `prefetch(hash)` for each, then
  // `prefetch_entry(hash)`, then `seek` and `prefetch` of what it finds.
  [[nodiscard]] std::uint64_t hash(const family& of) const noexcept { return families_type::hash(number_, of); }
  void prefetch(std::uint64_t hash) const { all().prefetch(hash); }
  void prefetch_entry(std::uint64_t hash) const { all().prefetch_entry(hash); }
  [[nodiscard]] located_serial seek(const serial_number& serial, std::uint64_t hash) const {
    return located(all().find(number_, serial.family, hash), serial.ordinal);
  }
  // A serial number, if this scope has its family.
  [[nodiscard]] located_serial seek(const serial_number& serial) const {
    return located(seek(serial.family), serial.ordinal);
  }

  // These two do not hold the lock.
  [[nodiscard]] std::optional<holder> find(const located_serial& serial) const {
    if (changes_.settled()) [[likely]]
      return serial.held_ ? serial.held_->ordinals.find(serial.ordinal_) : all().find(*serial.in_, serial.ordinal_);
    const auto guard = lock();
    return changes_.find(all(), *serial.in_, serial.ordinal_);
  }
  [[nodiscard]] std::optional<holder> find(const serial_number& serial) const {
    const located_serial at = seek(serial);
    return at ? find(at) : std::nullopt;
  }
  // Who holds each of these texts, at most `group` of them, up to the first that is no usual text of the family that
  // was asked for last; answers how many. All are read before memory is used, and memory is asked for as they are read.
  static constexpr std::size_t group = 64;
  std::size_t find_usual(std::span<const std::string_view> texts, std::span<std::optional<holder>> out) const {
    const container* const last = all().last(number_);
    if (!last || !changes_.settled()) return 0;
    std::array<std::uint64_t, group> ordinals;
    const std::size_t read = read_usual(*last, texts, ordinals);
    for (std::size_t i = 0; i < read; ++i)  // made in its place: a copy would wait until what was written can be read
      ::new (&out[i]) std::optional<holder>(last->ordinals.find(ordinals[i]));
    return read;
  }
  // Asks for the memory that find and claim will need.
  void prefetch(const located_serial& serial) const {
    if (serial.held_) return index_traits<Map>::prefetch(serial.held_->ordinals, serial.ordinal_);
    if constexpr (!concurrent) all().prefetch(*serial.in_, serial.ordinal_);
  }

  [[nodiscard]] stretch occupancy(const serial_number& from) const {
    const family_entry* in = seek(from.family);
    return in ? changes_.occupancy(all(), *in, from.ordinal) : nothing_taken(from);
  }
  // Visits what is taken of a run, in order if that has the stride of the families.
  template <class Visit>
  void overlaps(const run& serials, Visit&& visit) const {
    if (const family_entry* in = seek(serials.family))
      changes_.overlaps(all(), *in, serials.first, serials.length, serials.stride, visit);
  }
  // All that is taken, in natural order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    std::vector<const family_entry*> in_order;
    leaders_.for_each(all(), [&](const family_entry& each) { in_order.push_back(&each); });
    std::sort(in_order.begin(), in_order.end(), [](auto* a, auto* b) { return a->of() < b->of(); });
    for (const family_entry* each : in_order)
      changes_.for_each_in_order(all(), *each, [&](const held_run& part) { visit(each->of(), part); });
  }

  // ---- claims ---------------------------------------------------------------------------------

  // Takes a serial number if it is free; else answers who holds it. `can_continue()`: a sequence can go on in this
  // family. Does not hold the lock.
  template <class CanContinue>
  std::optional<holder> claim(const located_serial& serial, const holder& by, CanContinue can_continue) {
    family_entry& in = *serial.in_;
    if constexpr (concurrent) {
      const bool leads = in.claimed() || can_continue();
      if (changes_.settled()) [[likely]]
        if (const claim_attempt attempt = all().all(in)->ordinals.try_claim(serial.ordinal_, by); attempt.decided) {
          // asked again after the claim: the family may have held nothing in between
          if (!attempt.met && leads && !in.claimed()) {
            const auto guard = lock();
            if (!in.claimed()) leaders_.add_claimed(all(), in);
          }
          return attempt.met;
        }
      const auto guard = lock();
      settle();
      const auto met = all().claim(in, serial.ordinal_, by);
      if (!met && leads && !in.claimed()) leaders_.add_claimed(all(), in);
      return met;
    } else {
      if (!in.claimed()) [[unlikely]]
        return claim_first(in, serial.ordinal_, by, can_continue());
      settle();
      if (serial.held_) [[likely]]
        return index_traits<Map>::claim(serial.held_->ordinals, serial.ordinal_, by);
      return all().claim(in, serial.ordinal_, by);
    }
  }
  // Takes texts for `by` and the items after it, at most `group` of them, up to the first that is no usual text of the
  // family that was asked for last. Remembers each in `out`, and counts it in `claimed`, where `out` goes on. False if
  // one of them is not free.
  [[nodiscard]] bool claim_usual(std::span<const std::string_view> texts, holder by, std::span<located_serial> out,
                                 std::size_t& claimed) {
    container* const last = all().last(number_);
    if (!last || !last->in->claimed()) return true;
    settle();
    std::array<std::uint64_t, group> ordinals;
    const std::size_t read = read_usual(*last, texts, ordinals);
    Map& in = last->ordinals;
    for (std::size_t i = 0; i < read; ++i, ++claimed, by = by + 1) {
      if (index_traits<Map>::claim(in, ordinals[i], by)) return false;
      out[claimed] = {last->in, last, ordinals[i]};
    }
    return true;
  }
  // The same serial number, in a family that this scope has from now on. Does not hold the lock.
  [[nodiscard]] located_serial locate(const serial_number& serial) {
    if constexpr (concurrent)
      if (const located_serial found = seek(serial)) return found;
    const auto guard = lock();
    return located(&get(serial.family), serial.ordinal);
  }
  [[nodiscard]] located_serial locate(const serial_number& serial, std::uint64_t hash) {
    if constexpr (concurrent)
      if (const located_serial found = seek(serial, hash)) return found;
    const auto guard = lock();
    return located(&get(serial.family, hash), serial.ordinal);
  }
  // Takes a claim back that was made just now. Does not hold the lock.
  void take_back(const located_serial& serial, spare_changes& spare) noexcept {
    const auto guard = lock();
    changes_.change(all(), *serial.in_, kind::erase, {serial.ordinal_, 1, {}}, spare);
    freed(*serial.in_);
  }

  // Takes the serial numbers of a list, which are free; `can_continue(serial_number)`: a sequence can go on from there.
  // If others claim without the lock and one of them is not free any more, nothing happens, and it is false.
  template <class CanContinue>
  [[nodiscard]] bool claim(const run_list& serials, holder by, CanContinue can_continue) {
    settle();
    if (!concurrent && serials.size() == 1) {
      const run& only = serials[0];
      family_entry& in = get(only.family);
      const bool leads = !in.claimed() && can_continue(serial_number{only.family, only.first});
      changes_.make_whole(all(), in, kind::assign, held(only, by));
      if (leads) leaders_.add_claimed(all(), in);
      return true;
    }
    spare_changes spare;
    spare.reserve(serials.size());
    std::vector<std::pair<family_entry*, bool>> families;
    families.reserve(serials.size());
    for (const run& each : serials) {
      family_entry& in = get(each.family);
      families.emplace_back(&in, !in.claimed() && can_continue(serial_number{each.family, each.first}));
    }
    if (!close(serials)) return false;
    for (std::size_t i = 0; i < serials.size(); ++i) {
      const auto [in, leads] = families[i];
      changes_.change(all(), *in, kind::assign, held(serials[i], by), spare);
      if (leads && !in->claimed()) leaders_.add_claimed(all(), *in);
      by = by + serials[i].length;
    }
    return true;
  }

  // The same family, with a text that lives as long as this.
  [[nodiscard]] family interned(const family& like) { return get(like).of(); }

  // Precondition for these: all of the serial numbers are taken.
  void erase(const run& serials) {
    settle();
    family_entry& from = *seek(serials.family);
    changes_.make_whole(all(), from, kind::erase, held(serials, {}));
    freed(from);
  }
  void erase(const run& serials, spare_changes& spare) noexcept {
    family_entry& from = *seek(serials.family);
    changes_.change(all(), from, kind::erase, held(serials, {}), spare);
    freed(from);
  }
  void retire(const run& serials, spare_changes& spare) noexcept {
    changes_.change(all(), *seek(serials.family), kind::retire, held(serials, {}), spare);
  }
  // Takes again what `erase` has freed.
  void restore(const run& serials, const holder& by, spare_changes& spare) noexcept {
    family_entry& in = *seek(serials.family);
    const bool was_empty = changes_.is_empty(all(), in);
    changes_.change(all(), in, kind::assign, held(serials, by), spare);
    if (was_empty) leaders_.come_back(all(), in);
  }
  // Takes serial numbers for the holder that they had before; the family with a text that lives as long as this, or none if
  // they are not all free. No other thread uses this registry meanwhile.
  template <class CanContinue>
  std::optional<family> restore(const run& serials, const holder& by, CanContinue can_continue) {
    settle();
    family_entry& in = get(serials.family);
    const bool leads = by.state != hold::reserved && !in.claimed() && can_continue();
    bool met = false;
    if (serials.length == 1)
      met = all().claim(in, serials.first, by).has_value();
    else
      all().overlaps(in, serials.first, serials.length, serials.stride, [&](const held_run&) { met = true; });
    if (met) return std::nullopt;
    if (serials.length > 1) changes_.make_whole(all(), in, kind::assign, held(serials, by));
    if (leads) leaders_.add_claimed(all(), in);
    return in.of();
  }

  // ---- the sequence ---------------------------------------------------------------------------

  // the greatest of the active family
  [[nodiscard]] std::optional<serial_number> greatest() const { return greatest(leaders_.active(all()).first); }
  // the greatest of a family
  [[nodiscard]] std::optional<serial_number> greatest(const family& of) const { return greatest(seek(of)); }

  // what a journal keeps of the sequence, and what that is once a reservation is given back
  [[nodiscard]] sequence_state sequence(const mark* without = nullptr) const noexcept {
    const auto [in, issued] = leaders_.active(all(), without);
    return {in ? std::optional(in->of()) : std::nullopt, issued,
            leaders_.start() ? leaders_.start()->start : std::nullopt};
  }
  // Sets it to any state.
  void set_sequence(const sequence_state& to) {
    const auto start =
        to.start ? std::optional(serial_number{interned(to.start->family), to.start->ordinal}) : to.start;
    if (start) (void)leaders_.ensure_start();
    if (to.active)
      if (family_entry& in = get(*to.active); to.issued) leaders_.make_issued(in);
    restore({to.active, to.issued, start});
  }
  // Sets it to a state in which it was before.
  void restore(const sequence_state& to) noexcept {
    if (auto* begin = leaders_.start(); begin && to.start != begin->start) {
      begin->start = to.start;
      if (begin->start) begin->start->family = seek(begin->start->family)->of();
      begin->hint = begin->start;
    }
    if (!to.active || sequence().active == to.active) return;
    family_entry* in = seek(*to.active);
    if (!in || changes_.is_empty(all(), *in)) return;
    if (!to.issued)
      leaders_.claimed_first(all(), *in);
    else if (leaders_.has_issued(*in))
      leaders_.issued_last(*in);
  }

  void start_at(const serial_number& begin) {
    const serial_number start{interned(begin.family), begin.ordinal};
    leaders_.ensure_start() = {start, start};
  }
  // from where to search for the next free one, if the sequence was set
  [[nodiscard]] std::optional<serial_number> hint() const noexcept {
    return leaders_.start() ? leaders_.start()->hint : std::nullopt;
  }

  // Reserves free serial numbers, each of which the list names once, and takes the memory that it needs to commit them or
  // to give them back. Their family is the active one then. Null, and nothing happens, if others claim without the lock
  // and one of them is not free any more. Where the policy chooses families by time and record, the sequence that was set
  // waits for its own.
  [[nodiscard]] std::unique_ptr<mark> reserve(const run_list& serials, bool chosen, spare_changes& spare) {
    settle();
    spare.reserve(serials.size());
    for (const run& each : serials) (void)get(each.family);
    const run& last = serials[serials.size() - 1];
    auto reserved = std::make_unique<mark>(get(last.family));
    leaders_.make_room(*reserved->family);
    if (!close(serials)) return nullptr;
    reserving undo{*this, serials, spare};
    for (; undo.assigned < serials.size(); ++undo.assigned) {
      const run& each = serials[undo.assigned];
      all().assign(*seek(each.family), held(each, {no_item, hold::reserved}));
    }
    undo.done = true;
    if (auto& begin = *leaders_.start(); begin.hint && (!chosen || begin.hint->family == last.family))
      begin.hint = serial_number{reserved->family->of(), last.last()};  // from the start up to here all is taken
    leaders_.add_reserved(*reserved);
    return reserved;
  }
  // what becomes of a reservation
  void commit(const run_list& serials, std::unique_ptr<mark> reserved, holder by, spare_changes& spare) noexcept {
    for (const run& each : serials) {
      changes_.change(all(), *seek(each.family), kind::assign, held(each, by), spare);
      by = by + each.length;
    }
    leaders_.commit(std::move(reserved));
  }
  void give_back(const run_list& serials, std::unique_ptr<mark> reserved, spare_changes& spare) noexcept {
    leaders_.give_back(std::move(reserved));
    for (const run& each : serials) erase(each, spare);
  }

 private:
  // ---- families -------------------------------------------------------------------------------

  [[nodiscard]] families_type& all() const noexcept { return families_.get(); }

  [[nodiscard]] family_entry* seek(const family& of) const noexcept { return all().find(number_, of); }
  [[nodiscard]] located_serial located(family_entry* in, std::uint64_t ordinal) const {
    return {in, in ? all().all(*in) : nullptr, ordinal};
  }
  // Families stay when they are empty, so that views of their texts stay good.
  [[nodiscard]] family_entry& get(const family& of) { return get(of, hash(of)); }
  [[nodiscard]] family_entry& get(const family& of, std::uint64_t hash) {
    return all().get(number_, of, hash, [&](std::uint32_t added) { leaders_.add(all(), added); });
  }

  // Reads texts, at most `group` of them, up to the first that is not a usual one, and prefetches the memory of each;
  // returns how many.
  static std::size_t read_usual(const container& in, std::span<const std::string_view> texts,
                                std::span<std::uint64_t, group> ordinals) {
    std::size_t read = 0;
    for (const auto reader = in.read; read < std::min(group, texts.size()); ++read) {
      const auto ordinal = reader(texts[read]);
      if (!ordinal) break;
      ordinals[read] = *ordinal;
      index_traits<Map>::prefetch(in.ordinals, *ordinal);
    }
    return read;
  }

  // apart from the usual case, which is shorter and faster by it
  [[gnu::noinline]] std::optional<holder> claim_first(family_entry& in, std::uint64_t ordinal, holder by, bool leads) {
    settle();
    const auto met = all().claim(in, ordinal, by);
    if (!met && leads) leaders_.add_claimed(all(), in);
    return met;
  }

  [[nodiscard]] std::optional<serial_number> greatest(const family_entry* in) const {
    if (!in) return std::nullopt;
    auto ordinal = all().greatest(*in);
    if (!changes_.settled()) [[unlikely]] {
      ordinal.reset();
      changes_.for_each(all(), *in,
                        [&](const held_run& part) { ordinal = std::max(ordinal.value_or(0), part.last()); });
    }
    return ordinal ? std::optional(serial_number{in->of(), *ordinal}) : std::nullopt;
  }

  // after some of the family was freed
  void freed(family_entry& from) noexcept {
    if (auto* begin = leaders_.start()) begin->hint = begin->start;  // between the two not all is taken any more
    if (!changes_.is_empty(all(), from)) return;
    leaders_.leave(all(), from);
    // a thread without the lock has claimed one meanwhile, and relied on this family's being a leader
    if (concurrent && from.left().claimed && !changes_.is_empty(all(), from)) leaders_.add_claimed(all(), from);
  }

  // Keeps those who claim without the lock from these serial numbers, each of which the list names once. If they are
  // not all free, or it throws, nothing happens, and it is false. True where all callers have the lock. The families are
  // there.
  [[nodiscard]] bool close([[maybe_unused]] const run_list& serials) {
    if constexpr (concurrent) {
      closing undo{*this, serials};
      for (; undo.closed < serials.size(); ++undo.closed) {
        const run& each = serials[undo.closed];
        if (!all().all(*seek(each.family))->ordinals.close(each.first, each.length, each.stride)) return false;
      }
      undo.done = true;
    }
    return true;
  }

  // Opens what was closed, unless all was.
  struct closing {
    ~closing() {
      for (std::size_t i = 0; !done && i < closed; ++i) in.open(serials[i]);
    }
    scope_state& in;
    const run_list& serials;
    std::size_t closed = 0;
    bool done = false;
  };
  void open([[maybe_unused]] const run& serials) noexcept {
    if constexpr (concurrent)
      all().all(*seek(serials.family))->ordinals.open(serials.first, serials.length, serials.stride);
  }
  // Frees what was reserved, and opens the others, unless all was.
  struct reserving {
    ~reserving() {
      for (std::size_t i = 0; !done && i < serials.size(); ++i)
        if (const run& each = serials[i]; i < assigned)
          in.changes_.change(in.all(), *in.seek(each.family), kind::erase, held(each, {}), spare);
        else
          in.open(each);
    }
    scope_state& in;
    const run_list& serials;
    spare_changes& spare;
    std::size_t assigned = 0;
    bool done = false;
  };

  families_of_scope<Map, Serial> families_{};
  std::uint32_t number_;
  leaders<families_type> leaders_;
  family_changes<families_type> changes_;
  [[no_unique_address]] mutable mutex mutex_;
};

}  // namespace tallymark::detail
