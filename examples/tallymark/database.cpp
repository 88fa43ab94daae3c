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
#include <tallymark/journal/sqlite/statement.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/stock/stock.hpp>

#include "output.hpp"
#include "recorded.hpp"

namespace tallymark::tool {

namespace {

// ---- SQL ------------------------------------------------------------------------------------------------------------

bool done(sqlite3* handle, const char* sql) {
  return sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

// ---- the stock ------------------------------------------------------------------------------------------------------

template <class Scope>
class database_of final : public stock_database {
  using set = policies<Scope, sqlite_journal>;
  using stock_type = stock<set, std::string, part_data, item_data>;
  static_assert(std::is_same_v<typename stock_type::registry_type::numbers_type, stock_numbers>);

 public:
  database_of(const std::string& file, const sqlite_journal& journal) : stock_database(file), stock_(set{journal}) {}

  [[nodiscard]] answer<void> open() { return stock_.open(); }
  void close() noexcept override { stock_.close(); }
  [[nodiscard]] std::string message() override { return std::string(stock_.journal().message()); }
  [[nodiscard]] sqlite3* handle() override { return stock_.journal().handle(); }

  [[nodiscard]] const parts_type& parts() const override { return stock_.parts(); }
  [[nodiscard]] std::uint64_t size() const override { return stock_.size(); }
  [[nodiscard]] std::size_t batches() const override { return stock_.batches(); }
  [[nodiscard]] std::optional<item_type> get(item_id id) const override { return stock_.get(id); }
  [[nodiscard]] std::uint64_t serials() const override {
    std::uint64_t count = 0;
    stock_.for_each([&](items which, const item_type& first) {
      if (first.serialized()) count += which.count;
    });
    return count;
  }
  [[nodiscard]] std::vector<item_id> holders(std::string_view serial) const override {
    std::vector<item_id> out;
    for (std::uint32_t i = 0; i < parts().size(); ++i)
      if (const auto item = stock_.find(parts()[i].key, serial)) out.push_back(*item);
    return out;
  }
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
result<database_ptr<stock_database>, int> open_as(const std::string& file, const sqlite_journal& journal) {
  auto* const stock = new database_of<Scope>(file, journal);
  database_ptr<stock_database> kept(stock);
  if (const auto opened = stock->open(); !opened) return unexpected<int>(complain_about(file, opened.error().why.code));
  if (const auto indexed = make_name_index(stock->handle()); !indexed)
    return unexpected<int>(complain_about(file, indexed.error().code));
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

result<database_ptr<database>, int> open_to_read(const std::string& file) {
  if (is_no_file(file)) return unexpected<int>(complain_about(file, errc::journal_unreadable));
  sqlite_options options;
  options.create = false;
  options.read_only = true;
  const sqlite_journal journal(file, options);
  constexpr std::string_view wanted[] = {"name"};
  auto log = journal.open({.item_members = wanted});
  if (!log) return unexpected<int>(complain_about(file, log.error().code));
  journal_policies wrote = log->written_by();
  auto* const recorded = new recorded_database(file, std::move(*log), std::move(wrote));
  database_ptr<database> kept(recorded);
  if (const auto read = recorded->read(); !read) return unexpected<int>(complain_about(file, read.error().code));
  return kept;
}

result<database_ptr<stock_database>, int> open_to_change(const std::string& file) {
  if (is_no_file(file)) return unexpected<int>(complain_about(file, errc::journal_unreadable));
  sqlite_options options;
  options.create = false;
  const sqlite_journal journal(file, options);
  const auto wrote = journal.written_by();
  if (!wrote) return unexpected<int>(complain_about(file, wrote.error().code));
  if (const auto code = complain_about_policies(file, *wrote)) return unexpected<int>(*code);
  const std::string scope = wrote->scope.empty() ? policy_name<unique_per_part_tree>() : wrote->scope;
  return std::move(
      *with_scope(scope, [&]<class Scope>(std::type_identity<Scope>) { return open_as<Scope>(file, journal); }));
}

std::optional<int> complain_about_policies(const std::string& file, const journal_policies& wrote) {
  const std::string serials = policy_name<text_serial<>>();
  if (!wrote.serials.empty() && wrote.serials != serials) {
    say("tallymark: {}: {}: its serial numbers are those of '{}', and this command writes those of '{}'\n", file,
        message(errc::journal_other_policies), shown(wrote.serials, 200), serials);
    return refused;
  }
  if (wrote.scope.empty() || with_scope(wrote.scope, [](auto) { return true; })) return std::nullopt;
  say("tallymark: {}: {}: its serial numbers are unique within the scope '{}', and this command knows '{}', '{}' and "
      "'{}'\n",
      file, message(errc::journal_other_policies), shown(wrote.scope, 200), policy_name<unique_per_part_tree>(),
      policy_name<unique_per_part>(), policy_name<unique_globally>());
  return refused;
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
  sqlite_statement named("SELECT 1 FROM pragma_table_info('items') WHERE name = 'data_name'");
  int code = named.ready(handle);
  if (code == SQLITE_OK && (code = named.step()) == SQLITE_DONE) return std::nullopt;  // a stock without names
  sqlite_statement row("SELECT first, count, ifnull(parent, 0) FROM items WHERE data_name = ?1 ORDER BY first LIMIT 2");
  if (code == SQLITE_ROW) code = row.ready(handle);
  if (code != SQLITE_OK) return fail(errc::journal_unreadable);
  row.text(1, name);
  code = row.step();
  if (code == SQLITE_DONE) return std::nullopt;
  if (code != SQLITE_ROW) return fail(errc::journal_unreadable);
  named_item found{static_cast<item_id>(row.integer(0)), row.integer(1) > 1};
  const std::int64_t after = row.integer(0) + row.integer(1), parent = row.integer(2);
  found.many = found.many || (row.step() == SQLITE_ROW && row.integer(0) == after && row.integer(2) == parent);
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
  sqlite_statement row("SELECT DISTINCT item FROM history WHERE what = 'serial_changed' AND before = ?1 ORDER BY item");
  if (row.ready(handle) != SQLITE_OK) return out;
  for (row.text(1, serial); row.step() == SQLITE_ROW;) out.push_back(static_cast<item_id>(row.integer(0)));
  return out;
}

void for_each_block(sqlite3* handle, items which, const std::function<void(items)>& visit) {
  sqlite_statement row(
      "SELECT first, count FROM items WHERE first >= (SELECT max(first) FROM items WHERE first <= ?1) AND first <= ?2 "
      "ORDER BY first");
  if (row.ready(handle) != SQLITE_OK) return;
  row.integer(1, static_cast<std::int64_t>(which.first));
  row.integer(2, static_cast<std::int64_t>(which.last()));
  while (row.step() == SQLITE_ROW) {
    const auto first = static_cast<item_id>(row.integer(0)), count = static_cast<item_id>(row.integer(1));
    const item_id begin = std::max(first, which.first);
    const item_id last = std::min(first + count - 1, which.last());
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
