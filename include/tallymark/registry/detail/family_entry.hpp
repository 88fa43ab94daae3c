// What a scope keeps of a family: how it is called, which ordinals are held, and its place in the sequence.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/ext/detail/words.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/detail/leaders.hpp>
#include <tallymark/registry/detail/lone_run.hpp>

namespace tallymark::detail {

// The reader of a serial policy, if the policy is the same everywhere.
template <class Serial>
[[nodiscard]] auto reader_of(const family& of) {
  if constexpr (std::is_empty_v<Serial> && std::default_initializable<Serial>)
    return serial_traits<Serial>::reader(Serial(), of);
  else
    return [](std::string_view) { return std::optional<std::uint64_t>(); };
}

// A value where there could be a pointer to it.
template <class T>
class in_place {
 public:
  template <class Of>
  explicit in_place(const Of& of) : value_(of) {}
  [[nodiscard]] T* get() noexcept { return &value_; }
  [[nodiscard]] const T* get() const noexcept { return &value_; }

 private:
  T value_;
};

/// A family and its held ordinals. Families of one serial number may be millions: as long as there is one run, it needs
/// no container. The members are those of an ordinal_map and of index_traits.
///
/// A concurrent_ordinal_map is there from the beginning, and in place: a thread that looks without a lock needs it at once.
template <ordinal_map Map, serial_policy Serial>
class family_entry {
 public:
  // a container, and what reads the usual texts faster: who has one serial number only has no usual ones
  struct container {
    explicit container(const family& of) : read(reader_of<Serial>(of)) {}
    Map ordinals{};
    const decltype(reader_of<Serial>(family())) read;
  };

  /// `interned` are the text and the tail of the family, one after the other, and stay.
  family_entry(const family& like, const char* interned)
      : texts_(interned),
        text_size_(static_cast<std::uint32_t>(like.text.size())),
        tail_size_(static_cast<std::uint32_t>(like.tail.size())),
        width_(like.width),
        form_(like.form),
        all_(begin(of())) {}

  [[nodiscard]] family of() const noexcept { return {text(), width_, form_, tail()}; }
  [[nodiscard]] bool is(const family& other) const noexcept {
    return same_text(text(), other.text) && width_ == other.width && form_ == other.form &&
           same_text(tail(), other.tail);
  }

  /// Null as long as there is one run.
  [[nodiscard]] container* all() noexcept { return all_.get(); }
  [[nodiscard]] const container* all() const noexcept { return all_.get(); }

  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    if (const container* in = all()) [[likely]]
      return in->ordinals.find(ordinal);
    return lone_.find(ordinal);
  }
  void prefetch(std::uint64_t ordinal) const {
    if (all()) index_traits<Map>::prefetch(all()->ordinals, ordinal);
  }
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    return all() ? all()->ordinals.occupancy(ordinal) : lone_.occupancy(ordinal);
  }
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    all() ? all()->ordinals.overlaps(first, length, visit) : lone_.overlaps(first, length, visit);
  }
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    return all() ? all()->ordinals.greatest() : lone_.greatest();
  }
  [[nodiscard]] bool empty() const { return all() ? all()->ordinals.empty() : lone_.empty(); }

  [[gnu::always_inline]] std::optional<holder> claim(std::uint64_t ordinal, holder by) {
    if (container* in = all()) [[likely]]
      return index_traits<Map>::claim(in->ordinals, ordinal, by);
    return claim_alone(ordinal, by);
  }
  void assign(const held_run& run) {
    if (all() || !lone_.assign(run)) ensure_container().assign(run);
  }
  void erase(std::uint64_t first, std::uint64_t length) {
    if (all() || !lone_.erase(first, length)) ensure_container().erase(first, length);
  }

 private:
  static constexpr bool concurrent = concurrent_ordinal_map<Map>;
  using container_place = std::conditional_t<concurrent, in_place<container>, std::unique_ptr<container>>;

  [[nodiscard]] static container_place begin([[maybe_unused]] const family& of) {
    if constexpr (concurrent)
      return container_place(of);
    else
      return nullptr;
  }

  [[nodiscard]] std::string_view text() const noexcept { return {texts_, text_size_}; }
  [[nodiscard]] std::string_view tail() const noexcept { return {texts_ + text_size_, tail_size_}; }

  // Out of line, to keep the fast path small. The holder by value, since a pointer to it would keep it in memory there
  // too.
  [[gnu::noinline]] std::optional<holder> claim_alone(std::uint64_t ordinal, holder by) {
    if (const auto met = lone_.find(ordinal)) return met;
    if (!lone_.empty() || !lone_.assign({ordinal, 1, by})) ensure_container().assign({ordinal, 1, by});
    return std::nullopt;
  }
  [[gnu::noinline]] Map& ensure_container() {
    if constexpr (!concurrent)
      if (!all_) {
        auto fresh = std::make_unique<container>(of());
        lone_.overlaps(0, max_ordinal + 1, [&](const held_run& run) { fresh->ordinals.assign(run); });
        all_ = std::move(fresh);
      }
    return all()->ordinals;
  }

  const char* texts_;
  std::uint32_t text_size_, tail_size_;
  std::uint8_t width_;
  family::kind form_;

 public:
  // its place in the sequence, for leaders: whether it is among those that were claimed, between which others, its
  // latest issue, and how it was when it held something last
  std::atomic<bool> claimed = false;
  left_leaders left{};
  family_entry *before = nullptr, *after = nullptr;
  std::unique_ptr<issue_mark<family_entry>> issued;

 private:
  container_place all_;
  lone_run lone_;
};

}  // namespace tallymark::detail
