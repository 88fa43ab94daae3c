// The refused rows: written to a file that can be corrected and imported, or to stderr, and counted by reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "progress.hpp"
#include "table.hpp"

namespace tallymark::tool {

/// Takes refused rows.
class rejects {
 public:
  /// Writes to this file, or to stderr if the path is empty.
  rejects(std::string path, progress& shown) : path_(std::move(path)), progress_(shown) {}

  /// Begins the file: the remark columns, the columns of the stock file, then those that only the parts file has. False
  /// if it cannot be written; the reason has been printed.
  bool open(const table& stock, const table& parts);

  /// Takes a row of a file.
  void add(const table& from, const csv_row& row, const rejection& why);

  /// Ends the file, or prints how many messages were left out. False if it could not be written; the reason has been
  /// printed.
  bool close();

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& by_reason() const noexcept {
    return by_reason_;
  }

 private:
  static constexpr std::uint64_t most_messages = 20;
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void write();
  bool failed();

  std::string path_;
  progress& progress_;
  std::unique_ptr<std::FILE, closer> file_;
  std::string text_;  // not written yet
  int error_ = 0;
  std::vector<std::size_t> from_stock_, from_parts_;  // the column of the input for each column after the remarks
  std::map<std::string, std::uint64_t, std::less<>> by_reason_;
  std::uint64_t count_ = 0;
};

}  // namespace tallymark::tool
