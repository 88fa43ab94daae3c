#include <tallymark/registry/registry.hpp>

#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/snowflake.hpp>
#include <tallymark/serial/ulid.hpp>
#include <tallymark/serial/validated.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace tallymark;
using namespace std::string_literals;

namespace {

using texts = std::vector<std::string>;

template <class Registry>
texts spelled(const Registry& registry, const run_list& serials) {
  texts out;
  for (const run& each : serials)
    for (std::uint64_t i = 0; i < each.length; ++i) out.push_back(registry.numbers().text({each.family, each.at(i)}));
  return out;
}
template <class Registry>
texts spelled(const Registry& registry, const conflicts& met) {
  texts out;
  for (const conflict& each : met)
    for (const auto& text : spelled(registry, each.serials))
      out.push_back(std::string(message(each.why)) + ": " + text);
  return out;
}
template <class Registry>
run_list runs(const Registry& registry, std::string_view from, std::uint64_t length) {
  run_list out;
  const auto first = registry.numbers().parse(from);
  out.add(run{first->family, first->ordinal, length});
  return out;
}
template <class Registry>
std::size_t held_runs(const Registry& registry, const auto& where) {
  std::size_t count = 0;
  registry.for_each(where, [&](const family&, const held_run&) { ++count; });
  return count;
}

constexpr bool ends_in_four(std::uint64_t v) { return v % 10 == 4; }
constexpr bool beyond_ninety(std::uint64_t v) { return v > 90; }

std::optional<std::string> next_letter(std::string_view latest) {
  if (latest.size() != 1 || latest[0] < 'A' || latest[0] >= 'Z') return std::nullopt;
  return std::string(1, static_cast<char>(latest[0] + 1));
}

struct box {
  int part;
  std::string site;
};
struct unique_per_site {
  using policy_slot = scope_slot;
  std::string key(const box& item) const { return item.site; }
};
struct unique_per_site_and_part {
  using policy_slot = scope_slot;
  std::pair<std::string, int> key(const box& item) const { return {item.site, item.part}; }
};
struct no_sevens {
  result<opinion> operator()(std::string_view text) const {
    const auto at = text.find('7');
    return at == text.npos ? result<opinion>(opinion::none) : fail(errc::refused_by_rule, at, 1);
  }
};

}  // namespace

static_assert(!std::is_copy_constructible_v<registry<>> && !std::is_move_constructible_v<registry<>> &&
              !std::is_copy_assignable_v<registry<>> && !std::is_move_assignable_v<registry<>>);

// ---- claims
// -----------------------------------------------------------------------------------------------------------

TEST_CASE("a serial number is taken once in its scope", "[registry]") {
  registry<> registry;
  CHECK(registry.claim("motor", "42"));
  CHECK(registry.claim("motor", " 42 ").error() == failure{errc::already_taken, 0, 4});
  CHECK(registry.claim({"fast motor", "motor"}, "42").error().code == errc::already_taken);
  CHECK(registry.claim("pump", "42"));
  CHECK(registry.claim("motor", "042"));  // another serial number
  CHECK(registry.claim("motor", "").error() == failure{errc::empty_text, 0, 0});
  CHECK(registry.claim("motor", "  a\tb").error() == failure{errc::control_character, 3, 1});
}

TEST_CASE("where can be nothing where all is unique", "[registry]") {
  struct acme : policies<unique_globally, prefixed_serial<"SN-", 6>> {};
  registry<acme> registry;
  CHECK(registry.claim({}, "SN-000042"));
  CHECK(registry.claim("motor", "SN-000042").error().code == errc::already_taken);
  CHECK(registry.next({"pump", "pumps"}).value() == "SN-000043");
}

TEST_CASE("scopes can be of the user's own", "[registry]") {
  registry<policies<unique_per_site>, box> by_site;
  CHECK(by_site.claim({1, "Kiel"}, "1"));
  CHECK(!by_site.claim({2, "Kiel"}, "1"));
  CHECK(by_site.claim({1, "Rome"}, "1"));

  registry<policies<unique_per_site_and_part>, box> by_both;
  CHECK(by_both.claim({1, "Kiel"}, "1"));
  CHECK(by_both.claim({2, "Kiel"}, "1"));
  CHECK(!by_both.claim({2, "Kiel"}, "1"));

  registry<policies<unique_per_part>, part_ref<int>> by_number;
  CHECK(by_number.claim(7, "1"));
  CHECK(by_number.claim(8, "1"));
  CHECK(!by_number.claim({7, 1}, "1"));
}

TEST_CASE("a claim answers with a family that stays", "[registry]") {
  registry<> registry;
  serial_number kept;
  {
    std::string text = "a serial number that is long enough to have a place of its own 17";
    kept = registry.claim("motor", text).value();
    text.assign(text.size(), '?');
  }
  CHECK(registry.numbers().text(kept) == "a serial number that is long enough to have a place of its own 17");
}

TEST_CASE("a bulk claim takes all, for items that follow one another", "[registry]") {
  registry<> registry;
  run_list wanted = runs(registry, "SN-5", 3);
  wanted += runs(registry, "Q", 1);
  REQUIRE(registry.claim("motor", wanted, 100));
  CHECK(registry.find("motor", "SN-7") == holder{102, hold::claimed});
  CHECK(registry.find("motor", "Q") == holder{103, hold::claimed});
  CHECK(held_runs(registry, "motor") == 2);
}

TEST_CASE("a bulk claim that meets conflicts takes none and lists every one", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", {"SN-3", "SN-4", "SN-8", "Q"}));
  REQUIRE(registry.retire("motor", "SN-4"));
  const auto reserved = registry.reserve("motor", 1);  // SN-9
  run_list wanted = runs(registry, "SN-1", 10);
  wanted += runs(registry, "Q", 1);
  wanted += runs(registry, "SN-2", 1);
  const auto done = registry.claim("motor", wanted);
  REQUIRE(!done);
  CHECK(spelled(registry, done.error()) ==
        texts{"this serial number is already taken: Q", "this serial number is named twice: SN-2",
              "this serial number is already taken: SN-3", "this serial number is retired: SN-4",
              "this serial number is already taken: SN-8", "this serial number is reserved: SN-9"});
  CHECK(!registry.contains("motor", "SN-1"));
}

TEST_CASE("runs that no text could name are refused", "[registry]") {
  registry<> registry;
  CHECK(registry.claim("motor", runs(registry, "SN-098", 2)));
  const auto beyond = registry.claim("motor", runs(registry, "SN-097", 4));
  REQUIRE(!beyond);
  CHECK(beyond.error() == conflicts{{errc::too_large, run{{"SN-", 3}, 97, 4}}});
  CHECK(registry.claim("motor", runs(registry, "Q", 2)).error().front().why == errc::no_counter);
  CHECK(registry.claim("motor", runs(registry, "1", max_ordinal)).error().front().why == errc::too_large);
  CHECK(registry.release("motor", runs(registry, "SN-098", max_ordinal)).error().front().why == errc::too_large);
  CHECK(registry.retire("motor", runs(registry, "SN-098", max_ordinal + 1)).error().front().why == errc::too_large);
  CHECK(held_runs(registry, "motor") == 1);
}

TEST_CASE("a bulk claim asks the rules of the serial policy", "[registry]") {
  registry<policies<validated_serial<text_serial<>, no_sevens>>> registry;
  CHECK(registry.claim("motor", "SN-7").error() == failure{errc::refused_by_rule, 3, 1});
  run_list wanted;
  wanted.add(run{{"SN-"}, 5, 14});
  const auto done = registry.claim("motor", wanted);
  REQUIRE(!done);
  CHECK(spelled(registry, done.error()) == texts{"a rule refuses this text: SN-7", "a rule refuses this text: SN-17"});
  CHECK(held_runs(registry, "motor") == 0);
  CHECK(spelled(registry, registry.issue("motor", 8).value()) == texts{"1", "2", "3", "4", "5", "6", "8", "9"});
}

TEST_CASE("release frees, retire keeps for ever", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", {"1", "2", "3"}, 10));
  CHECK(registry.release("motor", "1"));
  CHECK(registry.release("motor", "1").error() == failure{errc::not_claimed, 0, 1});
  CHECK(registry.claim("motor", "1", 20));

  CHECK(registry.retire("motor", "2"));
  CHECK(registry.retire("motor", "2"));  // and stays so
  CHECK(registry.find("motor", "2") == holder{11, hold::retired});
  CHECK(registry.claim("motor", "2").error().code == errc::retired);
  CHECK(registry.release("motor", "2"));  // an undo
  CHECK(!registry.contains("motor", "2"));

  CHECK(registry.retire("motor", "9").error().code == errc::not_claimed);
  CHECK(registry.retire("pump", "1").error().code == errc::not_claimed);
  CHECK(registry.release("motor", "\x01").error().code == errc::control_character);
}

TEST_CASE("runs are released and retired together or not at all", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", runs(registry, "SN-1", 5), 10));
  const auto done = registry.release("motor", runs(registry, "SN-4", 4));
  REQUIRE(!done);
  CHECK(spelled(registry, done.error()) ==
        texts{"this serial number is not claimed: SN-6", "this serial number is not claimed: SN-7"});
  CHECK(registry.contains("motor", "SN-4"));
  CHECK(registry.retire("motor", runs(registry, "SN-2", 3)));
  CHECK(registry.find("motor", "SN-3") == holder{12, hold::retired});
  CHECK(held_runs(registry, "motor") == 3);
  CHECK(registry.release("motor", runs(registry, "SN-1", 5)));
  CHECK(held_runs(registry, "motor") == 0);
}

// ---- lookup
// -----------------------------------------------------------------------------------------------------------

TEST_CASE("a scanned text is free, taken, or invalid and where", "[registry]") {
  struct acme : policies<unique_globally, prefixed_serial<"SN-", 6>> {};
  registry<acme> registry;
  REQUIRE(registry.claim({}, "SN-000042", 7));
  CHECK(registry.inspect({}, "SN-000041").free());
  CHECK(registry.inspect({}, "SN-000042") == answer{failure{errc::already_taken, 0, 9}, 7});
  CHECK(registry.inspect({}, "SN-00x042") == answer{failure{errc::not_a_serial, 5, 1}});
  CHECK(registry.inspect({}, {"SN-000041", " SN-000041"}) ==
        std::vector<answer>{{}, {failure{errc::named_twice, 0, 10}}});
  const std::string blanks(200, ' ');
  CHECK(registry.inspect({}, blanks + "SN-000042").why == failure{errc::already_taken, 0, 209});
  CHECK(held_runs(registry, part_ref<>{}) == 1);
}

TEST_CASE("what cannot be claimed is not found", "[registry]") {
  registry<> registry;
  const std::vector<std::string> odd{"",
                                     " ",
                                     "SN\t9",
                                     "SN-\xFF",
                                     std::string(101, '7'),
                                     std::string(300, 'x'),
                                     "\n7",
                                     "A\x01"
                                     "B",
                                     "\xC3\xA9"
                                     "1"};
  std::vector<std::string_view> texts(odd.begin(), odd.end());
  std::vector<std::optional<holder>> found(texts.size());
  for (int round = 0; round < 2; ++round) {
    registry.find({}, texts, found);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      CAPTURE(round, i);
      const bool is_taken = round == 1 && registry.inspect({}, texts[i]).taken();
      CHECK(registry.find({}, texts[i]).has_value() == is_taken);
      CHECK(found[i].has_value() == is_taken);
      if (round == 0) (void)registry.claim({}, texts[i], i);
    }
  }
  CHECK(registry.find({}, "7 ") == holder{6, hold::claimed});
  CHECK(registry.find({},
                      "\xC3\xA9"
                      "1") == holder{8, hold::claimed});
}

TEST_CASE("the taken runs are visited in natural order", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", {"Q", "SN-10", "SN-9", "A-2", "SN-09"}));
  texts seen;
  registry.for_each("motor", [&](const family& of, const held_run& each) {
    seen.push_back(registry.numbers().text({of, each.first}));
  });
  CHECK(seen == texts{"A-2", "Q", "SN-9", "SN-09"});  // SN-10 is in the run of SN-9
  registry.for_each("pump", [&](const family&, const held_run&) { FAIL(); });
}

// ---- the sequence
// -----------------------------------------------------------------------------------------------------

TEST_CASE("an empty scope begins at the first value of the serial policy", "[registry]") {
  registry<> registry;
  CHECK(!registry.latest("motor"));
  CHECK(registry.next("motor").value() == "1");
  REQUIRE(registry.claim("motor", "QQQ"));  // no counter to go on from
  CHECK(registry.next("motor").value() == "1");
}

TEST_CASE("the first claim with a counter leads the sequence", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", "QQQ"));
  REQUIRE(registry.claim("motor", "SN-098"));
  REQUIRE(registry.claim("motor", "A-500"));  // scanned, so it moves nothing
  CHECK(registry.latest("motor") == "SN-098");
  CHECK(registry.next("motor").value() == "SN-099");
  CHECK(spelled(registry, registry.issue("motor", 3).value()) == texts{"SN-099", "SN-100", "SN-101"});
  CHECK(registry.latest("motor") == "SN-101");
  REQUIRE(registry.claim("motor", "SN-105"));
  CHECK(registry.next("motor").value() == "SN-106");
}

TEST_CASE("next skips what is taken", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", "SN-098"));
  REQUIRE(registry.claim("motor", {"SN-100", "SN-101"}));
  CHECK(spelled(registry, registry.issue("motor", 2).value()) == texts{"SN-099", "SN-102"});
}

TEST_CASE("a reservation that is given back leaves the sequence as it was", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", "SN-098"));
  REQUIRE(registry.claim("motor", {"A-500", "SN-500"}));
  auto crossing = registry.reserve("motor", 3);
  CHECK(spelled(registry, crossing->serials()) == texts{"SN-099", "SN-100", "SN-101"});
  CHECK(registry.latest("motor") == "SN-500");
  crossing->drop();
  CHECK(registry.latest("motor") == "SN-098");
  CHECK(registry.next("motor").value() == "SN-099");
}

TEST_CASE("of several reservations the latest that was not given back leads", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", "A-1"));
  auto a = registry.reserve("motor", 1);
  REQUIRE(registry.start_at("motor", "B-1"));
  auto b = registry.reserve("motor", 1);
  REQUIRE(registry.start_at("motor", "C-1"));
  auto c = registry.reserve("motor", 1);
  CHECK(registry.latest("motor") == "C-1");
  b->drop();
  CHECK(registry.latest("motor") == "C-1");
  a->commit();  // it is still the older one
  CHECK(registry.latest("motor") == "C-1");
  c->drop();
  CHECK(registry.latest("motor") == "A-2");
}

TEST_CASE("a family that is empty again leads no longer", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", {"C-1", "B-7", "A-3"}));
  REQUIRE(registry.release("motor", "C-1"));
  CHECK(registry.next("motor").value() == "B-8");  // claimed before A-3
  REQUIRE(registry.claim("motor", "C-1"));
  CHECK(registry.next("motor").value() == "B-8");
  REQUIRE(registry.release("motor", {runs(registry, "B-7", 1)}));
  CHECK(registry.next("motor").value() == "A-4");
  REQUIRE(registry.release("motor", "A-3"));
  REQUIRE(registry.release("motor", "C-1"));
  CHECK(!registry.latest("motor"));
  CHECK(registry.next("motor").value() == "1");
}

TEST_CASE("start_at sets the sequence", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", {"5", "100", "102"}));
  CHECK(registry.start_at("motor", "Q").error() == failure{errc::no_counter, 0, 1});
  CHECK(registry.start_at("motor", "").error().code == errc::empty_text);
  CHECK(registry.next("motor").value() == "103");
  REQUIRE(registry.start_at("motor", "099"));
  CHECK(registry.next("motor").value() == "099");
  REQUIRE(registry.start_at("motor", "99"));
  CHECK(registry.latest("motor") == "102");  // nothing was issued yet
  CHECK(spelled(registry, registry.issue("motor", 2).value()) == texts{"99", "101"});
  REQUIRE(registry.claim("motor", "5000"));  // scanned
  CHECK(registry.next("motor").value() == "103");
  REQUIRE(registry.release("motor", "99"));
  CHECK(registry.next("motor").value() == "99");  // the first free one from the start on
  REQUIRE(registry.start_at("motor", "102"));
  CHECK(registry.next("motor").value() == "103");
}

TEST_CASE("what a sequence that was set gives back comes again", "[registry]") {
  registry<> registry;
  REQUIRE(registry.start_at("motor", "SN-8"));
  auto first = registry.reserve("motor", 2), second = registry.reserve("motor", 2);
  first->drop();
  CHECK(spelled(registry, registry.issue("motor", 3).value()) == texts{"SN-8", "SN-9", "SN-12"});
  REQUIRE(registry.start_at("motor", "SN-11"));
  second->drop();
  CHECK(registry.next("motor").value() == "SN-11");
}

TEST_CASE("start_at lands on what the increment counts", "[registry]") {
  registry<policies<skipping<ends_in_four>>> registry;
  REQUIRE(registry.start_at("motor", "SN-4"));
  CHECK(spelled(registry, registry.issue("motor", 2).value()) == texts{"SN-5", "SN-6"});
  tallymark::registry<policies<unique_globally, prefixed_serial<"P", 2>, skipping<beyond_ninety>>> ends;
  CHECK(ends.start_at({}, "P95").error() == failure{errc::exhausted, 0, 3});
}

TEST_CASE("an increment on texts goes on from literals", "[registry]") {
  registry<policies<custom<next_letter>>> registry;
  REQUIRE(registry.claim("motor", "QQQ"));  // the function knows nothing that follows
  CHECK(registry.next("motor").value() == "1");
  REQUIRE(registry.claim("motor", "C"));
  CHECK(registry.next("motor").value() == "D");
  CHECK(spelled(registry, registry.issue("motor", 2).value()) == texts{"D", "E"});
  REQUIRE(registry.start_at("motor", "X"));
  CHECK(registry.start_at("motor", "QQQ").error().code == errc::no_counter);
  CHECK(registry.issue("motor", 4).error().code == errc::no_counter);
  CHECK(spelled(registry, registry.issue("motor", 3).value()) == texts{"X", "Y", "Z"});
  REQUIRE(registry.release("motor", "Y"));
  CHECK(registry.next("motor").value() == "Y");
}

TEST_CASE("a sequence that wraps passes over what is still taken", "[registry]") {
  registry<policies<wrapping<1, 5>>> registry;
  CHECK(registry.issue("motor", 5));
  CHECK(registry.next("motor").error().code == errc::exhausted);
  REQUIRE(registry.release("motor", {runs(registry, "2", 2)}));
  CHECK(spelled(registry, registry.issue("motor", 2).value()) == texts{"2", "3"});
  CHECK(registry.issue("motor", 1).error().code == errc::exhausted);
}

TEST_CASE("a call that asks for too many takes none", "[registry]") {
  registry<policies<unique_globally, prefixed_serial<"P", 1>>> registry;
  CHECK(registry.issue({}, 0).error().code == errc::zero_quantity);
  CHECK(registry.issue({}, 10).error().code == errc::exhausted);
  CHECK(registry.reserve({}, ~std::uint64_t{0}).error().code == errc::exhausted);
  CHECK(held_runs(registry, part_ref<>{}) == 0);
  CHECK(registry.issue({}, 9));
  CHECK(registry.next({}).error().code == errc::exhausted);
}

TEST_CASE("the greatest ordinals", "[registry]") {
  registry<policies<integer_serial>> registry;
  const std::string last = std::to_string(max_ordinal);
  REQUIRE(registry.claim("motor", last, 5));
  CHECK(registry.claim("motor", "18446744073709551615").error().code == errc::too_large);
  CHECK(registry.next("motor").error().code == errc::exhausted);
  CHECK(registry.find("motor", last) == holder{5, hold::claimed});
  REQUIRE(registry.start_at("motor", "18446744073709551612"));
  CHECK(registry.issue("motor", 3).error().code == errc::exhausted);
  CHECK(spelled(registry, registry.issue("motor", 2).value()) == texts{"18446744073709551612", "18446744073709551613"});

  const auto rest = registry.claim("motor", runs(registry, "0", max_ordinal + 1));
  REQUIRE(!rest);
  CHECK(rest.error().size() == 2);
  CHECK(registry.claim("motor", runs(registry, "0", max_ordinal - 2)));
  CHECK(registry.retire("motor", runs(registry, "0", max_ordinal + 1)));
  CHECK(registry.release("motor", runs(registry, "0", max_ordinal + 1)));
  CHECK(held_runs(registry, "motor") == 0);
}

TEST_CASE("numbers of more than 18 digits are counted on", "[registry]") {
  registry<> registry;
  REQUIRE(registry.claim("motor", "356938035643809999999"));
  CHECK(spelled(registry, registry.issue("motor", 2).value()) ==
        texts{"356938035643810000000", "356938035643810000001"});
  REQUIRE(registry.start_at("motor", "A1999999999999999999"));
  CHECK(spelled(registry, registry.issue("motor", 2).value()) == texts{"A1999999999999999999", "A2000000000000000000"});
}

// ---- what things cost
// -------------------------------------------------------------------------------------------------

TEST_CASE("a run costs what one costs", "[registry]") {
  registry<> registry;
  CHECK(registry.claim("motor", runs(registry, "SN-1", 4'000'000'000), 1));
  CHECK(held_runs(registry, "motor") == 1);
  CHECK(registry.find("motor", "SN-4000000000") == holder{4'000'000'000, hold::claimed});
  CHECK(registry.claim("motor", runs(registry, "SN-1", 4'000'000'000)).error().size() == 1);
  CHECK(registry.issue("motor", 4'000'000'000, 4'000'000'001)->size() == 1);
  CHECK(held_runs(registry, "motor") == 1);
  CHECK(registry.next("motor").value() == "SN-8000000001");
  CHECK(registry.retire("motor", runs(registry, "SN-1", 8'000'000'000)));
  CHECK(registry.release("motor", runs(registry, "SN-2", 7'999'999'998)));
  CHECK(held_runs(registry, "motor") == 2);
}

TEST_CASE("many runs in one call", "[registry]") {
  constexpr std::uint64_t many = 30'000;
  registry<> registry;
  run_list apart, families;
  for (std::uint64_t i = many; i > 0; --i) {
    apart.add(run{{"SN-"}, 2 * i, 1});
    families.add(run{{std::to_string(i) + "-"}, 1, 1});
  }
  CHECK(registry.claim("motor", apart));
  CHECK(registry.claim("motor", families));
  CHECK(held_runs(registry, "motor") == 2 * many);
  CHECK(registry.claim("motor", apart).error().size() == many);
  CHECK(registry.claim("motor", runs(registry, "SN-1", 2 * many)).error().size() == many);
  run_list twice = apart;
  twice += apart;
  CHECK(registry.claim("pump", twice).error().size() == many);
  CHECK(registry.next("motor").value() == "SN-" + std::to_string(2 * many + 1));
  CHECK(registry.release("motor", apart));
  CHECK(registry.release("motor", families));  // family by family the next one leads
  CHECK(held_runs(registry, "motor") == 0);
}

TEST_CASE("a sequence that was set does not begin anew each time", "[registry]") {
  registry<> registry;
  REQUIRE(registry.start_at("motor", "1"));
  for (std::uint64_t i = 0; i < 30'000; ++i) (void)registry.issue("motor", 1, 1'000'000 - 2 * i);  // no two runs join
  CHECK(held_runs(registry, "motor") == 30'000);
  CHECK(registry.next("motor").value() == "30001");
}

namespace {

// a clock that a test sets
struct hand_clock {
  const std::uint64_t* time;
  [[nodiscard]] std::uint64_t milliseconds() const { return *time; }
};

}  // namespace

TEST_CASE("ids that hold the time go on with the clock, and by its rule when it goes back", "[registry]") {
  std::uint64_t now = 1'700'000'000'000;
  using ids = snowflake_serial<twitter_snowflake, refuse_clock, run_ahead_of_clock, hand_clock>;
  using set = policies<ids, unique_globally>;
  registry<set> registry(set{ids(std::uint64_t{5}, hand_clock{&now}), unique_globally{}});
  const auto issued = [&](std::uint64_t count) { return registry.issue({}, count); };
  const auto time_of = [](const result<run_list>& of) { return of ? ids::time_of(of->at(0)) : 0; };
  const auto first = issued(1), second = issued(2);
  CHECK((time_of(first) == now && time_of(second) == now && first->at(0) < second->at(0)));
  now += 5;
  const auto later = issued(1);
  CHECK(time_of(later) == now);
  now -= 3;
  CHECK(issued(1).error().code == errc::clock_went_back);
  // the id of another worker moves nothing
  REQUIRE(registry.claim({}, "9000000000000000000"));
  CHECK(issued(1).error().code == errc::clock_went_back);
  now += 100;
  const auto after = issued(3);
  CHECK((time_of(after) == now && after->size() == 1));
}

TEST_CASE("ULIDs of one millisecond follow each other, those of the next begin anew", "[registry]") {
  std::uint64_t now = 1'700'000'000'000;
  using ids = ulid_serial<run_ahead_of_clock, hand_clock, fixed_random_source>;
  using set = policies<ids, unique_globally>;
  registry<set> registry(set{ids(hand_clock{&now}, fixed_random_source{7}), unique_globally{}});
  const auto first = registry.issue({}, 2), second = registry.issue({}, 1);
  REQUIRE((first && second));
  CHECK(first->at(0).family == second->at(0).family);
  CHECK(second->at(0).ordinal == first->at(1).ordinal + 1);
  now += 1;
  const auto later = registry.issue({}, 1);
  CHECK((ids::time_of(later->at(0)) == now &&
         registry.numbers().text(second->at(0)) < registry.numbers().text(later->at(0))));
}
