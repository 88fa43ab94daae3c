// A user's own serial numbers, from a file of lines or a column of a CSV file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "table.hpp"

namespace tallymark::tool {

/// Texts side by side in one piece of memory, so that reading them in order costs nothing that counts.
class packed_texts {
 public:
  packed_texts() = default;
  explicit packed_texts(std::span<const std::string_view> texts);
  packed_texts(packed_texts&&) = default;
  packed_texts& operator=(packed_texts&&) = default;

  [[nodiscard]] std::size_t size() const noexcept { return each_.size(); }
  [[nodiscard]] std::span<const std::string_view> all() const noexcept { return each_; }

 private:
  std::vector<char> bytes_;
  std::vector<std::string_view> each_;
};

/// A line that is no serial number.
struct unreadable_line {
  std::uint64_t line = 0;
  std::string_view reason{};
};

/// What a file has in it. Blank lines and fields are passed over.
struct sample {
  static constexpr std::size_t most_told = 5;

  packed_texts serials{};        ///< each once, in their order
  std::uint64_t repeated = 0;    ///< those that were there before
  std::uint64_t unreadable = 0;  ///< lines
  std::vector<unreadable_line> first_unreadable{};
};

/// Reads serial numbers as `text_serial` does: one a line, or those below a header of a CSV file. O(size of the file),
/// in time and memory.
[[nodiscard]] std::optional<file_problem> read_sample(const std::string& path, const std::optional<std::string>& column,
                                                      sample& out);

}  // namespace tallymark::tool
