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
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/detail/entry_table.hpp>
#include <tallymark/registry/detail/family_entry.hpp>
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
template <ordinal_map Map, serial_policy Serial>
struct ordinals_of_family {
  explicit ordinals_of_family(const family& of) : read(reader_of<Serial>(of)) {}
  Map ordinals{};
  const decltype(reader_of<Serial>(family())) read;
};

[[nodiscard]] inline std::uint64_t family_hash(std::uint32_t scope, const family& of) noexcept {
  const hash_seeds& seeds = hash_seeds::of_process();
  const std::uint64_t rest = std::uint64_t{scope} << 32U | of.width * 2U | (of.counts() ? 1U : 0U);
  return hash_of(of.text, of.tail.empty() ? rest : hash_of(of.tail, ~rest, seeds), seeds);
}

/// All families, found by scope and name. Families of one serial number may be millions: such a one needs no container.
/// What is asked of a family is what an ordinal_map is asked; a change that throws has changed nothing.
template <ordinal_map Map, serial_policy Serial>
class families {
 public:
  using entry = family_entry;
  using container = ordinals_of_family<Map, Serial>;

  /// What finds a family of a scope in a table.
  [[nodiscard]] static std::uint64_t hash(std::uint32_t scope, const family& of) noexcept {
    return family_hash(scope, of);
  }

  /// The family of a scope, or null. O(1) on average, and without a hash for the one that was asked for last.
  [[nodiscard]] entry* find(std::uint32_t scope, const family& of) const {
    entry* const last = last_.get();
    if (last && last->is(scope, of)) return last;
    return find(scope, of, hash(scope, of));
  }
  [[nodiscard]] entry* find(std::uint32_t scope, const family& of, std::uint64_t hash) const {
    entry* const found = table_.find(hash, [&](const entry& each) { return each.is(scope, of); });
    if (found) last_.set(found);
    return found;
  }
  /// Prefetches what `find` reads first; once that is there, `prefetch_entry` what it reads then.
  void prefetch(std::uint64_t hash) const { table_.prefetch(hash); }
  void prefetch_entry(std::uint64_t hash) const { table_.prefetch_entry(hash); }

  /// The family of a scope; if it is not there, it is added, and `added(number)` called. O(1) on average.
  template <class Added>
  entry& get(std::uint32_t scope, const family& of, Added added) {
    entry* const last = last_.get();
    if (last && last->is(scope, of)) return *last;
    const std::uint64_t hashed = hash(scope, of);
    if (entry* found = find(scope, of, hashed)) return *found;
    const auto hash_of_entry = [](const entry& each) { return hash(each.scope(), each.of()); };
    entry& fresh = table_.add(hashed, hash_of_entry, scope, of, texts_);
    last_.set(&fresh);
    added(static_cast<std::uint32_t>(table_.size() - 1));
    return fresh;
  }
  [[nodiscard]] entry& operator[](std::uint32_t number) const noexcept { return table_[number]; }

  /// The family of this scope that was asked for last, with its container, if it has one.
  [[nodiscard]] std::pair<entry*, container*> last(std::uint32_t scope) const noexcept {
    entry* const found = last_.get();
    if (!found || found->scope() != scope) return {};
    return {found, all(*found)};
  }

  /// Null as long as the family has one serial number alone.
  [[nodiscard]] container* all(const entry& in) const noexcept {
    return in.has_container() ? containers_[in.container()].get() : nullptr;
  }

  [[nodiscard]] std::optional<holder> find(const entry& in, std::uint64_t ordinal) const {
    if (const container* held = all(in)) [[likely]]
      return held->ordinals.find(ordinal);
    return in.find(ordinal);
  }
  void prefetch(const entry& in, std::uint64_t ordinal) const {
    if (const container* held = all(in)) index_traits<Map>::prefetch(held->ordinals, ordinal);
  }
  [[nodiscard]] stretch occupancy(const entry& in, std::uint64_t ordinal) const {
    if (const container* held = all(in)) return held->ordinals.occupancy(ordinal);
    std::uint64_t end = std::numeric_limits<std::uint64_t>::max();
    if (!in.empty() && ordinal <= in.ordinal()) {
      if (ordinal == in.ordinal()) return {true, 1};
      end = in.ordinal();
    }
    return {false, end - ordinal};
  }
  template <class Visit>
  void overlaps(const entry& in, std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    if (const container* held = all(in))
      held->ordinals.overlaps(first, length, visit);
    else if (!in.empty() && in.ordinal() - first < length)
      visit(held_run{in.ordinal(), 1, in.by()});
  }
  [[nodiscard]] std::optional<std::uint64_t> greatest(const entry& in) const {
    if (const container* held = all(in)) return held->ordinals.greatest();
    return in.empty() ? std::nullopt : std::optional(in.ordinal());
  }
  [[nodiscard]] bool is_empty(const entry& in) const {
    const container* const held = all(in);
    return held ? held->ordinals.empty() : in.empty();
  }

  [[gnu::always_inline]] std::optional<holder> claim(entry& in, std::uint64_t ordinal, holder by) {
    if (container* held = all(in)) [[likely]]
      return index_traits<Map>::claim(held->ordinals, ordinal, by);
    return claim_alone(in, ordinal, by);
  }
  void assign(entry& in, const held_run& run) {
    const bool alone = !in.has_container() && run.length == 1 && (in.empty() || in.ordinal() == run.first);
    if (!alone || !in.put(run.first, run.by)) ensure_container(in).assign(run);
  }
  void erase(entry& in, std::uint64_t first, std::uint64_t length) {
    if (container* held = all(in))
      held->ordinals.erase(first, length);
    else if (!in.empty() && in.ordinal() - first < length)
      in.clear();
  }

 private:
  // Out of line, to keep the fast path small. The holder by value, since a pointer to it would keep it in memory there
  // too.
  [[gnu::noinline]] std::optional<holder> claim_alone(entry& in, std::uint64_t ordinal, holder by) {
    if (const auto met = in.find(ordinal)) return met;
    assign(in, {ordinal, 1, by});
    return std::nullopt;
  }
  [[gnu::noinline]] Map& ensure_container(entry& in) {
    if (!in.has_container()) {
      auto fresh = std::make_unique<container>(in.of());
      if (!in.empty()) fresh->ordinals.assign({in.ordinal(), 1, in.by()});
      containers_.push_back(std::move(fresh));
      in.set_container(static_cast<std::uint32_t>(containers_.size() - 1));
    }
    return containers_[in.container()]->ordinals;
  }

  interned_texts texts_;
  entry_table<entry, false> table_;
  remembered<entry, false> last_;
  std::vector<std::unique_ptr<container>> containers_;
};

}  // namespace tallymark::detail
