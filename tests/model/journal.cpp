// Compares stocks with a shared journal with a stock in memory: two stocks, as in two processes, take turns with random
// operations, are closed and opened again, and must always equal the one in memory.
#include <tallymark/journal/sqlite.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <unistd.h>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/split_batch.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/journal/sqlite_check.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/stock/stock.hpp>

using namespace tallymark;

namespace {

struct part_note {
  std::string ipn;
};
struct item_note {
  std::string shelf;
  int row = 0;
  bool operator==(const item_note&) const = default;
};

}  // namespace

template <>
struct tallymark::record_traits<part_note> {
  static constexpr std::array<std::string_view, 1> names{"ipn"};
  static constexpr std::tuple members{&part_note::ipn};
};
template <>
struct tallymark::record_traits<item_note> {
  static constexpr std::array<std::string_view, 2> names{"shelf", "row"};
  static constexpr std::tuple members{&item_note::shelf, &item_note::row};
};

namespace {

using codes = split_batch<pattern_batch<"L{sequence}">>;
template <class Increment>
using in_memory = stock<policies<codes, Increment>, std::string, part_note, item_note>;
template <class Increment>
using on_disk = stock<policies<codes, Increment, sqlite_journal>, std::string, part_note, item_note>;

constexpr std::chrono::sys_seconds noon{std::chrono::seconds(1'800'000'000)};

template <class Stock>
std::string entries_of(Stock& subject, item_id id) {
  std::ostringstream out;
  const auto write = [&](const std::vector<entry>& entries) {
    for (const entry& event : entries)
      out << event.number << ':' << int(event.what) << ' ' << event.subject.first << '+' << event.subject.count << ' '
          << (event.other.count ? event.other.first : 0) << '+' << event.other.count << ' ' << event.amount.text()
          << " '" << event.before << "' '" << event.after << "' " << event.from.source << event.from.line << '+'
          << event.from.lines << ' ' << event.at.time_since_epoch().count() << ';';
  };
  if constexpr (Stock::journaled) {
    const auto entries = subject.history(id);
    REQUIRE(entries);
    write(*entries);
  } else {
    write(subject.history(id));
  }
  return out.str();
}

// Everything that a stock can be asked, as text; the next serial numbers only if `with_next`.
template <class Stock>
std::string state_of(Stock& subject, bool with_next) {
  std::ostringstream out;
  for (std::uint32_t i = 0; i < subject.parts().size(); ++i) {
    const auto& part = subject.parts()[i];
    out << "part " << part.key << ' ' << part.variant_of.value_or("-") << ' ' << int(part.serials) << int(part.batches)
        << part.issued_here << ' ' << part.group << ' ' << part.data.ipn << " next ";
    const auto next = subject.next_serial(part.key);
    out << (!with_next ? "-" : next ? *next : std::string(message(next.error().why.code))) << '\n';
  }
  for (item_id id = 1; id <= subject.size(); ++id) {
    const auto it = *subject.get(id);
    out << id << ' ' << it.part << ' ' << it.amount.text() << ' ' << it.serial.value_or("-") << " '" << it.batch << "' "
        << it.parent.value_or(0) << ' ' << it.removed << ' ' << it.data.shelf << it.data.row << ' '
        << (it.expiry ? std::chrono::sys_days(*it.expiry).time_since_epoch().count() : 0) << " | "
        << entries_of(subject, id) << '\n';
    if (it.serial) {
      const auto found = subject.find(it.part, *it.serial);
      out << " found " << found.value_or(0) << '\n';
    }
    for (const items& range : subject.descendants(id)) out << ' ' << range.first << '+' << range.count;
  }
  for (const char* const code : {"B1", "B2", "L1", "L2", "L3", "B1-1", "B1-2", "L1-1"}) {
    out << "\ntrace " << code;
    for (const items& block : subject.trace(code)) out << ' ' << block.first << '+' << block.count;
  }
  return out.str();
}

// The first line in which two texts differ.
std::string first_difference(const std::string& a, const std::string& b) {
  std::istringstream left(a), right(b);
  for (std::string x, y; left || right;) {
    x = y = "";
    std::getline(left, x);
    std::getline(right, y);
    if (x != y) return x + "  instead of  " + y;
  }
  return "";
}

// Conflicts of runs that a journal keeps one by one are listed so, too.
bool one_by_one = false;

std::string described(const refusal& why) {
  std::string out = std::string(why.member) + ": " + std::string(message(why.why.code));
  if (one_by_one) {
    std::set<std::string> met;
    for (const conflict& overlap : why.met)
      for (std::uint64_t i = 0; i < overlap.serials[0].length; ++i)
        met.insert(std::string(overlap.serials[0].family.text) + std::to_string(overlap.serials[0].at(i)));
    for (const std::string& each : met) out += " " + each;
    return out;
  }
  for (const conflict& overlap : why.met)
    out += " [" + std::string(message(overlap.why)) + " " + std::to_string(overlap.serials[0].first) + "+" +
           std::to_string(overlap.serials[0].length) + " " + std::to_string(overlap.item) + "]";
  return out;
}
std::string described(const items& created) {
  return std::to_string(created.first) + "+" + std::to_string(created.count);
}
std::string described(item_id created) { return std::to_string(created); }
std::string described(std::uint32_t created) { return std::to_string(created); }
template <class T>
std::string described(const result<T, refusal>& answer) {
  if (!answer) return described(answer.error());
  if constexpr (std::is_void_v<T>)
    return "done";
  else
    return described(*answer);
}

// A random operation, the same for both kinds of stock: its effect depends only on the random numbers.
struct operation {
  std::uint32_t kind, a, b, c;
  std::uint64_t size;    // the number of items
  std::uint64_t stride;  // of some runs

  template <class Stock>
  std::string on(Stock& subject, std::vector<std::optional<typename Stock::reservation>>& held) const {
    const auto part = std::string(1, static_cast<char>('P' + a % 4));
    const item_id id = 1 + b % (size + 1), other = 1 + c % (size + 1);
    const items range{id, 1 + c % 4};
    const auto batch = std::array<std::string_view, 4>{"", "B1", "B2", "L1"}[c % 4];
    run_list serials;
    const std::string prefix(1, static_cast<char>('S' + b % 2));
    serials.add(run{{prefix}, c % 50, 1 + b % 5, stride});
    if (b % 3 == 0) serials.add(run{{prefix, 4}, 1 + c % 90, 1 + c % 3, a % 2 ? stride : 1});
    switch (kind % 17) {
      case 0:
        return described(subject.add_part({.key = part,
                                           .serials = a % 7 == 0 ? rule::forbidden : rule::optional,
                                           .batches = b % 7 == 0 ? rule::forbidden : rule::optional,
                                           .issued_here = c % 9 != 0,
                                           .group = prefix,
                                           .data = {prefix + "-ipn"}}));
      case 1: return described(subject.make_variant(part, std::string(1, static_cast<char>('P' + b % 4))));
      case 2:
        return described(
            subject.create({.part = part, .amount = b % 40, .batch = batch, .data = {"shelf", int(c % 2)}}));
      case 3:
        return described(subject.create(
            {.part = part,
             .serial = prefix + std::to_string(c % 60),
             .batch = batch,
             .expiry = c % 2 ? parse_date("2027-03-0" + std::to_string(1 + b % 3)).value() : std::optional<date>(),
             .from = {"one.csv", b % 100, 1}}));
      case 4:
        return described(subject.create({.part = part,
                                         .amount = serials.serials(),
                                         .serials = serials,
                                         .batch = batch,
                                         .parent = c % 3 ? std::optional(other) : std::nullopt}));
      case 5: {
        auto delivery = subject.receive();
        std::string out = delivery ? "" : described(delivery.error());
        if (!delivery) return out;
        for (std::uint32_t i = 0; i < 1 + c % 6; ++i)
          out += described(delivery->add({.part = part,
                                          .serial = prefix + std::to_string(b % 70 + i * stride + i / 3),
                                          .batch = batch,
                                          .from = {"many.csv", 2 + i, 1}})) +
                 ",";
        if (b % 4 == 0) return out + " given back";
        return out + described(delivery->commit());
      }
      case 6: return described(subject.split(id, *quantity::from_steps(50'000 * (1 + c % 20))));
      case 7: return described(subject.serialize(id, serials));
      case 8: return described(subject.serialize(id, 1 + c % 6));
      case 9: return described(subject.merge(id, other));
      case 10: return described(subject.adjust(id, static_cast<adjustment>(c % 3), a % 30));
      case 11: return described(subject.change_serial(id, prefix + std::to_string(c % 60)));
      case 12: return described(subject.change_batch(range, batch));
      case 13: return described(subject.set_parent(range, other));
      case 14: return described(subject.remove(b % 3 ? items(id) : range));
      case 15:
        return described(a % 2 ? subject.start_at(part, prefix + std::to_string(c % 99))
                               : [&]() -> result<void, refusal> {
          const auto code = subject.batch_code();
          if (!code) return unexpected<refusal>(code.error());
          return subject.change_batch(id, *code);
        }());
      default: {
        auto& slot = held[a % held.size()];
        if (slot && !slot->pending()) slot.reset();
        if (slot && b % 2)
          return described(subject.serialize(id, std::move(*slot))) + (slot->pending() ? " pending" : "");
        if (slot) {
          const auto dropped = slot->drop();
          slot.reset();
          return described(dropped);
        }
        auto reserved = subject.reserve(part, 1 + c % 5);
        if (!reserved) return described(reserved.error());
        slot.emplace(std::move(*reserved));
        return "reserved " + std::to_string(slot->serials().serials());
      }
    }
  }
};

struct file {
  explicit file(std::uint64_t seed)
      : path((std::filesystem::temp_directory_path() /
              ("tallymark-model-" + std::to_string(::getpid()) + "-" + std::to_string(seed) + ".db"))
                 .string()) {
    remove();
  }
  ~file() { remove(); }
  void remove() const {
    for (const char* const end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + end);
  }
  std::string path;
};

template <class Increment>
std::unique_ptr<on_disk<Increment>> opened(const file& db) {
  using set = policies<codes, Increment, sqlite_journal>;
  auto created =
      std::make_unique<on_disk<Increment>>(set{sqlite_journal(db.path, {.synchronous = sqlite_synchronous::off})});
  const auto open_result = created->open();
  if (!open_result) FAIL(described(open_result.error()));
  created->set_clock([] { return noon; });
  return created;
}

template <class Increment = step<1>>
void compare(std::uint64_t seed, int operations, bool reopen) {
  constexpr std::uint64_t by = increment_traits<Increment>::stride;
  CAPTURE(seed, by);
  one_by_one = by != 1;
  const file db(seed);
  std::mt19937_64 random(seed);
  in_memory<Increment> model;
  model.set_clock([] { return noon; });
  std::array<std::unique_ptr<on_disk<Increment>>, 2> real{opened<Increment>(db), opened<Increment>(db)};
  std::vector<std::optional<typename in_memory<Increment>::reservation>> model_held(2);
  std::array<std::vector<std::optional<typename on_disk<Increment>::reservation>>, 2> held;
  for (auto& slots : held) slots.resize(2);
  // A changed serial number may be the last of its family. It is unspecified which family is active then.
  bool freed = false;
  for (int i = 0; i < operations; ++i) {
    const auto number = [&] { return static_cast<std::uint32_t>(random()); };
    operation op{number(), number(), number(), number(), model.size(), 1};
    if (by != 1) op.stride = std::array<std::uint64_t, 4>{by, by, 1, 2}[random() % 4];
    if (seed % 2 == 0 && op.kind % 17 == 11) continue;
    if (i < 4) op = {0, static_cast<std::uint32_t>(i) + 4, 1, 1, 0, 1};  // begins with four parts
    const bool reserving = op.kind % 17 == 16;
    const std::size_t which_stock = reserving ? 0 : random() % 2;  // reservations belong to the first stock
    CAPTURE(i, op.kind % 17, op.a, op.b, op.c, which_stock);
    const std::string expected = op.on(model, model_held);
    REQUIRE(op.on(*real[which_stock], held[which_stock]) == expected);
    freed = freed || (op.kind % 17 == 11 && expected == "done");
    if (i % 25 == 24 || i + 1 == operations) {
      for (auto& subject : real) {
        REQUIRE(subject->refresh());
        const std::string difference = first_difference(state_of(*subject, !freed), state_of(model, !freed));
        REQUIRE(difference == "");
      }
      const auto found = sqlite_check(db.path);
      REQUIRE(found);
      if (!found->empty()) FAIL(found->front().what + ": " + found->front().where);
    }
    if (reopen && random() % 20 == 0) {
      const std::size_t reopened_stock = 1;
      real[reopened_stock].reset();
      real[reopened_stock] = opened<Increment>(db);
    }
  }
  // a stock whose increment is another one reads the same
  const auto other = opened<step<by == 1 ? 10 : 1>>(db);
  REQUIRE(first_difference(state_of(*other, false), state_of(model, false)) == "");
}

}  // namespace

TEST_CASE("two stocks with one journal equal a stock in memory", "[journal]") {
  const char* const many = std::getenv("TALLYMARK_OPERATIONS");
  const int rounds = many ? 200 : 30;
  for (int seed = 1; seed <= rounds; ++seed) compare(static_cast<std::uint64_t>(seed), 150, false);
}

TEST_CASE("stocks that count by ten or three equal those in memory", "[journal]") {
  const char* const many = std::getenv("TALLYMARK_OPERATIONS");
  const int rounds = many ? 200 : 30;
  for (int seed = 1; seed <= rounds; ++seed) {
    compare<step<10>>(static_cast<std::uint64_t>(seed) + 20'000, 150, seed % 2 == 0);
    compare<step<3>>(static_cast<std::uint64_t>(seed) + 30'000, 150, seed % 2 == 0);
  }
}

TEST_CASE("a stock that is opened again is unchanged", "[journal]") {
  const char* const many = std::getenv("TALLYMARK_OPERATIONS");
  const int rounds = many ? 200 : 30;
  for (int seed = 1; seed <= rounds; ++seed) compare(static_cast<std::uint64_t>(seed) + 10'000, 150, true);
}
