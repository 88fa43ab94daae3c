// A database of stock as its rows record it, whatever policies wrote it: for commands that only read.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/journal/sqlite.hpp>
#include <tallymark/stock/rows.hpp>

#include "database.hpp"
#include "item_names.hpp"

namespace tallymark::tool {

struct serial_calls;

/// Reads all rows of a journal and answers out of memory. Serial numbers within a run are spelled where the ends of the
/// run are decimal, or the tool knows the scheme that wrote them.
class recorded_database final : public database {
 public:
  recorded_database(const std::string& file, sqlite_log log, journal_policies policies);

  /// Reads the file. The error is that of the journal.
  [[nodiscard]] result<void> read();

  void close() noexcept override { log_.reset(); }
  [[nodiscard]] std::string message() override { return log_ ? log_->message() : std::string(); }
  [[nodiscard]] sqlite3* handle() override { return log_->handle(); }

  [[nodiscard]] const parts_type& parts() const override { return parts_; }
  [[nodiscard]] std::uint64_t size() const override { return next_item() - 1; }
  [[nodiscard]] std::size_t batches() const override { return codes_.size() - 1; }
  [[nodiscard]] std::optional<item_type> get(item_id id) const override;
  [[nodiscard]] std::vector<item_id> holders(std::string_view serial) const override;
  [[nodiscard]] std::uint64_t serials() const override;
  [[nodiscard]] std::uint64_t unspelled() const override;
  [[nodiscard]] std::vector<items> trace(std::string_view batch) const override;
  [[nodiscard]] answer<std::vector<entry>> history(item_id id) override;
  [[nodiscard]] std::uint32_t scope(std::uint32_t part) const override { return scopes_[part]; }
  void for_each_run(std::uint32_t part,
                    const std::function<void(const family&, const held_run&)>& visit) const override;

  // ---- taking rows

  result<void> part(const part_row& row);
  result<void> stale(items) { return {}; }
  result<void> item(const item_row& row);
  result<void> reserved(std::span<const reserved_row>) { return {}; }
  result<void> sequence(const sequence_row&) { return {}; }
  result<void> counter(const counter_row&) { return {}; }
  result<void> changed(const entry& row);

  // ---- for the rules of rows

  [[nodiscard]] item_id next_item() const { return blocks_.empty() ? 1 : blocks_.back().which.last() + 1; }
  [[nodiscard]] std::pair<item_id, item_id> block_of(item_id id) const;

 private:
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  struct block {
    items which{};
    std::uint32_t part = 0;
    std::uint32_t batch = 0;  // an index of codes_
    quantity amount{};
    item_id parent = no_item;
    std::optional<date> expiry{};
    bool removed = false;
    std::uint32_t family = none;  // an index of families_, if it has serial numbers
    std::uint32_t texts = none;   // an index of texts_, if they are not decimal
    std::uint64_t ordinal = 0;
    std::uint64_t stride = 1;
    item_data data{};

    [[nodiscard]] std::uint64_t at(std::uint64_t n) const { return ordinal + n * stride; }
    [[nodiscard]] std::uint64_t last() const { return at(which.count - 1); }
    // whether an ordinal is one of those of the items
    [[nodiscard]] bool has(std::uint64_t one) const {
      return ordinal <= one && one <= last() && (one - ordinal) % stride == 0;
    }
  };

  [[nodiscard]] const block& find_block(item_id id) const;
  [[nodiscard]] std::uint32_t number_of_code(std::string_view code);
  [[nodiscard]] std::uint32_t number_of_family(const family& of);
  void find_scopes();
  // how an item's serial number is spelled; empty if that is not known
  [[nodiscard]] std::string spelled(const block& of, item_id id) const;
  // the item of a block that has a serial number
  [[nodiscard]] std::optional<item_id> holder(const block& of, std::string_view serial,
                                              const std::optional<serial_number>& known) const;

  std::optional<sqlite_log> log_;
  journal_policies policies_;
  const serial_calls* scheme_ = nullptr;  // that wrote the serial numbers, if the tool knows it
  parts_type parts_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> variants_;
  std::vector<std::uint32_t> scopes_;     // of parts
  std::vector<std::string> scope_texts_;  // of parts, as items of theirs have it
  std::vector<block> blocks_;
  std::vector<std::string> codes_{{}};  // of batches; the first means no batch
  by_text<std::uint32_t> code_numbers_;
  std::vector<std::pair<std::uint32_t, items>> former_codes_;  // batch codes that items carried before
  std::set<std::string, std::less<>> family_texts_;
  std::vector<family> families_;
  by_text<std::uint32_t> family_numbers_;                   // by all that a family consists of
  std::vector<std::pair<std::string, std::string>> texts_;  // the first and last serial numbers of blocks
};

}  // namespace tallymark::tool
