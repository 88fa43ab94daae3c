// The families of all scopes of a registry, and which of their ordinals are held.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tallymark/ext/detail/text_hash.hpp>
#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/detail/entry_table.hpp>
#include <tallymark/registry/detail/family_entry.hpp>
#include <tallymark/registry/detail/few_runs.hpp>
#include <tallymark/registry/detail/folded.hpp>
#include <tallymark/registry/detail/interned_texts.hpp>
#include <tallymark/registry/detail/remembered.hpp>

namespace tallymark::detail {

// The reader of a serial policy, if the policy is the same everywhere.
template <class Serial>
[[nodiscard]] auto reader_of(const family& of) {
  if constexpr (std::is_empty_v<Serial> && std::default_initializable<Serial>)
    return serial_traits<Serial>::reader(Serial(), of);
  else
    return [](std::string_view) { return std::optional<std::uint64_t>(); };
}

/// The held ordinals of a family, and what reads its usual texts faster.
template <ordinal_map Map, serial_policy Serial, class Entry>
struct ordinals_of_family {
  explicit ordinals_of_family(Entry& of, std::uint32_t of_scope)
      : read(reader_of<Serial>(of.of())), in(&of), scope(of_scope) {}
  const decltype(reader_of<Serial>(family())) read;
  Entry* const in;
  const std::uint32_t scope;
  Map ordinals{};
};

[[nodiscard]] inline std::uint64_t family_hash(const family_key& key) noexcept {
  const hash_seeds& seeds = hash_seeds::of_process();
  const family& of = key.name;
  return hash_of(of.text, of.tail.empty() ? key.head : hash_of(of.tail, ~key.head, seeds), seeds);
}

/// A text of a bulk call.
struct parsed_text {
  bool readable = false;
  serial_number serial{};
  std::uint64_t hash = 0;  ///< of its family
};

/// All families, found by scope and name. What is asked of a family is what an ordinal_map is asked; a change that throws
/// has changed nothing. Families of one serial number may be millions: such a one lies in its entry. A few runs lie in a
/// piece of memory; a container comes with the 17th of them, or when serial numbers come one by one. `Map` is a folded one.
template <ordinal_map Map, serial_policy Serial>
class families {
 public:
  using entry = family_entry;
  static constexpr std::uint64_t stride = Map::stride;
  using container = ordinals_of_family<Map, Serial, entry>;

  /// What finds a family of a scope in a table.
  [[nodiscard]] static std::uint64_t hash(std::uint32_t scope, const family& of) noexcept {
    return family_hash({scope, of});
  }

  /// The family of a scope, or null. O(1) on average.
  [[nodiscard]] entry* find(std::uint32_t scope, const family& of) const { return find(scope, of, hash(scope, of)); }
  [[nodiscard]] entry* find(std::uint32_t scope, const family& of, std::uint64_t hash) const {
    const family_key key(scope, of);
    entry* const found = table_.find(hash, [&](const entry& each) { return each.is(key); });
    if (found) remember(*found);
    return found;
  }
  /// Prefetches what `find` reads first; once that is there, `prefetch_entry` what it reads then.
  void prefetch(std::uint64_t hash) const { table_.prefetch(hash); }
  void prefetch_entry(std::uint64_t hash) const { table_.prefetch_entry(hash); }

  /// Prefetches what find and claim of one of its ordinals will read.
  void prefetch(const entry& in, std::uint64_t ordinal) const {
    if (in.has_container()) asked(in, [&](const auto& held) { held.prefetch(ordinal); });
  }

  /// The family of a scope; if it is not there, it is added, and `added(number)` called. O(1) on average.
  template <class Added>
  entry& get(std::uint32_t scope, const family& of, std::uint64_t hashed, Added added) {
    if (entry* found = find(scope, of, hashed)) return *found;
    const auto hash_of_entry = [](const entry& each) { return hash(each.scope(), each.of()); };
    entry& fresh = table_.add(hashed, hash_of_entry, scope, of, texts_);
    added(table_.last());
    return fresh;
  }
  [[nodiscard]] entry& operator[](std::uint32_t number) const noexcept { return table_[number]; }

  /// Of the families with a container, the one that was asked for last, if it is of this scope.
  [[nodiscard]] container* last(std::uint32_t scope) const noexcept {
    container* const found = last_container_.get();
    return found && found->scope == scope ? found : nullptr;
  }

  /// Null as long as the family has a few runs.
  [[nodiscard]] container* all(const entry& in) const noexcept {
    return in.has_container() ? held_[in.container()].all.get() : nullptr;
  }

  [[nodiscard]] std::optional<holder> find(const entry& in, std::uint64_t ordinal) const {
    if (!in.has_container()) return in.find(ordinal);
    return asked(in, [&](const auto& held) { return held.find(ordinal); });
  }
  [[nodiscard]] stretch occupancy(const entry& in, std::uint64_t ordinal) const {
    if (in.has_container()) return asked(in, [&](const auto& held) { return held.occupancy(ordinal); });
    std::uint64_t end = std::numeric_limits<std::uint64_t>::max();
    if (!in.empty() && ordinal <= in.ordinal()) {
      if (ordinal == in.ordinal()) return {true, 1, Map::stride};
      end = in.ordinal();
    }
    return stretch{false, end - ordinal}.by(Map::stride);
  }
  template <class Visit>
  void overlaps(const entry& in, std::uint64_t first, std::uint64_t length, std::uint64_t by, Visit&& visit) const {
    if (in.has_container())
      asked(in, [&](const auto& held) { held.overlaps(first, length, by, visit); });
    else if (!in.empty() && lies_in(in.ordinal(), first, length, by))
      visit(held_run{in.ordinal(), 1, in.by()});
  }
  /// Visits all that is taken, in order if the stride is 1.
  template <class Visit>
  void for_each(const entry& in, Visit&& visit) const {
    if (in.has_container())
      asked(in, [&](const auto& held) { held.for_each(visit); });
    else if (!in.empty())
      visit(held_run{in.ordinal(), 1, in.by()});
  }
  /// The same as `visit(first, length)`, without memory.
  template <class Visit>
  void for_each_stretch(const entry& in, Visit&& visit) const noexcept {
    if (in.has_container())
      asked(in, [&](const auto& held) { held.for_each_stretch(visit); });
    else if (!in.empty())
      visit(in.ordinal(), std::uint64_t{1});
  }
  [[nodiscard]] std::optional<std::uint64_t> greatest(const entry& in) const {
    if (in.has_container()) return asked(in, [](const auto& held) { return held.greatest(); });
    return in.empty() ? std::nullopt : std::optional(in.ordinal());
  }
  [[nodiscard]] bool is_empty(const entry& in) const {
    return in.has_container() ? asked(in, [](const auto& held) { return held.empty(); }) : in.empty();
  }

  [[gnu::always_inline]] std::optional<holder> claim(entry& in, std::uint64_t ordinal, holder by) {
    if (container* held = all(in)) [[likely]]
      return index_traits<Map>::claim(held->ordinals, ordinal, by);
    return claim_of_few(in, ordinal, by);
  }
  void assign(entry& in, const held_run& run) {
    if (container* held = all(in)) return held->ordinals.assign(run);
    if (!in.has_container()) {
      if (run.length == 1 && (in.empty() || in.ordinal() == run.first) && in.put(run.first, run.by)) return;
      keep_few(in);
    }
    if (!held_[in.container()].few.assign(run)) with_container(in).assign(run);
  }
  void erase(entry& in, std::uint64_t first, std::uint64_t length, std::uint64_t by) {
    if (container* held = all(in)) return held->ordinals.erase(first, length, by);
    if (in.has_container()) {
      if (!held_[in.container()].few.erase(first, length, by)) with_container(in).erase(first, length, by);
    } else if (!in.empty() && lies_in(in.ordinal(), first, length, by)) {
      in.clear();
    }
  }

 private:
  struct held_ordinals {
    folded<few_runs, Map::stride> few{};
    std::unique_ptr<container> all{};  // or these instead, if they are there
    std::uint8_t claims = 0;           // one by one
  };
  static constexpr std::uint8_t most_claims = 32;  // a container reads texts faster, and takes as much as 400 bytes

  template <class Ask>
  [[nodiscard]] auto asked(const entry& in, Ask ask) const {
    const held_ordinals& held = held_[in.container()];
    return held.all ? ask(held.all->ordinals) : ask(held.few);
  }

  // Out of line, to keep the fast path small. The holder by value, since a pointer to it would keep it in memory there
  // too.
  [[gnu::noinline]] std::optional<holder> claim_of_few(entry& in, std::uint64_t ordinal, holder by) {
    if (const auto met = find(in, ordinal)) return met;
    if (in.has_container()) {
      if (std::uint8_t& claims = held_[in.container()].claims; claims < most_claims)
        ++claims;
      else
        (void)with_container(in);
    }
    assign(in, {ordinal, 1, by});
    return std::nullopt;
  }
  void keep_few(entry& in) {
    held_ordinals held;
    if (!in.empty()) (void)held.few.assign({in.ordinal(), 1, in.by()});
    held_.push_back(std::move(held));
    in.set_container(static_cast<std::uint32_t>(held_.size() - 1));
  }
  [[gnu::noinline]] Map& with_container(entry& in) {
    held_ordinals& held = held_[in.container()];
    auto fresh = std::make_unique<container>(in, in.scope());
    held.few.for_each([&](const held_run& run) { fresh->ordinals.assign(run); });
    held.all = std::move(fresh);
    held.few = {};
    last_container_.set(held.all.get());
    return held.all->ordinals;
  }

  void remember(entry& found) const {
    if (container* held = all(found)) last_container_.set(held);
  }

  interned_texts texts_;
  entry_table<entry, false> table_;
  remembered<container, false> last_container_;
  std::vector<held_ordinals> held_;
};

}  // namespace tallymark::detail
