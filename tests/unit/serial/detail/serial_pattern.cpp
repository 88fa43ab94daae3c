#include <tallymark/serial/detail/serial_pattern.hpp>

#include <string_view>

using namespace tallymark::detail;

namespace {

using parsed = parsed_serial_pattern<100>;

constexpr pattern_mistake mistake(std::string_view text) { return parsed(text).error; }

}  // namespace

static_assert(mistake("{counter}") == pattern_mistake::none && parsed("{counter}").count == 1);
static_assert(parsed("A{site}-{counter:06}").count == 4 &&
              parsed("A{site}-{counter:06}").pieces[1].kind == piece_kind::member);
static_assert(parsed("{counter:06}").pieces[0].width == 6 && !parsed("{counter:06}").pieces[0].grows);
static_assert(parsed("{counter:06+}").pieces[0].grows && parsed("{counter}").pieces[0].grows);
static_assert(parsed("{counter:06/16}").base == 16 && parsed("{counter:06/16}").symbols[15] == 'F');
static_assert(parsed("{counter:[A-CX]}").base == 4 && parsed("{counter:[A-CX]}").symbols[3] == 'X');
static_assert(parsed("{year}{counter:04}").pieces[0].width == 4);  // years always have four digits
static_assert(parsed("{counter:04}{check:luhn}").check == named_check::luhn);
static_assert(parsed("A{counter:04}{check:luhn}").pieces[0].checked &&
              parsed("A{counter:04}{check:luhn}").pieces[1].checked);
static_assert(!parsed("A{counter:04}{check:luhn(counter)}").pieces[0].checked);
static_assert(parsed("{{x}}{counter}").count == 4);

static_assert(mistake("") == pattern_mistake::bad_text && mistake(" {counter}") == pattern_mistake::bad_text);
static_assert(mistake("{counter") == pattern_mistake::unclosed && mistake("{coun{ter}") == pattern_mistake::unclosed);
static_assert(mistake("}{counter}") == pattern_mistake::stray_brace &&
              mistake("{}{counter}") == pattern_mistake::no_name);
static_assert(mistake("{counter:6}") == pattern_mistake::bad_width &&
              mistake("{counter:00}") == pattern_mistake::bad_width);
static_assert(mistake("{counter:06x}") == pattern_mistake::bad_width &&
              mistake("{counter:+}") == pattern_mistake::bad_width);
static_assert(mistake("{site:x}{counter}") == pattern_mistake::bad_width &&
              mistake("{site:}{counter}") == pattern_mistake::bad_width);
static_assert(mistake("{month:01}{counter}") == pattern_mistake::narrow_width);
static_assert(mistake("{counter:/1}") == pattern_mistake::bad_alphabet &&
              mistake("{counter:/x}") == pattern_mistake::bad_alphabet);
static_assert(mistake("{counter:[A]}") == pattern_mistake::bad_alphabet &&
              mistake("{counter:[Z-A]}") == pattern_mistake::bad_alphabet);
static_assert(mistake("{site}") == pattern_mistake::no_counter);
static_assert(mistake("{counter}{counter}") == pattern_mistake::second_counter);
static_assert(mistake("{counter}{check:luhn}{check:luhn}") == pattern_mistake::second_check);
static_assert(mistake("{counter}{check}") == pattern_mistake::unknown_check);
static_assert(mistake("{counter}{check:luhn(}") == pattern_mistake::unclosed);
static_assert(mistake("{counter}{check:luhn()}") == pattern_mistake::unknown_checked);
static_assert(parsed("{counter}{check:luhn(year)}").wrong_at == 21 &&
              parsed("{counter}{check:luhn(year)}").wrong_length == 4);
static_assert(mistake("{year}{iso_week}-{counter}") == pattern_mistake::week_beside_year);
static_assert(mistake("{iso_year}{day}-{counter}") == pattern_mistake::month_beside_iso_year);
static_assert(mistake("{iso_week}-{counter}") == pattern_mistake::none);
static_assert(mistake("{yy}{century}-{counter}") == pattern_mistake::none &&
              mistake("{date}-{counter}") == pattern_mistake::none &&
              parsed("{date}-{counter}").pieces[0].kind == piece_kind::member);
static_assert(parsed("{site:0999}-{counter}").pieces[0].width == 101);  // more than any text has
static_assert(mistake("{year}{iso_year}{iso_week}{day}-{counter}") == pattern_mistake::none);
