#include <tallymark/policy/traits.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>

#include <tallymark/serial/text.hpp>

#include "../../support/compile_time.hpp"

using namespace tallymark;

namespace {

// the minimum of a serial policy; parses the number of letters
struct strokes {
  using policy_slot = serial_slot;
  constexpr result<std::uint64_t> parse(std::string_view text) const {
    const auto wrong = text.find_first_not_of('I');
    if (wrong != text.npos) return fail(errc::not_a_serial, wrong, 1);
    return text.size();
  }
  constexpr void format(std::string& out, std::uint64_t ordinal) const { out.append(ordinal, 'I'); }
};

struct short_strokes : strokes {
  static constexpr int max_length = 5;
  constexpr int first() const { return 2; }
  constexpr int last() const { return 4; }
};

// all members that a policy of many families can have
struct lettered {
  using policy_slot = serial_slot;
  constexpr result<serial_number> parse(std::string_view text) const {
    return serial_number{{text.substr(0, 1)}, static_cast<std::uint64_t>(text.size() - 1)};
  }
  constexpr void format(std::string& out, const serial_number& serial) const {
    out += serial.family.text;
    out.append(serial.ordinal, '.');
  }
  constexpr serial_number first() const { return {{"A"}, 0}; }
  constexpr std::uint64_t last(const family& of) const {
    return of.text == "A" ? 3 : std::numeric_limits<std::uint64_t>::max();
  }
  constexpr std::optional<serial_number> carry(const family& full, std::string&) const {
    if (full.text != "A") return std::nullopt;
    return serial_number{{"B"}, 0};
  }
  constexpr bool accepts(const serial_number& serial) const { return serial.ordinal != 2; }
};

struct no_first {
  using policy_slot = serial_slot;
  constexpr result<serial_number> parse(std::string_view text) const { return serial_number{family::literal(text), 0}; }
  constexpr void format(std::string& out, const serial_number& serial) const { out += serial.family.text; }
};

// policies with results that are out of range
struct careless {
  using policy_slot = serial_slot;
  constexpr result<std::uint64_t> parse(std::string_view) const { return std::numeric_limits<std::uint64_t>::max(); }
  constexpr void format(std::string&, std::uint64_t) const {}
};

struct by_two {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v + 2; }
};
struct to_ten {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v < 10 ? v + 1 : v; }
};
struct ring {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v < 10 ? v + 1 : 1; }
};
struct boastful {
  using policy_slot = increment_slot;
  std::uint64_t length;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v + 1; }
  constexpr std::uint64_t consecutive(std::uint64_t, std::uint64_t) const { return length; }
  constexpr std::optional<std::uint64_t> from(std::uint64_t, std::uint64_t bound) const { return bound + 100; }
  constexpr bool accepts(std::uint64_t v) const { return v != 4; }
};

using of_strokes = serial_traits<strokes>;
using of_short = serial_traits<short_strokes>;
using of_lettered = serial_traits<lettered>;

constexpr std::uint64_t beyond = std::numeric_limits<std::uint64_t>::max();

}  // namespace

static_assert(of_strokes::max_length == 100 && of_short::max_length == 5);
static_assert(of_strokes::parse({}, " III ") == serial_number{{}, 3});
static_assert(of_strokes::parse({}, "  IIxI").error() == failure{errc::not_a_serial, 4, 1});
static_assert(of_strokes::parse({}, "   ").error() == failure{errc::empty_text, 0, 0});
static_assert(of_strokes::parse({}, " a\nb").error() == failure{errc::control_character, 2, 1});
static_assert(of_short::parse({}, " IIIIII").error() == failure{errc::text_too_long, 6, 1});
static_assert(of_short::parse({}, " IIIII").error() == failure{errc::too_large, 1, 5});
static_assert(serial_traits<careless>::parse({}, "x").error() == failure{errc::too_large, 0, 1});
static_assert(of_strokes::first({}) == serial_number{{}, 1} && of_short::first({}) == serial_number{{}, 2});
static_assert(of_lettered::first({}) == serial_number{{"A"}, 0} && !serial_traits<no_first>::first({}));
static_assert(of_strokes::last({}, {}) == max_ordinal && of_short::last({}, {}) == 4);
static_assert(of_lettered::last({}, {"A"}) == 3 && of_lettered::last({}, {"B"}) == max_ordinal);
static_assert(of_lettered::parse({}, "A....").error() == failure{errc::too_large, 0, 5});
static_assert(!of_strokes::has_rules && of_lettered::has_rules);
static_assert(of_strokes::accepts({}, {{}, 2}) && !of_lettered::accepts({}, {{"A"}, 2}) &&
              of_lettered::accepts({}, {{"A"}, 1}));
static_assert(serial_traits<no_first>::parse({}, "Q") == serial_number{family::literal("Q"), 0});

static_assert(increment_traits<by_two>::next({}, 3) == 5);
static_assert(!increment_traits<by_two>::next({}, max_ordinal - 1) && !increment_traits<to_ten>::next({}, 10));
static_assert(increment_traits<by_two>::accepts({}, 4) && !increment_traits<boastful>::accepts({1}, 4));
static_assert(increment_traits<by_two>::consecutive({}, 1, 9) == 1 &&
              increment_traits<to_ten>::consecutive({}, 7, 9) == 4);
static_assert(increment_traits<to_ten>::consecutive({}, 7, 2) == 2);
static_assert(increment_traits<boastful>::consecutive({0}, 7, 9) == 1 &&
              increment_traits<boastful>::consecutive({beyond}, 7, 9) == 9);
static_assert(increment_traits<by_two>::from({}, 1, 4) == 5 && increment_traits<by_two>::from({}, 1, 1) == 1);
static_assert(increment_traits<by_two>::from({}, 9, 1) == 9 && !increment_traits<to_ten>::from({}, 7, 11));
static_assert(increment_traits<ring>::from({}, 7, 11) == 1 && increment_traits<ring>::from({}, 7, 10) == 10);
static_assert(increment_traits<boastful>::from({1}, 1, 2) == 102);

TEST_CASE("members that a serial policy lacks are supplied", "[policy]") {
  std::string out = ">", storage;
  of_strokes::format({}, out, {{}, 3});
  CHECK(out == ">III");
  of_lettered::format({}, out, {{"A"}, 2});
  CHECK(out == ">IIIA..");
  CHECK_FALSE(of_strokes::carry({}, {}, storage));
  CHECK(of_lettered::carry({}, {"A"}, storage) == serial_number{{"B"}, 0});
  CHECK(of_strokes::parse({}, std::string(100, 'I')) == serial_number{{}, 100});
  CHECK(of_strokes::parse({}, std::string(101, 'I')).error() == failure{errc::text_too_long, 100, 1});
}

// what is looked up is what parse reads, or else never read at all
static_assert(of_strokes::parse_to_find({}, " III ") == serial_number{{}, 3});
static_assert(!of_strokes::parse_to_find({}, "IxI"));
static_assert(serial_traits<text_serial<>>::parse_to_find({}, " SN-9\t") == serial_number{{"SN-"}, 9});
static_assert(serial_traits<text_serial<>>::parse_to_find({}, "SN\t9") == serial_number{{"SN\t"}, 9});

TEST_CASE("what is looked up is what parse reads", "[policy]") {
  using of_texts = serial_traits<text_serial<>>;
  for (const char* text : {"7", "07", "0", "00", "A", "A0", "A00", "A01", "SN-0042", "SN-42", "1234567", "01234567",
                           "12345678", "A2345678", "99999999999999999999", "09999999999999999999", "x y", "é1"}) {
    CAPTURE(text);
    CHECK(of_texts::parse({}, text).value() == of_texts::parse_to_find({}, text));
  }
}

namespace {

struct codes {
  using policy_slot = batch_slot;
  constexpr result<void> format(std::string& out, const int& record, batch_counters& counters) const {
    if (record < 0) return fail(errc::batch_forbidden);
    out += std::to_string(record) + "-" + std::to_string(counters.take(std::to_string(record)));
    return {};
  }
  constexpr result<void> validate(std::string_view code) const {
    if (code.find('-') == code.npos) return fail(errc::refused_by_rule, 0, code.size());
    return {};
  }
};
struct plain_code {
  using policy_slot = batch_slot;
  void format(std::string& out) const { out += "B"; }
};
struct record_code {
  using policy_slot = batch_slot;
  void format(std::string& out, const int& record) const { out += std::to_string(record); }
};

}  // namespace

static_assert(validate_batch(codes{}, " 1-1 ") == std::string_view("1-1"));
static_assert(validate_batch(codes{}, " 11 ").error() == failure{errc::refused_by_rule, 1, 2});
static_assert(validate_batch(plain_code{}, " ").error() == failure{errc::empty_text, 0, 0});
static_assert(validate_batch(plain_code{}, " a\tb").error() == failure{errc::control_character, 2, 1});

namespace {

// spells an ordinal as that number of letters, in bulk with a mark to tell them apart
struct letters {
  using policy_slot = serial_slot;
  static constexpr bool normalises = true;
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const { return text.size(); }
  constexpr void format(std::string& out, std::uint64_t ordinal) const { out.append(ordinal, 'a'); }
  [[nodiscard]] constexpr std::size_t text_length(const family& of) const { return of.width; }
  constexpr void write(char* out, const family&, std::uint64_t first, std::uint64_t count, std::string_view) const {
    for (; count > 0; --count, ++first) *out++ = static_cast<char>('0' + first % 10);
  }
  [[nodiscard]] constexpr result<serial_number> issue(const serial_number* latest, std::string& storage) const {
    storage = latest ? "b" : "a";
    return serial_number{{storage}, 7};
  }
};
struct by_record : letters {
  template <class Record>
  [[nodiscard]] constexpr result<serial_number> issue(const Record& record, const serial_number*, std::string&) const {
    return serial_number{{}, static_cast<std::uint64_t>(record)};
  }
};

}  // namespace

TEST_CASE("a serial policy can have text_length, write and issue", "[policy]") {
  using traits = serial_traits<letters>;
  CHECK((traits::normalises && !serial_traits<text_serial<>>::normalises));
  CHECK(traits::equally_long(letters{}, {"", 3}, 5, 9) == equal_texts{3, 5});
  CHECK(!traits::equally_long(letters{}, {"", 0}, 5, 9));
  CHECK(serial_traits<text_serial<>>::equally_long(text_serial<>{}, {"A"}, 5, 20) == equal_texts{2, 5});
  std::string out(3, '?');
  traits::write(letters{}, out.data(), {"", 1}, 8, 3, "");
  CHECK(out == "890");
  std::string texts(8, '?');
  serial_traits<text_serial<>>::write(text_serial<>{}, texts.data(), {"A"}, 5, 2, "\n");
  CHECK(texts == "A5\nA6\n??");
  std::string storage;
  const serial_number latest{{}, 1};
  CHECK((traits::issues<int> && !serial_traits<text_serial<>>::issues<int>));
  CHECK(traits::issue(letters{}, 5, nullptr, storage) == serial_number{{"a"}, 7});
  CHECK(traits::issue(letters{}, 5, &latest, storage) == serial_number{{"b"}, 7});
  CHECK(serial_traits<by_record>::issue(by_record{}, 5, nullptr, storage) == serial_number{{}, 5});
}

TEST_CASE("a batch policy formats with the arguments that it takes", "[policy]") {
  batch_counters counters;
  std::string out;
  CHECK(format_batch(codes{}, out, 7, counters));
  CHECK(format_batch(codes{}, out, 7, counters));
  CHECK(out == "7-17-2");
  CHECK(format_batch(codes{}, out, -1, counters).error().code == errc::batch_forbidden);
  CHECK(format_batch(plain_code{}, out, 7, counters));
  CHECK(format_batch(record_code{}, out, 9, counters));
  CHECK(out == "7-17-2B9");
  CHECK(validate_batch(plain_code{}, " a ").value() == "a");
}
