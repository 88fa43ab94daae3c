// What a registry keeps of a family of a scope, in 32 bytes.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

#include <tallymark/ext/detail/words.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/registry/detail/interned_texts.hpp>

namespace tallymark::detail {

/// A number that no entry has.
inline constexpr std::uint32_t no_entry = std::numeric_limits<std::uint32_t>::max();

/// How a family was before it held nothing any more.
struct left_as {
  bool claimed = false;  ///< its claim counted in the order of the claims
  bool leading = false;  ///< as the first of all
  bool issued = false;   ///< it had issued
};

/// The name of a family, its place among those of its scope, and who holds its only serial number, if it has one alone.
/// Where there are more, the number of a container takes the place of that.
///
/// Text and tail of up to 12 bytes lie in the entry, and the ordinal in what they leave of these bytes; longer ones
/// are kept elsewhere. Both stay where they are as long as the entry does.
class family_entry {
 public:
  family_entry(std::uint32_t scope, const family& like, interned_texts& texts)
      : scope_(scope), width_(like.width), bits_(like.counts() ? 0 : literal) {
    const std::size_t size = like.text.size() + like.tail.size();
    text_size_ = static_cast<std::uint8_t>(like.text.size());
    tail_size_ = static_cast<std::uint8_t>(like.tail.size());
    if (size <= payload_.size()) {
      char* const end = std::copy(like.text.begin(), like.text.end(), payload_.begin());
      std::copy(like.tail.begin(), like.tail.end(), end);
      return;
    }
    bits_ |= far;
    const char* const kept = keep(like, texts);
    std::memcpy(payload_.data(), static_cast<const void*>(&kept), sizeof kept);
  }

  [[nodiscard]] family of() const noexcept {
    const char* const text = begin();
    const auto [text_size, tail_size] = sizes();
    return {{text, text_size},
            width_,
            is_set(literal) ? family::kind::literal : family::kind::counted,
            {text + text_size, tail_size}};
  }
  [[nodiscard]] bool is(std::uint32_t scope, const family& other) const noexcept {
    if (scope_ != scope || width_ != other.width || is_set(literal) == other.counts()) return false;
    const family own = of();
    return same_text(own.text, other.text) && same_text(own.tail, other.tail);
  }
  [[nodiscard]] std::uint32_t scope() const noexcept { return scope_; }

  // ---- the serial number that it has alone --------------------------------------------------------

  [[nodiscard]] bool has_container() const noexcept { return is_set(contained); }
  /// Precondition: it has one.
  [[nodiscard]] std::uint32_t container() const noexcept { return word_; }
  void set_container(std::uint32_t number) noexcept {
    bits_ |= contained;
    word_ = number;
  }

  /// Precondition for these: there is no container.
  [[nodiscard]] bool empty() const noexcept { return word_ == 0; }
  [[nodiscard]] std::uint64_t ordinal() const noexcept {
    std::uint64_t value = 0;
    if (!is_set(literal))
      for (std::size_t i = ordinal_bytes(); i-- > 0;)
        value = value << 8U | static_cast<unsigned char>(payload_[room_before_ordinal() + i]);
    return value;
  }
  [[nodiscard]] holder by() const noexcept {
    const std::uint32_t item = word_ >> 2U;
    return {item == item_limit ? no_item : item, static_cast<hold>((word_ & 3U) - 1)};
  }
  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const noexcept {
    if (empty() || ordinal() != at) return std::nullopt;
    return by();
  }
  /// Gives the serial number to a holder, and frees the other one, if there is room for it; whether there is.
  [[nodiscard]] bool put(std::uint64_t at, const holder& by) noexcept {
    const std::size_t bytes = is_set(literal) ? 0 : ordinal_bytes();
    if (bytes < 8 && at >> (8 * bytes) != 0) return false;
    if (by.item != no_item && by.item >= item_limit) return false;
    for (std::size_t i = 0; i < bytes; ++i) payload_[room_before_ordinal() + i] = static_cast<char>(at >> (8 * i));
    const std::uint64_t item = by.item == no_item ? item_limit : by.item;
    word_ = static_cast<std::uint32_t>(item << 2U | (static_cast<std::uint64_t>(by.state) + 1));
    return true;
  }
  void clear() noexcept { word_ = 0; }

  // ---- its place in the sequence --------------------------------------------------------------

  std::uint32_t before = no_entry, after = no_entry;  ///< the neighbours in the list of its scope

  /// Whether a claim of it counts in the order of the claims.
  [[nodiscard]] bool claimed() const noexcept { return is_set(claimed_bit); }
  void set_claimed(bool to) noexcept { set(claimed_bit, to); }
  [[nodiscard]] left_as left() const noexcept {
    return {is_set(left_claimed), is_set(left_leading), is_set(left_issued)};
  }
  void set_left(left_as as) noexcept {
    set(left_claimed, as.claimed);
    set(left_leading, as.leading);
    set(left_issued, as.issued);
  }

 private:
  static constexpr std::uint32_t item_limit = (std::uint32_t{1} << 30U) - 1;
  // bits
  static constexpr std::uint8_t literal = 1, far = 2, contained = 4, claimed_bit = 8, left_claimed = 16,
                                left_leading = 32, left_issued = 64;
  // text_size_ of a text whose sizes lie before it, as two words of 4 bytes
  static constexpr std::uint8_t sized_elsewhere = 255;

  [[nodiscard]] bool is_set(std::uint8_t bit) const noexcept { return (bits_ & bit) != 0; }
  void set(std::uint8_t bit, bool to) noexcept { bits_ = static_cast<std::uint8_t>(to ? bits_ | bit : bits_ & ~bit); }

  [[nodiscard]] const char* begin() const noexcept {
    if (!is_set(far)) return payload_.data();
    const char* text = nullptr;
    std::memcpy(static_cast<void*>(&text), payload_.data(), sizeof text);
    return text;
  }
  [[nodiscard]] std::array<std::size_t, 2> sizes() const noexcept {
    if (text_size_ != sized_elsewhere) return {text_size_, tail_size_};
    std::array<std::uint32_t, 2> kept{};
    std::memcpy(kept.data(), begin() - sizeof kept, sizeof kept);
    return {kept[0], kept[1]};
  }
  const char* keep(const family& like, interned_texts& texts) {
    if (like.text.size() < sized_elsewhere && like.tail.size() < sized_elsewhere)
      return texts.keep(like.text, like.tail);
    text_size_ = sized_elsewhere;
    const std::array sizes{static_cast<std::uint32_t>(like.text.size()), static_cast<std::uint32_t>(like.tail.size())};
    return texts.keep(std::string_view(reinterpret_cast<const char*>(sizes.data()), sizeof sizes), like.text,
                      like.tail) +
           sizeof sizes;
  }

  [[nodiscard]] std::size_t room_before_ordinal() const noexcept {
    return is_set(far) ? sizeof(const char*) : std::size_t{text_size_} + tail_size_;
  }
  [[nodiscard]] std::size_t ordinal_bytes() const noexcept {
    return std::min(sizeof(std::uint64_t), payload_.size() - room_before_ordinal());
  }

  std::uint32_t scope_;
  std::uint8_t text_size_ = 0, tail_size_ = 0, width_, bits_;
  std::array<char, 12> payload_{};  // text, tail and ordinal, or a pointer to the text and an ordinal
  std::uint32_t word_ = 0;          // holder, 0 if free; or number of the container
};
static_assert(sizeof(family_entry) == 32);

}  // namespace tallymark::detail
