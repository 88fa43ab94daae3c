#include <tallymark/expression/detail/expander.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

#include "../../../support/compile_time.hpp"
#include "../expand.hpp"

using namespace tallymark;
using detail::fill_rule;
using detail::operation;
using detail::run_cursor;

namespace {

using numbers_type = numbering<text_serial<>, step<1>>;
using source_type = after_latest<text_serial<>, step<1>>;

constexpr bool portions_at_compile_time() {
  run_list runs;
  runs.add(run{{"A"}, 1, 5});
  runs.add(run{{"B"}, 1, 2});
  run_cursor cursor(runs);
  std::vector<run> seen;
  for (const std::uint64_t n : {2U, 0U, 4U, 1U}) cursor.next(n, [&](const run& part) { seen.push_back(part); });
  return seen == std::vector<run>{{{"A"}, 1, 2}, {{"A"}, 3, 3}, {{"B"}, 1, 1}, {{"B"}, 2, 1}};
}

// the fill is before the last item
constexpr expansion fill_then_one(std::uint64_t quantity, fill_rule rule) {
  constexpr std::string_view text = "3 5+ 9";
  const source_type source(by_text);
  detail::expander<numbers_type, source_type> items(text, quantity, by_text, source, default_most_runs);
  items.literal(text.substr(0, 1));
  items.plus(text.substr(2, 2), {text.substr(2, 1), '+', text.substr(4, 0)}, false);
  items.literal(text.substr(5, 1));
  return items.finish(rule);
}

}  // namespace

static_assert(portions_at_compile_time());
static_assert(fill_then_one(4, fill_rule::what_others_leave).serials.at(2) == serial_number{{}, 6});
static_assert(fill_then_one(4, fill_rule::what_those_before_leave).errors == failures{{errc::too_many_serials, 5, 1}});

TEST_CASE("a fill takes what all others leave, or what those before it leave", "[expression]") {
  CHECK(spelled(by_text, fill_then_one(5, fill_rule::what_others_leave).serials) == text_list{"3", "5", "6", "7", "9"});
  CHECK(fill_then_one(2, fill_rule::what_others_leave).errors == failures{{errc::no_room_to_fill, 2, 2}});
  CHECK(fill_then_one(1, fill_rule::what_those_before_leave).errors ==
        failures{{errc::no_room_to_fill, 2, 2}, {errc::too_many_serials, 5, 1}});
  CHECK(fill_then_one(6, fill_rule::what_others_leave).errors == failures{});
  CHECK(fill_then_one(7, fill_rule::what_others_leave).errors == failures{{errc::named_twice, 5, 1}});
}

TEST_CASE("operands may be quoted, and their errors keep their positions", "[expression]") {
  constexpr std::string_view text = "1,\"a\"\"\xff\"";
  const source_type source(by_text);
  detail::expander<numbers_type, source_type> items(text, 2, by_text, source, default_most_runs);
  std::vector<char> unquoted;
  const auto one = items.read(text.substr(0, 1), unquoted);
  REQUIRE(one);
  CHECK(*one == serial_number{{}, 1});
  const auto other = items.read(text.substr(2), unquoted);
  REQUIRE_FALSE(other);
  CHECK(other.error() == failure{errc::not_utf8, 6, 1});
}

TEST_CASE("texts that can be counted are recognized", "[expression]") {
  const source_type source(by_text);
  const detail::expander<numbers_type, source_type> items("", 0, by_text, source, default_most_runs);
  CHECK(items.goes_on({{"A"}, 1}));
  CHECK_FALSE(items.goes_on({family::literal("A"), 0}));
}
