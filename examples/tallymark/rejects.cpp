#include "rejects.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "csv_writer.hpp"
#include "output.hpp"

namespace tallymark::tool {

bool rejects::open(const table& stock, const table& parts) {
  if (path_.empty()) return true;
  file_.reset(std::fopen(path_.c_str(), "wb"));
  if (!file_) return failed();

  std::vector<std::string_view> header(std::begin(remark_columns), std::end(remark_columns));
  for (const std::string& name : stock.headers()) {
    header.push_back(name);
    from_stock_.push_back(from_stock_.size());
  }
  from_parts_.assign(from_stock_.size(), table::nowhere);
  for (std::size_t i = 0; i < parts.headers().size(); ++i) {
    const std::string& name = parts.headers()[i];
    const auto pos = std::find(stock.headers().begin(), stock.headers().end(), name);
    if (pos != stock.headers().end()) {
      from_parts_[static_cast<std::size_t>(pos - stock.headers().begin())] = i;
      continue;
    }
    header.push_back(name);
    from_stock_.push_back(table::nowhere);
    from_parts_.push_back(i);
  }
  append_row(text_, header);
  return true;
}

void rejects::add(const table& from, const csv_row& row, const rejection& why) {
  ++count_;
  ++by_reason_[std::string(why.reason)];
  if (file_) {
    const std::string line = std::to_string(why.line);
    std::vector<std::string_view> fields{from.kind(), line, why.column, why.reason, why.value};
    for (const std::size_t i : from.kind() == "stock" ? from_stock_ : from_parts_)
      fields.push_back(i == table::nowhere || why.unreadable ? std::string_view{} : from.value_below(row, i));
    append_row(text_, fields);
    if (text_.size() > 1 << 16) write();
  } else if (count_ <= most_messages) {
    progress_.clear();
    const char* const colon = why.value.empty() ? "" : ": ";
    say("{}:{}: {}: {}{}{}\n", from.path(), why.line, shown(why.column), why.reason, colon, shown(why.value));
  }
}

bool rejects::close() {
  progress_.clear();
  if (path_.empty()) {
    if (count_ > most_messages) say("... and {} more; --rejects FILE keeps all of them\n", count_ - most_messages);
    return true;
  }
  write();
  if (error_ == 0 && std::fflush(file_.get()) != 0) error_ = errno;
  return error_ == 0 || failed();
}

void rejects::write() {
  if (error_ == 0 && std::fwrite(text_.data(), 1, text_.size(), file_.get()) != text_.size()) error_ = errno;
  text_.clear();
}

bool rejects::failed() {
  say("tallymark: cannot write {}: {}\n", path_, std::strerror(error_ != 0 ? error_ : errno));
  return false;
}

}  // namespace tallymark::tool
