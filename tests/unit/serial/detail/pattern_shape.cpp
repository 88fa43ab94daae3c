#include <tallymark/serial/detail/pattern_shape.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include <tallymark/serial/detail/pattern_reader.hpp>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

// Finds by brute force all readings of a text by a pattern, as the roles of its bytes.
template <fixed_string Pattern>
void readings(std::string_view text, std::size_t piece, const std::string& roles, std::set<std::string>& out) {
  using one_shape = pattern_shape<Pattern>;
  if (piece == one_shape::count) {
    if (text.empty()) out.insert(roles);
    return;
  }
  const pattern_piece& one = one_shape::parsed.pieces[piece];
  for (std::size_t n = 1; n <= text.size(); ++n) {
    const std::string_view part = text.substr(0, n);
    const auto only = [&](std::string_view known) { return part.find_first_not_of(known) == part.npos; };
    bool fits = one.width == 0 || n == one.width;
    char role = '.';
    switch (one.kind) {
      case piece_kind::literal: fits = part == one_shape::literal(one); break;
      case piece_kind::counter: {
        role = 'c';
        const std::string_view symbols = one_shape::symbols.view();
        const std::size_t least = std::max<std::size_t>(one.width, 1);
        fits = only(symbols) && (n == least || (one.grows && n > least && part[0] != symbols[0]));
        break;
      }
      case piece_kind::calendar:
        fits = fits && n <= info_of(one.field).digits && (n == 1 || one.width > 0 || part[0] != '0') &&
               read_number(part, 0, n, info_of(one.field).least, info_of(one.field).most, errc::not_a_date);
        break;
      case piece_kind::member: fits = fits && (one.width == 0 || only("0123456789")); break;
      case piece_kind::check:
        role = 'k';
        fits = n == one_shape::check::length && only(one_shape::check_symbols);
        break;
      default: fits = false;
    }
    if (fits) readings<Pattern>(text.substr(n), piece + 1, roles + std::string(n, role), out);
  }
}

template <class Visit>
void for_each_text(std::string_view letters, std::size_t length, const std::string& begin, Visit visit) {
  visit(begin);
  if (length == 0) return;
  for (const char c : letters) for_each_text(letters, length - 1, begin + c, visit);
}

template <fixed_string Pattern>
void check_readings(std::string_view letters, std::size_t length) {
  CAPTURE(Pattern.view());
  bool two = false;
  for_each_text(letters, length, "", [&](const std::string& text) {
    std::set<std::string> found;
    readings<Pattern>(text, 0, "", found);
    two = two || found.size() > 1;
    CAPTURE(text);
    const bool read = pattern_reader<pattern_shape<Pattern>>::read(text).has_value();
    const bool may_be_wrong = pattern_shape<Pattern>::parsed.has(piece_kind::check);  // its check
    REQUIRE((read == !found.empty() || (read && may_be_wrong)));
  });
  CHECK(pattern_shape<Pattern>::ambiguous == two);
}

template <fixed_string A, fixed_string B>
void check_collision(std::string_view letters, std::size_t length) {
  using a = pattern_shape<A>;
  using b = pattern_shape<B>;
  CAPTURE(A.view(), B.view());
  bool both = false;
  for_each_text(letters, length, "", [&](const std::string& text) {
    std::set<std::string> in_a, in_b;
    readings<A>(text, 0, "", in_a);
    readings<B>(text, 0, "", in_b);
    both = both || (!in_a.empty() && !in_b.empty());
  });
  CHECK(have_common_text<a::steps.count, b::steps.count>(a::steps, b::steps, false) == both);
}

using shape = pattern_shape<"{site}-{iso_year}W{iso_week}-{counter:04}/{line:02}{check:mod37_2(counter)}">;

}  // namespace

static_assert(shape::segments == 3 && shape::counter_first && shape::varying == 2 && shape::first_varying == 0);
static_assert(shape::least_from[0] == 17 && shape::most_from[0] > 100 && shape::has_members && shape::has_dates);
static_assert(!shape::over_all && shape::over(piece_kind::counter) && !shape::over(piece_kind::member));
static_assert(pattern_shape<"A{counter:02}{check:luhn}">::over_all &&
              !pattern_shape<"A{counter:02}{check:luhn}">::check_knows_all);
static_assert(pattern_shape<"A{counter:02}-B">::segment(1, {}) == "-B");

TEST_CASE("a pattern is ambiguous if a short text has two readings", "[serial]") {
  check_readings<"{counter}">("01A-", 5);
  check_readings<"{counter:02+}">("01A", 5);
  check_readings<"{counter:02}{m}">("01A-", 5);
  check_readings<"{m}{counter:02}">("01A-", 5);
  check_readings<"{m}{counter}">("01A-", 5);
  check_readings<"{m}-{counter}">("01A-", 5);
  check_readings<"{counter}-{m}">("01A-", 5);
  check_readings<"{m}-{counter:02+}">("01A-", 5);
  check_readings<"{m}-{counter}-{n}">("0-", 8);
  check_readings<"{m}A{counter:/2}">("01A-", 5);
  check_readings<"{m}A{counter:[01A]}">("01A-", 5);
  check_readings<"{counter:/2}1">("01A", 6);
  check_readings<"A{counter:02+[AB]}B">("AB", 8);
  check_readings<"{counter:/2}{check:luhn}">("013-", 5);
  check_readings<"{counter:/2}{check:luhn(counter)}{m}">("013-", 5);
  check_readings<"{counter:/2}{check:luhn(counter)}-{m}">("013-", 6);
  check_readings<"{counter:/2}{check:mod11_2(counter)}X{m}">("01X", 6);
  check_readings<"{month}{counter}">("0123", 5);
  check_readings<"{month}{counter:02}">("0123", 5);
  check_readings<"{counter:01+}{day_of_year:03}">("0136", 6);
  check_readings<"{counter}{day_of_year}">("0136", 6);
  check_readings<"{m:02}{counter}">("01-", 5);
  check_readings<"{counter}1{m:02}">("01-", 6);
}

TEST_CASE("two patterns have a common text if a short one is found", "[serial]") {
  check_collision<"A{counter:02}", "A{counter}">("01A", 5);
  check_collision<"A{counter:02}", "A{counter:03}">("01A", 5);
  check_collision<"A{counter:02+}", "A{counter:03}">("01A", 5);
  check_collision<"A{counter:02+}", "A0{counter:02}">("01A", 5);
  check_collision<"A{counter:02+}", "A0{counter:01}">("01A", 5);
  check_collision<"A{counter}", "{m}-{counter:02}">("01A-", 5);
  check_collision<"{month}{day}-{counter}", "{counter:03}-1">("0123-", 5);
  check_collision<"{counter:01}{check:code39}A", "{counter:01} A">("01 A", 4);
  check_collision<"{counter}{check:luhn}", "{counter}X">("01X", 4);
  check_collision<"{counter}{check:mod37_2}", "{counter}X">("01X", 4);
  check_collision<"{m:02}-{counter}", "AB-{counter}">("01AB-", 5);
  check_collision<"{m:02}-{counter}", "1{counter:01}-1">("01-", 5);
}
