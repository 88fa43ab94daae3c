#include <tallymark/serial/detail/time_ordered.hpp>

#include <tallymark/calendar/unix_clock.hpp>
#include <tallymark/serial/clock_rule.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

using namespace tallymark;

namespace {

// one digit of time, with at most two families of three ordinals each: `5a`, `5b`
struct toy {
  static constexpr std::uint64_t greatest_time = 8;
  static constexpr std::uint64_t last() { return 2; }
  static constexpr std::uint64_t time_of(const serial_number& of) {
    return static_cast<std::uint64_t>(of.family.text[0] - '0');
  }
  static std::optional<serial_number> carry(const family& full, std::string& storage) {
    if (full.text[1] == 'b') return std::nullopt;
    storage = std::string{full.text[0], 'b'};
    return serial_number{{storage}, 0};
  }
};

template <class Rule>
std::string issued(std::uint64_t now, std::optional<serial_number> latest) {
  std::string storage;
  const auto next = detail::issue_in_order(toy{}, Rule{}, fixed_unix_clock{now}, latest ? &*latest : nullptr, storage,
                                           [](std::uint64_t time, std::string& text) {
                                             text = std::to_string(time) + "a";
                                             return serial_number{{text}, 1};
                                           });
  return next ? std::string(next->family.text) + std::to_string(next->ordinal)
              : std::string(message(next.error().code));
}

constexpr auto exhausted = message(errc::exhausted);

}  // namespace

TEST_CASE("ids that begin with the time are issued in order", "[serial]") {
  using ahead = run_ahead_of_clock;
  CHECK(issued<ahead>(5, std::nullopt) == "5a1");
  CHECK(issued<ahead>(5, serial_number{{"4b"}, 2}) == "5a1");
  CHECK(issued<ahead>(5, serial_number{{"5a"}, 1}) == "5a2");
  CHECK(issued<ahead>(5, serial_number{{"5a"}, 2}) == "5b0");
  CHECK(issued<ahead>(5, serial_number{{"5b"}, 2}) == exhausted);
  CHECK(issued<ahead>(5, serial_number{{"7a"}, 0}) == "7a1");
  CHECK(issued<refuse_clock>(5, serial_number{{"7a"}, 0}) == message(errc::clock_went_back));
  CHECK(issued<refuse_clock>(5, serial_number{{"5a"}, 0}) == "5a1");
  CHECK(issued<ahead>(8, std::nullopt) == "8a1");
  CHECK(issued<ahead>(9, std::nullopt) == exhausted);
  CHECK(issued<ahead>(5, serial_number{family::literal("7"), 0}) == "5a1");
}
