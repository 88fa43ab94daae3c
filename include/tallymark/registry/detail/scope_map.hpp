// The scopes of a registry, by key.
#pragma once

#include <cstdint>
#include <mutex>
#include <variant>

#include <tallymark/ext/detail/text_hash.hpp>
#include <tallymark/registry/detail/entry_table.hpp>
#include <tallymark/registry/detail/key_hash.hpp>
#include <tallymark/registry/detail/remembered.hpp>
#include <tallymark/registry/detail/scope_keys.hpp>

namespace tallymark::detail {

// Scopes by key. References stay good. The one scope of unique_globally needs no table.
template <class Key, class State>
class scope_map {
  struct entry {
    entry(const Key& of, typename State::shared_state& shared, std::uint32_t number) : key(of), state(shared, number) {}
    owned_key<Key> key;
    State state;
  };

 public:
  [[nodiscard]] State* find(const auto& key) const {
    entry* const last = last_.get();
    return last && last->key == key ? &last->state : find(key, hash(key));
  }
  [[nodiscard]] State& get(const Key& key) {
    entry* const last = last_.get();
    return last && last->key == key ? last->state : get(key, hash(key));
  }

  // The same in steps, for bulk work: first `prefetch(hash)` for each, then `prefetch_entry(hash)`.
  // Users' hashes may be bad, and those of numbers often are the numbers.
  [[nodiscard]] static std::uint64_t hash(const auto& key) {
    return folded_product(key_hash(key) ^ hash_seeds::of_process().first, hash_seeds::of_process().second);
  }
  void prefetch(std::uint64_t hash) const { scopes_.prefetch(hash); }
  void prefetch_entry(std::uint64_t hash) const { scopes_.prefetch_entry(hash); }
  [[nodiscard]] State* find(const auto& key, std::uint64_t hash) const {
    entry* const found = scopes_.find(hash, [&](const entry& each) { return each.key == key; });
    if (!found) return nullptr;
    last_.set(found);
    return &found->state;
  }
  [[nodiscard]] State& get(const Key& key, std::uint64_t hashed) {
    if (State* const found = find(key, hashed)) return *found;
    const std::lock_guard guard(mutex_);
    if (State* const found = find(key, hashed)) return *found;
    const auto number = static_cast<std::uint32_t>(scopes_.size());
    return scopes_.add(hashed, [](const entry& each) { return hash(each.key); }, key, shared_, number).state;
  }

 private:
  [[no_unique_address]] typename State::shared_state shared_{};
  entry_table<entry, State::concurrent> scopes_;
  remembered<entry, State::concurrent> last_;
  [[no_unique_address]] typename State::mutex mutex_;
};
template <class State>
class scope_map<std::monostate, State> {
 public:
  [[nodiscard]] State* find(std::monostate) const { return &state_; }
  [[nodiscard]] State& get(std::monostate) { return state_; }
  [[nodiscard]] static std::uint64_t hash(std::monostate) { return 0; }
  void prefetch(std::uint64_t) const {}
  void prefetch_entry(std::uint64_t) const {}
  [[nodiscard]] State* find(std::monostate, std::uint64_t) const { return &state_; }
  [[nodiscard]] State& get(std::monostate, std::uint64_t) { return state_; }

 private:
  [[no_unique_address]] typename State::shared_state shared_{};
  mutable State state_{shared_};
};

}  // namespace tallymark::detail
