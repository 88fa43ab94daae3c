// What a registry keeps of a scope: the families with their held ordinals, and where the sequence stands.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <tallymark/ext/detail/words.hpp>
#include <tallymark/index/detail/kept_table.hpp>
#include <tallymark/policy/holder.hpp>
#include <tallymark/policy/run_list.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/registry/detail/scopes.hpp>

namespace tallymark::detail {

// Nothing is taken: free from here to the last ordinal.
[[nodiscard]] constexpr stretch nothing_taken(const serial_number& from) {
  return {false, std::numeric_limits<std::uint64_t>::max() - from.ordinal};
}

// The reader of a serial policy, if the policy is the same everywhere.
template <class Serial>
[[nodiscard]] auto reader_of(const family& of) {
  if constexpr (std::is_empty_v<Serial> && std::default_initializable<Serial>)
    return serial_traits<Serial>::reader(Serial(), of);
  else
    return [](std::string_view) { return std::optional<std::uint64_t>(); };
}

/// The families of one scope, and where its sequence stands. With a concurrent_ordinal_map, `find` and `claim` of one
/// serial number may be called at any time; whoever calls another member holds the lock.
template <ordinal_map Map, serial_policy Serial>
class scope_state {
  struct kept_family;

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
    const kept_family* in = seek(from.family);
    return in ? in->ordinals.occupancy(from.ordinal) : nothing_taken(from);
  }

  // A serial number of a family that is kept.
  class known {
   public:
    known() = default;
    [[nodiscard]] const family& of() const noexcept { return in_->of; }
    [[nodiscard]] std::uint64_t ordinal() const noexcept { return ordinal_; }
    [[nodiscard]] explicit operator bool() const noexcept { return in_ != nullptr; }

   private:
    friend scope_state;
    known(kept_family* in, std::uint64_t ordinal) : in_(in), ordinal_(ordinal) {}
    kept_family* in_ = nullptr;
    std::uint64_t ordinal_ = 0;
  };
  // A text of the family that was asked for last, if it is one of the usual ones. Into a place of the caller's, since a
  // copy would wait until what was just written can be read.
  [[nodiscard]] bool read(std::string_view text, known& out) const {
    kept_family* last = last_.get();
    const auto ordinal = last ? last->read(text) : std::nullopt;
    if (ordinal) out = {last, *ordinal};
    return ordinal.has_value();
  }
  // A serial number, if its family is kept.
  [[nodiscard]] known seek(const serial_number& one) const { return {seek(one.family), one.ordinal}; }
  [[nodiscard]] std::optional<holder> find(const known& one) const { return one.in_->ordinals.find(one.ordinal_); }
  // Who holds each of these texts, at most `group` of them, up to the first that is no usual text of the family that
  // was asked for last; answers how many. All are read before memory is used, and memory is asked for as they are read.
  static constexpr std::size_t group = 64;
  std::size_t find_usual(std::span<const std::string_view> texts, std::span<std::optional<holder>> out) const {
    const kept_family* in = last_.get();
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
  void prefetch(const known& one) const { index_traits<Map>::prefetch(one.in_->ordinals, one.ordinal_); }

  // Takes a serial number if it is free; else answers who holds it. `goes_on()`: a sequence can go on from there.
  template <class GoesOn>
  std::optional<holder> claim(const known& one, const holder& by, GoesOn goes_on) {
    kept_family& in = *one.in_;
    if constexpr (concurrent)
      if (const claim_attempt done = in.ordinals.try_claim(one.ordinal_, by); done.decided) {
        if (!done.met && in.claimed == 0 && goes_on()) {
          const auto guard = lock();
          if (in.claimed == 0) lead(in);
        }
        return done.met;
      }
    const auto guard = lock();
    const auto met = index_traits<Map>::claim(in.ordinals, one.ordinal_, by);
    if (!met && in.claimed == 0 && goes_on()) lead(in);
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
    kept_family& in = get(each.family);
    in.ordinals.assign({each.first, each.length, by});
    return {in.of, each.first, each.length};
  }
  // The same for serial numbers that are free, of a list; `goes_on(serial_number)`: a sequence can go on from there.
  template <class GoesOn>
  void claim(const run_list& serials, holder by, GoesOn goes_on) {
    for (const run& each : serials) {
      kept_family& in = get(each.family);
      in.ordinals.assign({each.first, each.length, by});
      if (in.claimed == 0 && goes_on(serial_number{each.family, each.first})) lead(in);
      by = by + each.length;
    }
  }

  // Keeps those who claim without the lock from these serial numbers, each of which the list names once. If they are
  // not all free, nothing happens, and it is false. True where everybody has the lock.
  [[nodiscard]] bool close(const run_list& serials) {
    if constexpr (concurrent)
      for (std::size_t i = 0; i < serials.size(); ++i)
        if (!get(serials[i].family).ordinals.close(serials[i].first, serials[i].length)) {
          while (i-- > 0) get(serials[i].family).ordinals.open(serials[i].first, serials[i].length);
          return false;
        }
    return true;
  }

  // the same family, with a text that lives as long as this
  [[nodiscard]] family kept(const family& of) { return get(of).of; }

  // Precondition for both: all of these are taken
  void retire(const run& each) {
    std::vector<held_run> held;
    Map& ordinals = seek(each.family)->ordinals;
    ordinals.overlaps(each.first, each.length, [&](const held_run& part) { held.push_back(part); });
    for (held_run& part : held) {
      part.by.state = hold::retired;
      ordinals.assign(part);
    }
  }
  void erase(const run& each) {
    kept_family& from = *seek(each.family);
    from.ordinals.erase(each.first, each.length);
    hint_ = start_;  // between the two not all is taken any more
    if (!from.ordinals.empty()) return;
    const std::int64_t led = from.claimed.exchange(0);
    leaders_.erase(led);
    leaders_.erase(std::exchange(from.issued, 0));
    // somebody without the lock has claimed one meanwhile, and relied on this family's being a leader
    if (concurrent && led != 0 && !from.ordinals.empty()) lead(from);
  }

  // ---- the sequence ---------------------------------------------------------------------------

  // the greatest of the active family
  [[nodiscard]] std::optional<serial_number> greatest() const {
    if (leaders_.empty()) return std::nullopt;
    const kept_family& in = *leaders_.rbegin()->second;
    const auto ordinal = in.ordinals.greatest();
    return ordinal ? std::optional(serial_number{in.of, *ordinal}) : std::nullopt;
  }

  // the greatest of a family
  [[nodiscard]] std::optional<serial_number> greatest(const family& of) const {
    const kept_family* in = seek(of);
    const auto ordinal = in ? in->ordinals.greatest() : std::nullopt;
    return ordinal ? std::optional(serial_number{in->of, *ordinal}) : std::nullopt;
  }

  // what a journal keeps of the sequence, and what that is once the reservation of a rank is given back
  [[nodiscard]] sequence_state sequence(std::int64_t without = 0) const {
    auto last = leaders_.rbegin();
    if (last != leaders_.rend() && last->first == without) ++last;
    if (last == leaders_.rend()) return {std::nullopt, false, start_};
    return {last->second->of, last->first > 0, start_};
  }
  void restore(const sequence_state& as) {
    if (as.start != start_) {
      start_ = as.start;
      if (start_) start_->family = kept(start_->family);
      hint_ = start_;
    }
    if (!as.active || (!leaders_.empty() && sequence().active == as.active)) return;
    kept_family& in = get(*as.active);
    if (in.ordinals.empty()) return;
    if (as.issued) {
      leaders_.erase(std::exchange(in.issued, ++issues_));
      leaders_.emplace(issues_, &in);
    } else {
      leaders_.erase(in.claimed.exchange(++firsts_));
      leaders_.emplace(firsts_, &in);
    }
  }
  // Takes serial numbers for whoever held them before; the family, as this keeps it, or none if they are not all free.
  // Nobody else uses this registry meanwhile.
  template <class GoesOn>
  std::optional<family> restore(const run& each, const holder& by, GoesOn goes_on) {
    kept_family& in = get(each.family);
    bool met = false;
    if (each.length == 1)
      met = index_traits<Map>::claim(in.ordinals, each.first, by).has_value();
    else
      in.ordinals.overlaps(each.first, each.length, [&](const held_run&) { met = true; });
    if (met) return std::nullopt;
    if (each.length > 1) in.ordinals.assign({each.first, each.length, by});
    if (by.state != hold::reserved && in.claimed == 0 && goes_on()) lead(in);
    return in.of;
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
    kept_family& in = get(last.family);
    leaders_.emplace(++issues_, &in);
    if (hint_ && (!chosen || hint_->family == in.of))
      hint_ = serial_number{in.of, last.last()};  // from the start up to here all is taken
    return issues_;
  }
  // what becomes of a reservation
  void commit(const run_list& serials, std::int64_t rank, holder by) {
    for (const run& each : serials) {
      assign(each, by);
      by = by + each.length;
    }
    const auto at = leaders_.find(rank);
    std::int64_t& issued = at->second->issued;
    if (issued < rank)
      leaders_.erase(std::exchange(issued, rank));
    else
      leaders_.erase(at);
  }
  void give_back(const run_list& serials, std::int64_t rank) {
    leaders_.erase(rank);
    for (const run& each : serials) erase(each);
  }

  // ---- conflicts ------------------------------------------------------------------------------

  // what stands in the way of claiming these, in natural order
  [[nodiscard]] conflicts conflicts_of(const run_list& serials) const {
    conflicts met;
    for_each_once(serials, met, [&](const run& each) {
      if (const kept_family* in = seek(each.family))
        in->ordinals.overlaps(each.first, each.length, [&](const held_run& part) {
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
      if (const kept_family* in = seek(each.family))
        in->ordinals.overlaps(each.first, each.length, [&](const held_run& part) {
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
    std::vector<const kept_family*> in_order;
    for (const auto& each : families_.entries()) in_order.push_back(each.get());
    std::sort(in_order.begin(), in_order.end(), [](auto* a, auto* b) { return a->of < b->of; });
    for (const kept_family* each : in_order)
      each->ordinals.overlaps(0, std::numeric_limits<std::uint64_t>::max(),
                              [&](const held_run& part) { visit(each->of, part); });
  }

 private:
  struct kept_family {
    explicit kept_family(const family& like)
        : text(like.text), tail(like.tail), of{text, like.width, like.form, tail}, read(reader_of<Serial>(of)) {}

    const std::string text, tail;
    const family of;
    const decltype(reader_of<Serial>(family())) read;
    Map ordinals{};
    std::atomic<std::int64_t> claimed = 0;  // its ranks among the leaders, 0: none
    std::int64_t issued = 0;
  };

  [[nodiscard]] kept_family* seek(const family& of) const {
    const auto is_it = [&](const kept_family& each) {
      return same_text(each.text, of.text) && each.of.width == of.width && each.of.form == of.form &&
             same_text(each.tail, of.tail);
    };
    kept_family* found = last_.get();
    if (found && is_it(*found)) return found;
    found = families_.find(hash(of), is_it);
    if (found) last_.set(found);
    return found;
  }
  [[nodiscard]] kept_family& get(const family& of) {
    kept_family* found = seek(of);
    return found ? *found : families_.add(hash(of), std::make_unique<kept_family>(of));
  }
  [[nodiscard]] static std::size_t hash(const family& of) {
    const std::size_t tail = of.tail.empty() ? 0 : std::hash<std::string_view>{}(of.tail) * 137;
    return std::hash<std::string_view>{}(of.text) * 131 + tail + of.width * 2U + (of.counts() ? 1U : 0U);
  }

  // the first claim of a family: it comes after those of the other families
  void lead(kept_family& in) {
    leaders_.emplace(--claims_, &in);
    in.claimed = claims_;
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

  kept_table<kept_family> families_;
  remembered<kept_family, concurrent> last_;
  // Who leads the sequence: the active family is the last of these. Reservations and issues have rank 1, 2, …, and the
  // first claims of families, which only count until then, have ranks downwards from a middle far below; upwards from
  // there are those that a journal says to be the first of all. All of these families hold something.
  static constexpr std::int64_t middle = std::numeric_limits<std::int64_t>::min() / 2;
  std::map<std::int64_t, kept_family*> leaders_;
  std::int64_t claims_ = middle, firsts_ = middle, issues_ = 0;
  std::optional<serial_number> start_, hint_;
  [[no_unique_address]] mutable mutex mutex_;
};

}  // namespace tallymark::detail
