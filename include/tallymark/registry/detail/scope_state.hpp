// What a registry keeps of a scope: the families with their held ordinals, and where the sequence stands.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <tallymark/number/holder.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/registry/detail/family_entry.hpp>
#include <tallymark/registry/detail/family_table.hpp>
#include <tallymark/registry/detail/interned_texts.hpp>
#include <tallymark/registry/detail/leaders.hpp>
#include <tallymark/registry/detail/scopes.hpp>

namespace tallymark::detail {

// Nothing is taken: free from here to the last ordinal.
[[nodiscard]] constexpr stretch nothing_taken(const serial_number& from) {
  return {false, std::numeric_limits<std::uint64_t>::max() - from.ordinal};
}

/// The families of one scope, and where its sequence stands. With a concurrent_ordinal_map, `find` and `claim` of one
/// serial number may be called at any time; whoever calls another member holds the lock.
template <ordinal_map Map, serial_policy Serial>
class scope_state {
  using family_entry = detail::family_entry<Map, Serial>;

 public:
  static constexpr bool concurrent = concurrent_ordinal_map<Map>;
  using mutex = mutex_of<Map>;

  scope_state() = default;
  scope_state(const scope_state&) = delete;
  scope_state& operator=(const scope_state&) = delete;

  [[nodiscard]] std::unique_lock<mutex> lock() const { return std::unique_lock(mutex_); }

  [[nodiscard]] std::optional<holder> find(const serial_number& one) const {
    const known at = seek(one);
    return at ? find(at) : std::nullopt;
  }
  [[nodiscard]] stretch occupancy(const serial_number& from) const {
    const family_entry* in = seek(from.family);
    return in ? in->occupancy(from.ordinal) : nothing_taken(from);
  }

  // A serial number of a family that is kept.
  class known {
   public:
    known() = default;
    [[nodiscard]] family of() const noexcept { return in_->of(); }
    [[nodiscard]] std::uint64_t ordinal() const noexcept { return ordinal_; }
    [[nodiscard]] explicit operator bool() const noexcept { return in_ != nullptr; }

   private:
    friend scope_state;
    known(family_entry* in, std::uint64_t ordinal) : in_(in), ordinal_(ordinal) {}
    family_entry* in_ = nullptr;
    std::uint64_t ordinal_ = 0;
  };
  // A text of the family that was asked for last, if it is one of the usual ones. Into a place of the caller's, since a
  // copy would wait until what was just written can be read.
  [[nodiscard]] bool read(std::string_view text, known& out) const {
    family_entry* last = last_.get();
    const auto* in = last ? last->all() : nullptr;
    if (!in) [[unlikely]]
      return false;
    const auto ordinal = in->read(text);
    if (ordinal) out = {last, *ordinal};
    return ordinal.has_value();
  }
  // A serial number, if its family is kept.
  [[nodiscard]] known seek(const serial_number& one) const { return {seek(one.family), one.ordinal}; }
  [[nodiscard]] std::optional<holder> find(const known& one) const { return one.in_->find(one.ordinal_); }
  // Who holds each of these texts, at most `group` of them, up to the first that is no usual text of the family that
  // was asked for last; answers how many. All are read before memory is used, and memory is asked for as they are read.
  static constexpr std::size_t group = 64;
  std::size_t find_usual(std::span<const std::string_view> texts, std::span<std::optional<holder>> out) const {
    const family_entry* last = last_.get();
    const auto* in = last ? last->all() : nullptr;
    if (!in) return 0;
    std::array<std::uint64_t, group> ordinals;
    std::size_t read = 0;
    for (const auto reader = in->read; read < texts.size(); ++read) {
      const auto ordinal = reader(texts[read]);
      if (!ordinal) break;
      ordinals[read] = *ordinal;
      index_traits<Map>::prefetch(in->ordinals, *ordinal);
    }
    for (std::size_t i = 0; i < read; ++i)  // made in its place: a copy would wait until what was written can be read
      ::new (&out[i]) std::optional<holder>(in->ordinals.find(ordinals[i]));
    return read;
  }

  // Asks for the memory that find and claim will need.
  void prefetch(const known& one) const { one.in_->prefetch(one.ordinal_); }

  // Takes a serial number if it is free; else answers who holds it. `goes_on()`: a sequence can go on from there.
  template <class GoesOn>
  std::optional<holder> claim(const known& one, const holder& by, GoesOn goes_on) {
    family_entry& in = *one.in_;
    if constexpr (concurrent)
      if (const claim_attempt done = in.all()->ordinals.try_claim(one.ordinal_, by); done.decided) {
        if (!done.met && !in.claimed && goes_on()) {
          const auto guard = lock();
          if (!in.claimed) leaders_.add_claimed(in);
        }
        return done.met;
      }
    const auto guard = lock();
    const auto met = in.claim(one.ordinal_, by);
    if (!met && !in.claimed && goes_on()) leaders_.add_claimed(in);
    return met;
  }
  // the same serial number, in a family that is kept now
  [[nodiscard]] known entered(const serial_number& one) {
    if constexpr (concurrent)
      if (const known there = seek(one)) return there;
    const auto guard = lock();
    return {&get(one.family), one.ordinal};
  }

  // Takes serial numbers, and answers with a family that lives as long as this. Families stay when they are empty, so
  // that views of their texts stay good.
  run assign(const run& each, const holder& by) {
    family_entry& in = get(each.family);
    in.assign({each.first, each.length, by});
    return {in.of(), each.first, each.length};
  }
  // The same for serial numbers that are free, of a list; `goes_on(serial_number)`: a sequence can go on from there.
  template <class GoesOn>
  void claim(const run_list& serials, holder by, GoesOn goes_on) {
    for (const run& each : serials) {
      family_entry& in = get(each.family);
      in.assign({each.first, each.length, by});
      if (!in.claimed && goes_on(serial_number{each.family, each.first})) leaders_.add_claimed(in);
      by = by + each.length;
    }
  }

  // Keeps those who claim without the lock from these serial numbers, each of which the list names once. If they are
  // not all free, nothing happens, and it is false. True where everybody has the lock.
  [[nodiscard]] bool close(const run_list& serials) {
    if constexpr (concurrent)
      for (std::size_t i = 0; i < serials.size(); ++i)
        if (!get(serials[i].family).all()->ordinals.close(serials[i].first, serials[i].length)) {
          while (i-- > 0) get(serials[i].family).all()->ordinals.open(serials[i].first, serials[i].length);
          return false;
        }
    return true;
  }

  // the same family, with a text that lives as long as this
  [[nodiscard]] family kept(const family& of) { return get(of).of(); }

  // Precondition for both: all of these are taken
  void retire(const run& each) {
    std::vector<held_run> held;
    family_entry& in = *seek(each.family);
    in.overlaps(each.first, each.length, [&](const held_run& part) { held.push_back(part); });
    for (held_run& part : held) {
      part.by.state = hold::retired;
      in.assign(part);
    }
  }
  void erase(const run& each) {
    family_entry& from = *seek(each.family);
    from.erase(each.first, each.length);
    hint_ = start_;  // between the two not all is taken any more
    if (!from.empty()) return;
    const bool led = leaders_.remove_claimed(from);
    leaders_.remove_issued(from);
    // somebody without the lock has claimed one meanwhile, and relied on this family's being a leader
    if (concurrent && led && !from.empty()) leaders_.add_claimed(from);
  }

  // ---- the sequence ---------------------------------------------------------------------------

  // the greatest of the active family
  [[nodiscard]] std::optional<serial_number> greatest() const {
    const family_entry* in = leaders_.active().first;
    const auto ordinal = in ? in->greatest() : std::nullopt;
    return ordinal ? std::optional(serial_number{in->of(), *ordinal}) : std::nullopt;
  }

  // the greatest of a family
  [[nodiscard]] std::optional<serial_number> greatest(const family& of) const {
    const family_entry* in = seek(of);
    const auto ordinal = in ? in->greatest() : std::nullopt;
    return ordinal ? std::optional(serial_number{in->of(), *ordinal}) : std::nullopt;
  }

  // what a journal keeps of the sequence, and what that is once the reservation of a rank is given back
  [[nodiscard]] sequence_state sequence(std::int64_t without = 0) const {
    const auto [in, issued] = leaders_.active(without);
    return {in ? std::optional(in->of()) : std::nullopt, issued, start_};
  }
  void restore(const sequence_state& as) {
    if (as.start != start_) {
      start_ = as.start;
      if (start_) start_->family = kept(start_->family);
      hint_ = start_;
    }
    if (!as.active || sequence().active == as.active) return;
    family_entry& in = get(*as.active);
    if (in.empty()) return;
    if (as.issued)
      leaders_.issued_last(in);
    else
      leaders_.claimed_first(in);
  }
  // Takes serial numbers for whoever held them before; the family, as this keeps it, or none if they are not all free.
  // Nobody else uses this registry meanwhile.
  template <class GoesOn>
  std::optional<family> restore(const run& each, const holder& by, GoesOn goes_on) {
    family_entry& in = get(each.family);
    bool met = false;
    if (each.length == 1)
      met = in.claim(each.first, by).has_value();
    else
      in.overlaps(each.first, each.length, [&](const held_run&) { met = true; });
    if (met) return std::nullopt;
    if (each.length > 1) in.assign({each.first, each.length, by});
    if (by.state != hold::reserved && !in.claimed && goes_on()) leaders_.add_claimed(in);
    return in.of();
  }

  void start_at(const serial_number& begin) {
    start_ = serial_number{kept(begin.family), begin.ordinal};
    hint_ = start_;
  }
  // from where to search for the next free one, if the sequence was set
  [[nodiscard]] const std::optional<serial_number>& hint() const noexcept { return hint_; }

  // These are reserved, and their family is the active one now. Answers with the rank of this reservation. Where the
  // policy chooses families by time and record, the sequence that was set waits for its own.
  std::int64_t reserve(const run_list& serials, bool chosen = false) {
    for (const run& each : serials) assign(each, {no_item, hold::reserved});
    const run& last = serials[serials.size() - 1];
    family_entry& in = get(last.family);
    if (hint_ && (!chosen || hint_->family == in.of()))
      hint_ = serial_number{in.of(), last.last()};  // from the start up to here all is taken
    return leaders_.add_reserved(in);
  }
  // what becomes of a reservation
  void commit(const run_list& serials, std::int64_t rank, holder by) {
    for (const run& each : serials) {
      assign(each, by);
      by = by + each.length;
    }
    leaders_.commit(rank);
  }
  void give_back(const run_list& serials, std::int64_t rank) {
    leaders_.give_back(rank);
    for (const run& each : serials) erase(each);
  }

  // ---- conflicts ------------------------------------------------------------------------------

  // what stands in the way of claiming these, in natural order
  [[nodiscard]] conflicts conflicts_of(const run_list& serials) const {
    conflicts met;
    for_each_once(serials, met, [&](const run& each) {
      if (const family_entry* in = seek(each.family))
        in->overlaps(each.first, each.length, [&](const held_run& part) {
          met.emplace_back(reason(part.by.state), run{each.family, part.first, part.length}, part.by.item);
        });
    });
    return sorted(std::move(met));
  }

  // what stands in the way of releasing or retiring these: they are free, reserved, or named twice
  [[nodiscard]] conflicts missing_of(const run_list& serials) const {
    conflicts met;
    for_each_once(serials, met, [&](const run& each) {
      std::uint64_t at = each.first;
      const auto free_until = [&](std::uint64_t end) {
        if (at < end) met.emplace_back(errc::not_claimed, run{each.family, at, end - at});
      };
      if (const family_entry* in = seek(each.family))
        in->overlaps(each.first, each.length, [&](const held_run& part) {
          free_until(part.first);
          if (part.by.state == hold::reserved)
            met.emplace_back(errc::reserved, run{each.family, part.first, part.length});
          at = part.last() + 1;
        });
      free_until(each.last() + 1);
    });
    return sorted(std::move(met));
  }

  // in natural order
  template <class Visit>
  void for_each(Visit&& visit) const {
    std::vector<const family_entry*> in_order;
    in_order.reserve(families_.size());
    for (std::size_t i = 0; i < families_.size(); ++i) in_order.push_back(&families_[i]);
    std::sort(in_order.begin(), in_order.end(), [](auto* a, auto* b) { return a->of() < b->of(); });
    for (const family_entry* each : in_order)
      each->overlaps(0, std::numeric_limits<std::uint64_t>::max(),
                     [&](const held_run& part) { visit(each->of(), part); });
  }

 private:
  [[nodiscard]] family_entry* seek(const family& of) const {
    family_entry* found = last_.get();
    if (found && found->is(of)) return found;
    return seek(of, hash(of));
  }
  [[nodiscard]] family_entry* seek(const family& of, std::size_t hash_of_it) const {
    family_entry* found = families_.find(hash_of_it, [&](const family_entry& each) { return each.is(of); });
    if (found) last_.set(found);
    return found;
  }
  [[nodiscard]] family_entry& get(const family& of) {
    family_entry* found = last_.get();
    if (found && found->is(of)) return *found;
    const std::size_t hash_of_it = hash(of);
    found = seek(of, hash_of_it);
    return found ? *found : families_.add(hash_of_it, of, texts_.keep(of.text, of.tail));
  }
  [[nodiscard]] static std::size_t hash(const family& of) {
    const std::size_t tail = of.tail.empty() ? 0 : std::hash<std::string_view>{}(of.tail) * 137;
    return std::hash<std::string_view>{}(of.text) * 131 + tail + of.width * 2U + (of.counts() ? 1U : 0U);
  }

  [[nodiscard]] static conflicts sorted(conflicts met) {
    std::sort(met.begin(), met.end(), [](const conflict& a, const conflict& b) {
      return std::tie(a.serials[0], a.why) < std::tie(b.serials[0], b.why);
    });
    return met;
  }

  // visits what the list names, sorted, each serial number once; those that it names again are conflicts, each once
  template <class Visit>
  static void for_each_once(const run_list& serials, conflicts& met, Visit visit) {
    std::optional<run> named, again;  // of those so far, the run that ends last
    const auto rest_of = [](const run& each, const std::optional<run>& before) -> std::optional<run> {
      if (!before || before->family != each.family || before->last() < each.first) return each;
      if (each.last() <= before->last()) return std::nullopt;
      return run{each.family, before->last() + 1, each.last() - before->last()};
    };
    for (const run& each : serials.sorted()) {
      const auto fresh = rest_of(each, named);
      if (const std::uint64_t twice = each.length - (fresh ? fresh->length : 0); twice > 0)
        if (const auto part = rest_of({each.family, each.first, twice}, again)) {
          met.emplace_back(errc::named_twice, *part);
          again = part;
        }
      if (!fresh) continue;
      visit(*fresh);
      named = fresh;
    }
  }

  interned_texts texts_;
  family_table<family_entry, concurrent> families_;
  remembered<family_entry, concurrent> last_;
  leaders<family_entry> leaders_;
  std::optional<serial_number> start_, hint_;
  [[no_unique_address]] mutable mutex mutex_;
};

}  // namespace tallymark::detail
