// A holder in 64 bits.
#pragma once

#include <cstdint>

#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// The item above, the state in the two lowest bits. Holds items up to 2^62 - 2, and no_item.
class packed_holder {
 public:
  [[nodiscard]] static constexpr bool fits(holder by) noexcept { return by.item == no_item || by.item < item_limit; }

  /// Any holder: a place for one.
  packed_holder() = default;
  /// Precondition: it fits.
  constexpr explicit packed_holder(holder by) noexcept
      : bits_((by.item == no_item ? item_limit : by.item) << 2 | static_cast<std::uint64_t>(by.state)) {}

  [[nodiscard]] constexpr holder get() const noexcept {
    const std::uint64_t item = bits_ >> 2;
    return {item == item_limit ? no_item : item, static_cast<hold>(bits_ & 3U)};
  }

 private:
  static constexpr std::uint64_t item_limit = (std::uint64_t{1} << 62) - 1;

  std::uint64_t bits_;
};

}  // namespace tallymark::detail
