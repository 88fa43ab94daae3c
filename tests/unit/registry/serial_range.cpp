#include <tallymark/registry/serial_range.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>
#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

using ninth = prefixed_serial<"SN-", 9>;

// ---- policies of users ---------------------------------------------------------------------------

// tells no layout: the digits backwards
struct backwards {
  using policy_slot = serial_slot;
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view) const { return fail(errc::not_a_serial); }
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    do out += static_cast<char>('0' + ordinal % 10);
    while ((ordinal /= 10) != 0);
  }
};

// has state, a suffix, and tells the layout of some families only
struct of_a_site {
  using policy_slot = serial_slot;
  std::string site;
  [[nodiscard]] result<serial_number> parse(std::string_view) const { return fail(errc::not_a_serial); }
  void format(std::string& out, const serial_number& serial) const {
    std::string counter;
    std::uint64_t rest = serial.ordinal;
    do counter.insert(counter.begin(), "9876543210"[rest % 10]);
    while ((rest /= 10) != 0);
    if (counter.size() < serial.family.width) counter.insert(0, serial.family.width - counter.size(), '9');
    out.append(serial.family.text).append(counter).append("/").append(site);
    if (serial.family.text == "?") out += counter;
  }
  [[nodiscard]] std::optional<serial_layout> layout(const family& of) const {
    if (of.text == "?") return std::nullopt;
    return serial_layout{of.text, "9876543210", of.width, suffix};
  }
  explicit of_a_site(std::string name) : site(std::move(name)), suffix("/" + site) {}

 private:
  std::string suffix;
};

struct no_four {
  [[nodiscard]] constexpr result<opinion> operator()(std::string_view text) const {
    if (text.find('4') != text.npos) return fail(errc::refused_by_rule);
    return opinion::none;
  }
};

// ---- what it is ------------------------------------------------------------------------------------

using range_type = serial_range<text_serial<>>;
static_assert(std::ranges::random_access_range<range_type> && std::ranges::common_range<range_type>);
static_assert(std::ranges::sized_range<range_type> && std::ranges::view<range_type>);
static_assert(std::same_as<std::ranges::range_value_t<range_type>, std::string>);
static_assert(std::ranges::input_range<range_type::block_range>);
static_assert(std::same_as<std::ranges::range_value_t<range_type::block_range>, std::string_view>);
static_assert(std::is_trivially_copyable_v<range_type>);

// what would dangle is refused; a policy without state is kept
static_assert(!std::constructible_from<range_type, const text_serial<>&, run_list>);
static_assert(std::constructible_from<range_type, text_serial<>, const run&>);
static_assert(!std::constructible_from<serial_range<of_a_site>, of_a_site, const run&>);
static_assert(!std::constructible_from<serial_range<of_a_site>, of_a_site, const run_list&>);
static_assert(std::constructible_from<serial_range<of_a_site>, const of_a_site&, const run_list&>);

// what a registry counts with will do as a policy; what would dangle is refused there as well
using numbers_type = numbering<text_serial<>, step<1>>;
using numbers_of_a_site = numbering<of_a_site, step<1>>;
static_assert(std::same_as<decltype(serial_range(numbers_type{}, run{})), range_type>);
static_assert(std::constructible_from<range_type, numbers_type, const run_list&>);
static_assert(!std::constructible_from<range_type, const numbers_type&, run_list>);
static_assert(std::constructible_from<serial_range<of_a_site>, const numbers_of_a_site&, const run_list&>);
static_assert(!std::constructible_from<serial_range<of_a_site>, numbers_of_a_site, const run_list&>);
static_assert(!std::constructible_from<serial_range<of_a_site>, const numbers_of_a_site&, run_list>);

template <std::size_t Size>
constexpr auto written_at_compile_time(std::uint64_t first, std::uint64_t count) {
  std::array<char, Size> out{};
  const serial_range texts(text_serial<>{}, run{{"A"}, first, count});
  const bool all = texts.written_size("\n") == Size && texts.write_to(out, "\n") == written{Size, count};
  return std::pair(out, all);
}
constexpr auto grows = written_at_compile_time<14>(8, 4);
static_assert(grows.second && std::string_view(grows.first.data(), 14) == "A8\nA9\nA10\nA11\n");
constexpr auto many = written_at_compile_time<9 * 3 + 90 * 4 + 100 * 5>(1, 199);
static_assert(many.second && std::string_view(many.first.data(), 887).ends_with("\nA197\nA198\nA199\n"));

STATIC_CHECK_WITH_STRING(serial_range(ninth{}, run{{}, 7, 5})[3] == "SN-000000010");
STATIC_CHECK_WITH_STRING(*(serial_range(ninth{}, run{{}, 7, 5}).begin() + 4) == "SN-000000011");

// ---- everything against one by one ---------------------------------------------------------------------

struct whole {
  std::string text;
  std::size_t longest = 0;  // of one serial number and the separator
};

template <class S>
whole one_by_one(const S& policy, const run_list& list, std::string_view separator) {
  whole out;
  for (const run& each : list)
    for (std::uint64_t i = 0; i < each.length; ++i) {
      const std::size_t before = out.text.size();
      serial_traits<S>::format(policy, out.text, {each.family, each.at(i)});
      out.text += separator;
      out.longest = std::max(out.longest, out.text.size() - before);
    }
  return out;
}

// "" or what is wrong
template <class S>
std::string first_difference(const serial_range<S>& texts, const whole& expected, std::string_view separator) {
  const std::size_t size = expected.text.size();
  if (texts.written_size(separator) != size) return "written_size";
  const std::unique_ptr<char[]> exact(new char[size]);  // so that a sanitizer sees an overrun
  if (texts.write_to({exact.get(), size}, separator) != written{size, texts.size()}) return "written";
  if (std::string_view(exact.get(), size) != expected.text) return "write_to";

  for (const std::size_t more :
       {std::size_t{0}, std::size_t{1}, expected.longest, std::size_t{1'000}, std::size_t{9'999}}) {
    const std::size_t room = expected.longest + more;
    const std::unique_ptr<char[]> buffer(new char[room]);
    std::size_t at = 0;
    for (const std::string_view block : texts.blocks({buffer.get(), room}, separator)) {
      if (block.empty() || block.data() != buffer.get() || expected.text.compare(at, block.size(), block) != 0)
        return "block";
      if (!block.ends_with(separator)) return "end of a block";
      at += block.size();
    }
    if (at != size) return "blocks";
  }
  return "";
}

template <class S>
void check_all(const S& policy, const family& of, std::initializer_list<std::uint64_t> firsts,
               std::uint64_t stride = 1) {
  const std::uint64_t last = serial_traits<S>::last(policy, of);
  for (std::uint64_t first : firsts)
    for (std::uint64_t count : {1U, 2U, 11U, 100U, 1'234U, 11'003U}) {
      first = std::min(first, last);
      count = std::min(count, (last - first) / stride + 1);
      run_list list;
      list.add(run{of, first, count, stride});
      const serial_range texts(policy, list), of_run(policy, list[0]);
      for (const std::string_view separator : {"", "\n", ", ", " and then comes, as everybody expects, "}) {
        const whole expected = one_by_one(policy, list, separator);
        CAPTURE(first, count, stride, separator, of.text, of.width);
        CHECK(first_difference(texts, expected, separator) == "");
        if (count < 1'000) CHECK(first_difference(of_run, expected, separator) == "");
      }
    }
}

}  // namespace

TEST_CASE("the texts of free growing and padded families", "[registry]") {
  for (const unsigned width : {0U, 2U, 3U, 6U, 18U})
    check_all(text_serial<>{}, {"SN-", static_cast<std::uint8_t>(width)},
              {0, 1, 7, 95, 9'990, 99'999'990, 999'999'999'999'999'000});
  check_all(text_serial<>{}, {"", 0}, {0, 1, 88});
  check_all(text_serial<>{}, {"1234567", 18}, {0, 12'345, 999'999'999'999'999'990});
  const std::string long_text(82, 'x');
  check_all(text_serial<>{}, {long_text, 0}, {0, 9'990});
  check_all(text_serial<>{}, {"\xC3\xA4\xE2\x82\xAC", 5}, {1});
}

TEST_CASE("the texts of runs with a stride", "[registry]") {
  for (const std::uint64_t stride : {3U, 10U, 50U, 1000U}) {
    for (const unsigned width : {0U, 3U, 6U})
      check_all(text_serial<>{}, {"SN-", static_cast<std::uint8_t>(width)}, {0, 7, 95, 99'999'990}, stride);
    check_all(alphabet_serial<"0123456789ABCDEFGHJKLMNPQRSTVWXYZ">{}, {}, {5, max_ordinal - 9'000}, stride);
  }
}

TEST_CASE("the texts of integers and prefixed counters", "[registry]") {
  check_all(integer_serial{}, {}, {0, 1, 95, 99'000, max_ordinal - 20'010, max_ordinal - 3});
  check_all(basic_integer_serial<std::uint8_t>{}, {}, {0, 95, 255});
  check_all(ninth{}, {}, {0, 1, 95, 99'990, 999'990'000, 999'999'999});
  check_all(prefixed_serial<"", 1>{}, {}, {0, 3});
  check_all(prefixed_serial<"P">{}, {}, {1, 9'999});
  check_all(prefixed_serial<"S", 18>{}, {}, {123'456'789'012'345'678});
}

TEST_CASE("the texts of alphabets", "[registry]") {
  check_all(alphabet_serial<"0123456789ABCDEFGHJKLMNPQRSTVWXYZ", 6>{}, {}, {0, 1, 35'900, 1'291'467'960});
  check_all(alphabet_serial<"0123456789ABCDEFGHJKLMNPQRSTVWXYZ">{}, {}, {0, 30, 35'900, max_ordinal - 2'000});
  check_all(alphabet_serial<"01">{}, {}, {0, 5, 65'500});
  check_all(alphabet_serial<"10", 70, "bits ">{}, {}, {3, max_ordinal - 25'000});
  check_all(alphabet_serial<"QWERTZUIOP", 4, "\xC3\xA4">{}, {}, {0, 8'000});
  check_all(
      alphabet_serial<
          "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~", 5>{},
      {}, {0, 90, 800'000});
}

TEST_CASE("the texts of policies on top of others and of users", "[registry]") {
  check_all(validated_serial<text_serial<>, no_four>{}, {"V", 0}, {95});
  check_all(backwards{}, {}, {0, 95, 99'999});
  const of_a_site berlin("BER");
  for (const std::string_view text : {"A", "?", ""})
    for (const unsigned width : {0U, 4U}) check_all(berlin, {text, static_cast<std::uint8_t>(width)}, {0, 8, 9'995});
}

TEST_CASE("the texts of a list come in its order", "[registry]") {
  run_list list;
  list.add(run{{"A"}, 98, 5});
  list.add(serial_number{family::literal("QQQ"), 0});
  list.add(serial_number{family::literal("a very long literal, longer than all of the others"), 0});
  list.add(run{{"A", 3}, 98, 2});
  list.add(run{{"A"}, 100, 1'000});
  list.add(run{{"B", 9}, 1, 20'000});
  list.add(run{{"A"}, 1, 1});
  const text_serial<> policy;
  const serial_range texts(policy, list);
  CHECK(texts.size() == list.serials());
  for (const std::string_view separator : {"", "\n", "; "})
    CHECK(first_difference(texts, one_by_one(policy, list, separator), separator) == "");

  std::uint64_t i = 0;
  for (const std::string& text : texts) {
    std::string expected;
    policy.format(expected, list.at(i));
    if (text != expected || texts[i] != expected || texts.begin()[static_cast<std::ptrdiff_t>(i)] != expected) {
      CAPTURE(i, expected);
      CHECK(text == expected);
      CHECK(texts[i] == expected);
      CHECK(texts.begin()[static_cast<std::ptrdiff_t>(i)] == expected);
    }
    ++i;
  }
  CHECK(i == texts.size());
}

TEST_CASE("an iterator moves by any distance in both directions", "[registry]") {
  run_list list;
  for (std::uint64_t i = 0; i < 20; ++i) list.add(run{{i % 2 ? "A" : "B"}, 100 * i, 1 + i % 4});
  const serial_range texts(text_serial<>{}, list);
  const auto size = static_cast<std::ptrdiff_t>(texts.size());
  std::vector<std::string> all;
  for (const std::string& text : texts) all.push_back(text);
  CHECK(std::ranges::equal(all, texts));
  CHECK(std::ranges::equal(all | std::views::reverse, texts | std::views::reverse));
  for (std::ptrdiff_t from = 0; from <= size; ++from)
    for (std::ptrdiff_t to = 0; to <= size; ++to) {
      auto i = texts.begin() + from;
      i += to - from;
      const bool there =
          i == texts.begin() + to && i - texts.begin() == to && (from < to) == (texts.begin() + from < i);
      if (!there || (to < size && *i != all[static_cast<std::size_t>(to)])) {
        CAPTURE(from, to);
        CHECK(there);
        CHECK((to == size || *i == all[static_cast<std::size_t>(to)]));
      }
    }
  auto i = texts.begin();
  CHECK(*i++ == all[0]);
  CHECK(*i-- == all[1]);
  CHECK(*++i == all[1]);
  CHECK(*--i == all[0]);
  CHECK(*(2 + i) == all[2]);
  CHECK(*(texts.end() - 1) == all.back());
  CHECK(texts.front() == all.front());
  CHECK(texts.back() == all.back());
  CHECK(std::ranges::find(texts, "A702") == texts.begin() + (std::ranges::find(all, "A702") - all.begin()));
}

TEST_CASE("as many texts are written as fit as a whole", "[registry]") {
  const serial_range texts(text_serial<>{}, run{{"A"}, 8, 100});
  std::string out(7, '?');
  CHECK(texts.write_to(out, ",") == written{6, 2});
  CHECK(out == "A8,A9,?");
  CHECK(texts.write_to(out, ",", 1) == written{7, 2});
  CHECK(out == "A9,A10,");
  CHECK(texts.write_to(out, "", 2) == written{6, 2});
  CHECK(out == "A10A11,");
  CHECK(texts.write_to(std::span(out).first(2), ",") == written{0, 0});
  CHECK(texts.write_to({}, ",") == written{0, 0});
  CHECK(texts.write_to(out, ",", 99) == written{5, 1});
  CHECK(out == "A107,1,");
  CHECK(texts.write_to(out, ",", 100) == written{0, 0});

  const serial_range untold(backwards{}, run{{}, 12, 3});
  std::string small(5, '?');
  CHECK(untold.write_to(small, "\n") == written{3, 1});
  CHECK(small == "21\n??");
  CHECK(untold.write_to(small, "\n", 3) == written{0, 0});
}

TEST_CASE("text_length is the length of all texts, or none", "[registry]") {
  run_list list;
  CHECK_FALSE(serial_range(text_serial<>{}, list).text_length());
  list.add(run{{"A"}, 1, 9});
  CHECK(serial_range(text_serial<>{}, list).text_length() == 2);
  list.add(serial_number{family::literal("QQ"), 0});
  list.add(run{{"", 2}, 1, 9});
  CHECK(serial_range(text_serial<>{}, list).text_length() == 2);
  list.add(run{{""}, 1, 1});
  CHECK_FALSE(serial_range(text_serial<>{}, list).text_length());
  list.add(run{{""}, 5, 1});  // as long as the one before
  CHECK_FALSE(serial_range(text_serial<>{}, list).text_length());
  list.add(run{{"A"}, 1, 1});
  CHECK_FALSE(serial_range(text_serial<>{}, list).text_length());
  CHECK(serial_range(ninth{}, run{{}, 1, 1'000'000}).text_length() == 12);
  CHECK_FALSE(serial_range(integer_serial{}, run{{}, 1, 10}).text_length());
  CHECK(serial_range(backwards{}, run{{}, 10, 90}).text_length() == 2);
  CHECK_FALSE(serial_range(backwards{}, run{{}, 10, 91}).text_length());
}

TEST_CASE("sizes beyond 64 bits stay at the greatest", "[registry]") {
  CHECK(serial_range(ninth{}, run{{}, 0, 1'000'000'000}).written_size("\n") == 13'000'000'000U);
  CHECK(serial_range(integer_serial{}, run{{}, 0, max_ordinal}).written_size() == 0xFFFF'FFFF'FFFF'FFFFU);
  run_list list;
  for (int i = 0; i < 3; ++i) list.add(run{{"A", 0}, 1'000'000'000'000'000'000U, 400'000'000'000'000'000U});
  CHECK(serial_range(text_serial<>{}, list).written_size() == 0xFFFF'FFFF'FFFF'FFFFU);
}

TEST_CASE("the last texts of the longest runs", "[registry]") {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  const serial_range all(integer_serial{}, run{{}, 0, most});
  CHECK(all.size() == most);
  CHECK(all[most - 1] == "18446744073709551614");
  std::string out(60, '?');
  CHECK(all.write_to(out, "\n", most - 2) == written{42, 2});
  CHECK(out.starts_with("18446744073709551613\n18446744073709551614\n?"));
  CHECK(all.write_to(out, "\n", most) == written{});
  CHECK(all.write_to(out, "", 9'999'999'999'999'999'998U) == written{58, 3});
  CHECK(out.starts_with("9999999999999999998999999999999999999910000000000000000000"));

  const serial_range half(integer_serial{}, run{{}, 7, most / 2});
  CHECK(half.end() - half.begin() == std::numeric_limits<std::ptrdiff_t>::max());
  CHECK(half.end()[-1] == std::to_string(most / 2 + 6));
  CHECK(half.begin()[1] == "8");
  CHECK(half.back() == half[half.size() - 1]);
}

TEST_CASE("a range of texts is a view like others", "[registry]") {
  std::vector<std::string> seen;
  for (const std::string& text :
       serial_range(integer_serial{}, run{{}, 1, 20}) | std::views::drop(8) | std::views::take(3) | std::views::reverse)
    seen.push_back(text);
  CHECK(seen == std::vector<std::string>{"11", "10", "9"});
}

// a policy may write nothing
struct silent {
  using policy_slot = serial_slot;
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view) const { return fail(errc::not_a_serial); }
  constexpr void format(std::string&, std::uint64_t) const {}
};

TEST_CASE("texts without a byte take no room", "[registry]") {
  const serial_range texts(silent{}, run{{}, 1, 5});
  CHECK(texts.written_size() == 0);
  CHECK(texts.written_size(",") == 5);
  CHECK(texts.write_to({}) == written{0, 5});
}

TEST_CASE("the numbers that a registry counts with are written as its policy does", "[registry]") {
  const numbers_of_a_site numbers{of_a_site("BER"), {}};
  run_list list;
  list.add(run{{"A"}, 0, 3});
  CHECK(serial_range(numbers, list)[2] == "A7/BER");
  CHECK(serial_range(numbers, list[0]).size() == 3);
}

TEST_CASE("nothing comes of nothing", "[registry]") {
  const run_list none;
  const serial_range texts(text_serial<>{}, none), of_run(text_serial<>{}, run{{"A"}, 1, 0});
  std::string buffer(10, '?');
  for (const auto& each : {texts, of_run}) {
    CHECK(each.empty());
    CHECK(each.begin() == each.end());
    CHECK(each.written_size("\n") == 0);
    CHECK(each.write_to(buffer, "\n") == written{});
    CHECK(std::ranges::distance(each.blocks(buffer, "\n")) == 0);
  }
  CHECK(buffer == "??????????");
}
