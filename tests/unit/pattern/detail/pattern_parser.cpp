#include <tallymark/pattern/detail/pattern_parser.hpp>

#include <cstddef>
#include <string_view>

using namespace tallymark::detail;

namespace {

// A pattern language with calendar fields only.
struct parsed_dates : parsed_pattern<40> {
  constexpr explicit parsed_dates(std::string_view text) {
    read_pieces(text, 0, [this](pattern_piece& piece, std::string_view name, std::string_view from_colon) {
      piece.field = calendar_field_named(name);
      if (piece.field != calendar_field::none) piece.kind = piece_kind::calendar;
      read_width(piece, from_colon);
    });
  }
};

constexpr pattern_mistake mistake(std::string_view text) { return parsed_dates(text).error; }
constexpr pattern_piece piece(std::string_view text, std::size_t i) { return parsed_dates(text).pieces[i]; }

constexpr bool width(std::string_view text, std::size_t expected, std::size_t length) {
  const pattern_width read = read_pattern_width(text);
  return read.width == expected && read.length == length;
}

}  // namespace

static_assert(width("06", 6, 2) && width("06x", 6, 2) && width("0010", 10, 4) && width("0100", 100, 4));
static_assert(width("", 0, 0) && width("x", 0, 0) && width("6", 0, 1) && width("16", 0, 2) && width("00", 0, 2));
static_assert(width("0101", 101, 4) && width("099999999999999999999999", 101, 24));  // wider than any text

static_assert(parsed_dates("").count == 0 && parsed_dates("a{{b}}c").count == 5);
static_assert(piece("A{year}", 0).kind == piece_kind::literal && piece("A{year}", 0).length == 1);
static_assert(piece("A{year}-", 1).at == 2 && piece("A{year}-", 1).length == 4 && piece("A{year}-", 1).end == 7);
static_assert(piece("{year}", 0).width == 4 && piece("{month}", 0).width == 0 && piece("{month:03}", 0).width == 3);
static_assert(piece("{part.ipn}", 0).kind == piece_kind::member && piece("{part.ipn:02}", 0).width == 2);
static_assert(parsed_dates("{yy}{month:02}").fields[0].has(calendar_field::month) &&
              !parsed_dates("{yy}{month:02}").fields[1].has(calendar_field::month));

static_assert(mistake("{year") == pattern_mistake::unclosed && mistake("{a{year}") == pattern_mistake::unclosed &&
              mistake("{") == pattern_mistake::unclosed);
static_assert(mistake("a}") == pattern_mistake::stray_brace && mistake("{}") == pattern_mistake::no_name &&
              mistake("{:02}") == pattern_mistake::no_name);
static_assert(mistake("{month:2}") == pattern_mistake::bad_width && mistake("{month:}") == pattern_mistake::bad_width &&
              mistake("{month:02x}") == pattern_mistake::bad_width &&
              mistake("{month:01}") == pattern_mistake::narrow_width && mistake("{year:04}") == pattern_mistake::none);
static_assert(mistake("{year}{iso_week}") == pattern_mistake::week_beside_year &&
              mistake("{iso_y}{day}") == pattern_mistake::month_beside_iso_year &&
              mistake("{iso_week}{month}") == pattern_mistake::none &&
              mistake("{year}{iso_year}{iso_week}{day}") == pattern_mistake::none);
