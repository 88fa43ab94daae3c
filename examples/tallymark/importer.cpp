#include "importer.hpp"

#include <algorithm>
#include <type_traits>

#include <tallymark/policy/record.hpp>
#include <tallymark/policy/text.hpp>

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

// ---- parts ----------------------------------------------------------------------------------------------------------

template <class Scope>
void importer<Scope>::add_parts(table& file) {
  std::vector<csv_row> rows;
  while (file.next()) {
    if (file.unreadable())
      rejects_.add(file, file.row(), *file.unreadable());
    else
      rows.push_back(file.row());
  }
  const auto rejected = add_in_order(file, rows);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rejected[i]) rejects_.add(file, rows[i], *rejected[i]);
}

// Adds each part after the one that it is a variant of, in whatever order the rows are.
template <class Scope>
auto importer<Scope>::add_in_order(const table& file, const std::vector<csv_row>& rows)
    -> std::vector<maybe_rejection> {
  by_text<std::size_t> by_key;
  for (std::size_t i = 0; i < rows.size(); ++i) by_key.emplace(trimmed(file.value(rows[i], part_column::part)), i);
  const auto above = [&](std::size_t i) -> std::optional<std::size_t> {
    const auto key = trimmed(file.value(rows[i], part_column::variant_of));
    const auto found = key.empty() ? by_key.end() : by_key.find(key);
    return found == by_key.end() ? std::nullopt : std::optional(found->second);
  };
  enum class state : std::uint8_t { open, on_path, done };
  std::vector<state> states(rows.size());
  std::vector<maybe_rejection> rejected(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::size_t> path;  // from the part up to one that is done, is the root, or is in the path already
    auto at = std::optional(i);
    for (; at && states[*at] == state::open; at = above(*at)) {
      states[*at] = state::on_path;
      path.push_back(*at);
    }
    bool in_circle = at && states[*at] == state::on_path;
    for (; !path.empty(); path.pop_back()) {
      const std::size_t last = path.back();
      if (in_circle)
        rejected[last] = refused_value(file, rows[last], part_column::variant_of, errc::part_is_own_ancestor);
      else
        rejected[last] = add_part(file, rows[last]);
      in_circle = in_circle && last != *at;
      states[last] = state::done;
    }
  }
  return rejected;
}

template <class Scope>
auto importer<Scope>::add_part(const table& file, const csv_row& row) -> maybe_rejection {
  namespace column = part_column;
  const auto key = trimmed(file.value(row, column::part));
  if (const auto checked = check_text(key); !checked)
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
  const auto done = stock_.add_part(std::move(added));
  if (done) return std::nullopt;
  return refused_value(file, row, column_of(column::all, done.error().member), done.error().why.code);
}

// ---- stock ----------------------------------------------------------------------------------------------------------

template <class Scope>
void importer<Scope>::add_stock(table& file) {
  while (file.next()) {
    progress_.at(++rows_, rejects_.count());
    if (file.unreadable())
      rejects_.add(file, file.row(), *file.unreadable());
    else
      add_row(file, file.row());
  }
  refuse_waiting(file);
}

// Adds a row, and those that waited for it.
template <class Scope>
void importer<Scope>::add_row(const table& file, const csv_row& row) {
  const auto add = [&](const csv_row& each) {
    const auto parent = trimmed(file.value(each, stock_column::parent));
    const bool early =
        !parent.empty() && parent != trimmed(file.value(each, stock_column::item)) && !items_.contains(parent);
    if (early) return wait(file, each, parent);
    if (const auto why = add_item(file, each)) rejects_.add(file, each, *why);
  };
  add(row);
  if (waiting_.empty()) return;
  std::vector<std::string> arrived{std::string(trimmed(file.value(row, stock_column::item)))};
  while (!arrived.empty()) {
    const auto found = items_.contains(arrived.back()) ? waiting_.find(arrived.back()) : waiting_.end();
    arrived.pop_back();
    if (found == waiting_.end()) continue;
    const std::vector<csv_row> rows = std::move(found->second);
    waiting_.erase(found);
    for (const csv_row& each : rows) {
      waiting_bytes_ -= each.memory();
      add(each);
      arrived.emplace_back(trimmed(file.value(each, stock_column::item)));
    }
  }
}

template <class Scope>
void importer<Scope>::wait(const table& file, const csv_row& row, std::string_view parent) {
  if (waiting_bytes_ + row.memory() > most_waiting)
    return rejects_.add(file, row,
                        refused_value(file, row, stock_column::parent, "the parent comes too late in the file"));
  waiting_bytes_ += row.memory();
  waiting_[std::string(parent)].push_back(row);
}

template <class Scope>
void importer<Scope>::refuse_waiting(const table& file) {
  std::vector<csv_row> rows;
  for (auto& [parent, waiting] : waiting_) std::move(waiting.begin(), waiting.end(), std::back_inserter(rows));
  std::sort(rows.begin(), rows.end(), [](const csv_row& a, const csv_row& b) { return a.line < b.line; });
  for (const csv_row& row : rows)
    rejects_.add(file, row, refused_value(file, row, stock_column::parent, errc::unknown_item));
  waiting_.clear();
}

template <class Scope>
auto importer<Scope>::add_item(const table& file, const csv_row& row) -> maybe_rejection {
  namespace column = stock_column;
  typename stock_type::new_item wanted;
  if (auto why = read_item(file, row, wanted)) return why;
  const auto made = stock_.create(wanted);
  if (!made) {
    const refusal& why = made.error();
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
  if (const auto item = trimmed(file.value(row, column::item)); !item.empty()) items_.emplace(item, made->first);
  const bool serialized = !wanted.serial.empty() || !wanted.serials.empty();
  if (serialized) serials_ += made->count;
  if (serialized && !numbered_.contains(wanted.part)) numbered_.emplace(wanted.part);
  return std::nullopt;
}

// The values of a row as the library wants them.
template <class Scope>
auto importer<Scope>::read_item(const table& file, const csv_row& row, typename stock_type::new_item& wanted) const
    -> maybe_rejection {
  namespace column = stock_column;
  const auto value = [&](std::size_t i) { return trimmed(file.value(row, i)); };
  const auto item = value(column::item);
  if (!item.empty()) {
    if (const auto checked = check_text(item); !checked)
      return refused_value(file, row, column::item, checked.error().code);
    if (items_.contains(item)) return refused_value(file, row, column::item, errc::item_exists);
  }
  wanted.data.others = file.others(row);
  wanted.part = value(column::part);
  wanted.batch = value(column::batch);
  const auto amount = quantity::parse(file.value(row, column::quantity));
  if (!amount) return refused_value(file, row, column::quantity, amount.error().code);
  wanted.amount = *amount;
  if (const auto parent = value(column::parent); !parent.empty()) {
    if (parent == item) return refused_value(file, row, column::parent, errc::item_is_own_ancestor);
    wanted.parent = items_.find(parent)->second;
  }
  if (const auto expiry = value(column::expiry_date); !expiry.empty()) {
    const auto day = parse_date(expiry);
    if (!day) return refused_value(file, row, column::expiry_date, day.error().code);
    wanted.expiry = *day;
  }
  return read_serials(file, row, wanted);
}

template <class Scope>
auto importer<Scope>::read_serials(const table& file, const csv_row& row, typename stock_type::new_item& wanted) const
    -> maybe_rejection {
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

template <class Scope>
import_totals importer<Scope>::totals() const {
  import_totals out{stock_.parts().size(), rows_, stock_.size(), serials_, stock_.batches()};
  // in the order of the parts: the root or the part that stands for the scope, and a part in it that has serial numbers
  std::map<std::uint32_t, std::uint32_t> scopes;
  for (const std::string& key : numbered_) {
    const std::uint32_t part = *stock_.parts().find(key);
    scopes[std::is_same_v<Scope, unique_per_part> ? part : stock_.parts().root(part)] = part;
  }
  for (const auto& [scope, part] : scopes) {
    const auto next = stock_.next_serial(stock_.parts()[part].key);
    out.next.emplace_back(stock_.parts()[scope].key, next ? std::optional(*next) : std::nullopt);
  }
  return out;
}

template class importer<unique_per_part_tree>;
template class importer<unique_per_part>;
template class importer<unique_globally>;

}  // namespace tallymark::tool
