#include <tallymark/number/run_list.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace tallymark;

namespace {

std::vector<run> runs_of(const run_list& list) { return {list.begin(), list.end()}; }

constexpr bool merges_at_compile_time() {
  run_list list;
  list.add(run{{"SN-"}, 1, 2});
  list.add(serial_number{{"SN-"}, 3});
  run_list copy = list;
  copy += list;
  return list.size() == 1 && list.serials() == 3 && copy.size() == 2 && copy.at(5) == serial_number{{"SN-"}, 3} &&
         copy[0] == list[0];
}

}  // namespace

static_assert(merges_at_compile_time());
static_assert(run_list().empty() && run_list().serials() == 0);

TEST_CASE("a run that continues the one before it is merged with it", "[policy]") {
  run_list list;
  list.add(run{{"A"}, 1, 5});
  list.add(run{{"A"}, 6, 5});
  CHECK(runs_of(list) == std::vector<run>{{{"A"}, 1, 10}});
  list.add(run{{"A"}, 12, 1});
  list.add(run{{"B"}, 13, 1});
  list.add(run{{"B", 2}, 14, 1});
  list.add(run{{"B", 2}, 13, 1});  // precedes the last run
  CHECK(runs_of(list) ==
        std::vector<run>{{{"A"}, 1, 10}, {{"A"}, 12, 1}, {{"B"}, 13, 1}, {{"B", 2}, 14, 1}, {{"B", 2}, 13, 1}});
  CHECK(list.serials() == 14);
}

TEST_CASE("runs of one stride are merged where they go on", "[policy]") {
  run_list tens;
  tens.add(run{{"A"}, 10, 3, 10});
  tens.add(run{{"A"}, 40, 2, 10});
  tens.add(run{{"A"}, 60, 1, 7});  // one alone has no stride
  CHECK(runs_of(tens) == std::vector<run>{{{"A"}, 10, 6, 10}});
  CHECK(tens.serials() == 6);
  CHECK(tens.at(5) == serial_number{{"A"}, 60});
  tens.add(run{{"A"}, 70, 2, 20});
  CHECK(tens.size() == 2);
  CHECK(tens.at(7) == serial_number{{"A"}, 90});

  run_list one_by_one;
  for (const std::uint64_t each : {10U, 20U, 30U, 40U, 50U, 60U}) one_by_one.add(serial_number{{"A"}, each}, 10);
  one_by_one.add(run{{"A"}, 70, 2, 20}, 10);
  CHECK(one_by_one == tens);

  run_list singles;  // two are merged by the step alone
  for (const std::uint64_t each : {1U, 11U, 21U, 22U}) singles.add(serial_number{{}, each});
  CHECK(runs_of(singles) == std::vector<run>{{{}, 1, 1}, {{}, 11, 1}, {{}, 21, 2}});
  singles.add(run{{}, 32, 2, 10});
  singles.add(run{{}, 24, 3, 5});
  CHECK(singles.size() == 5);
  run_list before_a_run;
  before_a_run.add(serial_number{{}, 5});
  before_a_run.add(run{{}, 8, 2, 3});
  CHECK(runs_of(before_a_run) == std::vector<run>{{{}, 5, 3, 3}});
  before_a_run.append(before_a_run, 1);
  CHECK(before_a_run.size() == 2);
}

TEST_CASE("literals are never merged", "[policy]") {
  run_list list;
  list.add(serial_number{family::literal("Q"), 0});
  list.add(serial_number{family::literal("Q"), 0});
  CHECK(list.size() == 2);
  CHECK(list.serials() == 2);
}

TEST_CASE("a list owns the texts of its families", "[policy]") {
  run_list list;
  for (int i = 0; i < 100; ++i) {
    std::string text = "family " + std::to_string(i);
    list.add(run{{text}, 1, 1});
    text.assign(text.size(), '?');
  }
  run_list moved = std::move(list);
  run_list copied = moved;
  moved = run_list();
  for (std::size_t i = 0; i < 100; ++i) CHECK(copied[i].family.text == "family " + std::to_string(i));
  CHECK(list.empty());  // NOLINT: a list that was moved from is empty
  CHECK(list.serials() == 0);
}

TEST_CASE("a list owns the tails of its families too", "[policy]") {
  run_list list;
  {
    const std::string text = "SN-", tail = "/2027";
    list.add(run{{.text = text, .tail = tail}, 1, 2});
    list.add(run{{.text = text, .tail = "/2028"}, 3, 2});
  }
  const run_list copy = list;
  CHECK(list.size() == 2);  // not one run: the tails differ
  CHECK((copy[0].family.text == "SN-" && copy[0].family.tail == "/2027" && copy[1].family.tail == "/2028"));
  CHECK((copy[0].family < copy[1].family && copy[0].family.tail.data() != list[0].family.tail.data()));
}

TEST_CASE("a list can be added to itself", "[policy]") {
  run_list list;
  list.add(run{{"A"}, 1, 2});
  list.add(run{{"B"}, 1, 2});
  list += list;
  CHECK(runs_of(list) == std::vector<run>{{{"A"}, 1, 2}, {{"B"}, 1, 2}, {{"A"}, 1, 2}, {{"B"}, 1, 2}});
  list.add(list[0]);
  CHECK(list[4] == run{{"A"}, 1, 2});
}

TEST_CASE("the count of serial numbers saturates", "[policy]") {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  run_list list;
  list.add(run{{"A"}, 0, most});
  CHECK(list.serials() == most);
  list.add(run{{"B"}, 0, most});
  CHECK(list.serials() == most);
  CHECK(list.at(most - 1) == serial_number{{"A"}, most - 1});
}

TEST_CASE("positions count over all runs", "[policy]") {
  run_list list;
  list.add(run{{"B"}, 7, 3});
  list.add(run{{"A"}, 1, 2});
  CHECK(list.at(0) == serial_number{{"B"}, 7});
  CHECK(list.at(2) == serial_number{{"B"}, 9});
  CHECK(list.at(3) == serial_number{{"A"}, 1});
  CHECK(list.at(4) == serial_number{{"A"}, 2});
}

TEST_CASE("sorted does not change the list", "[policy]") {
  run_list list;
  list.add(run{{"B"}, 7, 3});
  list.add(run{{"B"}, 1, 3});
  list.add(run{{"A"}, 1, 2});
  CHECK(list.sorted() == std::vector<run>{{{"A"}, 1, 2}, {{"B"}, 1, 3}, {{"B"}, 7, 3}});
  CHECK(list[0] == run{{"B"}, 7, 3});
}
