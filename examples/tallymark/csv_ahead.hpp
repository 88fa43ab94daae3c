// Reads the rows of a CSV file in a thread of its own, in bounded memory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/ext/detail/read_ahead.hpp>

#include "csv_reader.hpp"

namespace tallymark::tool {

/// The rows of a csv_reader, which nothing else may use until it has given all of them: the same ones in the same order.
class csv_ahead {
 public:
  /// Begins with the next row of the reader. Of rows that have a fault or another number of columns the text is kept.
  /// Throws std::system_error if there is no thread to be had.
  csv_ahead(csv_reader& from, std::size_t columns)
      : from_(from), columns_(columns), batches_([this](batch& next) { return fill(next); }) {}
  csv_ahead(const csv_ahead&) = delete;
  csv_ahead& operator=(const csv_ahead&) = delete;
  ~csv_ahead() { from_.interrupt(); }

  /// As csv_reader::next. After false the reader is free again, and tells its error. What reading throws, this does.
  bool next() {
    while (!batch_ || ++at_ == batch_->count) {
      batch_ = batches_.next();
      if (!batch_) return false;
      at_ = static_cast<std::size_t>(-1);
    }
    return true;
  }

  // see csv_reader; of the row that `next` gave last
  [[nodiscard]] const csv_row& row() const noexcept { return batch_->rows[at_].row; }
  [[nodiscard]] const std::optional<csv_fault>& fault() const noexcept { return batch_->rows[at_].fault; }
  [[nodiscard]] std::string_view raw() const noexcept { return batch_->rows[at_].raw; }
  [[nodiscard]] bool waits() {
    if (from_.is_regular() || (batch_ && at_ + 1 < batch_->count)) return false;
    return !batches_.arrives_within(csv_reader::patience);
  }

 private:
  static constexpr std::size_t most_rows = 512;
  static constexpr std::size_t most_bytes = 1 << 18;  // a batch ends with the row that reaches it
  static constexpr std::size_t usual_bytes = 1 << 12;

  struct entry {
    csv_row row{};
    std::optional<csv_fault> fault{};
    std::string raw{};  // empty if the row can be used
  };
  struct batch {
    std::vector<entry> rows{};
    std::size_t count = 0;
  };

  bool fill(batch& next) {
    std::size_t bytes = 0;
    for (next.count = 0; next.count < most_rows && bytes < most_bytes; ++next.count) {
      // rows of a pipe are handed over before its writer is waited for
      if (next.count > 0 && from_.waits(std::chrono::milliseconds{0})) return true;
      if (!from_.next()) return false;
      if (next.rows.size() == next.count) next.rows.emplace_back();
      entry& into = next.rows[next.count];
      // memory that a long row took is not kept for short ones
      if (into.row.text().size() + into.raw.size() > usual_bytes) into = {};
      into.fault = from_.fault();
      into.raw.clear();
      if (into.fault || from_.row().size() != columns_) into.raw = from_.raw();
      from_.swap_row(into.row);
      bytes += into.row.memory() + into.raw.size();
    }
    return true;
  }

  csv_reader& from_;
  std::size_t columns_;
  const batch* batch_ = nullptr;
  std::size_t at_ = 0;
  tallymark::detail::read_ahead<batch> batches_;  // the last: it fills by the others
};

}  // namespace tallymark::tool
