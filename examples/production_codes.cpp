// Production codes: days, weeks, shifts and best-before dates, written and read back; and numbered pieces.
#include <tallymark/batch/iso_week_batch.hpp>
#include <tallymark/batch/julian_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/split_batch.hpp>
#include <tallymark/batch/tissue_code.hpp>
#include <tallymark/record/hana.hpp>
#include <tallymark/stock/stock.hpp>

#include <chrono>
#include <iostream>
#include <string>
#include <string_view>

using namespace tallymark;

// The text on a label of the bakery: its lines share the counter of the day.
struct job {
  std::string line;
};
BOOST_HANA_ADAPT_STRUCT(job, line);

// The working day begins at 6; the night shift belongs to the day before. Bread keeps for ten days.
constexpr production bakery{.shifts = {{{{6, 0, "E"}, {14, 0, "L"}, {22, 0, "N"}}}}, .life = {.days = 10}};
using label = pattern_batch<"{y}{day_of_year:03}{shift}-{day_sequence:03}-{line}", fixed_clock, bakery>;

// Writes one code.
template <class Policy, class Record = no_record>
std::string code_of(const Policy& policy, batch_counters& counters, const Record& record = {}) {
  std::string code;
  const auto done = format_batch(policy, code, record, counters);
  return done ? code : "no code: " + std::string(message(done.error().code));
}

int main() {
  using namespace std::chrono;
  const fixed_clock new_year{{2027, 1, 1, 0, 30}};
  const date today = 2027y / January / 1;
  batch_counters counters;

  // The same day in three spellings; the year of a week is its ISO year.
  std::cout << code_of(julian_batch<julian_format::yyddd, fixed_clock>{new_year}, counters) << '\n';         // 27001
  std::cout << code_of(julian_batch<julian_format::dddy, fixed_clock>{new_year}, counters) << '\n';          // 0017
  std::cout << code_of(iso_week_batch<iso_week_format::extended, fixed_clock>{new_year}, counters) << '\n';  // 2026-W53

  // Half past midnight is in the night shift of the day before.
  const label policy{new_year};
  const std::string first = code_of(policy, counters, job{"A"}), second = code_of(policy, counters, job{"B"});
  std::cout << first << ' ' << second << '\n';  // 6365N-001-A 6365N-002-B

  // Read back: the latest year that ends with 6 and is not after today.
  const auto read = label::parse<job>(second, today);
  std::string day, until;
  append_date(day, read->made->first);
  append_date(until, read->best_before->first);
  std::cout << day << ", best before " << until << ", line " << read->member<"line">() << '\n';  // 2026-12-31, ..

  // The same digits mean another day in another format, and some mean no day.
  const auto july = julian_batch<julian_format::yddd>::day_of("0195", 2001y / January / 1);  // 13 July 2000
  const auto none = julian_batch<julian_format::yyddd>::parse("26366", today);
  std::cout << explain(none.error(), "26366") << '\n';  // 2026 has 365 days

  // A shelf life by the calendar: a month without that day gives its last one.
  const auto february = best_before(2027y / January / 31, {.months = 1});  // 28 February

  // The pieces of a batch are numbered, in stock too.
  stock<policies<tissue_batch>> bank;
  static_cast<void>(bank.add_part({.key = "bone"}));
  const auto whole = bank.create({.part = "bone", .amount = 10, .batch = "DE00123412345678ABCDE E000012300020301231"});
  const auto piece = bank.split(whole->first, 1);
  std::cout << bank.get(*piece)->batch << '\n';  // DE00123412345678ABCDE E000012300120301231
  const auto code = tissue_code::parse(bank.get(*piece)->batch);

  const bool right = first == "6365N-001-A" && second == "6365N-002-B" && day == "2026-12-31" &&
                     until == "2027-01-10" && july == 2000y / July / 13 && none.error().at == 2 &&
                     february == 2027y / February / 28 && code->product.split == 1;
  return right ? 0 : 1;
}
