#include "sample.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/unordered/unordered_flat_set.hpp>

#include <tallymark/policy/traits.hpp>
#include <tallymark/serial/text.hpp>

#include "output.hpp"

namespace tallymark::tool {

namespace {

// Collects texts. Stores where each of them ends, not views, since the memory moves while it grows.
class collector {
 public:
  explicit collector(sample& out) : out_(out) {}

  void add(std::string_view text, std::uint64_t line) {
    text = trimmed(text);
    if (text.empty()) return;
    if (const auto parsed = serial_traits<text_serial<>>::parse({}, text); !parsed)
      return refuse(line, message(parsed.error().code));
    bytes_ += text;
    ends_.push_back(bytes_.size());
  }
  void refuse(std::uint64_t line, std::string_view reason) {
    if (out_.unreadable++ < sample::most_told) out_.first_unreadable.push_back({line, reason});
  }

  void finish() {
    boost::unordered_flat_set<std::string_view> seen(ends_.size());
    std::vector<std::string_view> distinct;
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      const std::string_view text(bytes_.data() + begin, end - begin);
      if (seen.insert(text).second)
        distinct.push_back(text);
      else
        ++out_.repeated;
      begin = end;
    }
    out_.serials = packed_texts(distinct);
  }

 private:
  sample& out_;
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

struct closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

std::optional<file_problem> read_lines(const std::string& path, collector& into) {
  const std::unique_ptr<std::FILE, closer> file(std::fopen(path.c_str(), "rb"));
  if (!file) return file_problem{usage, fmt::format("{}: {}", path, std::strerror(errno))};
  std::string text;
  for (std::size_t received = 1; received > 0;) {
    const std::size_t before = text.size();
    text.resize(before + (1 << 20));
    received = std::fread(text.data() + before, 1, 1 << 20, file.get());
    text.resize(before + received);
  }
  if (std::ferror(file.get()) != 0) return file_problem{usage, fmt::format("{}: {}", path, std::strerror(errno))};
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (std::uint64_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    into.add(rest.substr(0, end), line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

std::optional<file_problem> read_column(const std::string& path, const std::string& column, collector& into) {
  const known_column known[] = {{column, true}};
  table file("stock", path, known);
  if (const auto problem = file.open({})) return problem;
  const auto headers = file.headers();
  if (std::find(headers.begin(), headers.end(), column) == headers.end())
    return file_problem{usage, fmt::format("--column: {} has no column '{}'; there are: {}", path, shown(column),
                                           shown(fmt::format("{}", fmt::join(headers, ", ")), 300))};
  if (const auto problem = file.bind()) return problem;
  while (file.next()) {
    if (const auto& fault = file.unreadable())
      into.refuse(fault->line, fault->reason);
    else
      into.add(file.value(file.row(), 0), file.row().line);
  }
  if (!file.error().empty()) return file_problem{usage, path + ": " + file.error()};
  return std::nullopt;
}

}  // namespace

packed_texts::packed_texts(std::span<const std::string_view> texts) {
  std::size_t size = 0;
  for (const std::string_view text : texts) size += text.size();
  bytes_.reserve(size);
  texts_.reserve(texts.size());
  for (const std::string_view text : texts) {
    texts_.emplace_back(bytes_.data() + bytes_.size(), text.size());
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
}

std::optional<file_problem> read_sample(const std::string& path, const std::optional<std::string>& column,
                                        sample& out) {
  collector texts(out);
  if (const auto problem = column ? read_column(path, *column, texts) : read_lines(path, texts)) return problem;
  texts.finish();
  if (out.serials.size() > 0) return std::nullopt;
  file_problem problem{refused, path + ": there is no serial number in it"};
  for (const unreadable_line& bad_line : out.first_unreadable)
    problem.text += fmt::format("\n{}:{}: {}", path, bad_line.line, bad_line.reason);
  return problem;
}

}  // namespace tallymark::tool
