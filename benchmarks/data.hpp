// The data that all competitors are given: serial numbers in an order of arrival, and questions about them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bench {

/// How many serial numbers are claimed: TALLYMARK_BENCH_SIZE, else 10 million.
std::size_t size();

/// `SN-` and nine digits, the first of which is a zero: all are of one family. Texts are contiguous.
struct serial_text {
  static constexpr std::size_t length = 12;
  char bytes[length];

  [[nodiscard]] std::string_view view() const { return {bytes, length}; }
};

serial_text text_of(std::uint32_t ordinal);

/// Serial numbers one after the other, each as text and as the bare number for those who do not read text.
struct sequence {
  std::vector<std::uint32_t> ordinals{};
  std::vector<serial_text> texts{};

  explicit sequence(std::vector<std::uint32_t> numbers);
  [[nodiscard]] std::size_t count() const { return ordinals.size(); }
};

/// In which order the serial numbers 0 to size() - 1 arrive. The one that arrives as the i-th belongs to item i.
enum class order { in_order, shuffled };
inline constexpr const char* names_of_orders[] = {"in_order", "shuffled"};

const sequence& arrivals(order which);

/// Half of them were claimed, the others not, in random order.
const sequence& questions();

/// What the answers are: how many were claimed, and the sum of their items.
struct found {
  std::uint64_t hits = 0;
  std::uint64_t items = 0;

  void add(std::uint64_t item) { ++hits, items += item; }
  friend bool operator==(const found&, const found&) = default;
};
found expected(order which);

/// Numbers below `limit`, the same in every run of the program.
std::vector<std::uint64_t> random_numbers(std::size_t count, std::uint64_t limit);

}  // namespace bench
