// The data for all competitors: serial numbers in an order of arrival, and lookups.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bench {

/// The number of serial numbers to claim: TALLYMARK_BENCH_SIZE, or 10 million.
std::size_t size();

/// `SN-` and nine digits, the first of which is a zero, so that all belong to one family. Texts are contiguous.
struct serial_text {
  static constexpr std::size_t length = 12;
  char bytes[length];

  [[nodiscard]] std::string_view view() const { return {bytes, length}; }
};

serial_text text_of(std::uint32_t ordinal);

/// A sequence of serial numbers, each as a text and as a plain number for competitors that do not parse text.
struct sequence {
  std::vector<std::uint32_t> ordinals{};
  std::vector<serial_text> texts{};

  explicit sequence(std::vector<std::uint32_t> numbers);
  [[nodiscard]] std::size_t count() const { return ordinals.size(); }
};

/// The order in which the serial numbers 0 to size() - 1 arrive. The i-th to arrive belongs to item i.
enum class order { in_order, shuffled };
inline constexpr const char* names_of_orders[] = {"in_order", "shuffled"};

const sequence& arrivals(order arrival);

/// The serial numbers to look up, in random order. Half of them were claimed.
const sequence& questions();

/// A checksum of answers: how many serial numbers were found, and the sum of their items.
struct found {
  std::uint64_t hits = 0;
  std::uint64_t items = 0;

  void add(std::uint64_t item) { ++hits, items += item; }
  friend bool operator==(const found&, const found&) = default;
};
found expected(order arrival);

/// Numbers below `limit`, the same in every run of the program.
std::vector<std::uint64_t> random_numbers(std::size_t count, std::uint64_t limit);

}  // namespace bench
