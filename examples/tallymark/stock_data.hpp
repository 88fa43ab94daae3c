// What the tool stores of parts and stock items in addition to the library, as records: each member is a column of the
// database.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <tuple>

#include <tallymark/record/codec.hpp>

namespace tallymark::tool {

/// Of a part.
struct part_data {
  std::string name{};
  std::string ipn{};
  std::string others{};  ///< see table::others

  friend bool operator==(const part_data&, const part_data&) = default;
};

/// Of a stock item.
struct item_data {
  std::string name{};    ///< its name in the file, in the column `item`; may be empty
  std::string others{};  ///< see table::others

  friend bool operator==(const item_data&, const item_data&) = default;
};

}  // namespace tallymark::tool

template <>
struct tallymark::record_traits<tallymark::tool::part_data> {
  static constexpr std::array<std::string_view, 3> names{"name", "ipn", "others"};
  static constexpr std::tuple members{&tallymark::tool::part_data::name, &tallymark::tool::part_data::ipn,
                                      &tallymark::tool::part_data::others};
};

template <>
struct tallymark::record_traits<tallymark::tool::item_data> {
  static constexpr std::array<std::string_view, 2> names{"name", "others"};
  static constexpr std::tuple members{&tallymark::tool::item_data::name, &tallymark::tool::item_data::others};
};
