// Stocks on one journal against a stock without: two of them, as two processes have them, take turns at random
// operations, are closed and opened again, and must always be what the one in memory is.
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
std::string entries_of(Stock& of, item_id id) {
  std::ostringstream out;
  const auto write = [&](const std::vector<entry>& all) {
    for (const entry& each : all)
      out << each.number << ':' << int(each.what) << ' ' << each.subject.first << '+' << each.subject.count << ' '
          << (each.other.count ? each.other.first : 0) << '+' << each.other.count << ' ' << each.amount.text() << " '"
          << each.before << "' '" << each.after << "' " << each.from.source << each.from.line << '+' << each.from.lines
          << ' ' << each.at.time_since_epoch().count() << ';';
  };
  if constexpr (Stock::journaled) {
    const auto all = of.history(id);
    REQUIRE(all);
    write(*all);
  } else {
    write(of.history(id));
  }
  return out.str();
}

// Everything that can be asked of a stock; what is next only if `with_next`.
template <class Stock>
std::string all_of(Stock& of, bool with_next) {
  std::ostringstream out;
  for (std::uint32_t i = 0; i < of.parts().size(); ++i) {
    const auto& part = of.parts()[i];
    out << "part " << part.key << ' ' << part.variant_of.value_or("-") << ' ' << int(part.serials) << int(part.batches)
        << part.issued_here << ' ' << part.group << ' ' << part.data.ipn << " next ";
    const auto next = of.next_serial(part.key);
    out << (!with_next ? "-" : next ? *next : std::string(message(next.error().why.code))) << '\n';
  }
  for (item_id id = 1; id <= of.size(); ++id) {
    const auto one = *of.get(id);
    out << id << ' ' << one.part << ' ' << one.amount.text() << ' ' << one.serial.value_or("-") << " '" << one.batch
        << "' " << one.parent.value_or(0) << ' ' << one.removed << ' ' << one.data.shelf << one.data.row << ' '
        << (one.expiry ? std::chrono::sys_days(*one.expiry).time_since_epoch().count() : 0) << " | "
        << entries_of(of, id) << '\n';
    if (one.serial) {
      const auto found = of.find(one.part, *one.serial);
      out << " found " << found.value_or(0) << '\n';
    }
    for (const items& each : of.descendants(id)) out << ' ' << each.first << '+' << each.count;
  }
  for (const char* const code : {"B1", "B2", "L1", "L2", "L3", "B1-1", "B1-2", "L1-1"}) {
    out << "\ntrace " << code;
    for (const items& each : of.trace(code)) out << ' ' << each.first << '+' << each.count;
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

std::string told(const refusal& why) {
  std::string out = std::string(why.member) + ": " + std::string(message(why.why.code));
  for (const conflict& each : why.met)
    out += " [" + std::string(message(each.why)) + " " + std::to_string(each.serials[0].first) + "+" +
           std::to_string(each.serials[0].length) + " " + std::to_string(each.item) + "]";
  return out;
}
std::string told(const items& made) { return std::to_string(made.first) + "+" + std::to_string(made.count); }
std::string told(item_id made) { return std::to_string(made); }
std::string told(std::uint32_t made) { return std::to_string(made); }
template <class T>
std::string told(const result<T, refusal>& done) {
  if (!done) return told(done.error());
  if constexpr (std::is_void_v<T>)
    return "done";
  else
    return told(*done);
}

// A random operation, the same for both kinds of stock: what it does depends on the numbers that were drawn only.
struct operation {
  std::uint32_t kind, a, b, c;
  std::uint64_t size;  // how many items there are

  template <class Stock>
  std::string on(Stock& of, std::vector<std::optional<typename Stock::reservation>>& held) const {
    const auto part = std::string(1, static_cast<char>('P' + a % 4));
    const item_id some = 1 + b % (size + 1), other = 1 + c % (size + 1);
    const items range{some, 1 + c % 4};
    const auto batch = std::array<std::string_view, 4>{"", "B1", "B2", "L1"}[c % 4];
    run_list serials;
    const std::string prefix(1, static_cast<char>('S' + b % 2));
    serials.add(run{{prefix}, c % 50, 1 + b % 5});
    if (b % 3 == 0) serials.add(run{{prefix, 4}, 1 + c % 90, 1 + c % 3});
    switch (kind % 17) {
      case 0:
        return told(of.add_part({.key = part,
                                 .serials = a % 7 == 0 ? rule::forbidden : rule::optional,
                                 .batches = b % 7 == 0 ? rule::forbidden : rule::optional,
                                 .issued_here = c % 9 != 0,
                                 .group = prefix,
                                 .data = {prefix + "-ipn"}}));
      case 1: return told(of.make_variant(part, std::string(1, static_cast<char>('P' + b % 4))));
      case 2: return told(of.create({.part = part, .amount = b % 40, .batch = batch, .data = {"shelf", int(c % 2)}}));
      case 3:
        return told(of.create(
            {.part = part,
             .serial = prefix + std::to_string(c % 60),
             .batch = batch,
             .expiry = c % 2 ? parse_date("2027-03-0" + std::to_string(1 + b % 3)).value() : std::optional<date>(),
             .from = {"one.csv", b % 100, 1}}));
      case 4:
        return told(of.create({.part = part,
                               .amount = serials.serials(),
                               .serials = serials,
                               .batch = batch,
                               .parent = c % 3 ? std::optional(other) : std::nullopt}));
      case 5: {
        auto delivery = of.receive();
        std::string out = delivery ? "" : told(delivery.error());
        if (!delivery) return out;
        for (std::uint32_t i = 0; i < 1 + c % 6; ++i)
          out += told(delivery->add({.part = part,
                                     .serial = prefix + std::to_string(b % 70 + i + i / 3),
                                     .batch = batch,
                                     .from = {"many.csv", 2 + i, 1}})) +
                 ",";
        if (b % 4 == 0) return out + " given back";
        return out + told(delivery->commit());
      }
      case 6: return told(of.split(some, *quantity::from_steps(50'000 * (1 + c % 20))));
      case 7: return told(of.serialize(some, serials));
      case 8: return told(of.serialize(some, 1 + c % 6));
      case 9: return told(of.merge(some, other));
      case 10: return told(of.adjust(some, static_cast<adjustment>(c % 3), a % 30));
      case 11: return told(of.change_serial(some, prefix + std::to_string(c % 60)));
      case 12: return told(of.change_batch(range, batch));
      case 13: return told(of.set_parent(range, other));
      case 14: return told(of.remove(b % 3 ? items(some) : range));
      case 15:
        return told(a % 2 ? of.start_at(part, prefix + std::to_string(c % 99)) : [&]() -> result<void, refusal> {
          const auto code = of.batch_code();
          if (!code) return unexpected<refusal>(code.error());
          return of.change_batch(some, *code);
        }());
      default: {
        auto& slot = held[a % held.size()];
        if (slot && !slot->pending()) slot.reset();
        if (slot && b % 2) return told(of.serialize(some, std::move(*slot))) + (slot->pending() ? " pending" : "");
        if (slot) {
          const auto done = slot->drop();
          slot.reset();
          return told(done);
        }
        auto reserved = of.reserve(part, 1 + c % 5);
        if (!reserved) return told(reserved.error());
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

std::unique_ptr<on_disk> opened(const file& at) {
  using set = policies<codes, sqlite_journal>;
  auto made = std::make_unique<on_disk>(set{sqlite_journal(at.path, {.synchronous = sqlite_synchronous::off})});
  const auto done = made->open();
  if (!done) FAIL(told(done.error()));
  made->set_clock([] { return noon; });
  return made;
}

void compare(std::uint64_t seed, int operations, bool reopen) {
  CAPTURE(seed);
  const file at(seed);
  std::mt19937_64 draw(seed);
  in_memory model;
  model.set_clock([] { return noon; });
  std::array<std::unique_ptr<on_disk>, 2> real{opened(at), opened(at)};
  std::vector<std::optional<in_memory::reservation>> model_held(2);
  std::array<std::vector<std::optional<on_disk::reservation>>, 2> held;
  for (auto& each : held) each.resize(2);
  // A changed serial number may be the last of its family. Which family is then the active one is not specified.
  bool freed = false;
  for (int i = 0; i < operations; ++i) {
    const auto number = [&] { return static_cast<std::uint32_t>(draw()); };
    operation what{number(), number(), number(), number(), model.size()};
    if (seed % 2 == 0 && what.kind % 17 == 11) continue;
    if (i < 4) what = {0, static_cast<std::uint32_t>(i) + 4, 1, 1, 0};  // at first four parts
    const bool reserving = what.kind % 17 == 16;
    const std::size_t who = reserving ? 0 : draw() % 2;  // reservations belong to the first
    CAPTURE(i, what.kind % 17, what.a, what.b, what.c, who);
    const std::string expected = what.on(model, model_held);
    REQUIRE(what.on(*real[who], held[who]) == expected);
    freed = freed || (what.kind % 17 == 11 && expected == "done");
    if (i % 25 == 24 || i + 1 == operations) {
      for (auto& each : real) {
        REQUIRE(each->refresh());
        const std::string difference = first_difference(all_of(*each, !freed), all_of(model, !freed));
        REQUIRE(difference == "");
      }
      const auto found = sqlite_check(at.path);
      REQUIRE(found);
      if (!found->empty()) FAIL(found->front().what + ": " + found->front().where);
    }
    if (reopen && draw() % 20 == 0) {
      const std::size_t which = 1;
      real[which].reset();
      real[which] = opened(at);
    }
  }
}

}  // namespace

TEST_CASE("two stocks on one journal are the one in memory", "[journal]") {
  const char* const many = std::getenv("TALLYMARK_OPERATIONS");
  const int rounds = many ? 200 : 30;
  for (int seed = 1; seed <= rounds; ++seed) compare(static_cast<std::uint64_t>(seed), 150, false);
}

TEST_CASE("a stock that is opened again is what it was", "[journal]") {
  const char* const many = std::getenv("TALLYMARK_OPERATIONS");
  const int rounds = many ? 200 : 30;
  for (int seed = 1; seed <= rounds; ++seed) compare(static_cast<std::uint64_t>(seed) + 10'000, 150, true);
}
