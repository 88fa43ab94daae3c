// Runs in a list that many threads search while one changes it.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// Runs of chunk numbers; a chunk has `Each` ordinals, and runs do not overlap. A skip list (Pugh, Communications of
/// the ACM 33, 6, 1990): `find` never waits and O(log r); all other members are called under a lock.
///
/// A run is replaced by putting in what comes instead first, so that a search finds one or the other. Nodes
/// that are out of the list stay in memory, since somebody may be looking at them.
template <std::uint64_t Each>
class concurrent_runs {
 public:
  /// The holder of the first ordinal of a chunk.
  [[nodiscard]] std::optional<holder> find(std::uint64_t number) const {
    for (std::uint64_t bound = number;;) {
      const node* in = last_to(bound);
      if (in == &head_) return std::nullopt;
      const std::uint64_t length = in->length.load();
      if (number - in->first < length) return in->at(number);
      if (last_to(bound) != in) continue;  // it was replaced meanwhile
      if (length > 0 || in->first == 0) return std::nullopt;
      bound = in->first - 1;  // about to be taken out
    }
  }

  /// The same, and up to which chunk that is so; `end` is 2^64 - 1 if nothing follows.
  struct covered {
    std::optional<holder> by;
    std::uint64_t end;
  };
  [[nodiscard]] covered cover(std::uint64_t number) const {
    const node* in = last_to(number);
    if (in != &head_ && number < in->end()) return {in->at(number), in->end()};
    const node* after = in->next[0].load();
    return {std::nullopt, after ? after->first : std::numeric_limits<std::uint64_t>::max()};
  }

  /// Visits the parts of runs from chunk `from` up to `to`, in order: visit(from, to, holder).
  template <class Visit>
  void for_each(std::uint64_t from, std::uint64_t to, Visit&& visit) const {
    for (const node* at = first_after(from); at && at->first < to; at = at->next[0].load()) {
      const std::uint64_t begin = std::max(from, at->first);
      visit(begin, std::min(to, at->end()), at->at(begin));
    }
  }

  /// Where the last run that begins before chunk `below` ends, at most there.
  [[nodiscard]] std::optional<std::uint64_t> last_end(std::uint64_t below) const {
    const node* in = below > 0 ? last_to(below - 1) : &head_;
    return in == &head_ ? std::nullopt : std::optional(std::min(below, in->end()));
  }

  /// From now on this number of new nodes need no memory; assign makes two at most, erase one.
  void make_room(std::size_t nodes) {
    if (spare_.size() >= nodes) return;
    const std::size_t all = nodes_.size() + nodes;
    if (nodes_.capacity() < all) nodes_.reserve(std::max(all, 2 * nodes_.size()));
    while (spare_.size() < nodes) spare_.push_back(std::make_unique<node>(some_height()));
  }

  /// Gives the chunks from `from` up to `to` to a holder.
  void assign(std::uint64_t from, std::uint64_t to, const holder& by) {
    make_room(2);
    node* before = from > 0 ? last_to(from - 1) : &head_;
    const node* after = before->next[0].load();
    if (before != &head_ && before->end() == from && before->at(from) == by && (!after || after->first >= to)) {
      before->length.store(to - before->first);  // it goes on
      return;
    }
    replace(from, to, &by);
  }

  /// Frees the chunks from `from` up to `to`.
  void erase(std::uint64_t from, std::uint64_t to) {
    make_room(1);
    replace(from, to, nullptr);
  }

 private:
  struct node {
    explicit node(unsigned tall) : height(tall), next(std::make_unique<std::atomic<node*>[]>(tall)) {}
    std::uint64_t first = 0;                // stays once the node is in the list
    std::atomic<std::uint64_t> length = 0;  // 0: it is being taken out
    holder by{};                            // stays
    const unsigned height;
    const std::unique_ptr<std::atomic<node*>[]> next;

    [[nodiscard]] std::uint64_t end() const { return first + length.load(); }
    [[nodiscard]] holder at(std::uint64_t number) const { return by + (number - first) * Each; }
  };
  static constexpr unsigned levels = 24;

  // the last node that begins at this chunk or before it, or the head
  [[nodiscard]] node* last_to(std::uint64_t number) const {
    node* at = &head_;
    for (unsigned level = levels; level-- > 0;)
      for (node* next = at->next[level].load(); next && next->first <= number; next = at->next[level].load()) at = next;
    return at;
  }
  // the first node that reaches beyond the beginning of this chunk
  [[nodiscard]] node* first_after(std::uint64_t number) const {
    node* at = last_to(number);
    return at != &head_ && number < at->end() ? at : at->next[0].load();
  }

  void replace(std::uint64_t from, std::uint64_t to, const holder* by) {
    node* const first_met = first_after(from);
    node* last_met = nullptr;
    for (node* at = first_met; at && at->first < to; at = at->next[0].load()) last_met = at;
    if (last_met && last_met->end() > to) insert(to, last_met->end() - to, last_met->at(to));
    const node* fresh = by ? &insert(from, to - from, *by) : nullptr;
    if (!last_met) return;
    for (node *at = first_met, *next = nullptr; at && at->first < to; at = next) {
      next = at->next[0].load();
      if (at == fresh) continue;
      if (at->first < from)
        at->length.store(from - at->first);
      else
        take_out(*at);
    }
  }

  // after those that begin at the same chunk; there is room for it
  node& insert(std::uint64_t first, std::uint64_t length, const holder& by) noexcept {
    nodes_.push_back(std::move(spare_.back()));
    spare_.pop_back();
    node& made = *nodes_.back();
    made.first = first;
    made.length.store(length);
    made.by = by;
    node* at = &head_;
    std::array<node*, levels> before{};
    for (unsigned level = levels; level-- > 0;) {
      for (node* next = at->next[level].load(); next && next->first <= first; next = at->next[level].load()) at = next;
      before[level] = at;
    }
    for (unsigned level = 0; level < made.height; ++level) {
      made.next[level].store(before[level]->next[level].load());
      before[level]->next[level].store(&made);
    }
    return made;
  }

  void take_out(node& old) {
    old.length.store(0);
    node* at = &head_;
    for (unsigned level = levels; level-- > 0;) {
      for (node* next = at->next[level].load(); next && next->first < old.first; next = at->next[level].load())
        at = next;
      node* before = at;
      while (before->next[level].load() && before->next[level].load() != &old &&
             before->next[level].load()->first == old.first)
        before = before->next[level].load();
      if (before->next[level].load() == &old) before->next[level].store(old.next[level].load());
    }
  }

  // 1, and one more with a chance of one in two, from a sequence of well mixed numbers (splitmix64, Steele et al. 2014)
  [[nodiscard]] unsigned some_height() {
    std::uint64_t mixed = seed_ += 0x9E3779B97F4A7C15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return std::min(levels, 1U + static_cast<unsigned>(std::countr_zero(mixed ^ (mixed >> 31U))));
  }

  mutable node head_{levels};
  std::vector<std::unique_ptr<node>> nodes_, spare_;
  std::uint64_t seed_ = 0;
};

}  // namespace tallymark::detail
