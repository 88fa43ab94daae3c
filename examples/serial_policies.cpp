// The shipped serial policies, one by one, and rules on top of them.
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>

#include <iostream>
#include <string>
#include <string_view>

using namespace tallymark;

// Any text: the digits at its end count, a leading zero fixes the width.
static_assert(text_serial<>{}.parse("SN-42") == serial_number{{"SN-"}, 42});
static_assert(text_serial<>{}.parse("SN-042") == serial_number{{"SN-", 3}, 42});
static_assert(text_serial<>{}.parse("QQQ") == serial_number{family::literal("QQQ"), 0});

// Plain numbers.
static_assert(integer_serial{}.parse("42") == 42);
static_assert(integer_serial{}.parse("042").error() == failure{errc::not_a_serial, 0, 1});

// A prefix, and a counter of six digits: SN-000001 to SN-999999.
using label = prefixed_serial<"SN-", 6>;
static_assert(label{}.parse("SN-000042") == 42);
static_assert(label{}.parse("SN-42").error() == failure{errc::wrong_width, 3, 2});
static_assert(label{}.parse("SX-000042").error() == failure{errc::not_a_serial, 0, 3});

// Base 31, without symbols that are easily misread: a prefix and four symbols.
using device = alphabet_serial<"0123456789ABCDEFGHJKLMNPQRTVWXY", 4, "DEV-">;
static_assert(device{}.parse("DEV-0010") == 31);
static_assert(device{}.parse("DEV-00O1").error() == failure{errc::not_a_serial, 6, 1});

// A rule: no slash. It does not decide on other texts.
struct no_slash {
  constexpr result<opinion> operator()(std::string_view text) const {
    const auto at = text.find('/');
    if (at != text.npos) return fail(errc::refused_by_rule, at, 1);
    return opinion::none;
  }
};

// A rule: old serial numbers are accepted as they are.
struct legacy {
  constexpr result<opinion> operator()(std::string_view text) const {
    return text.starts_with("OLD") ? opinion::yes : opinion::none;
  }
};

using checked = validated_serial<text_serial<>, legacy, no_slash>;
static_assert(checked{}.parse("A/1").error() == failure{errc::refused_by_rule, 1, 1});
static_assert(checked{}.parse("OLD/1") == serial_number{{"OLD/"}, 1});

// A rule with a value is passed to the constructor.
struct at_most {
  std::size_t bytes;
  constexpr result<opinion> operator()(std::string_view text) const {
    if (text.size() > bytes) return fail(errc::text_too_long, bytes, text.size() - bytes);
    return opinion::none;
  }
};
constexpr validated_serial short_ones(integer_serial{}, at_most{8});
static_assert(short_ones.parse("123456789").error() == failure{errc::text_too_long, 8, 1});

int main() {
  std::string text;
  device{}.format(text, 42);
  std::cout << text << '\n' << explain(label{}.parse("SN-00x042").error(), "SN-00x042") << '\n';
  return text == "DEV-001B" ? 0 : 1;
}
