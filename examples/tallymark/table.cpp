#include "table.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "output.hpp"

namespace tallymark::tool {

namespace {

std::string list(std::span<const std::string> headers) {
  std::string out;
  for (const std::string& header : headers) out.append(out.empty() ? "" : ", ").append(header);
  return shown(out, 300);
}

}  // namespace

std::optional<file_problem> table::open(std::span<column_choice> choices) {
  if (!reader_.next()) {
    if (!reader_.error().empty()) return file_problem{usage, fmt::format("{}: {}", path_, reader_.error())};
    return file_problem{refused, fmt::format("{}:1: the file has no header", path_)};
  }
  if (const auto& fault = reader_.fault())
    return file_problem{
        refused, fmt::format("{}:{}: header, column {}: {}", path_, fault->line, fault->column + 1, fault->reason)};
  const csv_row& header = reader_.row();
  for (std::size_t i = 0; i < header.size(); ++i) headers_.emplace_back(header[i]);
  const auto mismatch =
      std::mismatch(headers_.begin(), headers_.end(), std::begin(remark_columns), std::end(remark_columns));
  if (mismatch.second == std::end(remark_columns)) remarks_ = std::size(remark_columns);
  for (std::size_t i = remarks_; i < headers_.size(); ++i) headers_[i] = cell(header, i);

  std::vector<std::string> sorted(headers().begin(), headers().end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(sorted.begin(),
               std::upper_bound(sorted.begin(), sorted.end(), ""));  // columns without a name may repeat
  if (const auto repeated = std::adjacent_find(sorted.begin(), sorted.end()); repeated != sorted.end())
    return file_problem{refused,
                        fmt::format("{}:{}: two columns are called '{}'", path_, header.line, shown(*repeated))};
  return choose(choices);
}

std::size_t table::find(std::string_view header) const {
  const auto found = std::find(headers().begin(), headers().end(), header);
  return found == headers().end() ? nowhere : remarks_ + static_cast<std::size_t>(found - headers().begin());
}

// Finds the columns that were chosen.
std::optional<file_problem> table::choose(std::span<column_choice> choices) {
  at_.assign(known_.size(), nowhere);
  for (column_choice& choice : choices) {
    if (!choice.file.empty() && choice.file != kind_) continue;
    const auto column = std::find_if(known_.begin(), known_.end(),
                                     [&](const known_column& known) { return known.name == choice.name; });
    const std::size_t chosen = find(choice.header);
    if (column == known_.end() || chosen == nowhere) continue;
    choice.found = true;
    std::size_t& at = at_[static_cast<std::size_t>(column - known_.begin())];
    if (at == chosen) continue;
    if (at != nowhere)
      return file_problem{
          usage, fmt::format("--column: '{0}' and '{1}' of {2} cannot both be '{3}'; choose one with {4}.{3}=HEADER",
                             headers_[at], choice.header, path_, choice.name, kind_)};
    if (std::find(at_.begin(), at_.end(), chosen) != at_.end())
      return file_problem{usage, fmt::format("--column: '{}' of {} is chosen for two columns", choice.header, path_)};
    at = chosen;
  }
  return std::nullopt;
}

std::optional<file_problem> table::bind() {
  for (std::size_t i = 0; i < known_.size(); ++i) {
    const std::size_t same_name = find(known_[i].name);
    const bool chosen = std::find(at_.begin(), at_.end(), same_name) != at_.end();
    if (at_[i] == nowhere && !chosen) at_[i] = same_name;
    if (at_[i] == nowhere && known_[i].required)
      return file_problem{
          refused, fmt::format("{}:{}: there is no column '{}'; there are: {}. Name it with --column {}=HEADER", path_,
                               row().line, known_[i].name, list(headers()), known_[i].name)};
  }
  for (std::size_t i = remarks_; i < headers_.size(); ++i)
    if (std::find(at_.begin(), at_.end(), i) == at_.end()) others_.push_back(i);
  return std::nullopt;
}

void table::read_ahead() {
  try {
    ahead_ = std::make_unique<csv_ahead>(reader_, headers_.size());
  } catch (const std::system_error&) {
    // then rows are read when they are wanted
  }
}

bool table::read_row() {
  if (!ahead_) return reader_.next();
  if (ahead_->next()) return true;
  ahead_.reset();
  return false;
}

bool table::next() {
  do {
    if (!read_row()) return false;
    rejection_ = check_row();
  } while (remarks_ > 0 && !rejection_ && row()[0] != kind_);
  return true;
}

std::optional<rejection> table::check_row() const {
  const auto raw = [this] { return std::string(ahead_ ? ahead_->raw() : reader_.raw()); };
  if (const auto& fault = ahead_ ? ahead_->fault() : reader_.fault())
    return rejection{fault->line, column_at(fault->column), fault->reason, raw(), true};
  if (row().size() < headers_.size())
    return rejection{row().line, column_at(row().size()), "the row has fewer columns than the header", raw(), true};
  if (row().size() > headers_.size())
    return rejection{row().line, column_at(headers_.size()), "the row has more columns than the header", raw(), true};
  return std::nullopt;
}

std::string table::others(const csv_row& row) const {
  std::string out;
  for (const std::size_t i : others_) out.append(cell(row, i)).append(1, '\x1F');
  return out;
}

}  // namespace tallymark::tool
