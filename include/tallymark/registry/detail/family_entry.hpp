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

/// What a family of a scope is looked for with. `head` is the sizes of its texts and all else of its name in one word,
/// so that most others are told apart by one comparison.
struct family_key {
  family_key(std::uint32_t scope, const family& of) noexcept
      : head(head_of(scope, of, {of.text.size(), of.tail.size()})), name(of) {}

  std::uint64_t head;
  const family& name;

  // From the lowest byte on: scope (4), size of the text, size of the tail, width, bits. If a size is too large for a
  // byte, the first is `sized_elsewhere`.
  static constexpr std::uint8_t sized_elsewhere = 255;
  static constexpr std::uint64_t literal = std::uint64_t{1} << 56U;

 private:
  friend class family_entry;
  static std::uint64_t head_of(std::uint32_t scope, const family& of, std::array<std::size_t, 2> sizes) noexcept {
    if (sizes[0] >= sized_elsewhere || sizes[1] >= sized_elsewhere) [[unlikely]]
      sizes = {sized_elsewhere, 0};
    const std::uint64_t fixed = std::uint64_t{of.width} << 48U | (of.counts() ? 0 : literal);
    return scope | std::uint64_t{sizes[0]} << 32U | std::uint64_t{sizes[1]} << 40U | fixed;
  }
};

/// The name of a family, its place among those of its scope, and who holds its only serial number, if it has one alone.
/// Where there are more, the number of a container takes the place of that.
///
/// Text and tail of up to 12 bytes lie in the entry, and the ordinal in what they leave of these bytes; longer ones
/// are kept elsewhere. Both stay where they are as long as the entry does.
class family_entry {
 public:
  family_entry(std::uint32_t scope, const family& like, interned_texts& texts) : head_(family_key(scope, like).head) {
    const std::size_t size = like.text.size() + like.tail.size();
    if (size <= payload_.size()) {
      char* const end = std::copy(like.text.begin(), like.text.end(), payload_.begin());
      std::copy(like.tail.begin(), like.tail.end(), end);
      return;
    }
    set(far, true);
    const char* const kept = keep(like, texts);
    std::memcpy(payload_.data(), static_cast<const void*>(&kept), sizeof kept);
  }

  [[nodiscard]] family of() const noexcept {
    const char* const text = begin();
    const auto [text_size, tail_size] = sizes();
    return {{text, text_size},
            byte(6),
            is_set(family_key::literal) ? family::kind::literal : family::kind::counted,
            {text + text_size, tail_size}};
  }
  [[nodiscard]] bool is(const family_key& key) const noexcept {
    if (((head_ ^ key.head) & name_bits) != 0) return false;
    const char* const text = begin();
    const auto [text_size, tail_size] = sizes();
    return same_text({text, text_size}, key.name.text) &&
           (tail_size == 0 ? key.name.tail.empty() : same_text({text + text_size, tail_size}, key.name.tail));
  }
  [[nodiscard]] std::uint32_t scope() const noexcept { return static_cast<std::uint32_t>(head_); }

  // ---- the serial number that it has alone --------------------------------------------------------

  [[nodiscard]] bool has_container() const noexcept { return is_set(contained); }
  /// Precondition: it has one.
  [[nodiscard]] std::uint32_t container() const noexcept { return word_; }
  void set_container(std::uint32_t number) noexcept {
    set(contained, true);
    word_ = number;
  }

  /// Precondition for these: there is no container.
  [[nodiscard]] bool empty() const noexcept { return word_ == 0; }
  [[nodiscard]] std::uint64_t ordinal() const noexcept {
    const unsigned half = 32 - ordinal_bits() / 2;  // in two steps, since 64 is too many for one
    return load_word(ordinal_end() - 8) >> half >> half;
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
    const unsigned bits = ordinal_bits();
    if (bits < 64 && at >> bits != 0) return false;
    if (by.item != no_item && by.item >= item_limit) return false;
    for (unsigned i = 8; i <= bits; i += 8) *(ordinal_end() - i / 8) = static_cast<char>(at >> (bits - i));
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
  // bits of head_ besides those of a key
  static constexpr std::uint64_t far = family_key::literal << 1U, contained = far << 1U, claimed_bit = far << 2U,
                                 left_claimed = far << 3U, left_leading = far << 4U, left_issued = far << 5U,
                                 name_bits = far - 1;

  [[nodiscard]] bool is_set(std::uint64_t bit) const noexcept { return (head_ & bit) != 0; }
  void set(std::uint64_t bit, bool to) noexcept { head_ = to ? head_ | bit : head_ & ~bit; }
  [[nodiscard]] std::uint8_t byte(unsigned at) const noexcept { return static_cast<std::uint8_t>(head_ >> (8 * at)); }

  [[nodiscard]] const char* begin() const noexcept {
    if (!is_set(far)) return payload_.data();
    const char* text = nullptr;
    std::memcpy(static_cast<void*>(&text), payload_.data(), sizeof text);
    return text;
  }
  [[nodiscard]] std::array<std::size_t, 2> sizes() const noexcept {
    if (byte(4) != family_key::sized_elsewhere) return {byte(4), byte(5)};
    std::array<std::uint32_t, 2> kept{};  // before the text
    std::memcpy(kept.data(), begin() - sizeof kept, sizeof kept);
    return {kept[0], kept[1]};
  }
  const char* keep(const family& like, interned_texts& texts) const {
    if (byte(4) != family_key::sized_elsewhere) return texts.keep(like.text, like.tail);
    const std::array sizes{static_cast<std::uint32_t>(like.text.size()), static_cast<std::uint32_t>(like.tail.size())};
    return texts.keep(std::string_view(reinterpret_cast<const char*>(sizes.data()), sizeof sizes), like.text,
                      like.tail) +
           sizeof sizes;
  }

  // The ordinal lies at the end of the payload, its lowest byte first. A literal has 0, and any bits for it do.
  [[nodiscard]] const char* ordinal_end() const noexcept { return payload_.data() + payload_.size(); }
  [[nodiscard]] char* ordinal_end() noexcept { return payload_.data() + payload_.size(); }
  [[nodiscard]] unsigned ordinal_bits() const noexcept {
    const unsigned taken = is_set(far) ? sizeof(const char*) : unsigned{byte(4)} + byte(5);
    return 8 * std::min<unsigned>(sizeof(std::uint64_t), static_cast<unsigned>(payload_.size()) - taken);
  }

  std::uint64_t head_;
  std::array<char, 12> payload_{};  // text, tail and ordinal, or a pointer to the text and an ordinal
  std::uint32_t word_ = 0;          // holder, 0 if free; or number of the container
};
static_assert(sizeof(family_entry) == 32);

}  // namespace tallymark::detail
