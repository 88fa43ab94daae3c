// Cells and rows of the CSV files that the tool writes: quoted where necessary, without formulas.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tallymark::tool {

/// Whether a spreadsheet would run a cell as a formula: after leading blanks it begins with = + - @, a tab or a line
/// end. A number with a sign, such as -5 or +1.5, is not a formula.
[[nodiscard]] bool is_formula(std::string_view cell);

/// Appends a cell, in quotes where RFC 4180 requires them, and where a semicolon or blanks at an end might be
/// misread. A formula gets an apostrophe in front, which makes it text; so does one that has apostrophes there
/// already, so that `cell_text` always gives back what was written. O(length).
void append_cell(std::string& out, std::string_view text);

/// Appends cells and a line feed.
void append_row(std::string& out, std::span<const std::string_view> cells);

/// The text that `append_cell` was given, from the cell as a CSV reader returns it.
[[nodiscard]] std::string_view cell_text(std::string_view cell);

}  // namespace tallymark::tool
