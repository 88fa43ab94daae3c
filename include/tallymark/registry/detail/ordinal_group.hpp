// Texts read in groups, so that an index can work on many ordinals at once.
#pragma once

#include <algorithm>
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
    const auto first = numbers.parse(texts.front());
    size_ = 0;
    if (!first) return 1;
    family_ = first->family;
    ordinals_[size_++] = first->ordinal;
    const auto reader = numbers.reader(family_);
    for (texts = texts.first(std::min(texts.size(), most)); size_ < texts.size(); ++size_)
      if (const auto ordinal = reader(texts[size_]))
        ordinals_[size_] = *ordinal;
      else if (const auto one = numbers.parse(texts[size_]); one && one->family == family_)
        ordinals_[size_] = one->ordinal;
      else
        break;
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
