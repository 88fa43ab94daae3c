#include "listing.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <tallymark/calendar/date.hpp>

namespace tallymark::tool {

namespace {

// The width of a text on a terminal if each character takes one column.
std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

void listing::add_row(std::vector<std::string> cells) {
  if (!widths_.empty()) return write(cells);
  table_.push_back(std::move(cells));
  if (table_.size() > rows_to_measure) write_measured();
}

void listing::add_object(const nlohmann::ordered_json& object) {
  out_.text += std::exchange(has_objects_, true) ? ",\n" : "[\n";
  out_.text += object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  out_.full();
}

void listing::finish() {
  if (json_)
    out_.text += has_objects_ ? "\n]\n" : "[]\n";
  else if (table_.size() > 1)
    write_measured();
}

void listing::write_measured() {
  widths_.assign(table_.front().size(), 0);
  for (const auto& row : table_)
    for (std::size_t i = 0; i < row.size(); ++i) widths_[i] = std::max(widths_[i], display_width(row[i]));
  for (const auto& row : table_) write(row);
  table_.clear();
}

void listing::write(const std::vector<std::string>& cells) {
  std::string& text = out_.text;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    text += cells[i];
    text.append(widths_[i] - std::min(widths_[i], display_width(cells[i])) + 2, ' ');
  }
  text.erase(text.find_last_not_of(' ') + 1);
  text += '\n';
  out_.full();
}

std::string shown(items selected) {
  return selected.count == 1 ? fmt::format("#{}", selected.first)
                             : fmt::format("#{} - #{}", selected.first, selected.last());
}

item_listing::item_listing(database& db, output& out, bool json)
    : db_(db),
      list_(out, json, {"item", "name", "part", "quantity", "serial", "batch", "parent", "expiry", "status"}) {}

void item_listing::add(items selected) {
  if (selected.count == 1) return add_block(selected);
  for_each_block(db_.handle(), selected, [this](items block) { add_block(block); });
}

void item_listing::add_block(items selected) {
  const auto first = db_.get(selected.first);
  const auto last = selected.count > 1 && first->serialized() ? db_.get(selected.last())->serial : std::nullopt;
  const char* const status = first->removed ? "removed" : "present";
  std::string expiry;
  if (first->expiry) append_date(expiry, *first->expiry);
  if (!list_.json())
    return list_.add_row(
        {shown(selected), shown(first->data.name), shown(first->part, 100), first->amount.text(),
         shown(first->serial.value_or(""), 100) + (last ? fmt::format(" - {}", shown(*last, 100)) : ""),
         shown(first->batch, 100), first->parent ? shown(items(*first->parent)) : "", expiry, status});
  nlohmann::ordered_json object;
  object["item"] = selected.first;
  object["count"] = selected.count;
  if (!first->data.name.empty()) object["name"] = first->data.name;
  object["part"] = first->part;
  object["quantity"] = first->amount.text();
  if (first->serial) object["serial"] = *first->serial;
  if (last) object["last_serial"] = *last;
  if (!first->batch.empty()) object["batch"] = first->batch;
  if (first->parent) object["parent"] = *first->parent;
  if (!expiry.empty()) object["expiry_date"] = expiry;
  object["status"] = status;
  list_.add_object(object);
}

}  // namespace tallymark::tool
