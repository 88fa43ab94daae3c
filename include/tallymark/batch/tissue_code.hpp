// The Single European Code of tissues and cells: read, written, and as batch code whose pieces are numbered.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/batch/split_suffix.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

namespace detail {

// Reads the fields of a code in order; their lengths are fixed.
class tissue_reader {
 public:
  enum class kind : std::uint8_t { letters, letters_and_digits };

  constexpr explicit tissue_reader(std::string_view text) : text_(text) {}

  constexpr bool field(std::string_view& out, std::size_t length, kind allowed) {
    const std::size_t begin = at_;
    for (; at_ < begin + length; ++at_) {
      if (at_ >= text_.size()) return refuse(text_.size(), 0);
      const char c = text_[at_];
      if (!('A' <= c && c <= 'Z') && !(allowed == kind::letters_and_digits && is_digit(c))) return refuse(at_, 1);
    }
    out = text_.substr(begin, length);
    return true;
  }
  constexpr bool system(char& out) {
    std::string_view text;
    if (!field(text, 1, kind::letters)) return false;
    out = text[0];
    return out == 'E' || out == 'A' || out == 'B' || refuse(at_ - 1, 1);
  }
  // YYYYMMDD, or eight zeros for none
  constexpr bool expiry(std::optional<date>& out) {
    if (text_.substr(at_, 8) == "00000000") {
      at_ += 8;
      return true;
    }
    constexpr auto wrong = errc::not_a_date;
    const auto year = read_number(text_, at_, 4, 0, 9999, wrong);
    if (!year) return refuse(year.error());
    const auto month = read_number(text_, at_ + 4, 2, 1, 12, wrong);
    if (!month) return refuse(month.error());
    const std::chrono::year_month year_month{std::chrono::year{*year},
                                             std::chrono::month{static_cast<unsigned>(*month)}};
    const auto last = static_cast<int>(static_cast<unsigned>((year_month / std::chrono::last).day()));
    const auto day = read_number(text_, at_ + 6, 2, 1, last, wrong);
    if (!day) return refuse(day.error());
    out = year_month / std::chrono::day{static_cast<unsigned>(*day)};
    at_ += 8;
    return true;
  }
  constexpr bool blank() {
    if (at_ >= text_.size()) return refuse(text_.size(), 0);
    if (text_[at_] != ' ') return refuse(at_, 1);
    ++at_;
    return true;
  }
  constexpr bool end() { return at_ == text_.size() || refuse(at_, text_.size() - at_); }

  [[nodiscard]] constexpr unexpected<failure> why() const { return unexpected<failure>(why_); }

 private:
  constexpr bool refuse(failure why) {
    why_ = why;
    return false;
  }
  constexpr bool refuse(std::size_t at, std::size_t length) {
    return refuse(detail::failure_at(errc::not_a_batch, at, length));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  failure why_{};
};

}  // namespace detail

/// The donation identification sequence, 21 characters (Directive 2006/86/EC, Annex VII). Views into the text that was
/// read.
struct tissue_donation {
  std::string_view country{};        ///< 2 letters, an ISO country code; that the country exists is not validated
  std::string_view establishment{};  ///< 6 letters and digits
  std::string_view donation{};       ///< 13 letters and digits

  friend constexpr bool operator==(const tissue_donation&, const tissue_donation&) = default;
};

/// The product identification sequence, 19 characters (Directive 2006/86/EC, Annex VII). Views into the text that was
/// read.
struct tissue_product {
  char system = 'E';             ///< of the product codes: E for EUTC, A for ISBT 128, B for Eurocode
  std::string_view product{};    ///< 7 letters and digits
  std::uint64_t split = 0;       ///< number of the piece; written as split_suffix<3>
  std::optional<date> expiry{};  ///< eight zeros if it is empty

  friend constexpr bool operator==(const tissue_product&, const tissue_product&) = default;
};

/// The Single European Code: both sequences, printed with one blank between them (Directive 2006/86/EC, Article 10a(3)
/// and Annex VII). Letters are upper case.
struct tissue_code {
  tissue_donation donation{};
  tissue_product product{};

  using split_number = split_suffix<3>;
  static constexpr std::size_t length = 41;    ///< bytes of a code
  static constexpr std::size_t split_at = 30;  ///< where its split number begins

  /// Reads a code. Errors: not_a_batch at the first wrong byte, or at the end of a text that is too short;
  /// not_a_date at the wrong part of the expiry date. O(length).
  [[nodiscard]] static constexpr result<tissue_code> parse(std::string_view text) {
    tissue_code code{};
    detail::tissue_reader reader(text);
    if (read(reader, code.donation) && reader.blank() && read(reader, code.product) && reader.end()) return code;
    return reader.why();
  }
  /// Reads a donation identification sequence alone. Errors: those of parse. O(length).
  [[nodiscard]] static constexpr result<tissue_donation> parse_donation(std::string_view text) {
    tissue_donation donation{};
    detail::tissue_reader reader(text);
    if (read(reader, donation) && reader.end()) return donation;
    return reader.why();
  }
  /// Reads a product identification sequence alone. Errors: those of parse. O(length).
  [[nodiscard]] static constexpr result<tissue_product> parse_product(std::string_view text) {
    tissue_product product{};
    detail::tissue_reader reader(text);
    if (read(reader, product) && reader.end()) return product;
    return reader.why();
  }

  /// Appends a code. Errors: those of parse, with their position in the code; sequence_exhausted for a
  /// split number that exceeds the capacity; not_a_date for an expiry date that does not exist. O(length).
  [[nodiscard]] constexpr result<void> append(std::string& out) const {
    const std::size_t before = out.size();
    if (product.split > split_number::capacity) return fail(errc::sequence_exhausted, split_at, split_number::length);
    if (product.expiry && (!(*product.expiry).ok() || !(0 <= year() && year() <= 9999)))
      return fail(errc::not_a_date, split_at + split_number::length, 8);
    out.append(donation.country).append(donation.establishment).append(donation.donation).append(" ");
    out.append(1, product.system).append(product.product);
    static_cast<void>(split_number::append(out, product.split));
    char digits[8]{'0', '0', '0', '0', '0', '0', '0', '0'};
    if (product.expiry) {
      char* at = detail::put_digits<4>(digits, year());
      at = detail::put_digits<2>(at, static_cast<int>(static_cast<unsigned>((*product.expiry).month())));
      detail::put_digits<2>(at, static_cast<int>(static_cast<unsigned>((*product.expiry).day())));
    }
    out.append(digits, sizeof digits);
    // fields with wrong lengths can give the text of a different code
    const auto again = parse(std::string_view(out).substr(before));
    if (again && *again == *this) return {};
    const auto why = again ? result<void>(fail(errc::not_a_batch, 0, out.size() - before)) : fail_as(again.error());
    out.resize(before);
    return why;
  }

  friend constexpr bool operator==(const tissue_code&, const tissue_code&) = default;

 private:
  using kind = detail::tissue_reader::kind;

  [[nodiscard]] static constexpr result<void> fail_as(const failure& why) { return unexpected(why); }
  [[nodiscard]] constexpr int year() const { return static_cast<int>((*product.expiry).year()); }

  static constexpr bool read(detail::tissue_reader& reader, tissue_donation& out) {
    return reader.field(out.country, 2, kind::letters) &&
           reader.field(out.establishment, 6, kind::letters_and_digits) &&
           reader.field(out.donation, 13, kind::letters_and_digits);
  }
  static constexpr bool read(detail::tissue_reader& reader, tissue_product& out) {
    std::string_view split;
    if (!reader.system(out.system) || !reader.field(out.product, 7, kind::letters_and_digits) ||
        !reader.field(split, split_number::length, kind::letters_and_digits) || !reader.expiry(out.expiry))
      return false;
    out.split = *split_number::parse(split);
    return true;
  }
};

/// Batch policy: codes are Single European Codes, which come from outside: it writes none. Children of a split get the
/// next split number.
struct tissue_batch {
  using policy_slot = batch_slot;

  /// Writes nothing: the code is given with the item.
  constexpr void format(std::string&) const {}

  /// Errors: those of tissue_code::parse. O(length).
  [[nodiscard]] constexpr result<void> validate(std::string_view code) const {
    if (const auto read = tissue_code::parse(code); !read) return unexpected(read.error());
    return {};
  }

  /// Appends the code of the n-th piece of the batch to which `code` belongs. Errors: those of validate;
  /// sequence_exhausted after 46,655 pieces. O(length).
  [[nodiscard]] constexpr result<void> split_code(std::string& out, std::string_view code, std::uint64_t n) const {
    if (const auto read = tissue_code::parse(code); !read) return unexpected(read.error());
    char number[tissue_code::split_number::length];
    if (const auto written = tissue_code::split_number::put(number, n); !written) return written;
    out.append(code.substr(0, tissue_code::split_at)).append(number, sizeof number);
    out.append(code.substr(tissue_code::split_at + sizeof number));
    return {};
  }
};

}  // namespace tallymark
