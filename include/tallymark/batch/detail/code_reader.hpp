// Reads the pieces of a batch code one after the other.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include <tallymark/batch/batch_reading.hpp>
#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/batch/detail/date_reader.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>

namespace tallymark::detail {

// How a piece of a code ends where it is read: after so many bytes, with its last digit, or where what follows begins.
struct batch_piece_end {
  enum class kind : std::uint8_t { length, digits, rest };

  kind what = kind::length;
  std::size_t length = 0;
};

constexpr bool is_code_digit(char c) { return '0' <= c && c <= '9'; }

class code_reader {
 public:
  constexpr explicit code_reader(std::string_view text) : text_(text) {}

  [[nodiscard]] constexpr std::size_t at() const { return at_; }

  // Text as it stands. Errors: not_a_batch, at the first byte that differs.
  constexpr result<void> literal(std::string_view expected) {
    for (const char c : expected) {
      if (at_ == text_.size() || text_[at_] != c) return here();
      ++at_;
    }
    return {};
  }

  // All that is left but for the last `after` bytes.
  constexpr result<std::string_view> rest(std::size_t after) {
    if (text_.size() - at_ < after) return fail(errc::not_a_batch, text_.size());
    const std::string_view found = text_.substr(at_, text_.size() - at_ - after);
    at_ += found.size();
    return found;
  }

  // A number of a piece. Errors: not_a_batch where no digit is; not_canonical for zeros in front that are not written;
  // too_large.
  constexpr result<std::uint64_t> number(const batch_piece_end& end) {
    const std::size_t begin = at_;
    const bool fixed = end.what == batch_piece_end::kind::length;
    std::uint64_t value = 0;
    bool fits = true;
    while (fixed ? at_ < begin + end.length : at_ < text_.size() && is_code_digit(text_[at_])) {
      if (at_ == text_.size() || !is_code_digit(text_[at_])) return here();
      const auto digit = static_cast<std::uint64_t>(text_[at_++] - '0');
      fits = fits && value <= (std::numeric_limits<std::uint64_t>::max() - digit) / 10;
      value = value * 10 + digit;
    }
    if (at_ == begin) return here();
    if (!fits) return fail(errc::too_large, begin, at_ - begin);
    if (!fixed && text_[begin] == '0' && at_ - begin > 1) return fail(errc::not_canonical, begin, at_ - begin);
    return value;
  }

  // The digits of a member that is an integer, at least so many, with its sign.
  constexpr std::string_view integer() {
    const std::size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '-') ++at_;
    while (at_ < text_.size() && is_code_digit(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // A field of the calendar or the time of day. Errors: those of number; not_a_date and not_a_time for what is out of
  // range, and for a field that stands twice and differs.
  constexpr result<void> field(batch_name name, const batch_piece_end& end, batch_reading& out) {
    const std::size_t begin = at_;
    const auto read = number(end);
    if (!read) return unexpected(read.error());
    const bool time = name.field == batch_field::hour || name.field == batch_field::minute;
    const auto wrong = [&] { return fail(time ? errc::not_a_time : errc::not_a_date, begin, at_ - begin); };
    if (*read < least(name.field) || most(name.field) < *read) return wrong();
    const int value = static_cast<int>(*read);
    if (time) {
      auto& part = name.field == batch_field::hour ? out.hour : out.minute;
      if (part && *part != value) return wrong();
      part = value;
      return {};
    }
    date_numbers& numbers = name.best_before ? until_ : made_;
    if (numbers.fields().has(name.field) && numbers[name.field] != value) return wrong();
    numbers.set(name.field, value);
    place_of(name) = {begin, at_ - begin};
    return {};
  }

  // A sequence, which begins with 1.
  constexpr result<void> sequence(const batch_piece_end& end, batch_reading& out) {
    const std::size_t begin = at_;
    const auto read = number(end);
    if (!read) return unexpected(read.error());
    if (*read == 0) return fail(errc::not_a_batch, begin, at_ - begin);
    out.sequence = *read;
    return {};
  }

  // The name of a shift, where all names are equally long.
  constexpr result<void> shift(const shift_plan& plan, batch_reading& out) {
    const std::size_t length = plan.shifts[0].text().size();
    const std::string_view name = text_.substr(at_, length);
    for (std::size_t i = 0; i < plan.size(); ++i) {
      if (plan.shifts[i].text() != name || (out.shift && *out.shift != i)) continue;
      out.shift = i;
      at_ += length;
      return {};
    }
    return fail(errc::not_a_batch, at_, name.size());
  }

  // What stands behind all pieces is wrong; then the days that were read must exist and agree.
  constexpr result<void> finish(const production& rules, date latest, batch_reading& out) const {
    if (at_ < text_.size()) return fail(errc::not_a_batch, at_, text_.size() - at_);
    const auto made = made_.days(latest);
    if (!made) return blame({made.error()});
    out.made = *made;
    if (!rules.keeps()) return {};
    if (out.made && (*out.made).first == (*out.made).last) {
      const auto keeps_until = best_before((*out.made).first, rules.life);
      const batch_day day = keeps_until ? batch_day(*keeps_until) : batch_day(date{});
      if (const auto wrong = until_.differs_from(day); wrong != batch_field::none) return blame({wrong, true});
      if (keeps_until) out.best_before = date_span{*keeps_until, *keeps_until};
      return {};
    }
    const auto last = best_before(latest, rules.life);
    const auto until = until_.days(last ? *last : latest);
    if (!until) return blame({until.error(), true});
    out.best_before = *until;
    return {};
  }

 private:
  struct place {
    std::size_t at = 0;
    std::size_t length = 0;
  };

  [[nodiscard]] constexpr unexpected<failure> here() const {
    return fail(errc::not_a_batch, at_, at_ < text_.size() ? 1 : 0);
  }
  constexpr place& place_of(batch_name name) { return places_[index_of(name)]; }
  [[nodiscard]] static constexpr std::size_t index_of(batch_name name) {
    return static_cast<std::size_t>(name.field) + (name.best_before ? batch_fields.size() : 0);
  }
  [[nodiscard]] constexpr unexpected<failure> blame(batch_name name) const {
    const place& where = places_[index_of(name)];
    return fail(errc::not_a_date, where.at, where.length);
  }

  [[nodiscard]] static constexpr std::uint64_t least(batch_field field) {
    const bool counted = field == batch_field::month || field == batch_field::day ||
                         field == batch_field::day_of_year || field == batch_field::iso_week ||
                         field == batch_field::weekday;
    return counted ? 1 : 0;
  }
  [[nodiscard]] static constexpr std::uint64_t most(batch_field field) {
    switch (field) {
      case batch_field::month: return 12;
      case batch_field::day: return 31;
      case batch_field::day_of_year: return 366;
      case batch_field::iso_week: return 53;
      case batch_field::weekday: return 7;
      case batch_field::hour: return 23;
      case batch_field::minute: return 59;
      default: return 9999;  // years; fewer digits are fewer
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  date_numbers made_{};
  date_numbers until_{};
  std::array<place, 2 * batch_fields.size() + 1> places_{};
};

}  // namespace tallymark::detail
