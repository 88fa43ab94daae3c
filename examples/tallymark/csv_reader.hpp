// Reads CSV files row by row with libcsv, in bounded memory, and reports the position of what it cannot read.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <csv.h>

namespace tallymark::tool {

/// The fields of one row.
class csv_row {
 public:
  std::uint64_t line = 0;  ///< the line on which the row begins, counted from 1

  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {text_.data() + begin, ends_[i] - begin};
  }
  /// All fields, concatenated.
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  /// Roughly the number of bytes that a copy takes.
  [[nodiscard]] std::size_t memory() const noexcept {
    return sizeof *this + text_.size() + ends_.size() * sizeof ends_[0];
  }

  /// Whether all fields but one equal those of another row, and that one is as long. O(bytes).
  [[nodiscard]] bool alike(const csv_row& other, std::size_t except) const noexcept {
    if (ends_ != other.ends_) return false;
    const std::string_view mine = text(), theirs = other.text();
    const std::size_t end = ends_[except], begin = except == 0 ? 0 : ends_[except - 1];
    return mine.substr(0, begin) == theirs.substr(0, begin) && mine.substr(end) == theirs.substr(end);
  }
  /// The same row with another text in one field.
  [[nodiscard]] csv_row with(std::size_t field, std::string_view text) const {
    csv_row out;
    out.line = line;
    for (std::size_t i = 0; i < size(); ++i) out.add(i == field ? text : (*this)[i]);
    return out;
  }

  void clear() noexcept {
    text_.clear();
    ends_.clear();
  }
  void add(std::string_view field) {
    text_ += field;
    ends_.push_back(text_.size());
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

/// Why a row cannot be read.
struct csv_fault {
  std::string_view reason{};
  std::uint64_t line = 0;  ///< where the field begins
  std::size_t column = 0;  ///< counted from 0
};

/// Rows of a CSV file (RFC 4180, with any of the three line ends). Each row that cannot be read is reported: after
/// a quote that is never closed, reading continues with the line after the one where it was opened, so that every line
/// is parsed at most twice. Memory: a few times `max_row`.
class csv_reader {
 public:
  /// No row is longer than this, in bytes.
  static constexpr std::size_t max_row = 1 << 20;

  /// Opens a file; see `error`.
  explicit csv_reader(const std::string& path);
  csv_reader(const csv_reader&) = delete;
  csv_reader& operator=(const csv_reader&) = delete;
  ~csv_reader();

  /// Reads the next row. False at the end, or if the file cannot be read.
  bool next();

  /// The row. If it has a fault, the fields before the fault.
  [[nodiscard]] const csv_row& row() const noexcept { return row_; }
  /// Why the row cannot be read.
  [[nodiscard]] const std::optional<csv_fault>& fault() const noexcept { return fault_; }
  /// The row as it is in the file, without the line end; of a row that is too long, only the beginning.
  [[nodiscard]] std::string_view raw() const noexcept;
  /// Exchanges the row for another one, whose memory is used again.
  void swap_row(csv_row& other) noexcept { std::swap(row_, other); }
  /// Whether `next` would wait for the writer of a pipe: no whole line has arrived, and nothing more arrives within this
  /// time. Always false for a regular file.
  [[nodiscard]] bool waits(std::chrono::milliseconds time = patience) const;
  static constexpr std::chrono::milliseconds patience{100};
  [[nodiscard]] bool is_regular() const noexcept { return regular_; }
  /// From another thread: `next` does not wait for the writer of a pipe any more; for it the file ends there.
  void interrupt() noexcept;
  /// Why the file cannot be opened or read.
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

 private:
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void start_parser();
  bool fill();
  [[nodiscard]] bool wait_for_input() const;
  std::optional<std::size_t> line_length();
  void start_row();
  bool parse_line(std::size_t length);
  bool finish_file();
  bool broken(std::string_view reason);
  bool too_long();
  void skip_line();
  void check_encoding();

  std::unique_ptr<std::FILE, closer> file_;
  std::string error_;
  bool regular_ = true;                   // not a pipe
  std::array<int, 2> interrupt_{-1, -1};  // a pipe of our own, if it is not: what can be read from it ends the waiting
  csv_parser parser_{};

  std::vector<char> buffer_;  // from row_begin_ to filled_: the row so far, and what follows it
  std::size_t filled_ = 0;
  std::size_t row_begin_ = 0;
  std::size_t at_ = 0;      // the next line to parse
  std::uint64_t line_ = 1;  // its number
  bool at_end_ = false;     // of the file
  bool skip_ = false;       // the rest of the line

  csv_row row_;
  std::optional<csv_fault> fault_;
  bool row_done_ = false;
  std::size_t line_end_ = 0;  // of the line that is being parsed, relative to row_begin_
  // the field that is being read: the line on which it begins, and where that line ends, relative to row_begin_
  std::uint64_t field_line_ = 1;
  std::size_t field_line_end_ = 0;
};

}  // namespace tallymark::tool
