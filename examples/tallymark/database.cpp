#include "database.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include <tallymark/expression/strict.hpp>
#include <tallymark/journal/sqlite.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/stock/stock.hpp>

#include "output.hpp"
#include "query.hpp"

namespace tallymark::tool {

namespace {

// ---- SQL ------------------------------------------------------------------------------------------------------------

bool done(sqlite3* handle, const char* sql) {
  return sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

// ---- the stock ------------------------------------------------------------------------------------------------------

template <class Scope>
class database_of final : public database {
  using set = policies<Scope, sqlite_journal>;
  using stock_type = stock<set, std::string, part_data, item_data>;
  static_assert(std::is_same_v<typename stock_type::registry_type::numbers_type, stock_numbers>);

 public:
  database_of(const std::string& file, const sqlite_journal& journal) : database(file), stock_(set{journal}) {}

  [[nodiscard]] answer<void> open() { return stock_.open(); }
  void close() noexcept override { stock_.close(); }
  [[nodiscard]] std::string message() override { return std::string(stock_.journal().message()); }
  [[nodiscard]] sqlite3* handle() override { return stock_.journal().handle(); }

  [[nodiscard]] const parts_type& parts() const override { return stock_.parts(); }
  [[nodiscard]] std::uint64_t size() const override { return stock_.size(); }
  [[nodiscard]] std::size_t batches() const override { return stock_.batches(); }
  [[nodiscard]] std::optional<item_type> get(item_id id) const override { return stock_.get(id); }
  [[nodiscard]] std::optional<item_id> find(std::string_view part, std::string_view serial) const override {
    return stock_.find(part, serial);
  }
  void for_each(const std::function<void(items, const item_type&)>& visit) const override { stock_.for_each(visit); }
  [[nodiscard]] std::vector<items> trace(std::string_view batch) const override { return stock_.trace(batch); }
  [[nodiscard]] answer<std::vector<entry>> history(item_id id) override { return stock_.history(id); }

  [[nodiscard]] std::uint32_t scope(std::uint32_t part) const override {
    if constexpr (std::is_same_v<Scope, unique_globally>)
      return 0;
    else
      return Scope{}.key(stock_.parts().place(part));
  }
  void for_each_run(std::uint32_t part,
                    const std::function<void(const family&, const held_run&)>& visit) const override {
    stock_.serials().for_each(stock_.parts().place(part), visit);
  }
  [[nodiscard]] answer<expansion> expand(std::string_view part, std::string_view text,
                                         std::uint64_t quantity) const override {
    const auto free = stock_.next_of(part);
    if (!free) return unexpected<refusal>(free.error());
    return strict_expression{}.expand(text, quantity, stock_.serials().numbers(), *free);
  }

  answer<items> serialize(item_id from, std::uint64_t count) override { return stock_.serialize(from, count); }
  answer<items> serialize(item_id from, const run_list& serials) override { return stock_.serialize(from, serials); }
  answer<item_id> split(item_id from, quantity amount) override { return stock_.split(from, amount); }
  answer<void> merge(item_id into, std::span<const item_id> from) override { return stock_.merge(into, from); }
  answer<void> adjust(item_id which, adjustment how, quantity amount) override {
    return stock_.adjust(which, how, amount);
  }
  answer<void> remove(item_id which) override { return stock_.remove(which); }

 private:
  stock_type stock_;
};

template <class Scope>
result<database_ptr, int> open_as(const std::string& file, const sqlite_journal& journal) {
  auto* const made = new database_of<Scope>(file, journal);
  database_ptr kept(made);
  if (const auto opened = made->open(); !opened) return unexpected<int>(complain_about(file, opened.error().why.code));
  return kept;
}

}  // namespace

void closing::operator()(database* of) const noexcept {
  static std::vector<const database*> closed;  // they are not lost
  of->close();
  closed.push_back(of);
}

int complain_about(const std::string& file, errc why, std::string_view more) {
  say("tallymark: {}: {}{}{}\n", file, message(why), more.empty() ? "" : ": ", more);
  return why == errc::journal_missing || why == errc::journal_unreadable ? usage : refused;
}

bool is_no_file(const std::string& path) {
  std::error_code unknown;
  const auto kind = std::filesystem::status(path, unknown).type();
  return kind != std::filesystem::file_type::regular && kind != std::filesystem::file_type::not_found &&
         kind != std::filesystem::file_type::none;
}

result<database_ptr, int> open_database(const std::string& file, access how) {
  if (is_no_file(file)) return unexpected<int>(complain_about(file, errc::journal_unreadable));
  sqlite_options options;
  options.create = false;
  options.read_only = how == access::read;
  const sqlite_journal journal(file, options);
  std::string scope;
  {
    auto log = journal.open(member_names<part_data>, member_names<item_data>);
    if (!log) return unexpected<int>(complain_about(file, log.error().code));
    scope = scope_of(log->handle());
    if (how == access::write)
      if (const auto indexed = make_name_index(log->handle()); !indexed)
        return unexpected<int>(complain_about(file, indexed.error().code));
  }
  if (scope == "part") return open_as<unique_per_part>(file, journal);
  if (scope == "global") return open_as<unique_globally>(file, journal);
  return open_as<unique_per_part_tree>(file, journal);
}

std::string scope_of(sqlite3* handle) {
  query row(handle, "SELECT value FROM tool WHERE key = 'scope'");
  return row.next() ? row.text(0) : std::string();
}

bool keep_scope(sqlite3* handle, std::string_view scope) {
  if (!done(handle, "CREATE TABLE IF NOT EXISTS tool(key TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID"))
    return false;
  query row(handle, "INSERT INTO tool VALUES ('scope', ?1) ON CONFLICT DO NOTHING");
  return !row.bind(1, scope).next() && !row.failed();
}

result<void> make_name_index(sqlite3* handle) {
  if (done(handle, "CREATE INDEX IF NOT EXISTS item_names ON items(data_name) WHERE data_name IS NOT NULL")) return {};
  switch (sqlite3_errcode(handle)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return fail(errc::journal_busy);
    case SQLITE_READONLY: return fail(errc::journal_read_only);
    case SQLITE_FULL: return fail(errc::journal_full);
    default: return fail(errc::journal_failed);
  }
}

result<std::optional<named_item>> find_name(sqlite3* handle, std::string_view name) {
  // what was split or serialized from an item has the same name: the first one is that of the file, and the units of a
  // row follow it with the same parent
  query row(handle, "SELECT first, count, ifnull(parent, 0) FROM items WHERE data_name = ?1 ORDER BY first LIMIT 2");
  row.bind(1, name);
  if (!row.next()) {
    if (row.failed()) return fail(errc::journal_unreadable);
    return std::nullopt;
  }
  named_item found{row.number(0), row.number(1) > 1};
  const std::uint64_t after = found.first + row.number(1), parent = row.number(2);
  found.many = found.many || (row.next() && row.number(0) == after && row.number(2) == parent);
  return found;
}

std::optional<item_id> find_item(database& in, std::string_view text) {
  const std::string_view name = trimmed(text), digits = name.substr(name.starts_with('#') ? 1 : 0);
  item_id id = no_item;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  const bool is_id = error == std::errc{} && end == digits.data() + digits.size();
  if (!is_id || digits == name) {
    const auto named = find_name(in.handle(), name);
    if (!named) {
      complain_about(in.file(), named.error().code);
      return std::nullopt;
    }
    if (*named && (*named)->many) {
      say("tallymark: ITEM: '{}' is the name of several stock items, from #{} on; say which of them\n", shown(name),
          (*named)->first);
      return std::nullopt;
    }
    if (*named) return (*named)->first;
  }
  if (is_id && in.get(id)) return id;
  say("tallymark: ITEM: {}: '{}'\n", message(errc::unknown_item), shown(text));
  return std::nullopt;
}

std::vector<item_id> former_holders(sqlite3* handle, std::string_view serial) {
  std::vector<item_id> out;
  query row(handle, "SELECT DISTINCT item FROM history WHERE what = 'serial_changed' AND before = ?1 ORDER BY item");
  for (row.bind(1, serial); row.next();) out.push_back(row.number(0));
  return out;
}

void for_each_block(sqlite3* handle, items which, const std::function<void(items)>& visit) {
  query row(handle,
            "SELECT first, count FROM items WHERE first >= (SELECT max(first) FROM items WHERE first <= ?1) AND first "
            "<= ?2 ORDER BY first");
  for (row.bind(1, which.first).bind(2, which.last()); row.next();) {
    const item_id begin = std::max(row.number(0), which.first);
    const item_id last = std::min(row.number(0) + row.number(1) - 1, which.last());
    visit({begin, last - begin + 1});
  }
}

int complain(database& in, const refusal& why, std::string_view value) {
  if (why.member == "journal") {
    complain_about(in.file(), why.why.code, in.message());
    return refused;
  }
  const std::string_view separator = value.empty() ? "" : ": ";
  say("tallymark: {}: {}{}{}\n", why.member, message(why.why.code), separator, shown(value));
  for (const conflict& met : why.met) {
    const std::uint64_t count = met.serials.serials();
    std::string text = shown(numbers_of_stock.text(met.serials.at(0)), 100);
    if (count > 1) text += fmt::format(" - {}", shown(numbers_of_stock.text(met.serials.at(count - 1)), 100));
    if (met.item != no_item) text += fmt::format(", held by #{}", met.item);
    if (met.item != no_item && count > 1) text += fmt::format(" - #{}", met.item + count - 1);
    say("  {}: {}\n", text, message(met.why));
  }
  return refused;
}

}  // namespace tallymark::tool
