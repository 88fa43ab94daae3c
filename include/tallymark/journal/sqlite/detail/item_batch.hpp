// Rows of items that were read ahead, with the texts that they look at.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

// Some rows, and why there is no row after them, if that is not their number.
class sqlite_item_batch {
 public:
  static constexpr std::size_t most_rows = 1024;
  static constexpr std::size_t most_bytes = 256 * 1024;  // of texts: it is full after the row that reaches it

  // Empty again. Keeps some memory.
  void clear() noexcept {
    rows_.clear();
    texts_.release();
    data_.clear();
    bytes_ = 0;
    last_ = {};
    end_ = result<void>{};
  }
  [[nodiscard]] bool is_full() const noexcept { return rows_.size() >= most_rows || bytes_ >= most_bytes; }

  // Keeps a row, whose texts are good until the next one.
  void add(const item_row& row) {
    if (rows_.capacity() == 0) rows_.reserve(most_rows);
    item_row& kept = rows_.emplace_back(row);
    keep(kept.batch, last_.batch);
    if (kept.serials) {
      serial_row& serials = *kept.serials;
      keep(serials.scope, last_.scope);
      keep(serials.serials.family.text, last_.text);
      keep(serials.serials.family.tail, last_.tail);
      const bool single = serials.last == serials.first;
      keep(serials.first, last_.first);
      if (single)
        serials.last = serials.first;
      else
        keep(serials.last, last_.last);
    }
    if (row.data.empty()) return;
    kept.data = data_.emplace_back(row.data.begin(), row.data.end());
    for (const std::string& text : kept.data) bytes_ += sizeof(std::string) + text.size();
  }
  // Nothing follows.
  void finish(const result<void>& why) { end_ = why; }

  [[nodiscard]] std::span<const item_row> rows() const noexcept { return rows_; }
  [[nodiscard]] const result<void>& end() const noexcept { return end_; }

 private:
  // Makes a text one of this batch. Many are the same as in the row before.
  void keep(std::string_view& text, std::string_view& before) {
    if (text.empty()) {
      text = {};
      return;
    }
    if (text != before) {
      auto* const kept = static_cast<char*>(texts_.allocate(text.size(), 1));
      std::copy(text.begin(), text.end(), kept);
      before = {kept, text.size()};
      bytes_ += text.size();
    }
    text = before;
  }

  struct texts {
    std::string_view batch{}, scope{}, text{}, tail{}, first{}, last{};
  };

  std::vector<item_row> rows_;
  std::vector<char> space_ = std::vector<char>(most_rows * 32);
  std::pmr::monotonic_buffer_resource texts_{space_.data(), space_.size()};
  std::deque<std::vector<std::string>> data_;
  std::size_t bytes_ = 0;
  texts last_{};
  result<void> end_{};
};

}  // namespace tallymark::detail
