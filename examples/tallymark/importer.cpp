#include "importer.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <type_traits>
#include <vector>

#include <tallymark/ext/detail/cycle_finder.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/record/codec.hpp>

#include "import_queries.hpp"
#include "output.hpp"

namespace tallymark::tool {

namespace {

rejection refused_value(const table& file, const csv_row& row, std::size_t column, std::string_view reason) {
  return {row.line, file.column(column), reason, std::string(file.value(row, column))};
}
rejection refused_value(const table& file, const csv_row& row, std::size_t column, errc why) {
  return refused_value(file, row, column, message(why));
}

template <std::size_t N>
std::size_t column_of(const std::array<known_column, N>& all, std::string_view name) {
  return static_cast<std::size_t>(
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; }) - all.begin());
}

}  // namespace

template <class Stock>
importer<Stock>::importer(Stock& to, rejects& refused, progress& shown)
    : stock_(to), rejects_(refused), progress_(shown), parts_before_(to.parts().size()), batches_before_(to.batches()) {
  if constexpr (durable) names_ = item_names(stock_.journal().handle());
}

// ---- parts ----------------------------------------------------------------------------------------------------------

template <class Stock>
void importer<Stock>::add_parts(table& file) {
  std::vector<csv_row> rows;
  while (file.next()) {
    if (file.unreadable())
      rejects_.add(file, file.row(), *file.unreadable());
    else
      rows.push_back(file.row());
  }
  const auto rejected = add_in_order(file, rows);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rejected[i]) reject(file, rows[i], *rejected[i]);
}

// Adds each part after the one that it is a variant of, in whatever order the rows are.
template <class Stock>
auto importer<Stock>::add_in_order(const table& file, const std::vector<csv_row>& rows)
    -> std::vector<maybe_rejection> {
  by_text<std::size_t> by_key;
  for (std::size_t i = 0; i < rows.size(); ++i) by_key.emplace(trimmed(file.value(rows[i], part_column::part)), i);
  const auto above = [&](std::size_t i) -> std::optional<std::size_t> {
    const auto key = trimmed(file.value(rows[i], part_column::variant_of));
    const auto found = key.empty() ? by_key.end() : by_key.find(key);
    return found == by_key.end() ? std::nullopt : std::optional(found->second);
  };
  std::vector<maybe_rejection> rejected(rows.size());
  std::vector<bool> done(rows.size());
  tallymark::detail::cycle_finder<std::size_t> cycles;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (auto at = cycles.find(i, above); at && !done[*at]; at = above(*at)) {
      rejected[*at] = refused_value(file, rows[*at], part_column::variant_of, errc::part_is_own_ancestor);
      done[*at] = true;
    }
  std::vector<std::size_t> path;  // from a part up to the root, or to one that is done
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (auto at = std::optional(i); at && !done[*at]; at = above(*at)) {
      done[*at] = true;
      path.push_back(*at);
    }
    for (; !path.empty(); path.pop_back()) rejected[path.back()] = add_part(file, rows[path.back()]);
  }
  return rejected;
}

template <class Stock>
auto importer<Stock>::add_part(const table& file, const csv_row& row) -> maybe_rejection {
  namespace column = part_column;
  if (!stopped_.empty()) return std::nullopt;
  const auto key = trimmed(file.value(row, column::part));
  if (const auto checked = validate_text(key); !checked)
    return refused_value(file, row, column::part, checked.error().code);
  const auto flag = trimmed(file.value(row, column::trackable));
  const auto trackable = flag.empty() ? result<bool>(true) : field_codec<bool>::parse(flag);
  if (!trackable) return refused_value(file, row, column::trackable, "this is neither true nor false");
  const auto above = trimmed(file.value(row, column::variant_of));
  part<std::string, part_data> added{.key = std::string(key),
                                     .serials = *trackable ? rule::optional : rule::forbidden,
                                     .data = {std::string(file.value(row, column::name)),
                                              std::string(file.value(row, column::ipn)), file.others(row)}};
  if (!above.empty()) added.variant_of = std::string(above);
  if (same_part_before(added)) {
    ++done_.parts_taken_before;
    return std::nullopt;
  }
  const auto done = stock_.add_part(std::move(added));
  if (done) {
    ++done_.parts;
    return std::nullopt;
  }
  if (done.error().member == "journal") stop(done.error());
  return refused_value(file, row, column_of(column::all, done.error().member), done.error().why.code);
}

// Whether the database had the same part when the import began; each is found once.
template <class Stock>
bool importer<Stock>::same_part_before(const typename Stock::part_type& wanted) {
  const auto index = stock_.parts().find(wanted.key);
  if (!index || *index >= parts_before_ || !found_parts_.insert(*index).second) return false;
  const auto& there = stock_.parts()[*index];
  return there.variant_of == wanted.variant_of && there.serials == wanted.serials && there.batches == wanted.batches &&
         there.issued_here == wanted.issued_here && there.data == wanted.data;
}

// ---- stock ----------------------------------------------------------------------------------------------------------

template <class Stock>
void importer<Stock>::resume(const file_source& from) {
  source_ = from.name();
  digest_ = from.digest();
  read_taken();
}

// Reads which lines of the file have been taken, by whomever.
template <class Stock>
void importer<Stock>::read_taken() {
  if constexpr (durable) {
    auto& log = stock_.journal();
    read_up_to_ = log.last();
    if (digest_.empty()) return;
    taken_ = {};
    const auto names = sources_of(log.handle(), digest_);
    if (!names) return stop(names.error());
    for (const std::string& name : *names)
      if (const auto done = log.origins(name, [&](const origin& each) { taken_.add(each.line, each.lines); }); !done)
        return stop(refusal{done.error(), "journal"});
    taken_.sort();
  }
}

template <class Stock>
void importer<Stock>::add_stock(table& file) {
  while (stopped_.empty()) {
    if (group_ && file.waits()) commit(file);
    if (!file.next()) break;
    ++seen_.rows;
    take(file);
    if (group_ && (seen_.rows - group_begin_ >= most_rows || group_bytes_ >= most_bytes)) commit(file);
    if (seen_.rows % 1024 == 0) progress_.at(durable ? done_.rows : seen_.rows, rejects_.count());
  }
  commit(file);
  if (stopped_.empty()) refuse_waiting(file);
}

template <class Stock>
void importer<Stock>::take(table& file) {
  const csv_row& row = file.row();
  next_->serial.reset();
  if (file.unreadable()) {
    end_run(file);
    return reject(file, row, *file.unreadable());
  }
  if (!taken_.contains(row.line)) {
    if (go_on(file, row)) return;
    end_run(file);
    if (!begin_group()) return;
    if (!taken_.contains(row.line)) return add_row(file, row);  // else by another process, before the group began
  }
  ++seen_.taken_before;
}

// Adds a row, or keeps it until its parent has come or until it is clear how far the run goes that it begins. Adds the
// rows that waited for it.
template <class Stock>
void importer<Stock>::add_row(const table& file, const csv_row& row) {
  const auto item = trimmed(file.value(row, stock_column::item));
  const auto parent = trimmed(file.value(row, stock_column::parent));
  if (!parent.empty() && parent != item && !names_.find(parent)) return wait(file, row, parent);
  group_bytes_ += row.memory();
  if (next_->has_read(row))
    std::swap(run_, next_);
  else
    read_into(*run_, file, row);
  pending_run& run = *run_;
  if (const auto why = read_item(file, run.row, run.wanted)) return reject(file, row, *why);
  if (item.empty() && run.wanted.amount == quantity(1) && run.wanted.serials.empty() && !run.wanted.serial.empty()) {
    run.rows = 1;
    return;
  }
  if (const auto why = add_item(file, run.row, run.wanted, run.serial)) return reject(file, row, *why);
  if (!waiting_.empty() && !item.empty()) release(file, item);
}

// ---- runs of rows ---------------------------------------------------------------------------------------------------

// Whether a row is the next one of the run; nothing else is done for most rows of most files. As long as texts are of one
// length, those that follow one that is spelled as it would be issued are too, so that all rows can be made from the
// first one again.
template <class Stock>
bool importer<Stock>::go_on(const table& file, const csv_row& row) {
  if (run_->rows == 0 || row.line != run_->row.line + run_->rows || !run_->serial ||
      !row.alike(run_->row, file.place(stock_column::serial)))
    return false;
  const auto ordinal = ordinal_in_run(file, row);
  if (!ordinal || *ordinal < run_->rows || *ordinal - run_->rows != (*run_->serial)->ordinal) return false;
  if (run_->rows == 1 && !is_as_issued(file)) return false;
  ++run_->rows;
  return true;
}

// The ordinal of a row's serial number, if it is of the family of the run and that counts.
template <class Stock>
std::optional<std::uint64_t> importer<Stock>::ordinal_in_run(const table& file, const csv_row& row) {
  const family& in_run = (*run_->serial)->family;
  if (!in_run.counts()) return std::nullopt;
  if (!run_->read) run_->read.emplace(stock_.serials().numbers().reader(in_run));
  if (const auto ordinal = (*run_->read)(file.value(row, stock_column::serial))) return ordinal;
  read_into(*next_, file, row);
  if (!next_->serial || (*next_->serial)->family != in_run) return std::nullopt;
  return (*next_->serial)->ordinal;
}

// Whether the serial number of the run's first row is spelled as it would be issued.
template <class Stock>
bool importer<Stock>::is_as_issued(const table& file) const {
  return stock_.serials().numbers().text(**run_->serial) == run_->row[file.place(stock_column::serial)];
}

// Keeps a row as the first one of a run, and reads its serial number.
template <class Stock>
void importer<Stock>::read_into(pending_run& run, const table& file, const csv_row& row) const {
  run.row = row;
  run.serial.reset();
  run.read.reset();
  const auto text = file.value(run.row, stock_column::serial);
  if (text.empty()) return;
  if (const auto serial = stock_.read(text)) run.serial = *serial;
}

template <class Stock>
void importer<Stock>::end_run(const table& file) {
  if (run_->rows > 0) add_rows(file, 0, std::exchange(run_->rows, 0));
}

// Adds rows of the run, from this one on: all at once, or if something is wrong the first half and then the others, so
// that each row that is refused is told, in their order.
template <class Stock>
void importer<Stock>::add_rows(const table& file, std::uint64_t from, std::uint64_t count) {
  if (!stopped_.empty()) return;
  if (count == 1 && from == 0) {
    if (const auto why = add_item(file, run_->row, run_->wanted, run_->serial)) reject(file, run_->row, *why);
    return;
  }
  const serial_number first = **run_->serial;
  new_item wanted = run_->wanted;
  if (count == 1) {
    const std::string serial = stock_.serials().numbers().text({first.family, first.ordinal + from});
    csv_row row = run_->row.with(file.place(stock_column::serial), serial);
    row.line += from;
    wanted.serial = trimmed(file.value(row, stock_column::serial));
    if (const auto why = add_item(file, row, wanted)) reject(file, row, *why);
    return;
  }
  wanted.serial = {};
  wanted.serials.add(run{first.family, first.ordinal + from, count});
  wanted.amount = count;
  wanted.from = {source_, run_->row.line + from, count};
  if (const auto made = group_->add(wanted)) return count_in(wanted, *made);
  add_rows(file, from, count / 2);
  add_rows(file, from + count / 2, count - count / 2);
}

// ---- rows that wait for their parents -------------------------------------------------------------------------------

template <class Stock>
void importer<Stock>::wait(const table& file, const csv_row& row, std::string_view parent) {
  if (waiting_bytes_ + row.memory() > most_waiting)
    return reject(file, row, refused_value(file, row, stock_column::parent, "the parent comes too late in the file"));
  waiting_bytes_ += row.memory();
  waiting_[std::string(parent)].push_back(row);
}

// Adds the rows that waited for an item, and those that waited for them.
template <class Stock>
void importer<Stock>::release(const table& file, std::string_view item) {
  std::vector<std::string> arrived{std::string(item)};
  while (!arrived.empty()) {
    const auto found = names_.find(arrived.back()) ? waiting_.find(arrived.back()) : waiting_.end();
    arrived.pop_back();
    if (found == waiting_.end()) continue;
    const std::vector<csv_row> rows = std::move(found->second);
    waiting_.erase(found);
    for (const csv_row& each : rows) {
      waiting_bytes_ -= each.memory();
      group_bytes_ += each.memory();
      if (taken_.contains(each.line)) {
        ++seen_.taken_before;
        continue;
      }
      new_item wanted;
      auto why = read_item(file, each, wanted);
      if (!why) why = add_item(file, each, wanted);
      if (why)
        reject(file, each, *why);
      else
        arrived.emplace_back(trimmed(file.value(each, stock_column::item)));
    }
  }
}

template <class Stock>
void importer<Stock>::refuse_waiting(const table& file) {
  std::vector<csv_row> rows;
  for (auto& [parent, waiting] : waiting_) std::move(waiting.begin(), waiting.end(), std::back_inserter(rows));
  std::sort(rows.begin(), rows.end(), [](const csv_row& a, const csv_row& b) { return a.line < b.line; });
  for (const csv_row& row : rows) reject(file, row, refused_value(file, row, stock_column::parent, errc::unknown_item));
  waiting_.clear();
}

// ---- items ----------------------------------------------------------------------------------------------------------

// Precondition: a group has begun.
template <class Stock>
auto importer<Stock>::add_item(const table& file, const csv_row& row, new_item& wanted,
                               const std::optional<read_serial>& serial) -> maybe_rejection {
  namespace column = stock_column;
  wanted.from = {source_, row.line, 1};
  const auto made = serial ? group_->add(wanted, *serial) : group_->add(wanted);
  if (!made) {
    const refusal& why = made.error();
    if (why.member == "journal") stop(why);
    std::size_t at = column_of(column::all, why.member);
    if (at == column::serial && !wanted.serials.empty()) at = column::serials;
    auto rejected = refused_value(file, row, at, why.why.code);
    if (!why.met.empty()) {
      const auto& first = why.met.front().serials;
      rejected.value = stock_.serials().numbers().text(first.at(0));
      if (first.serials() > 1)
        rejected.value.append(" - ").append(stock_.serials().numbers().text(first.at(first.serials() - 1)));
    }
    return rejected;
  }
  if (!wanted.data.name.empty()) names_.add(wanted.data.name, made->first);
  count_in(wanted, *made);
  return std::nullopt;
}

template <class Stock>
void importer<Stock>::count_in(const new_item& wanted, const items& made) {
  seen_.items += made.count;
  if (wanted.serial.empty() && wanted.serials.empty()) return;
  seen_.serials += made.count;
  if (!numbered_.contains(wanted.part)) numbered_.emplace(wanted.part);
}

// The values of a row as the library wants them.
template <class Stock>
auto importer<Stock>::read_item(const table& file, const csv_row& row, new_item& wanted) -> maybe_rejection {
  namespace column = stock_column;
  wanted = {};
  const auto value = [&](std::size_t i) { return trimmed(file.value(row, i)); };
  const auto item = value(column::item);
  if (!item.empty()) {
    if (const auto checked = validate_text(item); !checked)
      return refused_value(file, row, column::item, checked.error().code);
    if (names_.find(item)) return refused_value(file, row, column::item, errc::item_exists);
  }
  wanted.data.name = item;
  wanted.data.others = file.others(row);
  wanted.part = value(column::part);
  wanted.batch = value(column::batch);
  const auto amount = quantity::parse(file.value(row, column::quantity));
  if (!amount) return refused_value(file, row, column::quantity, amount.error().code);
  wanted.amount = *amount;
  if (const auto parent = value(column::parent); !parent.empty()) {
    if (parent == item) return refused_value(file, row, column::parent, errc::item_is_own_ancestor);
    wanted.parent = names_.find(parent);
  }
  if (const auto expiry = value(column::expiry_date); !expiry.empty()) {
    const auto day = parse_date(expiry);
    if (!day) return refused_value(file, row, column::expiry_date, day.error().code);
    wanted.expiry = *day;
  }
  return read_serials(file, row, wanted);
}

template <class Stock>
auto importer<Stock>::read_serials(const table& file, const csv_row& row, new_item& wanted) const -> maybe_rejection {
  namespace column = stock_column;
  wanted.serial = trimmed(file.value(row, column::serial));
  const std::string_view expression = file.value(row, column::serials);
  if (trimmed(expression).empty()) return std::nullopt;
  if (!wanted.serial.empty())
    return refused_value(file, row, column::serials, "a row has either one serial number or an expression");
  const auto whole = wanted.amount.whole();
  if (!whole) return refused_value(file, row, column::quantity, errc::quantity_not_whole);
  if (*whole == 0) return refused_value(file, row, column::quantity, errc::zero_quantity);
  const auto free = stock_.next_of(wanted.part);
  if (!free) return refused_value(file, row, column::part, free.error().why.code);
  auto expanded = strict_expression{}.expand(expression, *whole, stock_.serials().numbers(), *free);
  if (!expanded) {
    const failure& why = expanded.errors.front();
    auto rejected = refused_value(file, row, column::serials, why.code);
    if (why.length > 0 && why.at < expression.size()) rejected.value = expression.substr(why.at, why.length);
    return rejected;
  }
  wanted.serials = std::move(expanded.serials);
  return std::nullopt;
}

// ---- groups ---------------------------------------------------------------------------------------------------------

template <class Stock>
bool importer<Stock>::begin_group() {
  if (group_) return true;
  auto begun = stock_.receive();
  if (!begun) {
    stop(begun.error());
    return false;
  }
  group_.emplace(std::move(*begun));
  group_begin_ = seen_.rows - 1;
  group_bytes_ = 0;
  if constexpr (durable)
    if (stock_.journal().last() != read_up_to_) read_taken();  // others may have imported the same file
  return stopped_.empty();
}

// Makes everything durable that was added. If that fails, nothing of the group has happened.
template <class Stock>
void importer<Stock>::commit(const table& file) {
  end_run(file);
  if (group_ && stopped_.empty()) {
    if (const auto done = group_->commit(); !done)
      stop(done.error());
    else
      names_.committed();
  }
  group_.reset();
  if (!stopped_.empty()) return;
  if constexpr (durable) read_up_to_ = stock_.journal().last();
  seen_.line = file.row().line;
  seen_.parts = done_.parts;
  seen_.parts_taken_before = done_.parts_taken_before;
  seen_.batches = stock_.batches() - batches_before_;
  done_ = seen_;
}

template <class Stock>
void importer<Stock>::reject(const table& file, const csv_row& row, const rejection& why) {
  if (stopped_.empty() && !names_.error().empty()) stop(names_.error());
  if (stopped_.empty()) rejects_.add(file, row, why);  // else that may be the reason, and not the row
}

template <class Stock>
void importer<Stock>::stop(const refusal& why) {
  std::string text(message(why.why.code));
  if constexpr (durable)
    if (const std::string_view more = stock_.journal().message(); !more.empty()) text.append(": ").append(more);
  stop(text);
}

template <class Stock>
void importer<Stock>::stop(std::string_view why) {
  if (stopped_.empty()) stopped_ = why;
}

template <class Stock>
import_totals importer<Stock>::totals() const {
  import_totals out = done_;
  // in the order of the parts: the root or the part that stands for the scope, and a part in it that has serial numbers
  std::map<std::uint32_t, std::uint32_t> scopes;
  const auto add = [&](std::uint32_t part) { scopes[per_part ? part : stock_.parts().root(part)] = part; };
  for (const std::string& key : numbered_) add(*stock_.parts().find(key));
  if constexpr (durable)
    for (const std::uint32_t part : numbered_parts(stock_.journal().handle())) add(part);
  for (const auto& [scope, part] : scopes) {
    const auto next = stock_.next_serial(stock_.parts()[part].key);
    out.next.emplace_back(stock_.parts()[scope].key, next ? std::optional(*next) : std::nullopt);
  }
  return out;
}

template class importer<memory_stock<unique_per_part_tree>>;
template class importer<memory_stock<unique_per_part>>;
template class importer<memory_stock<unique_globally>>;
template class importer<durable_stock<unique_per_part_tree>>;
template class importer<durable_stock<unique_per_part>>;
template class importer<durable_stock<unique_globally>>;

}  // namespace tallymark::tool
