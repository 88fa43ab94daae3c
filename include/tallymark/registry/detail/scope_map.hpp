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
    entry* found = last_.get();
    if (found && found->key == key) return &found->state;
    found = find(key, hash(key));
    return found ? &found->state : nullptr;
  }
  [[nodiscard]] State& get(const Key& key) {
    if (State* found = find(key)) return *found;
    const std::lock_guard guard(mutex_);
    const std::uint64_t of_key = hash(key);
    if (entry* found = find(key, of_key)) return found->state;
    const auto number = static_cast<std::uint32_t>(scopes_.size());
    return scopes_.add(of_key, [](const entry& each) { return hash(each.key); }, key, shared_, number).state;
  }

 private:
  [[nodiscard]] entry* find(const auto& key, std::uint64_t of_key) const {
    entry* const found = scopes_.find(of_key, [&](const entry& each) { return each.key == key; });
    if (found) last_.set(found);
    return found;
  }
  // users' hashes may be bad, and those of numbers often are the numbers
  [[nodiscard]] static std::uint64_t hash(const auto& key) {
    return folded_product(key_hash(key) ^ hash_seeds::of_process().first, hash_seeds::of_process().second);
  }

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

 private:
  [[no_unique_address]] typename State::shared_state shared_{};
  mutable State state_{shared_};
};

}  // namespace tallymark::detail
