#include <tallymark/number/layout.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>

#include <tallymark/policy/traits.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>

using namespace tallymark;

namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

constexpr serial_layout decimal{"SN-", "0123456789", 4, "/A"};
static_assert(decimal.counter_length(0) == 4 && decimal.counter_length(9'999) == 4 &&
              decimal.counter_length(10'000) == 5);
static_assert(decimal.length(4) == 9);
static_assert(serial_layout{}.counter_length(0) == 1 && serial_layout{}.counter_length(9) == 1);
static_assert(serial_layout{}.counter_length(10) == 2 && serial_layout{}.counter_length(most) == 20);
static_assert(serial_layout{}.last_of(0) == 0 && serial_layout{}.last_of(1) == 9 && serial_layout{}.last_of(2) == 99);
static_assert(serial_layout{}.last_of(19) == 9'999'999'999'999'999'999U && serial_layout{}.last_of(20) == most);

constexpr serial_layout binary{{}, "01"};
static_assert(binary.counter_length(most) == 64 && binary.last_of(63) == most / 2 && binary.last_of(64) == most);
static_assert(binary.last_of(255) == most);
static_assert(serial_layout{{}, "0123456789abcdef"}.last_of(16) == most);

struct anything {
  using policy_slot = serial_slot;
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view) const { return fail(errc::not_a_serial); }
  constexpr void format(std::string&, std::uint64_t) const {}
};

struct told : anything {
  [[nodiscard]] constexpr serial_layout layout(const family& of) const { return {of.text, "01"}; }
};

struct told_of_some : anything {
  [[nodiscard]] constexpr std::optional<serial_layout> layout(const family& of) const {
    if (of.width == 0) return std::nullopt;
    return serial_layout{of.text};
  }
};

struct too_few_symbols : anything {
  [[nodiscard]] constexpr serial_layout layout(const family&) const { return {{}, "0"}; }
};

struct too_many_symbols : anything {
  std::string symbols = std::string(257, '0');
  [[nodiscard]] serial_layout layout(const family&) const { return {{}, symbols}; }
};

struct another_member : anything {
  [[nodiscard]] constexpr int layout(int) const { return 0; }
};

template <class S>
constexpr std::optional<serial_layout> layout_of(const S& policy, const family& of) {
  return serial_traits<S>::layout(policy, of);
}

static_assert(layout_of(told{}, {"A"}) == serial_layout{"A", "01"});
static_assert(!layout_of(told{}, family::literal("A")));
static_assert(layout_of(told_of_some{}, {"A", 1}) == serial_layout{"A"} && !layout_of(told_of_some{}, {"A", 0}));
static_assert(!layout_of(anything{}, {}) && !layout_of(too_few_symbols{}, {}) && !layout_of(another_member{}, {}));

static_assert(layout_of(text_serial<>{}, {"SN-", 4}) == serial_layout{"SN-", "0123456789", 4});
static_assert(!layout_of(text_serial<>{}, family::literal("QQQ")));
static_assert(layout_of(integer_serial{}, {}) == serial_layout{});
static_assert(layout_of(prefixed_serial<"SN-", 6>{}, {}) == serial_layout{"SN-", "0123456789", 6});
static_assert(layout_of(alphabet_serial<"AB", 3, "X">{}, {}) == serial_layout{"X", "AB", 3});

struct no_four {
  [[nodiscard]] constexpr result<opinion> operator()(std::string_view) const { return opinion::none; }
};
static_assert(layout_of(validated_serial<prefixed_serial<"SN-", 6>, no_four>{}, {}) ==
              serial_layout{"SN-", "0123456789", 6});
static_assert(!layout_of(validated_serial<anything, no_four>{}, {}));

}  // namespace

TEST_CASE("the counter length steps up after the last ordinal of a length", "[policy]") {
  for (const std::string_view symbols :
       {"01", "012", "0123456789", "0123456789abcdef", "0123456789ABCDEFGHJKLMNPQRSTVWXYZ"})
    for (const unsigned width : {0U, 1U, 3U, 9U}) {
      const serial_layout layout{"P", symbols, static_cast<std::uint8_t>(width)};
      for (unsigned length = layout.counter_length(0); layout.last_of(length) != most; ++length) {
        CHECK(layout.counter_length(layout.last_of(length)) == length);
        CHECK(layout.counter_length(layout.last_of(length) + 1) == length + 1);
      }
    }
}

TEST_CASE("an alphabet with too many symbols is not a layout", "[policy]") {
  CHECK_FALSE(layout_of(too_many_symbols{}, {}));
  too_many_symbols fewer;
  fewer.symbols.pop_back();
  CHECK(layout_of(fewer, {}).has_value());
}
