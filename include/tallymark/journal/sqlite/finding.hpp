// A finding of sqlite_check: something in a database of stock that is not as it must be.
#pragma once

#include <tallymark/config.hpp>

#include <string>

namespace tallymark {

/// Something that is not as it must be.
struct sqlite_finding {
  std::string what{};   ///< a sentence
  std::string where{};  ///< the row: `items 12`, `history 7`; or the table

  friend bool operator==(const sqlite_finding&, const sqlite_finding&) = default;
};

}  // namespace tallymark
