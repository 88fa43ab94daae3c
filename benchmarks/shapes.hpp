// Shapes of data for the rows shape/...: which serial numbers arrive, in which order, and which are looked up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data.hpp"

namespace bench {

/// A serial number of a part. Where parts have variants, the name of a part begins with that of the root of its tree.
struct shape_row {
  std::string_view tree;
  std::string_view part;
  std::string_view text;
  std::uint32_t part_number = 0;
};

/// Rows in order. Their texts are contiguous in memory: part, serial number, the next part.
class shape_rows {
 public:
  void reserve(std::size_t rows, std::size_t text_bytes) { places_.reserve(rows), bytes_.reserve(text_bytes); }
  void add(const shape_row& row);

  [[nodiscard]] std::size_t count() const { return places_.size(); }
  [[nodiscard]] shape_row operator[](std::size_t i) const {
    const place& at = places_[i];
    const char* part = bytes_.data() + at.first;
    return {{part, at.tree}, {part, at.part}, {part + at.part, at.text}, at.part_number};
  }

 private:
  struct place {
    std::uint32_t first, part_number;
    std::uint16_t tree, part, text;  // lengths
  };
  std::vector<char> bytes_{};
  std::vector<place> places_{};
};

/// What is done with a row that arrives.
enum class shape_step : std::uint8_t { claim, release, retire };

/// What a lookup adds to the item of a retired serial number, so that the checksum shows whether it is retired.
inline constexpr std::uint64_t retired = std::uint64_t{1} << 40;

/// Where serial numbers are unique.
enum class shape_scope { all_parts, part, part_tree };

struct shape_data {
  shape_rows arriving{};            ///< the i-th is claimed for item i
  std::vector<shape_step> steps{};  ///< one for each row; empty: all rows are claims
  std::size_t claims = 0;           ///< how many rows are claims
  std::size_t taken = 0;            ///< how many serial numbers are claimed or retired at the end
  shape_rows asked{};               ///< in random order; half of them are not found
  found expected{};
};

/// A shape and its data, which are made when they are first needed and then kept.
struct shape {
  std::string name{};
  shape_scope scope{};
  std::size_t arriving = 0, asked = 0;  ///< how many rows
  std::function<shape_data()> make{};
  std::shared_ptr<const shape_data> made{};

  [[nodiscard]] const shape_data& data() {
    if (!made) made = std::make_shared<const shape_data>(make());
    return *made;
  }
};

/// All shapes. The last one is that of the file TALLYMARK_BENCH_FILE, if that is set; a file that cannot be used ends the
/// program with one sentence.
std::vector<shape>& shapes();

}  // namespace bench
