// Parts and stock items from CSV files into a stock, row by row; what is refused goes to the rejects.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include <tallymark/calendar/date.hpp>
#include <tallymark/expression/strict.hpp>
#include <tallymark/journal/sqlite.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/stock/stock.hpp>

#include "file_source.hpp"
#include "item_names.hpp"
#include "line_set.hpp"
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

/// Stock that is gone when the import is over.
template <class Scope>
using memory_stock = stock<policies<Scope>, std::string, part_data, item_data>;
/// Stock in a database.
template <class Scope>
using durable_stock = stock<policies<Scope, sqlite_journal>, std::string, part_data, item_data>;

/// What an import comes to. Where there is a database: what is durable of it.
struct import_totals {
  std::uint64_t parts = 0;               ///< parts that were accepted
  std::uint64_t parts_taken_before = 0;  ///< parts that the database had already
  std::uint64_t rows = 0;                ///< rows of the stock file, accepted or not
  std::uint64_t taken_before = 0;        ///< those of them that an earlier import of the same file took
  std::uint64_t items = 0;               ///< stock items, each unit of a block counted
  std::uint64_t serials = 0;             ///< serial numbers that were claimed
  std::uint64_t batches = 0;             ///< different batch codes that are new
  std::uint64_t line = 0;                ///< up to here all rows are done
  /// The next serial number of each scope that has serial numbers, if there is one left: by the root of the part tree,
  /// or by the part if each part has numbers of its own.
  std::vector<std::pair<std::string, std::optional<std::string>>> next{};
};

/// Fills a stock, in groups of rows: each is a transaction if the stock has a journal.
template <class Stock>
class importer {
 public:
  importer(Stock& to, rejects& refused, progress& shown);

  /// Rows of the stock file are recorded as coming from here, and those that were taken from here before are passed
  /// over.
  void resume(const file_source& from);
  /// Adds all parts of a file. A part may be a variant of one that comes later.
  void add_parts(table& file);
  /// Adds all stock items of a file. An item may have a parent that comes later: it then waits, in bounded memory.
  void add_stock(table& file);

  /// Why the import could not go on; empty if it could.
  [[nodiscard]] const std::string& stopped() const noexcept { return stopped_; }
  [[nodiscard]] import_totals totals() const;

 private:
  using new_item = typename Stock::new_item;
  using maybe_rejection = std::optional<rejection>;
  using receipt = typename Stock::receipt;
  using read_serial = typename Stock::read_serial;
  using reader = decltype(std::declval<const Stock&>().serials().numbers().reader({}));

  static constexpr bool durable = Stock::journaled;
  static constexpr bool per_part = std::is_same_v<typename Stock::policies_type::scope, unique_per_part>;

  // A group is a transaction. Large ones are few syncs; but what an interrupted import has to do again is at most one,
  // no other process can write meanwhile, and it is in memory until it is written.
  static constexpr std::uint64_t most_rows = 1 << 18;
  static constexpr std::size_t most_bytes = 32 << 20;  // of what is not the next row of a run
  static constexpr std::size_t most_waiting = 64 << 20;

  // Rows that follow each other and differ in their serial numbers only, which count on.
  struct pending_run {
    csv_row row{};                        // the first
    new_item wanted{};                    // looks into the row
    std::uint64_t rows = 0;               // 0: there is no run
    std::optional<read_serial> serial{};  // of the first row, if it can be read; looks into the row, too
    std::optional<reader> read{};         // of its family, once a row might follow

    // Whether the serial number of this row was read.
    [[nodiscard]] bool has_read(const csv_row& of) const noexcept { return serial && row.line == of.line; }
  };

  std::vector<maybe_rejection> add_in_order(const table& file, const std::vector<csv_row>& rows);
  maybe_rejection add_part(const table& file, const csv_row& row);
  bool same_part_before(const typename Stock::part_type& wanted);

  void take(table& file);
  void add_row(const table& file, const csv_row& row);
  bool go_on(const table& file, const csv_row& row);
  std::optional<std::uint64_t> ordinal_in_run(const table& file, const csv_row& row);
  bool is_as_issued(const table& file) const;
  void read_into(pending_run& run, const table& file, const csv_row& row) const;
  void end_run(const table& file);
  void add_rows(const table& file, std::uint64_t from, std::uint64_t count);
  void wait(const table& file, const csv_row& row, std::string_view parent);
  void release(const table& file, std::string_view item);
  void refuse_waiting(const table& file);
  maybe_rejection add_item(const table& file, const csv_row& row, new_item& wanted,
                           const std::optional<read_serial>& serial = {});
  void count_in(const new_item& wanted, const items& made);
  maybe_rejection read_item(const table& file, const csv_row& row, new_item& wanted);
  maybe_rejection read_serials(const table& file, const csv_row& row, new_item& wanted) const;

  bool begin_group();
  void commit(const table& file);
  void read_taken();
  void reject(const table& file, const csv_row& row, const rejection& why);
  void stop(const refusal& why);
  void stop(std::string_view why);

  Stock& stock_;
  rejects& rejects_;
  progress& progress_;
  std::string source_, digest_;
  line_set taken_;
  std::uint64_t read_up_to_ = 0;  // what the journal had when `taken_` was read
  item_names names_;
  by_text<std::vector<csv_row>> waiting_;  // by the item that they wait for
  std::size_t waiting_bytes_ = 0;
  std::array<pending_run, 2> runs_;  // the run, and one whose first row was read already
  pending_run* run_ = &runs_[0];
  pending_run* next_ = &runs_[1];
  std::optional<receipt> group_;
  std::uint64_t group_begin_ = 0;  // rows before it
  std::size_t group_bytes_ = 0;
  std::string stopped_;
  import_totals seen_, done_;                          // what was read, and what of that is durable
  std::size_t parts_before_ = 0, batches_before_ = 0;  // what there was when the import began
  boost::unordered_flat_set<std::uint32_t> found_parts_;
  boost::unordered_flat_set<std::string, text_hash, std::equal_to<>> numbered_;  // parts that have serial numbers
};

}  // namespace tallymark::tool
