#include <tallymark/stock/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>

#include <tallymark/ext/print.hpp>
#include <tallymark/stock/stock.hpp>

using namespace tallymark;

namespace {

struct store : stock<> {
  store() {
    REQUIRE(add_part({.key = "motor"}));
    REQUIRE(add_part({.key = "oil", .serials = rule::forbidden}));
    REQUIRE(create({.part = "motor", .serial = "SN-1"}));
  }
  std::string why(const new_item& wanted) {
    const auto made = create(wanted);
    REQUIRE(!made);
    return explain(made.error(), wanted);
  }
};

}  // namespace

TEST_CASE("a refusal is printed with its member, and with its conflicts", "[stock]") {
  CHECK(text_of(refusal{{errc::negative}, "quantity"}) == "quantity: the number is negative");
  CHECK(text_of(refusal{{errc::not_a_serial, 2, 1}, "serial"}) ==
        "serial: byte 3: this is not a serial number of this kind");
  CHECK(text_of(refusal{{errc::journal_full}}) == std::string(message(errc::journal_full)));
  const conflict taken{errc::already_taken, run{{"SN-"}, 5, 1}, 7};
  CHECK(
      text_of(refusal{{errc::already_taken}, "serial", {taken, taken}}) ==
      "serial: this serial number is already taken (5 of family \"SN-\": this serial number is already taken, by item "
      "7; 5 of family \"SN-\": this serial number is already taken, by item 7)");
}

TEST_CASE("explain picks the text of the member that was refused", "[stock]") {
  const refusal serial{{errc::not_a_serial, 3, 1}, "serial"};
  CHECK(explain(serial, {{"batch", "B-7"}, {"serial", "SN-x"}}) ==
        "serial: SN-x\n           ^ this is not a serial number of this kind");
  CHECK(explain(serial, {{"batch", "B-7"}}) == "serial: this is not a serial number of this kind");
  CHECK(explain(refusal{{errc::journal_full}}, {{"batch", "B-7"}}) == message(errc::journal_full));
  // without a place it is the whole text
  CHECK(explain(refusal{{errc::unknown_part}, "part"}, {{"part", "bolt"}}) ==
        "part: bolt\n      ^^^^ " + std::string(message(errc::unknown_part)));
  CHECK(explain(refusal{{errc::batch_required}, "batch"}, {{"batch", ""}}) ==
        "batch: \n       ^ " + std::string(message(errc::batch_required)));
}

TEST_CASE("explain lists conflicts, ten at most", "[stock]") {
  refusal why{{errc::retired}, "serial", {}};
  for (std::uint64_t i = 1; i <= 12; ++i) why.met.push_back({errc::retired, run{{"SN-"}, 10 * i, 2}});
  const std::string text = explain(why, {{"part", "motor"}});
  CHECK(text.starts_with("serial: this serial number is retired\n  10 to 11 of family \"SN-\": "));
  CHECK(text.find("100 to 101 of") != text.npos);
  CHECK(text.find("110 to 111 of") == text.npos);
  CHECK(text.ends_with("\n  and 2 more"));
}

TEST_CASE("explain takes the new item, whichever of its members was refused", "[stock]") {
  store shelf;
  CHECK(shelf.why({.part = "bolt"}) == "part: bolt\n      ^^^^ " + std::string(message(errc::unknown_part)));
  volatile int missing = -5;
  CHECK(shelf.why({.part = "motor", .amount = int{missing}}) == "quantity: -5\n          ^^ the number is negative");
  CHECK(shelf.why({.part = "motor", .serial = "S\tN"}) ==
        "serial: S\tN\n         ^ the text contains a control character");
}

TEST_CASE("explain takes a part", "[stock]") {
  store shelf;
  const part<> again{.key = "motor"}, of_nothing{.key = "fast motor", .variant_of = "engine"};
  CHECK(explain(shelf.add_part(again).error(), again) ==
        "part: motor\n      ^^^^^ " + std::string(message(errc::part_exists)));
  CHECK(explain(shelf.add_part(of_nothing).error(), of_nothing) ==
        "variant_of: engine\n            ^^^^^^ " + std::string(message(errc::unknown_part)));
}
