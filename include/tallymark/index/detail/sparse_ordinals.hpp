// Held ordinals that lie far apart, each by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <tallymark/index/detail/sparse_order.hpp>
#include <tallymark/index/detail/sparse_table.hpp>
#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// Ordinals and their holders, which fit into a packed_holder: a hash table for lookups, and beside it the order for all that
/// asks for ranges. Of 16 ordinals that begin with a multiple of 16, at most 3 are here; where they crowd more, they
/// belong elsewhere. Memory: 31 to 50 bytes for an ordinal.
///
/// Lookups are O(1). With n ordinals changes are O(log n), and what asks for ranges is O(log n + k) where k are met. Only
/// `claim` needs memory.
class sparse_ordinals {
 public:
  static constexpr std::size_t most_of_16 = 3;

  [[nodiscard]] bool empty() const noexcept { return table_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return table_.size(); }
  /// Precondition: not empty. O(1).
  [[nodiscard]] std::uint64_t greatest() const noexcept { return order_.greatest(); }

  /// Who holds an ordinal. O(1).
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const noexcept { return table_.find(ordinal); }
  /// Asks for the memory that find and claim will need.
  void prefetch(std::uint64_t ordinal) const noexcept { table_.prefetch(ordinal); }

  struct outcome {
    bool crowded = false;         ///< it is free, and belongs elsewhere
    std::optional<holder> met{};  ///< who holds it
  };
  /// Takes an ordinal if it is free and the others around it are few. If it throws, nothing has changed.
  [[nodiscard]] outcome claim(std::uint64_t ordinal, const holder& by) {
    table_.prefetch(ordinal);
    const auto at = order_.prepare(ordinal);
    if (const auto held = table_.find(ordinal)) return {false, held};
    if (table_.held_of_16(ordinal) >= most_of_16) return {true, std::nullopt};
    table_.make_room(1);
    order_.add(ordinal, at);
    table_.put(ordinal, by);
    return {};
  }
  /// Gives an ordinal to another holder, if it is here; whether it is.
  [[nodiscard]] bool replace(std::uint64_t ordinal, const holder& by) noexcept {
    if (!table_.find(ordinal)) return false;
    table_.put(ordinal, by);
    return true;
  }
  /// Frees an ordinal; whether it was held.
  bool erase(std::uint64_t ordinal) noexcept {
    if (!table_.erase(ordinal)) return false;
    order_.erase(ordinal);
    table_.trim();
    return true;
  }
  /// Frees `length` ordinals from `first` on.
  void erase(std::uint64_t first, std::uint64_t length) noexcept {
    order_.erase(first, first + (length - 1), [&](std::uint64_t ordinal) { table_.erase(ordinal); });
    table_.trim();
  }

  /// The least that is held and not less than this one.
  [[nodiscard]] std::optional<std::uint64_t> next(std::uint64_t ordinal) const noexcept { return order_.next(ordinal); }
  /// Visits those of `length` ordinals from `first` on, in order, as held_run.
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    order_.for_each_group(first, first + (length - 1), [&](const std::uint64_t* begin, const std::uint64_t* end) {
      for (const std::uint64_t* at = begin; at != end; ++at) table_.prefetch(*at);
      for (const std::uint64_t* at = begin; at != end; ++at) visit(held_run{*at, 1, *table_.find(*at)});
    });
  }

 private:
  sparse_table table_;
  sparse_order order_;
};

}  // namespace tallymark::detail
