// The scopes of a registry, by key.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <tallymark/ext/detail/stable_table.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/registry/detail/key_hash.hpp>

namespace tallymark::detail {

// A key that a map can keep: views become strings.
template <class Key>
using owned_key = std::conditional_t<std::is_convertible_v<Key, std::string_view>, std::string, Key>;

// The type of a scope's key for this item.
template <class Scope, class Item>
using key_of = std::remove_cvref_t<decltype(std::declval<const Scope&>().key(std::declval<const Item&>()))>;

// The scope policy, or a stand-in where it does not fit the item, so that one mistake gives one error.
template <class Scope, class Item>
struct scope_keys {
  using type = std::monostate;
  static constexpr scope_keys of(const auto&) { return {}; }
  constexpr std::monostate operator()(const Item&) const { return {}; }
};
template <class Scope, class Item>
  requires(scope_policy_for<Scope, Item> && hashable_key<key_of<Scope, Item>>)
struct scope_keys<Scope, Item> {
  using type = key_of<Scope, Item>;
  [[no_unique_address]] Scope policy;
  static constexpr scope_keys of(const auto& set) {
    if constexpr (requires { set.scope_policy; })
      return {set.scope_policy};
    else
      return {};
  }
  constexpr type operator()(const Item& item) const { return policy.key(item); }
};

template <class Scope, class Item>
consteval bool is_scope() {
  static_assert(scope_policy_for<Scope, Item>,
                "tallymark::registry: the uniqueness scope has no 'key(item)' for this item type. Give the item the "
                "member that the scope reads (part, tree or group), or name another scope");
  if constexpr (scope_policy_for<Scope, Item>)
    static_assert(
        hashable_key<key_of<Scope, Item>>,
        "tallymark::registry: the key of the uniqueness scope has no hash. Specialise std::hash for its type, "
        "or give it a function hash_value(key) as Boost.ContainerHash has it");
  return true;
}

// The lock of what one thread uses.
struct no_mutex {
  void lock() const noexcept {}
  void unlock() const noexcept {}
};
// A lock that is mostly kept for about a microsecond: who waits for it stays awake at first.
class brief_mutex {
 public:
  void lock() {
    for (int i = 0; i < 200; ++i) {
      if (mutex_.try_lock()) return;
#if defined(__x86_64__) || defined(__i386__)
      __builtin_ia32_pause();
#endif
    }
    mutex_.lock();
  }
  void unlock() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};
template <class Map>
using mutex_of = std::conditional_t<concurrent_ordinal_map<Map>, brief_mutex, no_mutex>;

// The entry of a table that was asked for last, so that the next question about it needs no hash. Threads that only
// look may do so at once; where threads change things too they would fight for it, and it stays with the first entry.
template <class Entry, bool Concurrent>
class remembered {
 public:
  [[nodiscard]] Entry* get() const noexcept { return last_.load(std::memory_order_acquire); }
  void set(Entry* entry) const noexcept {
    if (!Concurrent || !get()) last_.store(entry, std::memory_order_release);
  }

 private:
  mutable std::atomic<Entry*> last_ = nullptr;
};

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
