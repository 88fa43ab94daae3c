// Texts read in groups, so that an index can work on many ordinals at once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <tallymark/policy/serial_number.hpp>

namespace tallymark::detail {

/// The ordinals of consecutive texts that are of one family.
class ordinal_group {
 public:
  /// Reads texts until they are of another family, or cannot be read, or the group is full. Answers with how many texts
  /// that is; if only the first cannot be read, it is 1, and there are no ordinals. Precondition: there is a text.
  std::size_t read(const auto& numbers, std::span<const std::string_view> texts) {
    size_ = 0;
    for (const std::string_view text : texts) {
      if (size_ == most) break;
      const auto one = numbers.parse(text);
      if (!one) return size_ > 0 ? size_ : 1;
      if (size_ == 0)
        family_ = one->family;
      else if (one->family != family_)
        break;
      ordinals_[size_++] = one->ordinal;
    }
    return size_;
  }

  [[nodiscard]] const family& of() const noexcept { return family_; }
  [[nodiscard]] std::span<const std::uint64_t> ordinals() const noexcept { return {ordinals_.data(), size_}; }

 private:
  static constexpr std::size_t most = 256;

  family family_{};
  std::size_t size_ = 0;
  std::array<std::uint64_t, most> ordinals_;
};

}  // namespace tallymark::detail
