// SGTINs in RFID tags: SGTIN-96 and SGTIN-198 to hexadecimal and back.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/gs1/character_set.hpp>
#include <tallymark/gs1/detail/hex.hpp>
#include <tallymark/gs1/detail/serial_text.hpp>
#include <tallymark/gs1/key.hpp>
#include <tallymark/gs1/short_text.hpp>
#include <tallymark/number/detail/decimal.hpp>

namespace tallymark::gs1 {

/// The greatest serial of an SGTIN-96: 38 bits.
inline constexpr std::uint64_t last_sgtin96_serial = (std::uint64_t{1} << 38U) - 1;

/// The contents of the RFID tag of a trade item.
struct epc_sgtin {
  gs1::gtin gtin{};
  std::uint8_t prefix_digits = 7;  ///< digits of the company prefix, after the first digit of the GTIN: 6 to 12
  std::uint8_t filter = 1;         ///< 0 to 7; 1 is a consumer item
  short_text<20> serial{};         ///< as in AI 21

  /// From the parts of an EPC URI, `0614141.812345.6789`: the item reference begins with the indicator digit.
  /// Errors: bad_company_prefix over the prefix if the two are not 13 digits, or the prefix is not 6 to 12;
  /// wrong_character for the first that is not a digit, at its position in `prefix.item`; text_too_long in the serial.
  /// O(1).
  [[nodiscard]] static constexpr result<epc_sgtin> make(std::string_view prefix, std::string_view item,
                                                        std::string_view serial, std::uint8_t filter = 1) {
    if (prefix.size() < 6 || 12 < prefix.size() || prefix.size() + item.size() != 13)
      return fail(errc::bad_company_prefix, 0, prefix.size());
    if (serial.size() > detail::longest_serial)
      return fail(errc::text_too_long, detail::longest_serial, serial.size() - detail::longest_serial);
    if (const auto at = cset_numeric.find_other(prefix); at != prefix.npos) return fail(errc::wrong_character, at, 1);
    if (const auto at = cset_numeric.find_other(item); at != item.npos)
      return fail(errc::wrong_character, prefix.size() + 1 + at, 1);
    std::array<char, 13> payload{};
    payload[0] = item[0];
    std::copy(prefix.begin(), prefix.end(), payload.begin() + 1);
    std::copy(item.begin() + 1, item.end(), payload.end() - static_cast<std::ptrdiff_t>(item.size() - 1));
    const auto trade_item = gs1::gtin::make({payload.data(), payload.size()});
    if (!trade_item) return unexpected<failure>(trade_item.error());
    return epc_sgtin{*trade_item, static_cast<std::uint8_t>(prefix.size()), filter, serial};
  }

  friend constexpr bool operator==(const epc_sgtin&, const epc_sgtin&) = default;
};

namespace detail {

// Header, filter and partition; then company prefix and item reference share 44 bits; the serial begins at bit 58.
inline constexpr std::size_t filter_at = 8, partition_at = 11, prefix_at = 14, serial_at = 58;

// Bits of a company prefix of 12, 11, ... 6 digits (EPC Tag Data Standard, SGTIN partition table).
inline constexpr std::array<std::uint8_t, 7> prefix_bits{40, 37, 34, 30, 27, 24, 20};

[[nodiscard]] constexpr result<void> check_hexadecimal(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!is_hex(text[i])) return fail(errc::wrong_character, i, 1);
  return {};
}

// Validates everything before the serial. Returns the partition.
[[nodiscard]] constexpr result<std::size_t> check_head(std::string_view hex, std::uint64_t header) {
  using tallymark::detail::power_of_ten;
  if (const auto checked = check_hexadecimal(hex); !checked) return unexpected<failure>(checked.error());
  if (get_bits(hex, 0, 8) != header) return fail_bits(errc::not_a_serial, 0, 8);
  const auto partition = static_cast<std::size_t>(get_bits(hex, partition_at, 3));
  if (partition >= prefix_bits.size()) return fail_bits(errc::bad_company_prefix, partition_at, 3);
  const std::size_t bits = prefix_bits[partition];
  if (get_bits(hex, prefix_at, bits) >= power_of_ten[12 - partition])
    return fail_bits(errc::too_large, prefix_at, bits);
  if (get_bits(hex, prefix_at + bits, 44 - bits) >= power_of_ten[1 + partition])
    return fail_bits(errc::too_large, prefix_at + bits, 44 - bits);
  return partition;
}

[[nodiscard]] constexpr result<epc_sgtin> read_head(std::string_view hex, std::uint64_t header) {
  const auto partition = check_head(hex, header);
  if (!partition) return unexpected<failure>(partition.error());
  const std::size_t bits = prefix_bits[*partition], prefix_digits = 12 - *partition;
  std::array<char, 13> prefix{}, item{};
  tallymark::detail::put_digits(prefix.data(), prefix_digits, get_bits(hex, prefix_at, bits));
  tallymark::detail::put_digits(item.data(), 13 - prefix_digits, get_bits(hex, prefix_at + bits, 44 - bits));
  return epc_sgtin::make({prefix.data(), prefix_digits}, {item.data(), 13 - prefix_digits}, {},
                         static_cast<std::uint8_t>(get_bits(hex, filter_at, 3)));
}

[[nodiscard]] constexpr result<void> write_head(char* hex, const epc_sgtin& tag, std::uint64_t header) {
  if (tag.prefix_digits < 6 || 12 < tag.prefix_digits) return fail(errc::bad_company_prefix);
  if (tag.filter > 7) return fail(errc::too_large);
  const std::uint64_t partition = 12U - tag.prefix_digits;
  const std::size_t bits = prefix_bits[partition];
  const std::string_view gtin = tag.gtin.view();  // an indicator digit, the prefix, the item reference, a check digit
  const std::uint64_t prefix = tallymark::detail::number_of_digits(gtin.substr(1, tag.prefix_digits));
  const std::uint64_t item_digits = 12U - tag.prefix_digits;
  const std::uint64_t item = tallymark::detail::digit_value(gtin[0]) * tallymark::detail::power_of_ten[item_digits] +
                             tallymark::detail::number_of_digits(gtin.substr(1 + tag.prefix_digits, item_digits));
  put_bits(hex, 0, 8, header);
  put_bits(hex, filter_at, 3, tag.filter);
  put_bits(hex, partition_at, 3, partition);
  put_bits(hex, prefix_at, bits, prefix);
  put_bits(hex, prefix_at + bits, 44 - bits, item);
  return {};
}

inline constexpr std::uint64_t header_96 = 0x30, header_198 = 0x36;
inline constexpr std::size_t digits_96 = 24, digits_198 = 50, words_198 = 52;

constexpr std::size_t bit_of_character(std::size_t i) { return serial_at + 7 * i; }

// The 20 characters of the serial, padded with zeros.
[[nodiscard]] constexpr result<short_text<20>> read_characters(std::string_view hex) {
  short_text<20> serial;
  for (std::size_t i = 0; i < longest_serial; ++i) {
    const auto c = static_cast<char>(get_bits(hex, bit_of_character(i), 7));
    const bool ended = serial.view().size() < i;
    if (c == '\0' && i > 0) continue;
    if (ended || !cset82.contains(c)) return fail_bits(errc::wrong_character, bit_of_character(i), 7);
    serial.push_back(c);
  }
  for (std::size_t i = bit_of_character(longest_serial) / 4; i < hex.size(); ++i)
    if ((i == digits_198 - 1 ? get_bits(hex, 4 * i + 2, 2) : hexadecimal_value(hex[i])) != 0)
      return fail(errc::wrong_character, i, 1);
  return serial;
}

}  // namespace detail

/// Reads an SGTIN-96, 24 hexadecimal digits of either case (EPC Tag Data Standard, SGTIN-96). Errors: wrong_width over
/// all of it; wrong_character; not_a_serial over another header; bad_company_prefix over partition 7; too_large over a
/// company prefix or item reference with more digits than the partition allows. O(1).
[[nodiscard]] constexpr result<epc_sgtin> parse_sgtin96(std::string_view hex) {
  if (hex.size() != detail::digits_96) return fail(errc::wrong_width, 0, hex.size());
  auto tag = detail::read_head(hex, detail::header_96);
  if (!tag) return tag;
  std::array<char, 20> digits{};
  tallymark::detail::put_digits(digits.data(), digits.size(), detail::get_bits(hex, detail::serial_at, 38));
  const std::string_view all(digits.data(), digits.size());
  (*tag).serial = all.substr(std::min(all.find_first_not_of('0'), all.size() - 1));
  return tag;
}

/// Writes an SGTIN-96: 24 digits, upper case. Errors: bad_company_prefix unless it has 6 to 12 digits; too_large for a
/// filter greater than 7; and with the position in the serial: empty_text, wrong_character for a character that is not
/// a digit, zeros_lost (the tag holds a number: `007` would be read back as `7`), too_large above 274,877,906,943.
/// O(1).
[[nodiscard]] constexpr result<short_text<24>> to_sgtin96(const epc_sgtin& tag) {
  const std::string_view serial = tag.serial.view();
  if (serial.empty()) return fail(errc::empty_text);
  if (const auto other = cset_numeric.find_other(serial); other != serial.npos)
    return fail(errc::wrong_character, other, 1);
  if (serial.size() > 1 && serial[0] == '0')
    return fail(errc::zeros_lost, 0, std::min(serial.find_first_not_of('0'), serial.size() - 1));
  const std::uint64_t value = tallymark::detail::number_of_digits(serial.substr(0, 13));
  if (serial.size() > 12 || value > last_sgtin96_serial) return fail(errc::too_large, 0, serial.size());
  std::array<char, detail::digits_96> hex;
  hex.fill('0');
  if (const auto head = detail::write_head(hex.data(), tag, detail::header_96); !head)
    return unexpected<failure>(head.error());
  detail::put_bits(hex.data(), detail::serial_at, 38, value);
  return short_text<24>(std::string_view(hex.data(), hex.size()));
}

/// Reads an SGTIN-198, hexadecimal digits of either case: 50, or the 52 of whole 16-bit words (EPC Tag Data Standard,
/// SGTIN-198). Errors: those of parse_sgtin96 except in the serial; wrong_character over a character of the serial that
/// is not in set 82 or follows its end, and over padding that is not zero. O(1).
[[nodiscard]] constexpr result<epc_sgtin> parse_sgtin198(std::string_view hex) {
  if (hex.size() != detail::digits_198 && hex.size() != detail::words_198)
    return fail(errc::wrong_width, 0, hex.size());
  auto tag = detail::read_head(hex, detail::header_198);
  if (!tag) return tag;
  const auto serial = detail::read_characters(hex);
  if (!serial) return unexpected<failure>(serial.error());
  (*tag).serial = *serial;
  return tag;
}

/// Writes an SGTIN-198: 50 digits, upper case; append two zeros for whole 16-bit words. Errors: bad_company_prefix,
/// too_large for the filter; empty_text, text_too_long and wrong_character in the serial. O(1).
[[nodiscard]] constexpr result<short_text<50>> to_sgtin198(const epc_sgtin& tag) {
  const std::string_view serial = tag.serial.view();
  if (const auto checked = detail::validate_serial_text(serial); !checked) return unexpected<failure>(checked.error());
  std::array<char, detail::digits_198> hex;
  hex.fill('0');
  if (const auto head = detail::write_head(hex.data(), tag, detail::header_198); !head)
    return unexpected<failure>(head.error());
  for (std::size_t i = 0; i < serial.size(); ++i)
    detail::put_bits(hex.data(), detail::bit_of_character(i), 7, static_cast<unsigned char>(serial[i]));
  return short_text<50>(std::string_view(hex.data(), hex.size()));
}

}  // namespace tallymark::gs1
