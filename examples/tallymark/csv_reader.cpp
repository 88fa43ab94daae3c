#include "csv_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tallymark/number/text.hpp>

namespace tallymark::tool {

namespace {

constexpr std::size_t bytes_at_once = 1 << 16;

constexpr bool ends_line(char c) { return c == '\n' || c == '\r'; }

// The first error in text that must be UTF-8 without NUL; line ends and other control characters are allowed.
std::optional<errc> encoding_of(std::string_view text) {
  for (;;) {
    const auto valid = tallymark::validate_text(text, text.size());
    if (valid || valid.error().code == errc::empty_text) return std::nullopt;
    const std::size_t at = valid.error().at;
    if (valid.error().code == errc::not_utf8 || text[at] == '\0') return valid.error().code;
    text.remove_prefix(at + valid.error().length);  // the columns decide about line ends and the like
  }
}

}  // namespace

csv_reader::csv_reader(const std::string& path) : file_(std::fopen(path.c_str(), "rb")), buffer_(bytes_at_once) {
  start_parser();
  if (!file_) {
    error_ = std::strerror(errno);
    return;
  }
  struct stat kind{};
  regular_ = ::fstat(::fileno(file_.get()), &kind) == 0 && S_ISREG(kind.st_mode);
  if (!regular_ && ::pipe2(interrupt_.data(), O_CLOEXEC) != 0) {
    error_ = std::strerror(errno);
    return;
  }
  while (filled_ < 3 && fill()) {
  }
  if (filled_ >= 3 && std::memcmp(buffer_.data(), "\xEF\xBB\xBF", 3) == 0) at_ = 3;
}

csv_reader::~csv_reader() {
  csv_free(&parser_);
  for (const int end : interrupt_)
    if (end >= 0) ::close(end);
}

bool csv_reader::next() {
  if (skip_) skip_line();
  start_row();
  for (;;) {
    const auto length = line_length();
    if (!error_.empty()) return false;
    if (!length) return too_long();
    if (*length == 0) return finish_file();
    if (parse_line(*length)) return true;
  }
}

std::string_view csv_reader::raw() const noexcept {
  std::string_view text(buffer_.data() + row_begin_, (skip_ ? row_begin_ + 1000 : at_) - row_begin_);
  while (!text.empty() && ends_line(text.back())) text.remove_suffix(1);
  return text;
}

bool csv_reader::waits(std::chrono::milliseconds time) const {
  if (regular_ || at_end_ || std::memchr(buffer_.data() + at_, '\n', filled_ - at_)) return false;
  pollfd input{::fileno(file_.get()), POLLIN, 0};
  return ::poll(&input, 1, static_cast<int>(time.count())) == 0;
}

void csv_reader::interrupt() noexcept {
  if (interrupt_[1] >= 0) [[maybe_unused]]
    const ssize_t written = ::write(interrupt_[1], "", 1);
}

// Waits for the writer of a pipe. False if it was interrupted.
bool csv_reader::wait_for_input() const {
  if (regular_) return true;
  std::array<pollfd, 2> inputs{{{::fileno(file_.get()), POLLIN, 0}, {interrupt_[0], POLLIN, 0}}};
  while (::poll(inputs.data(), inputs.size(), -1) < 0 && errno == EINTR) {
  }
  return inputs[1].revents == 0;
}

void csv_reader::start_parser() {
  csv_free(&parser_);
  csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_blk_size(&parser_, 4096);
}

// Reads more bytes. False at the end of the file, and if the row is longer than allowed.
bool csv_reader::fill() {
  if (at_end_ || !file_) return false;
  if (row_begin_ > 0) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(row_begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), buffer_.begin());
    filled_ -= row_begin_;
    at_ -= row_begin_;
    row_begin_ = 0;
  }
  if (filled_ > max_row) return false;
  if (filled_ == buffer_.size()) buffer_.resize(std::min(2 * buffer_.size(), max_row + bytes_at_once));
  if (!wait_for_input()) {
    at_end_ = true;
    return false;
  }
  ssize_t received = -1;  // takes what a pipe has now; fread would wait until the buffer is full
  do received = ::read(::fileno(file_.get()), buffer_.data() + filled_, buffer_.size() - filled_);
  while (received < 0 && errno == EINTR);
  if (received < 0) error_ = std::strerror(errno);
  if (received <= 0) at_end_ = true;
  if (received > 0) filled_ += static_cast<std::size_t>(received);
  return received > 0;
}

// The length of the line at at_, with its line end; 0 at the end of the file; nothing if the row
// is longer than allowed.
std::optional<std::size_t> csv_reader::line_length() {
  for (std::size_t seen = 0;;) {
    const char* const line = buffer_.data() + at_;
    const std::size_t length = filled_ - at_;
    const auto find = [&](char c, std::size_t end) {
      const auto* found = seen < end ? static_cast<const char*>(std::memchr(line + seen, c, end - seen)) : nullptr;
      return found ? static_cast<std::size_t>(found - line) : end;
    };
    const std::size_t feed = find('\n', length), carriage_return = find('\r', feed);
    if (carriage_return + 1 < feed) return carriage_return + 1;
    if (feed < length) return feed + 1;
    if (at_end_) return length;
    seen = carriage_return;  // a line feed may follow
    if (!fill() && !at_end_) return std::nullopt;
  }
}

void csv_reader::start_row() {
  row_.clear();
  row_.line = field_line_ = line_;
  row_begin_ = at_;
  line_end_ = 0;
  fault_.reset();
  row_done_ = false;
}

// True if the row ends with this line, or cannot be read.
bool csv_reader::parse_line(std::size_t length) {
  const auto on_field = [](void* field, std::size_t size, void* self) {
    auto& reader = *static_cast<csv_reader*>(self);
    reader.row_.add({static_cast<const char*>(field), size});
    reader.field_line_ = reader.line_;
    reader.field_line_end_ = reader.line_end_;
  };
  const auto on_row = [](int, void* self) { static_cast<csv_reader*>(self)->row_done_ = true; };

  const bool first = at_ == row_begin_;
  line_end_ = at_ + length - row_begin_;
  if (first) field_line_end_ = line_end_;
  const char last = buffer_[at_ + length - 1];
  const std::size_t parsed = csv_parse(&parser_, buffer_.data() + at_, length, on_field, on_row, this);
  if (parsed < length)
    return broken(parser_.quoted ? "text follows the closing quote" : "a quote is in the middle of the field");
  at_ += length;
  ++line_;
  if (!ends_line(last)) {
    // the last line of the file, without a line end
    if (csv_fini(&parser_, on_field, on_row, this) != 0) return broken("the quote is never closed");
  } else if (!row_done_ && !parser_.quoted) {
    start_row();  // a blank line
  }
  if (row_done_) check_encoding();
  return row_done_;
}

bool csv_reader::finish_file() {
  return csv_fini(&parser_, nullptr, nullptr, nullptr) != 0 && broken("the quote is never closed");
}

// Gives up the row, and continues after the line on which the field begins.
bool csv_reader::broken(std::string_view reason) {
  // The error is on a later line than the opening quote: what was taken for the closing quote most likely opens another
  // field.
  fault_ = csv_fault{field_line_ < line_ ? "the quote is never closed" : reason, field_line_, row_.size()};
  at_ = row_begin_ + field_line_end_;
  line_ = field_line_ + 1;
  start_parser();
  return true;
}

bool csv_reader::too_long() {
  if (field_line_ < line_) return broken({});
  const auto count = [](void*, std::size_t, void* self) { static_cast<csv_reader*>(self)->row_.add({}); };
  csv_parse(&parser_, buffer_.data() + at_, filled_ - at_, count, nullptr, this);
  fault_ = csv_fault{"the row is longer than 1 MiB", line_, row_.size()};
  skip_ = true;
  start_parser();
  return true;
}

void csv_reader::skip_line() {
  skip_ = false;
  std::optional<std::size_t> length;
  while (!(length = line_length())) row_begin_ = at_ = filled_;
  at_ += *length;
  ++line_;
}

void csv_reader::check_encoding() {
  bool suspicious = false;
  for (const char c : row_.text()) suspicious |= static_cast<signed char>(c) <= 0;  // not ASCII, or NUL
  for (std::size_t i = 0; suspicious && i < row_.size(); ++i)
    if (const auto code = encoding_of(row_[i])) {
      fault_ = csv_fault{*code == errc::not_utf8 ? message(*code) : "the text contains a NUL byte", row_.line, i};
      return;
    }
}

}  // namespace tallymark::tool
