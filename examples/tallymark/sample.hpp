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

/// Texts in one contiguous piece of memory, so that reading them in order costs next to nothing.
class packed_texts {
 public:
  packed_texts() = default;
  explicit packed_texts(std::span<const std::string_view> texts);
  packed_texts(packed_texts&&) = default;
  packed_texts& operator=(packed_texts&&) = default;

  [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }
  [[nodiscard]] std::span<const std::string_view> all() const noexcept { return texts_; }

 private:
  std::vector<char> bytes_;
  std::vector<std::string_view> texts_;
};

/// A line that is not a serial number.
struct unreadable_line {
  std::uint64_t line = 0;
  std::string_view reason{};
};

/// The contents of a file. Blank lines and fields are skipped.
struct sample {
  static constexpr std::size_t most_told = 5;

  packed_texts serials{};        ///< without repetitions, in the order of the file
  std::uint64_t repeated = 0;    ///< the number of repetitions
  std::uint64_t unreadable = 0;  ///< the number of such lines
  std::vector<unreadable_line> first_unreadable{};
};

/// Reads serial numbers as `text_serial` does: one per line, or those of one column of a CSV file. O(size of the file),
/// in time and memory.
[[nodiscard]] std::optional<file_problem> read_sample(const std::string& path, const std::optional<std::string>& column,
                                                      sample& out);

}  // namespace tallymark::tool
