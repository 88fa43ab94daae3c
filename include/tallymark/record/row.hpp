// Rows of a table to records and back; columns are found by the names in the header.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/record/codec.hpp>
#include <tallymark/record/detail/asserted_record.hpp>

namespace tallymark {

/// The column of a member that has none.
inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// Which column of a table belongs to which member of a record.
template <class Record>
struct column_binding {
  std::array<std::size_t, member_names<Record>.size()> columns{};  ///< of each member, or no_column
  std::vector<std::size_t> missing{};                              ///< members without the column that they require
  std::vector<std::size_t> doubled{};                              ///< further columns of a member that has one
  std::vector<std::size_t> unknown{};  ///< columns that belong to no member, which a table may have

  /// Whether rows can be read: no column is missing, and no member has two.
  [[nodiscard]] bool complete() const noexcept { return missing.empty() && doubled.empty(); }
};

/// Why a row is not a record.
struct row_failure {
  std::size_t column = 0;  ///< the column, or no_column
  std::size_t member = 0;  ///< the member that it belongs to
  failure why{};           ///< with its position in the field

  friend constexpr bool operator==(const row_failure&, const row_failure&) = default;
};

namespace detail {

template <class T>
inline constexpr bool may_be_missing = false;
template <class T>
inline constexpr bool may_be_missing<std::optional<T>> = true;

}  // namespace detail

/// Finds the columns of a record's members by their names: in any order, with the same case; blanks at both ends of a
/// header are ignored. A member needs a column unless it is a std::optional. O(columns * members).
template <class Record>
[[nodiscard]] column_binding<Record> bind_columns(std::span<const std::string_view> headers) {
  static_cast<void>(detail::asserted_record<Record>{});
  column_binding<Record> bound;
  bound.columns.fill(no_column);
  for (std::size_t column = 0; column < headers.size(); ++column) {
    const std::size_t index = member_index<Record>(trimmed(headers[column]));
    if (index == bound.columns.size())
      bound.unknown.push_back(column);
    else if (bound.columns[index] != no_column)
      bound.doubled.push_back(column);
    else
      bound.columns[index] = column;
  }
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    [[maybe_unused]] const auto need = [&](std::size_t index, bool needed) {
      if (needed && bound.columns[index] == no_column) bound.missing.push_back(index);
    };
    (need(I, !detail::may_be_missing<member_type<I, Record>>), ...);
  }(std::make_index_sequence<member_names<Record>.size()>{});
  return bound;
}

/// Reads a row. A member without a column keeps what it has in `Record{}`. The first field that does not fit is the
/// failure: that of its field_codec, or row_too_short. O(bytes).
template <class Record>
[[nodiscard]] result<Record, row_failure> read_row(std::span<const std::string_view> fields,
                                                   const column_binding<Record>& binding) {
  static_cast<void>(detail::asserted_record<Record>{});
  Record record{};
  std::optional<row_failure> wrong;
  [[maybe_unused]] const auto read = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    const std::size_t column = binding.columns[I];
    if (column == no_column) return true;
    if (column >= fields.size()) {
      wrong = row_failure{column, I, failure{errc::row_too_short}};
      return false;
    }
    auto value = detail::asserted_codec<member_type<I, Record>>::parse(fields[column]);
    if (!value) {
      wrong = row_failure{column, I, value.error()};
      return false;
    }
    member<I>(record) = std::move(*value);
    return true;
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    static_cast<void>((read(std::integral_constant<std::size_t, I>{}) && ...));
  }(std::make_index_sequence<member_names<Record>.size()>{});
  if (wrong) return unexpected<row_failure>(*wrong);
  return record;
}

/// The header for write_row: the names of the members.
template <class Record>
[[nodiscard]] constexpr const auto& write_header() {
  static_cast<void>(detail::asserted_record<Record>{});
  return member_names<Record>;
}

/// The members as text, in the order of write_header. Quoting is up to the writer of the table. O(bytes).
template <class Record>
[[nodiscard]] std::array<std::string, member_names<Record>.size()> write_row(const Record& record) {
  static_cast<void>(detail::asserted_record<Record>{});
  std::array<std::string, member_names<Record>.size()> fields;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (detail::asserted_codec<member_type<I, Record>>::append(fields[I], member<I>(record)), ...);
  }(std::make_index_sequence<member_names<Record>.size()>{});
  return fields;
}

}  // namespace tallymark
