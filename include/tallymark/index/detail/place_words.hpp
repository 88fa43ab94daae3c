// A form of the holders of 1024 consecutive ordinals: a word for each place; and how a holder becomes a word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include <tallymark/index/detail/places.hpp>
#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// Words of 4 bytes: the item counted from `base`, and the state in the two lowest bits. None is 0.
class narrow_code {
 public:
  using word = std::uint32_t;
  static constexpr std::uint64_t item_limit = (std::uint64_t{1} << 30) - 1;  ///< items are less than this, from base on

  constexpr explicit narrow_code(std::uint64_t base = 0) noexcept : base_(base) {}

  [[nodiscard]] constexpr std::uint64_t base() const noexcept { return base_; }
  [[nodiscard]] constexpr bool fits(holder by) const noexcept {
    return by.item == no_item || by.item - base_ < item_limit;
  }
  [[nodiscard]] constexpr word word_of(holder by) const noexcept {
    const std::uint64_t item = by.item == no_item ? item_limit : by.item - base_;
    return static_cast<word>(item << 2 | (static_cast<std::uint64_t>(by.state) + 1));
  }
  [[nodiscard]] constexpr holder holder_of(word of) const noexcept {
    const std::uint64_t item = of >> 2;
    return {item == item_limit ? no_item : base_ + item, static_cast<hold>((of & 3U) - 1)};
  }

 private:
  std::uint64_t base_;  // counts modulo 2^64
};

/// Words of 9 bytes, for any holder.
class wide_code {
 public:
  struct word {
    unsigned char item[sizeof(std::uint64_t)];
    hold state;
  };
  static_assert(sizeof(word) == 9);

  [[nodiscard]] static constexpr bool fits(holder) noexcept { return true; }
  [[nodiscard]] static word word_of(holder by) noexcept {
    word out{{}, by.state};
    std::memcpy(out.item, &by.item, sizeof by.item);
    return out;
  }
  [[nodiscard]] static holder holder_of(const word& of) noexcept {
    holder out{0, of.state};
    std::memcpy(&out.item, of.item, sizeof out.item);
    return out;
  }
};

/// Narrow words that somebody else keeps, one for each place; 0 is free.
class narrow_view {
 public:
  narrow_view() = default;
  narrow_view(narrow_code code, std::uint32_t* words) noexcept : code_(code), words_(words) {}

  [[nodiscard]] const narrow_code& code() const noexcept { return code_; }
  [[nodiscard]] std::uint32_t* words() const noexcept { return words_; }

  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const noexcept {
    if (!taken(at)) return std::nullopt;
    return get(at);
  }
  /// Takes a place if it is free and the holder fits; whether that was so.
  [[nodiscard]] bool take(std::uint64_t at, holder by) const noexcept {
    if (taken(at) || !code_.fits(by)) return false;
    words_[at] = code_.word_of(by);
    return true;
  }

  [[nodiscard]] stretch_of_places from(std::uint64_t at) const noexcept {
    stretch_of_places out{at + 1, find(at)};
    if (!out.by)
      while (out.end < places && !taken(out.end)) ++out.end;
    else
      while (out.end < places && taken(out.end) && out.by->leads_to(get(out.end), out.end - at)) ++out.end;
    return out;
  }

  [[nodiscard]] bool make_room(const held_run& run) const noexcept {
    return code_.fits(run.by) && code_.fits(run.by + (run.length - 1));
  }

  bool put(const held_run& run) noexcept {
    if (!make_room(run)) return false;
    for (std::uint64_t i = 0; i < run.length; ++i) words_[run.first + i] = code_.word_of(run.by + i);
    return true;
  }

  void clear(std::uint64_t first, std::uint64_t length) noexcept {
    for (std::uint64_t i = 0; i < length; ++i) words_[first + i] = 0;
  }

  [[nodiscard]] std::uint64_t greatest() const noexcept {
    std::uint64_t at = places - 1;
    while (!taken(at)) --at;
    return at;
  }

 private:
  [[nodiscard]] bool taken(std::uint64_t at) const noexcept { return words_[at] != 0; }
  [[nodiscard]] holder get(std::uint64_t at) const noexcept { return code_.holder_of(words_[at]); }

  narrow_code code_{};
  std::uint32_t* words_ = nullptr;
};

/// Those words, kept.
class narrow_words : public narrow_view {
 public:
  explicit narrow_words(narrow_code code) : narrow_words(code, std::make_unique<std::uint32_t[]>(places)) {}

 private:
  narrow_words(narrow_code code, std::unique_ptr<std::uint32_t[]> words)
      : narrow_view(code, words.get()), kept_(std::move(words)) {}

  std::unique_ptr<std::uint32_t[]> kept_;
};

}  // namespace tallymark::detail
