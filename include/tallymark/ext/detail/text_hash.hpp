// A transparent hash of texts: a table of strings can be searched with a view.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace tallymark::detail {

struct text_hash {
  using is_transparent = void;
  [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};

}  // namespace tallymark::detail
