// A CSV file with a header: gives access to rows by column name, and reports errors by line and column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "csv_ahead.hpp"
#include "csv_reader.hpp"
#include "csv_writer.hpp"

namespace tallymark::tool {

/// A column that the tool knows.
struct known_column {
  std::string_view name;
  bool required = false;
};

/// `--column name=HEADER`: what a column is called in a user's file. `file` is `parts` or `stock`, or empty for both.
struct column_choice {
  std::string file{};
  std::string name{};
  std::string header{};
  bool found = false;
};

/// The columns in front of those of a refused row in a rejects file.
inline constexpr std::string_view remark_columns[] = {"file", "line", "column", "reason", "value"};

/// Why a row is refused.
struct rejection {
  std::uint64_t line = 0;
  std::string column{};       ///< its header; its number where it has none
  std::string_view reason{};  ///< without details, so that equal reasons can be counted
  std::string value{};        ///< the text that is wrong
  bool unreadable = false;    ///< the row could not be split into fields, and `value` is its text
};

/// Why a file is refused as a whole, and the exit code.
struct file_problem {
  int code;
  std::string text;
};

/// A file with one kind of rows.
class table {
 public:
  static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

  /// `kind` is `parts` or `stock`.
  table(std::string_view kind, const std::string& path, std::span<const known_column> known)
      : kind_(kind), path_(path), known_(known), reader_(path) {}

  /// Reads the header, and marks the choices whose column exists.
  [[nodiscard]] std::optional<file_problem> open(std::span<column_choice> choices);
  /// Finds the columns that were not chosen, by their default names.
  [[nodiscard]] std::optional<file_problem> bind();

  /// From here on rows are read in a thread of its own, if there is one to be had. To be called after `open`.
  void read_ahead();

  /// Reads the next row. False at the end. From a rejects file, returns only the rows of this kind.
  bool next();
  /// The row, if it is not `unreadable`.
  [[nodiscard]] const csv_row& row() const noexcept { return ahead_ ? ahead_->row() : reader_.row(); }
  /// Why the row cannot be read.
  [[nodiscard]] const std::optional<rejection>& unreadable() const noexcept { return rejection_; }
  /// Whether `next` would wait for the writer of a pipe; see csv_reader::waits.
  [[nodiscard]] bool waits() { return ahead_ ? ahead_->waits() : reader_.waits(); }
  /// Why reading ended early; empty if it did not, or has not come to an end.
  [[nodiscard]] std::string error() const { return ahead_ ? std::string() : reader_.error(); }

  /// The value of a known column, empty where the file has no such column.
  [[nodiscard]] std::string_view value(const csv_row& row, std::size_t known) const {
    return at_[known] == nowhere ? std::string_view{} : cell(row, at_[known]);
  }
  /// The index of a known column in a row; `nowhere` if the file has no such column.
  [[nodiscard]] std::size_t place(std::size_t known) const { return at_[known]; }
  /// What the file calls a known column.
  [[nodiscard]] std::string column(std::size_t known) const {
    return at_[known] == nowhere ? std::string(known_[known].name) : headers_[at_[known]];
  }
  /// The values of all columns that the tool does not know, each followed by the byte 0x1F.
  [[nodiscard]] std::string others(const csv_row& row) const;

  [[nodiscard]] std::string_view kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// The headers of the columns, without the remark columns of a rejects file.
  [[nodiscard]] std::span<const std::string> headers() const { return std::span(headers_).subspan(remarks_); }
  [[nodiscard]] std::string_view value_below(const csv_row& row, std::size_t header) const {
    return cell(row, remarks_ + header);
  }

 private:
  // the text of a field; in rejects files, an apostrophe precedes what a spreadsheet would run as a formula
  [[nodiscard]] std::string_view cell(const csv_row& row, std::size_t i) const {
    return remarks_ > 0 ? cell_text(row[i]) : row[i];
  }

  [[nodiscard]] std::size_t find(std::string_view header) const;
  [[nodiscard]] std::optional<file_problem> choose(std::span<column_choice> choices);
  bool read_row();
  [[nodiscard]] std::optional<rejection> check_row() const;
  [[nodiscard]] std::string column_at(std::size_t i) const {
    return i < headers_.size() ? headers_[i] : std::to_string(i + 1);
  }

  std::string_view kind_;
  std::string path_;
  std::span<const known_column> known_;
  csv_reader reader_;
  std::vector<std::string> headers_;
  std::size_t remarks_ = 0;          // the number of leading remark columns
  std::vector<std::size_t> at_;      // the index of each known column
  std::vector<std::size_t> others_;  // the indices of the columns that the tool does not know
  std::optional<rejection> rejection_;
  std::unique_ptr<csv_ahead> ahead_;  // while there are rows that it has; the last member: it uses the reader
};

}  // namespace tallymark::tool
