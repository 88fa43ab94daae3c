// A holder in one word that threads exchange.
#pragma once

#include <cstdint>
#include <optional>

#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// A holder, or that there is none, or that no claim may set one: the item above, in the three lowest bits what it is.
class shared_holder {
 public:
  static constexpr std::uint64_t item_limit = (std::uint64_t{1} << 61U) - 1;  // which is no_item

  constexpr shared_holder() = default;
  constexpr shared_holder(const holder& by) noexcept
      : bits_(((by.item == no_item ? item_limit : by.item) << 3U) | (static_cast<std::uint64_t>(by.state) + 2)) {}
  [[nodiscard]] static constexpr shared_holder of_closed() noexcept {
    shared_holder made;
    made.bits_ = 1;
    return made;
  }

  [[nodiscard]] constexpr bool closed() const noexcept { return bits_ == 1; }
  [[nodiscard]] constexpr bool free() const noexcept { return bits_ <= 1; }
  [[nodiscard]] constexpr std::optional<holder> get() const noexcept {
    if (free()) return std::nullopt;
    const std::uint64_t item = bits_ >> 3U;
    return holder{item == item_limit ? no_item : item, static_cast<hold>((bits_ & 7U) - 2)};
  }

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace tallymark::detail
