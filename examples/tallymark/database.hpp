// A database of stock as the commands see it, whatever its scope.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tallymark/expression/expansion.hpp>
#include <tallymark/ext/result.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/journal/sqlite.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/stock/item.hpp>
#include <tallymark/stock/part_tree.hpp>

#include "stock_data.hpp"

struct sqlite3;

namespace tallymark {
enum class adjustment : std::uint8_t;
}

namespace tallymark::tool {

/// How the stock of the tool reads, writes and counts serial numbers.
using stock_numbers = numbering<text_serial<>, step<1>>;
inline constexpr stock_numbers numbers_of_stock{};

/// The stock in a database, for commands that read, whatever policies wrote it.
class database {
 public:
  using item_type = tallymark::item<std::string, item_data>;
  using parts_type = part_tree<std::string, part_data>;
  template <class Value>
  using answer = result<Value, refusal>;

  database(const database&) = delete;
  database& operator=(const database&) = delete;
  virtual ~database() = default;

  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  /// Closes the file.
  virtual void close() noexcept = 0;
  /// What SQLite said to what failed last.
  [[nodiscard]] virtual std::string message() = 0;
  [[nodiscard]] virtual sqlite3* handle() = 0;

  [[nodiscard]] virtual const parts_type& parts() const = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  [[nodiscard]] virtual std::size_t batches() const = 0;
  /// The number of items that have or had a serial number.
  [[nodiscard]] virtual std::uint64_t serials() const = 0;
  /// How many of them the tool cannot spell: they lie within runs, and it does not have the scheme that wrote them.
  [[nodiscard]] virtual std::uint64_t unspelled() const { return 0; }
  /// Its serial number is an empty text where the tool cannot spell it.
  [[nodiscard]] virtual std::optional<item_type> get(item_id id) const = 0;
  /// The items that have a serial number, or had it when they were removed, in all scopes.
  [[nodiscard]] virtual std::vector<item_id> holders(std::string_view serial) const = 0;
  [[nodiscard]] virtual std::vector<items> trace(std::string_view batch) const = 0;
  [[nodiscard]] virtual answer<std::vector<entry>> history(item_id id) = 0;

  /// A number that parts have in common if their serial numbers differ.
  [[nodiscard]] virtual std::uint32_t scope(std::uint32_t part) const = 0;
  /// The taken runs in the scope of a part. The texts of the families live as long as the database.
  virtual void for_each_run(std::uint32_t part,
                            const std::function<void(const family&, const held_run&)>& visit) const = 0;

 protected:
  explicit database(const std::string& file) : file_(file) {}

 private:
  std::string file_;
};

/// The stock in a database whose policies the tool has, too. Commands are compiled once and not for each scope: these
/// calls are those of tallymark::stock, which see.
class stock_database : public database {
 public:
  /// The serial numbers that a strict expression names; `~` are the next ones of the part.
  [[nodiscard]] virtual answer<expansion> expand(std::string_view part, std::string_view text,
                                                 std::uint64_t quantity) const = 0;

  virtual answer<items> serialize(item_id from, std::uint64_t count) = 0;
  virtual answer<items> serialize(item_id from, const run_list& serials) = 0;
  virtual answer<item_id> split(item_id from, quantity amount) = 0;
  virtual answer<void> merge(item_id into, std::span<const item_id> from) = 0;
  virtual answer<void> adjust(item_id which, adjustment how, quantity amount) = 0;
  virtual answer<void> remove(item_id which) = 0;

 protected:
  using database::database;
};

/// Closes the file, but leaves the memory to the end of the process, which follows: to take millions of serial numbers
/// apart takes seconds.
struct closing {
  void operator()(database* of) const noexcept;
};
template <class Database>
using database_ptr = std::unique_ptr<Database, closing>;

/// Opens a database for reading: any journal of stock, and nothing of it changes. If that fails, the reason has been
/// said, and the code to exit with is the error.
[[nodiscard]] result<database_ptr<database>, int> open_to_read(const std::string& file);
/// Opens a database for changes, if the tool has the policies that wrote it; else nothing of it changes.
[[nodiscard]] result<database_ptr<stock_database>, int> open_to_change(const std::string& file);

/// Whether there is something else than a file, which might keep its reader waiting, as a pipe does.
[[nodiscard]] bool is_no_file(const std::string& path);

/// Says why a database cannot be opened. The code to exit with.
int complain_about(const std::string& file, errc why, std::string_view more = {});

/// Calls `use` with the scope policy of this name, as std::type_identity. None if the tool does not have it.
template <class Use>
auto with_scope(std::string_view policy, Use&& use)
    -> std::optional<decltype(use(std::type_identity<unique_globally>()))> {
  if (policy == policy_name<unique_per_part_tree>()) return use(std::type_identity<unique_per_part_tree>());
  if (policy == policy_name<unique_per_part>()) return use(std::type_identity<unique_per_part>());
  if (policy == policy_name<unique_globally>()) return use(std::type_identity<unique_globally>());
  return std::nullopt;
}
/// Says why the tool does not change what these policies wrote, if it is so: it has other ones. Null: it may.
[[nodiscard]] std::optional<int> complain_about_policies(const std::string& file, const journal_policies& wrote);
/// Makes what the names of items are found by, unless it is there. Errors: journal_busy, journal_read_only,
/// journal_full, journal_failed. O(items) the first time.
result<void> make_name_index(sqlite3* handle);

/// The first item of the row of a file that called it so.
struct named_item {
  item_id first = no_item;
  bool many = false;  ///< the row became several items

  friend bool operator==(const named_item&, const named_item&) = default;
};
/// What a name stands for; none if no item has it. O(log n) with the index. Errors: journal_unreadable.
[[nodiscard]] result<std::optional<named_item>> find_name(sqlite3* handle, std::string_view name);

/// The item that a user means: `#12` or `12` is an id, anything else, and digits that are one, a name. None: the reason
/// has been said.
[[nodiscard]] std::optional<item_id> find_item(database& in, std::string_view text);

/// Items that once had a serial number and were given another one, or none.
[[nodiscard]] std::vector<item_id> former_holders(sqlite3* handle, std::string_view serial);

/// Visits the blocks of a database that these items are in, or the parts of them: `visit(items)`. O(log n + blocks).
void for_each_block(sqlite3* handle, items which, const std::function<void(items)>& visit);

/// Says why something was refused, with all conflicts; `value` is what was given. The code to exit with.
int complain(database& in, const refusal& why, std::string_view value);

}  // namespace tallymark::tool
