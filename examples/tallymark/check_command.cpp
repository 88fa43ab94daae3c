#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "explain.hpp"
#include "schemes.hpp"

namespace tallymark::tool {

namespace {

// What there is to say of one text. The family looks into the text, or into the storage of `inspect`.
struct finding {
  std::string_view text;
  result<serial_number> serial;
  std::string spelling{};  // empty: as given
  serial_parts parts{};
};

// Reads a text. Where a scheme says how it would write what is there, as a capital letter of a UUID, that is put into
// its place in `storage`.
result<serial_number> read(const scheme& of, std::string_view text, std::string& storage) {
  auto parsed = of.calls->parse(text);
  if (parsed || parsed.error().code != errc::not_canonical) return parsed;
  storage = text;
  std::vector<std::size_t> given(text.size() + 1);  // where its bytes stand in the text
  std::iota(given.begin(), given.end(), std::size_t{0});
  for (std::size_t left = text.size(); left > 0 && !parsed; --left) {
    const failure& why = parsed.error();
    const std::string right(why.right());
    if (why.code != errc::not_canonical || right.empty() || right.size() > why.length) break;
    storage.replace(why.at, why.length, right);
    const auto begin = given.begin() + why.at;
    given.erase(begin, begin + static_cast<std::ptrdiff_t>(why.length - right.size()));
    parsed = of.calls->parse(storage);
  }
  if (parsed) return parsed;
  failure why = parsed.error();
  const std::size_t begin = given[why.at], end = given[std::size_t{why.at} + why.length];
  why.at = static_cast<std::uint32_t>(begin);
  why.length = static_cast<std::uint32_t>(end - begin);
  return unexpected<failure>(why);
}

finding inspect(const scheme& of, std::string_view text, std::string& storage) {
  finding found{text, read(of, text, storage)};
  if (!found.serial) return found;
  std::string spelling;
  of.calls->format(spelling, *found.serial);
  of.calls->tell_parts(*found.serial, spelling, found.parts);
  if (spelling != text) found.spelling = std::move(spelling);
  return found;
}

// The last serial number of a scheme, if the text is refused as too large; else empty.
std::string_view last_of(const scheme& of, const failure& why) {
  return why.code == errc::too_large ? of.last : std::string_view();
}

// `ordinal 42, check 7`
std::string parts_of(const finding& found) {
  const serial_number& serial = *found.serial;
  std::string out;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out.append(out.empty() ? "" : ", ").append(name).append(1, ' ').append(value);
  };
  add("family", found.parts.family);
  add("tail", found.parts.tail);
  add("ordinal", serial.family.counts() ? std::to_string(serial.ordinal) : std::string());
  for (const auto& [name, value] : found.parts.more) add(name, value);
  return out;
}

std::string as_json(const scheme& of, const finding& found) {
  nlohmann::ordered_json out;
  out["scheme"] = of.name;
  out["text"] = found.text;
  out["valid"] = found.serial.has_value();
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out[name] = value;
  };
  if (found.serial) {
    add("canonical", found.spelling);
    add("family", found.parts.family);
    add("tail", found.parts.tail);
    if (found.parts.width > 0) out["width"] = found.parts.width;
    if (found.serial->family.counts()) out["ordinal"] = found.serial->ordinal;
    for (const auto& [name, value] : found.parts.more) out[name] = value;
  } else {
    const failure& why = found.serial.error();
    out["error"] = message(why.code);
    out["at"] = why.at;
    out["length"] = why.length;
    add("right", why.right());
    add("last", last_of(of, why));
  }
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

// One of many, on a line of its own: whether it is valid, the text, and what there is to say.
std::string as_line(const scheme& of, const finding& found) {
  const std::string text = shown(found.text, 100);
  if (found.serial)
    return fmt::format("valid\t{}\t{}\n", found.spelling.empty() ? text : found.spelling, parts_of(found));
  const failure& why = found.serial.error();
  const std::string right(why.right()), last(last_of(of, why));
  return fmt::format("invalid\t{}\tbyte {}: {}{}{}\n", text, why.at + 1, message(why.code),
                     right.empty() ? right : fmt::format(": expected '{}'", right),
                     last.empty() ? last : fmt::format("; the last one is {}", last));
}

void complain_of(const scheme& of, std::string_view text, const failure& why) {
  complain(text, {&why, 1});
  if (const std::string_view last = last_of(of, why); !last.empty()) say("the last one is {}\n", last);
}

int check_one(const scheme& of, const check_options& options, output& out) {
  std::string storage;
  const finding found = inspect(of, options.text, storage);
  if (options.json)
    out.text += as_json(of, found);
  else if (!found.serial)
    complain_of(of, options.text, found.serial.error());
  else if (found.spelling.empty())
    out.text += fmt::format("valid: {}\n", parts_of(found));
  else
    out.text += fmt::format("valid, written {}: {}\n", found.spelling, parts_of(found));
  return found.serial ? accepted : refused;
}

// The lines of standard input. Of a line that is too long for any serial number only the beginning is kept.
class input_lines {
 public:
  [[nodiscard]] std::optional<std::string_view> next() {
    line_.clear();
    for (;;) {
      if (rest_.empty()) {
        rest_ = {buffer_, std::fread(buffer_, 1, sizeof buffer_, stdin)};
        if (rest_.empty()) return line_.empty() ? std::nullopt : std::optional<std::string_view>(line_);
      }
      const std::size_t end = rest_.find('\n');
      line_ += rest_.substr(0, std::min({end, rest_.size(), most - std::min(most, line_.size())}));
      rest_.remove_prefix(std::min(end, rest_.size() - 1) + 1);
      if (end != rest_.npos) return line_;
    }
  }

 private:
  static constexpr std::size_t most = 4096;

  char buffer_[1 << 16];
  std::string_view rest_{};
  std::string line_{};
};

int check_all(const scheme& of, const check_options& options, output& out) {
  input_lines lines;
  std::string storage;
  bool any = false, valid = true;
  while (const auto line = lines.next()) {
    if (trimmed(*line).empty()) continue;
    const std::string_view text = line->ends_with('\r') ? line->substr(0, line->size() - 1) : *line;
    const finding found = inspect(of, text, storage);
    any = true;
    valid = valid && found.serial.has_value();
    out.text += options.json ? as_json(of, found) : as_line(of, found);
    if (!out.full()) break;
  }
  if (!any) say("tallymark: there is no text in standard input\n");
  return any && valid ? accepted : refused;
}

}  // namespace

int run_check(const check_options& options, output& out) {
  if (!options.db.empty()) return run_check_of_database(options, out);
  const scheme* const of = find_scheme(options.scheme);
  if (!of) return usage;
  return options.text == "-" ? check_all(*of, options, out) : check_one(*of, options, out);
}

}  // namespace tallymark::tool
