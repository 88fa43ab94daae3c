// The families of one scope that several threads use at once, and which of their ordinals are held.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <tallymark/ext/detail/words.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/registry/detail/entry_table.hpp>
#include <tallymark/registry/detail/families.hpp>
#include <tallymark/registry/detail/interned_texts.hpp>
#include <tallymark/registry/detail/remembered.hpp>

namespace tallymark::detail {

/// What families is where one thread changes them, with a container for each family from the beginning: a thread that
/// looks without a lock needs it at once. `find` and `last` may be called at any time, and what asks a family as far as
/// its Map allows; what changes them is called under the lock of the scope.
template <concurrent_ordinal_map Map, serial_policy Serial>
class concurrent_families {
 public:
  class entry;
  static constexpr std::uint64_t stride = Map::stride;
  using container = ordinals_of_family<Map, Serial, entry>;

  class entry {
   public:
    entry(const family& like, interned_texts& texts)
        : name_(named(like, texts.keep(like.text, like.tail))), held_(*this, 0) {}

    [[nodiscard]] const family& of() const noexcept { return name_; }
    [[nodiscard]] bool is(const family& other) const noexcept {
      return same_text(name_.text, other.text) && name_.width == other.width && name_.form == other.form &&
             same_text(name_.tail, other.tail);
    }

    std::uint32_t before = no_entry, after = no_entry;
    [[nodiscard]] bool claimed() const noexcept { return claimed_.load(); }
    void set_claimed(bool to) noexcept { claimed_.store(to); }
    [[nodiscard]] left_as left() const noexcept { return left_; }
    void set_left(left_as as) noexcept { left_ = as; }

   private:
    friend concurrent_families;

    // the same family, whose text and tail are at `kept`
    [[nodiscard]] static family named(const family& like, const char* kept) noexcept {
      return {{kept, like.text.size()}, like.width, like.form, {kept + like.text.size(), like.tail.size()}};
    }

    family name_;
    std::atomic<bool> claimed_ = false;
    left_as left_{};
    container held_;
  };

  [[nodiscard]] static std::uint64_t hash(std::uint32_t, const family& of) noexcept { return family_hash({0, of}); }
  [[nodiscard]] entry* find(std::uint32_t scope, const family& of) const { return find(scope, of, hash(scope, of)); }
  [[nodiscard]] entry* find(std::uint32_t, const family& of, std::uint64_t hash) const {
    entry* const found = table_.find(hash, [&](const entry& each) { return each.is(of); });
    if (found) last_.set(found);
    return found;
  }
  void prefetch(std::uint64_t hash) const { table_.prefetch(hash); }
  void prefetch_entry(std::uint64_t hash) const { table_.prefetch_entry(hash); }

  template <class Added>
  entry& get(std::uint32_t scope, const family& of, std::uint64_t hashed, Added added) {
    if (entry* found = find(scope, of, hashed)) return *found;
    const auto hash_of_entry = [](const entry& each) { return hash(0, each.of()); };
    entry& fresh = table_.add(hashed, hash_of_entry, of, texts_);
    last_.set(&fresh);
    added(table_.last());
    return fresh;
  }
  [[nodiscard]] entry& operator[](std::uint32_t number) const noexcept { return table_[number]; }

  [[nodiscard]] container* last(std::uint32_t) const noexcept {
    entry* const found = last_.get();
    return found ? &found->held_ : nullptr;
  }
  [[nodiscard]] container* all(entry& in) const noexcept { return &in.held_; }

  [[nodiscard]] std::optional<holder> find(const entry& in, std::uint64_t ordinal) const {
    return in.held_.ordinals.find(ordinal);
  }
  [[nodiscard]] stretch occupancy(const entry& in, std::uint64_t ordinal) const {
    return in.held_.ordinals.occupancy(ordinal);
  }
  template <class Visit>
  void overlaps(const entry& in, std::uint64_t first, std::uint64_t length, std::uint64_t by, Visit&& visit) const {
    in.held_.ordinals.overlaps(first, length, by, visit);
  }
  template <class Visit>
  void for_each(const entry& in, Visit&& visit) const {
    in.held_.ordinals.for_each(visit);
  }
  template <class Visit>
  void for_each_stretch(const entry& in, Visit&& visit) const noexcept {
    in.held_.ordinals.for_each_stretch(visit);
  }
  [[nodiscard]] std::optional<std::uint64_t> greatest(const entry& in) const { return in.held_.ordinals.greatest(); }
  [[nodiscard]] bool is_empty(const entry& in) const { return in.held_.ordinals.empty(); }

  std::optional<holder> claim(entry& in, std::uint64_t ordinal, holder by) {
    return index_traits<Map>::claim(in.held_.ordinals, ordinal, by);
  }
  void assign(entry& in, const held_run& run) { in.held_.ordinals.assign(run); }
  void erase(entry& in, std::uint64_t first, std::uint64_t length, std::uint64_t by) {
    in.held_.ordinals.erase(first, length, by);
  }

 private:
  interned_texts texts_;
  entry_table<entry, true> table_;
  remembered<entry, true> last_;
};

/// Where the families of a scope are: with those of all other scopes, or in the scope itself if several threads change
/// them.
template <ordinal_map Map, serial_policy Serial>
struct families_of_scope {
  using type = families<Map, Serial>;
  type* shared;
  [[nodiscard]] type& get() const noexcept { return *shared; }
};
template <concurrent_ordinal_map Map, serial_policy Serial>
struct families_of_scope<Map, Serial> {
  using type = concurrent_families<Map, Serial>;
  mutable type own{};
  [[nodiscard]] type& get() const noexcept { return own; }
};

}  // namespace tallymark::detail
