// Parts and stock items from CSV files into a stock, row by row; what is refused goes to the rejects.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <tallymark/calendar/date.hpp>
#include <tallymark/expression/strict.hpp>
#include <tallymark/stock/stock.hpp>

#include "progress.hpp"
#include "rejects.hpp"
#include "stock_data.hpp"
#include "table.hpp"

namespace tallymark::tool {

namespace part_column {
enum : std::size_t { part, name, ipn, variant_of, trackable };
inline constexpr std::array<known_column, 5> all{{{"part", true}, {"name"}, {"ipn"}, {"variant_of"}, {"trackable"}}};
}  // namespace part_column

namespace stock_column {
enum : std::size_t { item, part, quantity, serial, serials, batch, parent, expiry_date };
inline constexpr std::array<known_column, 8> all{
    {{"item"}, {"part", true}, {"quantity", true}, {"serial"}, {"serials"}, {"batch"}, {"parent"}, {"expiry_date"}}};
}  // namespace stock_column

/// What an import comes to.
struct import_totals {
  std::uint64_t parts = 0;    ///< parts that were accepted
  std::uint64_t rows = 0;     ///< rows of the stock file, accepted or not
  std::uint64_t items = 0;    ///< stock items, each unit of a block counted
  std::uint64_t serials = 0;  ///< serial numbers that were claimed
  std::uint64_t batches = 0;  ///< different batch codes
  /// The next serial number of each scope that has serial numbers, if there is one left: by the root of the part tree,
  /// or by the part if each part has numbers of its own.
  std::vector<std::pair<std::string, std::optional<std::string>>> next{};
};

/// Fills a stock whose serial numbers are unique within Scope.
template <class Scope>
class importer {
 public:
  importer(rejects& to, progress& shown) : rejects_(to), progress_(shown) {}

  /// Adds all parts of a file. A part may be a variant of one that comes later.
  void add_parts(table& file);
  /// Adds all stock items of a file. An item may have a parent that comes later: it then waits, in bounded memory.
  void add_stock(table& file);

  [[nodiscard]] import_totals totals() const;

 private:
  using stock_type = stock<policies<Scope>, std::string, part_data, item_data>;
  using maybe_rejection = std::optional<rejection>;

  /// Texts by which rows name one another.
  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  template <class Value>
  using by_text = boost::unordered_flat_map<std::string, Value, text_hash, std::equal_to<>>;
  using set_of_texts = boost::unordered_flat_set<std::string, text_hash, std::equal_to<>>;

  static constexpr std::size_t most_waiting = 64 << 20;  // bytes

  std::vector<maybe_rejection> add_in_order(const table& file, const std::vector<csv_row>& rows);
  maybe_rejection add_part(const table& file, const csv_row& row);
  void add_row(const table& file, const csv_row& row);
  maybe_rejection add_item(const table& file, const csv_row& row);
  maybe_rejection read_item(const table& file, const csv_row& row, typename stock_type::new_item& wanted) const;
  maybe_rejection read_serials(const table& file, const csv_row& row, typename stock_type::new_item& wanted) const;
  void wait(const table& file, const csv_row& row, std::string_view parent);
  void refuse_waiting(const table& file);

  rejects& rejects_;
  progress& progress_;
  stock_type stock_;
  by_text<item_id> items_;                 // by the column `item`
  by_text<std::vector<csv_row>> waiting_;  // by the item that they wait for
  std::size_t waiting_bytes_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t serials_ = 0;
  set_of_texts numbered_;  // parts that have serial numbers
};

extern template class importer<unique_per_part_tree>;
extern template class importer<unique_per_part>;
extern template class importer<unique_globally>;

}  // namespace tallymark::tool
