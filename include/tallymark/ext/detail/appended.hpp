// Removes what was appended to a text if an error or an exception ends the function.
#pragma once

#include <cstddef>
#include <string>

namespace tallymark::detail {

/// When destroyed, restores the length that the text had at construction, unless `keep` was called.
class appended {
 public:
  constexpr explicit appended(std::string& text) noexcept : text_(&text), size_(text.size()) {}
  appended(const appended&) = delete;
  appended& operator=(const appended&) = delete;
  constexpr ~appended() {
    if (text_ != nullptr) text_->erase(size_);
  }

  /// The bytes that were appended.
  [[nodiscard]] constexpr std::size_t size() const noexcept { return text_->size() - size_; }
  constexpr void keep() noexcept { text_ = nullptr; }

 private:
  std::string* text_;
  std::size_t size_;
};

}  // namespace tallymark::detail
