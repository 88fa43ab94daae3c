// Cells and rows of the CSV files that the tool writes: quoted where they must be, and nothing that a spreadsheet runs.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tallymark::tool {

/// Whether a spreadsheet would run a cell as a formula: it begins with = + - @, a tab or a line end, blanks in front
/// aside. A number with a sign, as -5 or +1.5, is none.
[[nodiscard]] bool is_formula(std::string_view cell);

/// Appends a cell, in quotes where RFC 4180 asks for them, and where a semicolon or blanks at an end might be taken for
/// something else. A formula gets an apostrophe in front, which makes it text; so does one that has apostrophes there
/// already, so that `cell_text` always gives back what was written. O(length).
void append_cell(std::string& out, std::string_view text);

/// Appends cells and a line feed.
void append_row(std::string& out, std::span<const std::string_view> cells);

/// The text that append_cell was given, from what a reader of CSV makes of the cell.
[[nodiscard]] std::string_view cell_text(std::string_view cell);

}  // namespace tallymark::tool
