// The scopes of a registry, by key.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <variant>

#include <tallymark/ext/detail/stable_table.hpp>
#include <tallymark/registry/detail/key_hash.hpp>
#include <tallymark/registry/detail/remembered.hpp>
#include <tallymark/registry/detail/scope_keys.hpp>

namespace tallymark::detail {

// Scopes by key. References stay good. The one scope of unique_globally needs no table.
template <class Key, class State>
class scope_map {
  struct entry {
    explicit entry(const Key& of) : key(of) {}
    owned_key<Key> key;
    State state{};
  };

 public:
  [[nodiscard]] State* find(const auto& key) const {
    entry* found = last_.get();
    if (found && found->key == key) return &found->state;
    found = scopes_.find(key_hash(key), [&](const entry& each) { return each.key == key; });
    if (!found) return nullptr;
    last_.set(found);
    return &found->state;
  }
  [[nodiscard]] State& get(const Key& key) {
    if (State* found = find(key)) return *found;
    const std::lock_guard guard(mutex_);
    if (State* found = find(key)) return *found;
    return scopes_.add(key_hash(key), std::make_unique<entry>(key)).state;
  }

 private:
  stable_table<entry> scopes_;
  remembered<entry, State::concurrent> last_;
  [[no_unique_address]] typename State::mutex mutex_;
};
template <class State>
class scope_map<std::monostate, State> {
 public:
  [[nodiscard]] State* find(std::monostate) const { return &state_; }
  [[nodiscard]] State& get(std::monostate) { return state_; }

 private:
  mutable State state_;
};

}  // namespace tallymark::detail
