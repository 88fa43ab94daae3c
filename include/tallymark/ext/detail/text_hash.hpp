// A hash of texts with which a table of strings is asked for a view.
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
