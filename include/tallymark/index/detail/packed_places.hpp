// A form of the holders of 1024 consecutive ordinals: a bit for each place, and a word for each that is taken.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include <tallymark/index/detail/place_words.hpp>
#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// How many bits are set; without an instruction for it, std::popcount is a call.
[[nodiscard]] constexpr unsigned bits_set(std::uint64_t bits) noexcept {
  bits -= bits >> 1U & 0x5555'5555'5555'5555U;
  bits = (bits & 0x3333'3333'3333'3333U) + (bits >> 2U & 0x3333'3333'3333'3333U);
  bits = (bits + (bits >> 4U)) & 0x0F0F'0F0F'0F0F'0F0FU;
  return static_cast<unsigned>(bits * 0x0101'0101'0101'0101U >> 56U);
}

/// A set of groups of 64 places: a bit for each of the 16.
class place_groups {
 public:
  constexpr explicit place_groups(std::uint32_t bits = 0) noexcept : bits_(bits) {}
  /// Those that have some of these places.
  [[nodiscard]] static constexpr place_groups of(std::uint64_t first, std::uint64_t length) noexcept {
    const std::uint64_t last = (first + (length - 1)) / 64;
    return place_groups((std::uint32_t{2} << last) - (std::uint32_t{1} << first / 64));
  }

  [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
  [[nodiscard]] constexpr bool has(std::uint64_t group) const noexcept { return (bits_ >> group & 1U) != 0; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return bits_set(bits_); }
  /// How many are less than this one.
  [[nodiscard]] constexpr std::size_t before(std::uint64_t group) const noexcept {
    return bits_set(bits_ & ((std::uint32_t{1} << group) - 1));
  }
  [[nodiscard]] constexpr place_groups with(place_groups others) const noexcept {
    return place_groups(bits_ | others.bits_);
  }

 private:
  std::uint32_t bits_;
};

/// Places in a block of memory that somebody else keeps. Of the groups of 64 places only those that have had a taken one
/// are there. One after the other: the head of 8 bytes; for each group the bits of its places, 8 bytes; for each group how many
/// are taken before it, 2 bytes; and in the order of their places the words of those that are taken. So a lookup reads the
/// beginning of the block, which mostly is one line of the cache, and one word.
template <class Code>
class packed_view {
 public:
  using word = typename Code::word;

  packed_view() = default;
  packed_view(Code code, void* block) noexcept : code_(code), block_(static_cast<unsigned char*>(block)) {}

  [[nodiscard]] const Code& code() const noexcept { return code_; }
  [[nodiscard]] void* block() const noexcept { return block_; }
  [[nodiscard]] std::size_t count() const noexcept { return head().count; }
  /// How many can be taken before the block is full.
  [[nodiscard]] std::size_t left() const noexcept { return head().room - std::size_t{head().count}; }

  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const noexcept {
    const header now = head();
    if (!groups_of(now).has(at / 64)) return std::nullopt;
    const std::size_t group = groups_of(now).before(at / 64);
    const std::uint64_t bits = bits_of(group);
    if ((bits >> at % 64 & 1U) == 0) return std::nullopt;
    return get(now, count_before(now, group) + bits_set(bits & below(at)));
  }

  /// Takes a place if it is free and can be taken without memory; whether that was so.
  [[nodiscard]] bool take(std::uint64_t at, holder by) noexcept {
    const header now = head();
    if (!code_.fits(by) || now.count == now.room || !groups_of(now).has(at / 64)) return false;
    if ((bits_of(groups_of(now).before(at / 64)) >> at % 64 & 1U) != 0) return false;
    insert(at, by);
    return true;
  }

  [[nodiscard]] stretch_of_places from(std::uint64_t at) const noexcept {
    stretch_of_places out{at + 1, find(at)};
    if (!out.by) {
      out.end = next_taken(at);
      return out;
    }
    const header now = head();
    for (std::size_t i = rank(at) + 1; out.end < places && is_taken(out.end); ++i, ++out.end)
      if (!out.by->leads_to(get(now, i), out.end - at)) break;
    return out;
  }

  /// How many of these places are taken.
  [[nodiscard]] std::size_t taken_of(std::uint64_t first, std::uint64_t length) const noexcept {
    return rank(first + length) - rank(first);
  }

  void clear(std::uint64_t first, std::uint64_t length) noexcept {
    const std::size_t begin = rank(first), end = rank(first + length);
    if (begin == end) return;
    header now = head();
    std::memmove(word_at(now, begin), word_at(now, end), (now.count - end) * sizeof(word));
    now.count = static_cast<std::uint16_t>(now.count - (end - begin));
    store_head(now);
    std::size_t group = 0, before = 0;
    for (std::uint32_t left = now.groups; left != 0; left &= left - 1, ++group) {
      const auto start = static_cast<std::uint64_t>(std::countr_zero(left)) * 64;
      const std::uint64_t bits = bits_of(group) & ~bits_between(start, first, first + length);
      store(bits_at(group), bits);
      store(count_at(now, group), static_cast<std::uint16_t>(before));
      before += bits_set(bits);
    }
  }

  /// Precondition: one is taken.
  [[nodiscard]] std::uint64_t greatest() const noexcept {
    const place_groups groups = groups_of(head());
    std::size_t group = groups.size();
    for (std::uint64_t number = places / 64; number-- > 0;)
      if (groups.has(number))
        if (const std::uint64_t bits = bits_of(--group); bits != 0)
          return number * 64 + 63 - static_cast<std::uint64_t>(std::countl_zero(bits));
    return 0;
  }

 protected:
  struct header {
    std::uint16_t groups, group_count, count, room;
  };
  static_assert(sizeof(header) == 8);

  [[nodiscard]] header head() const noexcept { return load<header>(block_); }
  void store_head(const header& to) noexcept { store(block_, to); }
  [[nodiscard]] static place_groups groups_of(const header& of) noexcept { return place_groups(of.groups); }
  [[nodiscard]] static constexpr std::size_t words_begin(std::size_t groups) noexcept {
    return sizeof(header) + groups * 8 + (groups + groups % 2) * 2;
  }

  [[nodiscard]] unsigned char* bits_at(std::size_t group) const noexcept { return block_ + sizeof(header) + group * 8; }
  [[nodiscard]] unsigned char* count_at(const header& now, std::size_t group) const noexcept {
    return bits_at(now.group_count) + group * 2;
  }
  [[nodiscard]] unsigned char* word_at(const header& now, std::size_t i) const noexcept {
    return block_ + words_begin(now.group_count) + i * sizeof(word);
  }
  [[nodiscard]] std::uint64_t bits_of(std::size_t group) const noexcept { return load<std::uint64_t>(bits_at(group)); }

  // Gives a place to a holder. Preconditions: it fits, and there is room for it.
  void set(std::uint64_t at, holder by) noexcept {
    if (is_taken(at))
      store(word_at(head(), rank(at)), code_.word_of(by));
    else
      insert(at, by);
  }

  template <class T>
  [[nodiscard]] static T load(const unsigned char* from) noexcept {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
  }
  template <class T>
  static void store(unsigned char* to, const T& value) noexcept {
    std::memcpy(to, &value, sizeof value);
  }

 private:
  [[nodiscard]] static constexpr std::uint64_t below(std::uint64_t at) noexcept {
    return (std::uint64_t{1} << at % 64) - 1;
  }
  // of the 64 places from `start` on, those from `first` to before `end`
  [[nodiscard]] static constexpr std::uint64_t bits_between(std::uint64_t start, std::uint64_t first,
                                                            std::uint64_t end) noexcept {
    const auto up_to = [&](std::uint64_t place) {
      return place <= start ? 0 : place >= start + 64 ? ~std::uint64_t{0} : below(place);
    };
    return up_to(end) & ~up_to(first);
  }

  [[nodiscard]] std::size_t count_before(const header& now, std::size_t group) const noexcept {
    return load<std::uint16_t>(count_at(now, group));
  }
  [[nodiscard]] holder get(const header& now, std::size_t i) const noexcept {
    return code_.holder_of(load<word>(word_at(now, i)));
  }
  [[nodiscard]] bool is_taken(std::uint64_t at) const noexcept {
    const place_groups groups = groups_of(head());
    return groups.has(at / 64) && (bits_of(groups.before(at / 64)) >> at % 64 & 1U) != 0;
  }
  // How many are taken before a place, or before the end.
  [[nodiscard]] std::size_t rank(std::uint64_t at) const noexcept {
    const header now = head();
    const std::size_t group = groups_of(now).before(at / 64);
    if (group == now.group_count) return now.count;
    const std::uint64_t bits = groups_of(now).has(at / 64) ? bits_of(group) & below(at) : 0;
    return count_before(now, group) + bits_set(bits);
  }
  [[nodiscard]] std::uint64_t next_taken(std::uint64_t at) const noexcept {
    const std::uint32_t groups = head().groups;
    std::size_t group = place_groups(groups).before(at / 64);
    for (std::uint32_t left = groups >> at / 64 << at / 64; left != 0; left &= left - 1, ++group) {
      const auto number = static_cast<std::uint64_t>(std::countr_zero(left));
      const std::uint64_t bits = bits_of(group) & (number == at / 64 ? ~below(at) : ~std::uint64_t{0});
      if (bits != 0) return number * 64 + static_cast<std::uint64_t>(std::countr_zero(bits));
    }
    return places;
  }
  // Preconditions: the place is free, its group is there, and there is room for a word.
  void insert(std::uint64_t at, holder by) noexcept {
    header now = head();
    const std::size_t group = groups_of(now).before(at / 64);
    const std::uint64_t bits = bits_of(group);
    const std::size_t i = count_before(now, group) + bits_set(bits & below(at));
    unsigned char* const to = word_at(now, i);
    std::memmove(to + sizeof(word), to, (now.count - i) * sizeof(word));
    store(to, code_.word_of(by));
    store(bits_at(group), bits | std::uint64_t{1} << at % 64);
    for (std::size_t each = group + 1; each < now.group_count; ++each)
      store(count_at(now, each), static_cast<std::uint16_t>(count_before(now, each) + 1));
    ++now.count;
    store_head(now);
  }

  Code code_{};
  unsigned char* block_ = nullptr;
};

/// Those places, kept. Memory: 10 bytes and 4 more for each group of 64 that is there, and for each taken place a
/// word, of which there are up to a quarter more.
template <class Code>
class packed_places : public packed_view<Code> {
  using view = packed_view<Code>;
  using typename view::header;
  using typename view::word;

 public:
  /// With room for this number of places in these groups.
  packed_places(Code code, place_groups groups, std::size_t room) : packed_places(code, allocated(groups, room)) {
    std::memset(this->bits_at(0), 0, view::words_begin(groups.size()) - sizeof(header));
    this->store_head({static_cast<std::uint16_t>(groups.bits()), static_cast<std::uint16_t>(groups.size()), 0,
                      static_cast<std::uint16_t>(room)});
  }

  [[nodiscard]] bool make_room(const held_run& run) {
    if (!this->code().fits(run.by) || !this->code().fits(run.by + (run.length - 1))) return false;
    const header now = this->head();
    const place_groups all = view::groups_of(now).with(place_groups::of(run.first, run.length));
    const std::size_t count = this->count() + run.length - this->taken_of(run.first, run.length);
    if (all.bits() != now.groups || count > now.room)
      grow(all, count <= now.room ? now.room : std::min<std::size_t>(count + count / 4 + 2, places));
    return true;
  }

  bool put(const held_run& run) {
    if (!make_room(run)) return false;
    for (std::uint64_t i = 0; i < run.length; ++i) this->set(run.first + i, run.by + i);
    return true;
  }

 private:
  using memory = std::unique_ptr<unsigned char[]>;

  packed_places(Code code, memory kept) noexcept : view(code, kept.get()), kept_(std::move(kept)) {}

  [[nodiscard]] static memory allocated(place_groups groups, std::size_t room) {
    return std::make_unique_for_overwrite<unsigned char[]>(view::words_begin(groups.size()) + room * sizeof(word));
  }

  void grow(place_groups groups, std::size_t room) {
    const header now = this->head();
    packed_places larger(this->code(), groups, room);
    header then = larger.head();
    std::size_t from = 0, to = 0, before = 0;
    for (std::uint32_t left = groups.bits(); left != 0; left &= left - 1, ++to) {
      this->store(larger.count_at(then, to), static_cast<std::uint16_t>(before));
      if (!view::groups_of(now).has(static_cast<std::uint64_t>(std::countr_zero(left)))) continue;
      const std::uint64_t bits = this->bits_of(from++);
      this->store(larger.bits_at(to), bits);
      before += bits_set(bits);
    }
    std::memcpy(larger.word_at(then, 0), this->word_at(now, 0), now.count * sizeof(word));
    then.count = now.count;
    larger.store_head(then);
    *this = std::move(larger);
  }

  memory kept_;
};

}  // namespace tallymark::detail
