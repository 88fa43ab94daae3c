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
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <unistd.h>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/split_batch.hpp>
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
using in_memory = stock<policies<codes>, std::string, part_note, item_note>;
using on_disk = stock<policies<codes, sqlite_journal>, std::string, part_note, item_note>;

constexpr std::chrono::sys_seconds noon{std::chrono::seconds(1'800'000'000)};

template <class Stock>
std::string entries_of(Stock& stock_, item_id id) {
  std::ostringstream out;
  const auto write = [&](const std::vector<entry>& entries) {
    for (const entry& event : entries)
      out << event.number << ':' << int(event.what) << ' ' << event.subject.first << '+' << event.subject.count << ' '
          << (event.other.count ? event.other.first : 0) << '+' << event.other.count << ' ' << event.amount.text()
          << " '" << event.before << "' '" << event.after << "' " << event.from.source << event.from.line << '+'
          << event.from.lines << ' ' << event.at.time_since_epoch().count() << ';';
  };
  if constexpr (Stock::journaled) {
    const auto entries = stock_.history(id);
    REQUIRE(entries);
    write(*entries);
  } else {
    write(stock_.history(id));
  }
  return out.str();
}

// Everything that a stock can be asked, as text; the next serial numbers only if `with_next`.
template <class Stock>
std::string state_of(Stock& stock_, bool with_next) {
  std::ostringstream out;
  for (std::uint32_t i = 0; i < stock_.parts().size(); ++i) {
    const auto& part = stock_.parts()[i];
    out << "part " << part.key << ' ' << part.variant_of.value_or("-") << ' ' << int(part.serials) << int(part.batches)
        << part.issued_here << ' ' << part.group << ' ' << part.data.ipn << " next ";
    const auto next = stock_.next_serial(part.key);
    out << (!with_next ? "-" : next ? *next : std::string(message(next.error().why.code))) << '\n';
  }
  for (item_id id = 1; id <= stock_.size(); ++id) {
    const auto it = *stock_.get(id);
    out << id << ' ' << it.part << ' ' << it.amount.text() << ' ' << it.serial.value_or("-") << " '" << it.batch << "' "
        << it.parent.value_or(0) << ' ' << it.removed << ' ' << it.data.shelf << it.data.row << ' '
        << (it.expiry ? std::chrono::sys_days(*it.expiry).time_since_epoch().count() : 0) << " | "
        << entries_of(stock_, id) << '\n';
    if (it.serial) {
      const auto found = stock_.find(it.part, *it.serial);
      out << " found " << found.value_or(0) << '\n';
    }
    for (const items& range : stock_.descendants(id)) out << ' ' << range.first << '+' << range.count;
  }
  for (const char* const code : {"B1", "B2", "L1", "L2", "L3", "B1-1", "B1-2", "L1-1"}) {
    out << "\ntrace " << code;
    for (const items& block : stock_.trace(code)) out << ' ' << block.first << '+' << block.count;
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

std::string described(const refusal& why) {
  std::string out = std::string(why.member) + ": " + std::string(message(why.why.code));
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
  std::uint64_t size;  // the number of items

  template <class Stock>
  std::string on(Stock& stock_, std::vector<std::optional<typename Stock::reservation>>& held) const {
    const auto part = std::string(1, static_cast<char>('P' + a % 4));
    const item_id id = 1 + b % (size + 1), other = 1 + c % (size + 1);
    const items range{id, 1 + c % 4};
    const auto batch = std::array<std::string_view, 4>{"", "B1", "B2", "L1"}[c % 4];
    run_list serials;
    const std::string prefix(1, static_cast<char>('S' + b % 2));
    serials.add(run{{prefix}, c % 50, 1 + b % 5});
    if (b % 3 == 0) serials.add(run{{prefix, 4}, 1 + c % 90, 1 + c % 3});
    switch (kind % 17) {
      case 0:
        return described(stock_.add_part({.key = part,
                                          .serials = a % 7 == 0 ? rule::forbidden : rule::optional,
                                          .batches = b % 7 == 0 ? rule::forbidden : rule::optional,
                                          .issued_here = c % 9 != 0,
                                          .group = prefix,
                                          .data = {prefix + "-ipn"}}));
      case 1: return described(stock_.make_variant(part, std::string(1, static_cast<char>('P' + b % 4))));
      case 2:
        return described(
            stock_.create({.part = part, .amount = b % 40, .batch = batch, .data = {"shelf", int(c % 2)}}));
      case 3:
        return described(stock_.create(
            {.part = part,
             .serial = prefix + std::to_string(c % 60),
             .batch = batch,
             .expiry = c % 2 ? parse_date("2027-03-0" + std::to_string(1 + b % 3)).value() : std::optional<date>(),
             .from = {"one.csv", b % 100, 1}}));
      case 4:
        return described(stock_.create({.part = part,
                                        .amount = serials.serials(),
                                        .serials = serials,
                                        .batch = batch,
                                        .parent = c % 3 ? std::optional(other) : std::nullopt}));
      case 5: {
        auto delivery = stock_.receive();
        std::string out = delivery ? "" : described(delivery.error());
        if (!delivery) return out;
        for (std::uint32_t i = 0; i < 1 + c % 6; ++i)
          out += described(delivery->add({.part = part,
                                          .serial = prefix + std::to_string(b % 70 + i + i / 3),
                                          .batch = batch,
                                          .from = {"many.csv", 2 + i, 1}})) +
                 ",";
        if (b % 4 == 0) return out + " given back";
        return out + described(delivery->commit());
      }
      case 6: return described(stock_.split(id, *quantity::from_steps(50'000 * (1 + c % 20))));
      case 7: return described(stock_.serialize(id, serials));
      case 8: return described(stock_.serialize(id, 1 + c % 6));
      case 9: return described(stock_.merge(id, other));
      case 10: return described(stock_.adjust(id, static_cast<adjustment>(c % 3), a % 30));
      case 11: return described(stock_.change_serial(id, prefix + std::to_string(c % 60)));
      case 12: return described(stock_.change_batch(range, batch));
      case 13: return described(stock_.set_parent(range, other));
      case 14: return described(stock_.remove(b % 3 ? items(id) : range));
      case 15:
        return described(a % 2 ? stock_.start_at(part, prefix + std::to_string(c % 99))
                               : [&]() -> result<void, refusal> {
          const auto code = stock_.batch_code();
          if (!code) return unexpected<refusal>(code.error());
          return stock_.change_batch(id, *code);
        }());
      default: {
        auto& slot = held[a % held.size()];
        if (slot && !slot->pending()) slot.reset();
        if (slot && b % 2)
          return described(stock_.serialize(id, std::move(*slot))) + (slot->pending() ? " pending" : "");
        if (slot) {
          const auto dropped = slot->drop();
          slot.reset();
          return described(dropped);
        }
        auto reserved = stock_.reserve(part, 1 + c % 5);
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

std::unique_ptr<on_disk> opened(const file& db) {
  using set = policies<codes, sqlite_journal>;
  auto created = std::make_unique<on_disk>(set{sqlite_journal(db.path, {.synchronous = sqlite_synchronous::off})});
  const auto opened_ = created->open();
  if (!opened_) FAIL(described(opened_.error()));
  created->set_clock([] { return noon; });
  return created;
}

void compare(std::uint64_t seed, int operations, bool reopen) {
  CAPTURE(seed);
  const file db(seed);
  std::mt19937_64 random(seed);
  in_memory model;
  model.set_clock([] { return noon; });
  std::array<std::unique_ptr<on_disk>, 2> real{opened(db), opened(db)};
  std::vector<std::optional<in_memory::reservation>> model_held(2);
  std::array<std::vector<std::optional<on_disk::reservation>>, 2> held;
  for (auto& slots : held) slots.resize(2);
  // A changed serial number may be the last of its family. It is unspecified which family is active then.
  bool freed = false;
  for (int i = 0; i < operations; ++i) {
    const auto number = [&] { return static_cast<std::uint32_t>(random()); };
    operation op{number(), number(), number(), number(), model.size()};
    if (seed % 2 == 0 && op.kind % 17 == 11) continue;
    if (i < 4) op = {0, static_cast<std::uint32_t>(i) + 4, 1, 1, 0};  // begins with four parts
    const bool reserving = op.kind % 17 == 16;
    const std::size_t which_stock = reserving ? 0 : random() % 2;  // reservations belong to the first stock
    CAPTURE(i, op.kind % 17, op.a, op.b, op.c, which_stock);
    const std::string expected = op.on(model, model_held);
    REQUIRE(op.on(*real[which_stock], held[which_stock]) == expected);
    freed = freed || (op.kind % 17 == 11 && expected == "done");
    if (i % 25 == 24 || i + 1 == operations) {
      for (auto& stock_ : real) {
        REQUIRE(stock_->refresh());
        const std::string difference = first_difference(state_of(*stock_, !freed), state_of(model, !freed));
        REQUIRE(difference == "");
      }
      const auto found = sqlite_check(db.path);
      REQUIRE(found);
      if (!found->empty()) FAIL(found->front().what + ": " + found->front().where);
    }
    if (reopen && random() % 20 == 0) {
      const std::size_t reopened_stock = 1;
      real[reopened_stock].reset();
      real[reopened_stock] = opened(db);
    }
  }
}

}  // namespace

TEST_CASE("two stocks with one journal equal a stock in memory", "[journal]") {
  const char* const many = std::getenv("TALLYMARK_OPERATIONS");
  const int rounds = many ? 200 : 30;
  for (int seed = 1; seed <= rounds; ++seed) compare(static_cast<std::uint64_t>(seed), 150, false);
}

TEST_CASE("a stock that is opened again is unchanged", "[journal]") {
  const char* const many = std::getenv("TALLYMARK_OPERATIONS");
  const int rounds = many ? 200 : 30;
  for (int seed = 1; seed <= rounds; ++seed) compare(static_cast<std::uint64_t>(seed) + 10'000, 150, true);
}
