// Parses a batch template into a flat list of texts, fields, branches and jumps.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/ext/detail/utf8.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>

namespace tallymark::detail {

inline constexpr std::size_t max_template = 1'048'576;  // far more than a code of 100 bytes needs
inline constexpr std::size_t max_template_depth = 100;

struct template_piece {
  enum class kind : std::uint8_t { text, field, branch, jump };

  kind what = kind::text;
  batch_name name{};     // what the name means if the record has no such member
  bool number = false;   // must be a number, and is padded
  bool negated = false;  // of a branch: taken if the name is false
  std::uint8_t width = 0;
  std::uint32_t at = 0;  // the text, or the name
  std::uint32_t length = 0;
  std::uint32_t next = 0;  // the target of a jump, or of a branch that is not taken

  friend constexpr bool operator==(const template_piece&, const template_piece&) = default;
};

// One pass, without recursion. O(length).
class template_parser {
 public:
  constexpr template_parser(std::string_view text, std::vector<template_piece>& out, const production& rules = {})
      : text_(text), out_(out), rules_(rules) {}

  // Errors: text_too_long, not_utf8, control_character, unclosed_tag, bad_template, nesting_too_deep, mixed_years,
  // second_sequence.
  [[nodiscard]] constexpr result<void> parse() {
    if (check_bytes() && read_all() && check_years()) return {};
    return unexpected(why_);
  }

 private:
  using kind = template_piece::kind;
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  // An `if` without its `endif` so far.
  struct open_if {
    std::size_t at = 0;           // of its tag
    std::uint32_t branch = none;  // the latest condition; none after `else`
    std::uint32_t jumps = none;   // the jumps to the end, each with the one before it as `next`
    bool sequence_before = false;
    bool sequence_inside = false;
  };

  constexpr bool refuse(errc code, std::size_t at, std::size_t length) {
    why_ = result<void>(fail(code, at, length)).error();
    return false;
  }
  // Refuses the text at the current position.
  constexpr bool unexpected_here(std::size_t length = 1) {
    return at_ < text_.size() ? refuse(errc::bad_template, at_, length) : refuse(errc::unclosed_tag, tag_, 2);
  }

  constexpr bool check_bytes() {
    if (text_.size() > max_template) return refuse(errc::text_too_long, max_template, text_.size() - max_template);
    for (std::size_t i = 0, length = 0; i < text_.size(); i += length) {
      length = utf8_length(text_, i);
      if (length == 0) return refuse(errc::not_utf8, i, 1);
      if (is_control(text_, i) && !is_blank(text_[i])) return refuse(errc::control_character, i, length);
    }
    return true;
  }

  constexpr bool check_years() { return check_years(false) && check_years(true); }
  constexpr bool check_years(bool best_before) {
    const calendar_field_set& fields = fields_[best_before ? 1 : 0];
    if (!fields.mixes_years()) return true;
    const auto is_wrong = [&](const template_piece& piece) {
      return piece.what == kind::field && piece.name.best_before == best_before &&
             fields.is_misplaced(piece.name.field);
    };
    const auto found = std::find_if(out_.begin(), out_.end(), is_wrong);
    return refuse(errc::mixed_years, found->at, found->length);
  }

  constexpr bool read_all() {
    while (at_ < text_.size()) {
      tag_ = find_tag();
      const bool dash = tag_ + 2 < text_.size() && text_[tag_ + 2] == '-';
      add_text(at_, tag_, dash);
      if (tag_ == text_.size()) break;
      at_ = tag_ + (dash ? 3 : 2);
      const char kind_of_tag = text_[tag_ + 1];
      if (!(kind_of_tag == '{' ? read_field() : kind_of_tag == '%' ? read_statement() : skip_comment())) return false;
    }
    if (depth_ > 0) return refuse(errc::unclosed_tag, open_[depth_ - 1].at, 2);
    return true;
  }

  [[nodiscard]] constexpr std::size_t find_tag() const {
    for (std::size_t at = at_; (at = text_.find('{', at)) != text_.npos; ++at)
      if (at + 1 < text_.size() && (text_[at + 1] == '{' || text_[at + 1] == '%' || text_[at + 1] == '#')) return at;
    return text_.size();
  }

  constexpr void add_text(std::size_t begin, std::size_t end, bool trim_end) {
    if (trim_begin_)
      while (begin < end && is_blank(text_[begin])) ++begin;
    if (trim_end)
      while (begin < end && is_blank(text_[end - 1])) --end;
    if (begin < end) add(kind::text, begin, end - begin);
  }

  constexpr template_piece& add(kind what, std::size_t at, std::size_t length) {
    return out_.emplace_back(template_piece{
        .what = what, .at = static_cast<std::uint32_t>(at), .length = static_cast<std::uint32_t>(length)});
  }
  [[nodiscard]] constexpr std::uint32_t here() const { return static_cast<std::uint32_t>(out_.size()); }

  // ---- words in a tag

  static constexpr bool is_blank(char c) { return c == ' ' || ('\t' <= c && c <= '\r'); }
  static constexpr bool is_letter(char c) { return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_'; }

  constexpr void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  constexpr bool accept(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  constexpr bool expect(char c) { return accept(c) || unexpected_here(); }

  constexpr std::string_view word() {
    skip_blanks();
    const std::size_t begin = at_;
    if (at_ < text_.size() && is_letter(text_[at_]))
      while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // Words with dots between them. Empty if there is no word here.
  constexpr std::string_view name() {
    const std::string_view first = word();
    const std::size_t begin = position(first);
    while (!first.empty() && at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      if (at_ == text_.size() || is_blank(text_[at_]) || word().empty()) return {};
    }
    return text_.substr(begin, at_ - begin);
  }
  [[nodiscard]] constexpr std::size_t position(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data());
  }

  constexpr bool close(char c) {
    skip_blanks();
    trim_begin_ = at_ < text_.size() && text_[at_] == '-';
    if (trim_begin_) ++at_;
    if (at_ < text_.size() && text_[at_] == c) {
      ++at_;
      if (at_ < text_.size() && text_[at_] == '}') {
        ++at_;
        return true;
      }
    }
    return unexpected_here();
  }

  constexpr bool skip_comment() {
    const std::size_t end = text_.find("#}", at_);
    if (end == text_.npos) return refuse(errc::unclosed_tag, tag_, 2);
    trim_begin_ = end > at_ && text_[end - 1] == '-';
    at_ = end + 2;
    return true;
  }

  // ---- {{ name }}, {{ name:02 }}, {{ "%02d" % name }}, {{ "%02d" | format(name) }}

  constexpr bool read_field() {
    skip_blanks();
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) return read_format_string() && close('}');
    auto& piece = add(kind::field, 0, 0);
    if (!read_name(piece)) return false;
    if (accept(':') && !read_width(piece)) return false;
    return close('}');
  }

  constexpr bool read_name(template_piece& piece) {
    const std::string_view read = name();
    if (read.empty()) return unexpected_here();
    piece.at = static_cast<std::uint32_t>(position(read));
    piece.length = static_cast<std::uint32_t>(read.size());
    piece.name = meaning(read);
    fields_[piece.name.best_before ? 1 : 0].add(piece.name.field);
    if (!is_sequence(piece.name.kind)) return true;
    if (sequence_) return refuse(errc::second_sequence, piece.at, piece.length);
    sequence_ = true;
    return true;
  }

  // InvenTree's `week` is our `iso_week`.
  [[nodiscard]] constexpr batch_name meaning(std::string_view name) const {
    return name == "week" ? batch_name{piece_kind::calendar, calendar_field::iso_week} : batch_name_of(name, rules_);
  }

  constexpr bool read_width(template_piece& piece) {
    const std::size_t begin = at_;
    const pattern_width read = read_pattern_width(text_.substr(begin));
    at_ += read.length;
    const bool narrow = piece.name.kind == piece_kind::calendar && read.width < info_of(piece.name.field).digits;
    if (read.length == 0) return unexpected_here();
    if (read.width == 0 || narrow) return refuse(errc::bad_template, begin, read.length);
    if (read.width > max_text) return refuse(errc::text_too_long, begin, read.length);
    piece.width = static_cast<std::uint8_t>(read.width);
    piece.number = true;
    return true;
  }

  constexpr bool read_format_string() {
    const std::size_t quote = at_, begin = at_ + 1, end = text_.find(text_[at_], begin);
    if (end == text_.npos) return refuse(errc::unclosed_tag, tag_, 2);
    std::size_t place = out_.size();  // index of the next placeholder without a name
    for (at_ = begin; at_ < end;) {
      const std::size_t stop = std::min(text_.find_first_of("%\\", at_), end);
      if (at_ < stop) add(kind::text, at_, stop - at_);
      at_ = stop;
      if (at_ < end && !read_placeholder(end)) return false;
    }
    at_ = end + 1;
    const auto has_placeholder = [&] {
      while (place < out_.size() && out_[place].what != kind::field) ++place;
      return place < out_.size();
    };
    const auto read_argument = [&] {
      skip_blanks();
      return has_placeholder() ? read_name(out_[place++]) : unexpected_here();
    };
    bool list = false;
    if (accept('%')) {
      list = accept('(');
      if (!list && !read_argument()) return false;
    } else if (accept('|')) {
      const std::string_view filter = word();
      if (filter != "format") {
        at_ = position(filter);
        return unexpected_here(std::max<std::size_t>(filter.size(), 1));
      }
      if (!expect('(')) return false;
      list = true;
    }
    if (list) {
      do
        if (!read_argument()) return false;
      while (accept(','));
      if (!expect(')')) return false;
    }
    if (has_placeholder()) return refuse(errc::bad_template, quote, end + 1 - quote);
    return true;
  }

  // %d, %04d, %s or %%
  constexpr bool read_placeholder(std::size_t end) {
    const std::size_t begin = at_++;
    std::size_t digits = 0, width = 0;
    for (; at_ < end && is_digit(text_[at_]) && digits < 3; ++at_, ++digits)
      width = width * 10 + digit_value(text_[at_]);
    const char letter = at_ < end && text_[begin] == '%' ? text_[at_] : '\0';
    const bool good_width = digits == 0 || (text_[begin + 1] == '0' && letter == 'd' && 0 < width && width <= max_text);
    if (!good_width || (letter != 'd' && letter != 's' && letter != '%'))
      return refuse(errc::bad_template, begin, std::min(at_ + 1, end) - begin);
    ++at_;
    if (letter == '%') {
      add(kind::text, at_ - 1, 1);
    } else {
      auto& piece = add(kind::field, begin, 0);
      piece.number = letter == 'd';
      piece.width = static_cast<std::uint8_t>(width);
    }
    return true;
  }

  // ---- {% if name %}, {% elif not name %}, {% else %}, {% endif %}

  constexpr bool read_statement() {
    const std::string_view what = word();
    const bool known = what == "if" || ((what == "elif" || what == "else" || what == "endif") && depth_ > 0);
    const bool after_else = known && what != "if" && what != "endif" && open_[depth_ - 1].branch == none;
    if (!known || after_else) {
      at_ -= what.size();
      return unexpected_here(std::max<std::size_t>(what.size(), 1));
    }
    if (what == "if") {
      if (depth_ == max_template_depth) return refuse(errc::nesting_too_deep, tag_, 2);
      open_[depth_++] = {tag_, none, none, sequence_, false};
    } else {
      end_branch(what == "endif");
    }
    if (what == "if" || what == "elif")
      if (!read_condition()) return false;
    return close('%');
  }

  constexpr bool read_condition() {
    std::string_view read = name();
    const bool negated = read == "not";
    if (negated) read = name();
    if (read.empty()) return unexpected_here();
    open_[depth_ - 1].branch = here();
    auto& piece = add(kind::branch, position(read), read.size());
    piece.negated = negated;
    piece.name = meaning(read);
    return true;
  }

  // Ends the branch of an if, elif or else. `last` is true at the endif.
  constexpr void end_branch(bool last) {
    open_if& open = open_[depth_ - 1];
    open.sequence_inside = open.sequence_inside || sequence_;
    if (!last) {
      const std::uint32_t before = open.jumps;
      open.jumps = here();
      add(kind::jump, tag_, 0).next = before;
      sequence_ = open.sequence_before;
    } else {
      sequence_ = open.sequence_inside;
      --depth_;
      for (std::uint32_t jump = open.jumps; jump != none;) {
        const std::uint32_t before = out_[jump].next;
        out_[jump].next = here();
        jump = before;
      }
    }
    if (open.branch != none) out_[open.branch].next = here();
    open.branch = none;
  }

  std::string_view text_;
  std::vector<template_piece>& out_;
  production rules_;
  std::size_t at_ = 0;
  std::size_t tag_ = 0;  // where the current tag begins
  bool trim_begin_ = false;
  bool sequence_ = false;                       // whether a sequence may have been written before this point
  std::array<calendar_field_set, 2> fields_{};  // of the day, and of the best-before date
  std::array<open_if, max_template_depth> open_{};
  std::size_t depth_ = 0;
  failure why_{};
};

}  // namespace tallymark::detail
