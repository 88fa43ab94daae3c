#include <tallymark/registry/detail/runs.hpp>

#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;

namespace {

const part_ref<> motor{"motor"};

// Refused by claim, release, retire and restore, with nothing changed; the reason.
template <class Policies>
errc refusal_of(const run& serials) {
  registry<Policies> in;
  CHECK(in.claim(motor, "7").has_value() == in.numbers().parse("7").has_value());
  run_list list;
  list.add(serials);
  const auto claimed = in.claim(motor, list);
  REQUIRE_FALSE(claimed);
  REQUIRE(claimed.error().size() == 1U);
  CHECK(claimed.error()[0].serials[0] == serials);
  const auto released = in.release(motor, list), retired = in.retire(motor, list);
  REQUIRE_FALSE(released);
  REQUIRE_FALSE(retired);
  CHECK(released.error() == claimed.error());
  CHECK(retired.error() == claimed.error());
  const auto restored = in.restore(motor, serials, {1, hold::claimed});
  REQUIRE_FALSE(restored);
  CHECK(restored.error().code == errc::not_a_run);
  int runs = 0;
  in.for_each(motor, [&](auto&&...) { ++runs; });
  CHECK(runs == (in.numbers().parse("7") ? 1 : 0));
  return claimed.error()[0].why;
}

}  // namespace

TEST_CASE("runs that no texts name are refused", "[registry]") {
  using any = policies<>;
  const std::string long_text(200, 'x');
  for (const std::string_view text :
       std::vector<std::string_view>{"SN-1", "two\nlines", "\xff", " ", "tab\t", std::string_view(long_text)}) {
    CAPTURE(text);
    for (const std::uint64_t length : {1U, 10U}) {
      const errc why = refusal_of<any>({{text}, 5, length});
      CHECK((why == errc::not_a_run || why == errc::too_large));  // which it is, the policy decides
    }
  }
  CHECK(refusal_of<any>({{"SN-", 30}, 5, 1}) == errc::not_a_run);
  CHECK(refusal_of<any>({family::literal(""), 0, 1}) == errc::not_a_run);
  CHECK(refusal_of<any>({family::literal("SN-7"), 0, 1}) == errc::not_a_run);
  CHECK(refusal_of<any>({family::literal("Q"), 0, 2}) == errc::no_counter);
  CHECK(refusal_of<any>({family::literal("Q"), 1, 1}) == errc::no_counter);
  CHECK(refusal_of<any>({{"SN-"}, 5, 0}) == errc::not_a_run);
  CHECK(refusal_of<any>({{"SN-"}, max_ordinal, 5}) == errc::too_large);
  CHECK(refusal_of<any>({{"SN-", 3}, 999, 2}) == errc::too_large);
  CHECK(refusal_of<any>({{"SN-", 3}, 98, 5}) == errc::too_large);  // SN-100 is of the family without a width
  using prefixed = policies<prefixed_serial<"SN-", 6>>;
  CHECK(refusal_of<prefixed>({{"SN-"}, 40, 10}) == errc::not_a_run);
  CHECK(refusal_of<prefixed>({family::literal("SN-000040"), 0, 1}) == errc::not_a_run);
  using integers = policies<integer_serial>;
  CHECK(refusal_of<integers>({{"x"}, 40, 10}) == errc::not_a_run);
}

TEST_CASE("runs of a text are claimed as its texts are", "[registry]") {
  registry<policies<prefixed_serial<"SN-", 6>, step<10>>> in;
  const auto labels = in.run("SN-000040", 3);
  REQUIRE(labels);
  CHECK(in.claim(motor, *labels, 7));
  CHECK(in.find(motor, "SN-000042") == holder{9, hold::claimed});
  CHECK(in.claim(motor, "SN-000041").error().code == errc::already_taken);
  CHECK(in.run("SN-999999", 2).error() == failure{errc::too_large, 0, 9});
  CHECK(in.run("SN-999999", 1));
  CHECK(in.run("SN-000040", 0).error().code == errc::zero_quantity);
  CHECK(in.run("SN-40", 1).error().code == in.numbers().parse("SN-40").error().code);
  registry<> any;
  CHECK(any.run("QQ", 2).error() == failure{errc::no_counter, 0, 2});
  CHECK(any.run("QQ", 1));
  CHECK(any.run("SN-098", 3).error().code == errc::too_large);  // SN-100 is of another family
  CHECK(any.run("SN-098", 2)->serials() == 2U);
}

TEST_CASE("runs of the increment's stride cost what one serial number does", "[registry]") {
  registry<policies<step<10>>> in;
  auto reserved = in.reserve(motor, 1'000'000'000'000);
  REQUIRE(reserved);
  CHECK(reserved->serials().size() == 1);
  CHECK(in.find(motor, "9991") == holder{no_item, hold::reserved});
  CHECK(in.find(motor, "9992") == std::nullopt);
  CHECK(in.claim(motor, "9992", 5));
  reserved->commit(100);
  CHECK(in.find(motor, "9991") == holder{1099, hold::claimed});
  CHECK(in.latest(motor) == "9999999999991");
  CHECK(in.next(motor) == "10000000000001");
  std::vector<held_run> kept;
  in.for_each(motor, [&](const family&, const held_run& each) { kept.push_back(each); });
  CHECK(kept == std::vector<held_run>{{1, 1'000'000'000'000, {100}, 10}, {9992, 1, {5}}});

  run_list some;
  some.add(run{{}, 21, 5, 10});
  CHECK(in.release(motor, some));
  CHECK(in.release(motor, some).error()[0] == conflict{errc::not_claimed, run{{}, 21, 5, 10}, no_item});
  some.add(run{{}, 31, 3, 20});  // 31, 51, 71: the first two are named twice
  const auto twice = in.claim(motor, some, 7);
  REQUIRE(!twice);
  REQUIRE(twice.error().size() == 3);
  CHECK(twice.error()[0] == conflict{errc::named_twice, run{{}, 31, 1}, no_item});
  CHECK(twice.error()[1] == conflict{errc::named_twice, run{{}, 51, 1}, no_item});
  CHECK(twice.error()[2] == conflict{errc::already_taken, run{{}, 71, 1}, 107});
  run_list all;
  all.add(run{{}, 15, 9});  // 21 alone is of the sequence
  CHECK(in.claim(motor, all, 50));
  CHECK(in.find(motor, "21") == holder{56, hold::claimed});
  CHECK(in.retire(motor, all));
  CHECK(in.find(motor, "23") == holder{58, hold::retired});
}

TEST_CASE("a registry makes no more runs than its limit", "[registry]") {
  registry<policies<step<10>>> tens;
  tens.limit_runs(5);
  run_list close_together;
  close_together.add(run{{}, 1, 6});
  CHECK(tens.claim(motor, close_together, 7));
  close_together.add(run{{}, 8, 1});
  CHECK(tens.release(motor, close_together).error()[0].why == errc::not_claimed);
  run_list seven;
  seven.add(run{{}, 11, 7});
  CHECK(tens.claim(motor, seven).error()[0] == conflict{errc::too_many_runs, seven[0], no_item});
  CHECK(tens.reserve(motor, 1'000'000));
  registry<policies<>> ones;
  run_list far_apart;
  far_apart.add(run{{}, 1, std::uint64_t{1} << 40, 3});
  CHECK(ones.claim(motor, far_apart).error()[0].why == errc::too_many_runs);
  far_apart = {};
  far_apart.add(run{{}, 1, 1000, 3});
  CHECK(ones.claim(motor, far_apart, 1));
  CHECK(ones.find(motor, "2998") == holder{1000, hold::claimed});
  CHECK(ones.find(motor, "2999") == std::nullopt);
  registry<policies<skipping<[](std::uint64_t v) { return v % 2 == 0; }>>> odd;
  odd.limit_runs(1000);
  CHECK(odd.reserve(motor, 1000));
  CHECK(odd.reserve(motor, 1001).error().code == errc::too_many_runs);
  CHECK(odd.issue(motor, std::uint64_t{1} << 62).error().code == errc::too_many_runs);
  CHECK(odd.next(motor) == "1");
}
