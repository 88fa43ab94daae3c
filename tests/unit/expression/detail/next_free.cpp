#include <tallymark/expression/detail/next_free.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/expression/source.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/serial/integer.hpp>

#include "../../../support/compile_time.hpp"
#include "../expand.hpp"
#include "../taken_source.hpp"

using namespace tallymark;

namespace {

constexpr numbering<integer_serial, wrapping<1, 9>> round_and_round;

// the texts found, and the reason for the end
template <class Numbers, class Source>
text_list take(const Numbers& numbers, const Source& source, const std::vector<run>& named, std::uint64_t n) {
  run_list out;
  const auto taken = detail::next_free(numbers, source, named, n, out, default_most_runs);
  text_list all = spelled(numbers, out);
  if (!taken) all.emplace_back(message(taken.error().code));
  return all;
}

constexpr bool is_stretch(stretch actual, bool taken, std::uint64_t length) {
  return actual.taken == taken && actual.length == length;
}

bool named_is_stretch(const serial_number& at, bool taken, std::uint64_t length) {
  return is_stretch(detail::named_from<1>({{{}, 3, 2}, {{}, 7, 1}, {{"A"}, 5, 5}}, at), taken, length);
}

[[maybe_unused]] constexpr bool skips_at_compile_time() {
  run_list out;
  const bool taken =
      detail::next_free(by_text, after_latest(by_text, "8"), {{{}, 10, 2}}, 3, out, default_most_runs).has_value();
  return taken && out.size() == 2 && out[0] == run{{}, 9, 1} && out[1] == run{{}, 12, 2};
}

}  // namespace

static_assert(is_stretch(detail::named_from<1>({{{}, 3, 2}}, {{}, 1}), false, 2));
STATIC_CHECK_WITH_STRING(skips_at_compile_time());

TEST_CASE("the number of consecutive serial numbers that are named, or not", "[expression]") {
  CHECK(named_is_stretch({{}, 0}, false, 3));
  CHECK(named_is_stretch({{}, 3}, true, 2));
  CHECK(named_is_stretch({{}, 4}, true, 1));
  CHECK(named_is_stretch({{}, 5}, false, 2));
  CHECK(named_is_stretch({{}, 8}, false, max_ordinal - 7));
  CHECK(named_is_stretch({{"A"}, 4}, false, 1));
  CHECK(named_is_stretch({{"A"}, 9}, true, 1));
  CHECK(named_is_stretch({{"A"}, 10}, false, max_ordinal - 9));
  CHECK(named_is_stretch({{"", 3}, 3}, false, max_ordinal - 2));
}

TEST_CASE("named and taken serial numbers are skipped", "[expression]") {
  const taken_source source(by_text, "7", {"8", "9", "13", "A1"});
  CHECK(take(by_text, source, {}, 5) == text_list{"7", "10", "11", "12", "14"});
  CHECK(take(by_text, source, {{{}, 7, 1}, {{}, 10, 2}, {{"A"}, 12, 1}}, 4) == text_list{"12", "14", "15", "16"});
  CHECK(take(by_text, source, {{{}, 1, 7}, {{}, 9, 1000000}}, 1) == text_list{"1000009"});
}

TEST_CASE("stretches may be short", "[expression]") {
  const taken_source source(by_text, "098", {"099", "100", "103"}, 1);
  CHECK(take(by_text, source, {{{}, 101, 1}}, 3) == text_list{"098", "102", "104"});
}

TEST_CASE("a literal can be the first", "[expression]") {
  const std::string ends(message(errc::no_counter));
  const taken_source free(by_text, "Q", {}), taken(by_text, "Q", {"Q"});
  CHECK(take(by_text, free, {}, 1) == text_list{"Q"});
  CHECK(take(by_text, free, {}, 2) == text_list{"Q", ends});
  CHECK(take(by_text, free, {{family::literal("Q"), 0, 1}}, 1) == text_list{ends});
  CHECK(take(by_text, taken, {}, 1) == text_list{ends});
}

TEST_CASE("a source without a start has no next serial number", "[expression]") {
  CHECK(take(by_text, after_latest(by_text, "Q"), {}, 1) == text_list{std::string(message(errc::no_counter))});
}

TEST_CASE("a sequence that wraps gives each serial number once", "[expression]") {
  const std::string ends(message(errc::exhausted));
  const taken_source source(round_and_round, "5", {"2", "6"}), from_first(round_and_round, "1", {});
  CHECK(take(round_and_round, source, {}, 7) == text_list{"5", "7", "8", "9", "1", "3", "4"});
  CHECK(take(round_and_round, source, {}, 8) == text_list{"5", "7", "8", "9", "1", "3", "4", ends});
  CHECK(take(round_and_round, source, {{{}, 4, 1}}, 7) == text_list{"5", "7", "8", "9", "1", "3", ends});
  CHECK(take(round_and_round, from_first, {{{}, 1, 1}}, 9).back() == ends);
  CHECK(take(round_and_round, from_first, {{{}, 1, 9}}, 1) == text_list{ends});
}
