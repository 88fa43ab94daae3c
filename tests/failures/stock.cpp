// Every operation of stock at every point at which it can fail: memory that runs out, and policies that throw. What
// fails has changed nothing, and can be tried again.
#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <unistd.h>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/split_batch.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/journal/sqlite.hpp>

#include <support/failing_memory.hpp>

using namespace tallymark;
using testing::failing_memory;

namespace {

// A policy calls this where one of a user's own may throw; it fails as memory does.
void may_throw() { ::operator delete(::operator new(1)); }

struct text_that_throws : text_serial<> {
  static result<serial_number> parse(std::string_view text) {
    may_throw();
    return text_serial<>().parse(text);
  }
  static void format(std::string& out, const serial_number& serial) {
    may_throw();
    text_serial<>().format(out, serial);
  }
};
struct step_that_throws : step<1> {
  static std::optional<std::uint64_t> next(std::uint64_t v) {
    may_throw();
    return step<1>().next(v);
  }
};
struct tree_that_throws : unique_per_part_tree {
  static auto key(const auto& item)
    requires requires { item.tree; }
  {
    may_throw();
    return item.tree;
  }
};
struct codes_that_throw : split_batch<pattern_batch<"L{sequence}">> {
  using base = split_batch<pattern_batch<"L{sequence}">>;
  template <class Record>
  result<void> format(std::string& out, const Record& record, batch_counters& counters) const {
    may_throw();
    return base::format(out, record, counters);
  }
  result<void> validate(std::string_view code) const {
    may_throw();
    return base::validate(code);
  }
  result<void> split_code(std::string& out, std::string_view code, std::uint64_t n) const {
    may_throw();
    return base::split_code(out, code, n);
  }
};

// Its codec throws.
struct label {
  std::string text{};
  bool operator==(const label&) const = default;
};
struct part_note {
  label number{};
};
// Copies throw.
struct item_note {
  label shelf{};
  int row = 0;
  item_note() = default;
  item_note(std::string on, int in) : shelf{std::move(on)}, row(in) {}
  item_note(item_note&&) noexcept = default;
  item_note(const item_note& other) : shelf(other.shelf), row(other.row) { may_throw(); }
  item_note& operator=(item_note other) noexcept {
    shelf.text.swap(other.shelf.text);
    row = other.row;
    return *this;
  }
  ~item_note() = default;
  bool operator==(const item_note&) const = default;
};

}  // namespace

template <>
struct tallymark::field_codec<label> {
  static void append(std::string& out, const label& value) {
    may_throw();
    out += value.text;
  }
  static result<label> parse(std::string_view text) {
    may_throw();
    return label{std::string(text)};
  }
};
template <>
struct tallymark::record_traits<part_note> {
  static constexpr std::array<std::string_view, 1> names{"number"};
  static constexpr std::tuple members{&part_note::number};
};
template <>
struct tallymark::record_traits<item_note> {
  static constexpr std::array<std::string_view, 2> names{"shelf", "row"};
  static constexpr std::tuple members{&item_note::shelf, &item_note::row};
};

namespace {

template <class Index>
using in_memory = stock<policies<text_that_throws, step_that_throws, tree_that_throws, codes_that_throw, Index>,
                        std::string, part_note, item_note>;
template <class Index>
using on_disk =
    stock<policies<text_that_throws, step_that_throws, tree_that_throws, codes_that_throw, Index, sqlite_journal>,
          std::string, part_note, item_note>;

// A file that is removed afterwards.
struct file {
  explicit file(std::string_view name)
      : path((std::filesystem::temp_directory_path() / ("tallymark-points-" + std::to_string(::getpid()))).string()) {
    path.append(name).append(".db");
    remove();
  }
  file(const file&) = delete;
  file& operator=(const file&) = delete;
  ~file() { remove(); }
  void remove() const {
    for (const std::string_view end : {"", "-wal", "-shm"}) std::filesystem::remove(std::string(path).append(end));
  }
  std::string path;
};

template <class Stock>
std::unique_ptr<Stock> stock_on(const file& at) {
  std::unique_ptr<Stock> made;
  if constexpr (Stock::journaled)
    made = std::make_unique<Stock>(
        typename Stock::policies_type{sqlite_journal(at.path, {.synchronous = sqlite_synchronous::off})});
  else
    made = std::make_unique<Stock>();
  made->set_clock([] {
    may_throw();
    return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000));
  });
  return made;
}

void write(std::ostream& out, const entry& each) {
  out << each.number << ':' << int(each.what) << ' ' << each.subject.first << '+' << each.subject.count << ' '
      << (each.other.count ? each.other.first : 0) << '+' << each.other.count << ' ' << each.amount.text() << " '"
      << each.before << "' '" << each.after << "' " << each.from.source << each.from.line << '+' << each.from.lines
      << ';';
}

// All that can be asked of a stock.
template <class Stock>
std::string seen_in(Stock& of) {
  std::ostringstream out;
  for (std::uint32_t i = 0; i < of.parts().size(); ++i) {
    const auto& part = of.parts()[i];
    out << part.key << ' ' << part.variant_of.value_or("-") << ' ' << part.group << ' ' << part.data.number.text << ' '
        << of.next_serial(part.key).value_or("none") << ' ' << of.latest_serial(part.key).value_or("none") << '\n';
    // runs that continue each other are one: an index may keep them as one or as two
    std::optional<std::pair<std::string, held_run>> open;
    const auto close = [&] {
      if (!open) return;
      const auto& [name, held] = *open;
      out << name << held.first << '+' << held.length << ' ' << held.by.item << int(held.by.state) << '\n';
    };
    of.serials().for_each(of.parts().place(i), [&](const family& in, const held_run& each) {
      if (open && open->first == in.text && open->second.last() + 1 == each.first &&
          open->second.by + open->second.length == each.by) {
        open->second.length += each.length;
        return;
      }
      close();
      open.emplace(std::string(in.text), each);
    });
    close();
  }
  of.for_each([&](const items& which, const auto& item) {
    out << which.first << '+' << which.count << ' ' << item.part << item.amount.text() << item.serial.value_or("-")
        << item.batch << item.parent.value_or(0) << item.removed << item.data.shelf.text << item.data.row << '\n';
  });
  for (item_id id = 1; id <= of.size(); ++id) {
    out << id << ' ' << of.get(id)->serial.value_or("-") << ": ";
    if constexpr (Stock::journaled) {
      const auto all = of.history(id);
      REQUIRE(all);
      for (const entry& each : *all) write(out, each);
    } else {
      for (const entry& each : of.history(id)) write(out, each);
    }
    for (const item_id above : of.ancestors(id)) out << " ^" << above;
    for (const items& below : of.descendants(id)) out << " v" << below.first << '+' << below.count;
    out << '\n';
  }
  if constexpr (!Stock::journaled)
    for (const entry& each : of.history()) write(out, each);
  out << of.batches();
  for (const char* const code : {"L1-000", "L1-001", "L1-002", "L2-000", "L7-000", "L8-000", "L9-000"})
    for (const items& each : of.trace(code)) out << ' ' << code << each.first << '+' << each.count;
  return out.str();
}

// What others see who open the same journal.
template <class Stock>
std::string seen_on(const file& at) {
  const auto other = stock_on<Stock>(at);
  REQUIRE(other->open());
  return seen_in(*other);
}

run_list runs(std::initializer_list<run> all) {
  run_list out;
  for (const run& each : all) out.add(each);
  return out;
}

// Items 1 and 2: boxes. 3: unit S5. 4 to 13: units S6 to S15, of 1. 14: a piece of 2, in a block of its own; 15, 16:
// units of another family. A reservation of five is open.
template <class Stock>
struct world {
  using reservation = typename Stock::reservation;
  explicit world(const file& in) : at(in), all(stock_on<Stock>(in)) {
    if constexpr (Stock::journaled) {
      at.remove();
      REQUIRE(all->open());
    }
    REQUIRE(all->add_part({.key = "bolt", .group = "small", .data = {{"a number that is no small text"}}}));
    REQUIRE(all->add_part({.key = "nut"}));
    REQUIRE(all->batch_code() == "L1-000");
    REQUIRE(all->create({.part = "bolt", .amount = 100, .batch = "L1-000", .data = {"a shelf that is far away", 3}}));
    REQUIRE(all->create({.part = "bolt", .amount = 50, .batch = "L1-000", .data = {"a shelf that is far away", 3}}));
    REQUIRE(all->create({.part = "bolt", .serial = "S5"}));
    REQUIRE(all->serialize(1, 10));
    REQUIRE(all->split(2, 5));
    REQUIRE(all->create({.part = "bolt", .amount = 2, .serials = runs({{{"T-"}, 1, 1}, {{"U-"}, 7, 1}})}));
    auto reserved = all->reserve("bolt", 5);
    REQUIRE(reserved);
    kept.emplace(std::move(*reserved));
  }
  world(const world&) = delete;
  world& operator=(const world&) = delete;
  [[nodiscard]] std::string seen() {
    std::string out = seen_in(*all);
    out += kept && kept->pending() ? "pending" : "not pending";
    if constexpr (Stock::journaled) out += seen_on<Stock>(at);
    return out;
  }
  const file& at;
  std::unique_ptr<Stock> all;
  std::optional<reservation> kept{}, more{};
};

template <class Stock>
using operation = std::function<bool(world<Stock>&)>;

template <class Stock>
std::vector<std::pair<std::string, operation<Stock>>> operations() {
  using w = world<Stock>;
  static const std::string long_batch = "L7000000000000000000-000";
  return {
      {"add_part",
       [](w& of) {
         return of.all->add_part({.key = "a screw with a long name for a part", .variant_of = "nut", .group = "new"})
             .has_value();
       }},
      {"make_variant", [](w& of) { return of.all->make_variant("nut", "bolt").has_value(); }},
      {"create", [](w& of) { return of.all->create({.part = "nut", .amount = 7}).has_value(); }},
      {"create with all that there is",
       [](w& of) {
         return of.all
             ->create({.part = "bolt",
                       .serial = "a serial number that is no small text 66",
                       .batch = long_batch,
                       .parent = 2,
                       .data = {"another shelf that is far away", 9},
                       .from = {"a delivery from a place with a long name.csv", 2, 1}})
             .has_value();
       }},
      {"create many",
       [](w& of) {
         return of.all
             ->create({.part = "nut", .amount = 6, .serials = runs({{{"N"}, 1, 2}, {{"M"}, 5, 3}, {{"N"}, 9, 1}})})
             .has_value();
       }},
      {"split", [](w& of) { return of.all->split(1, 5).has_value(); }},
      {"serialize these",
       [](w& of) { return of.all->serialize(2, runs({{{"S"}, 30, 3}, {{"V"}, 5, 2}, {{"S"}, 36, 2}})).has_value(); }},
      {"serialize", [](w& of) { return of.all->serialize(2, 5).has_value(); }},
      {"serialize what was reserved", [](w& of) { return of.all->serialize(2, std::move(*of.kept)).has_value(); }},
      {"reserve",
       [](w& of) {
         auto made = of.all->reserve("bolt", 3);
         if (made) of.more.emplace(std::move(*made));
         return made.has_value();
       }},
      {"drop", [](w& of) { return of.kept->drop().has_value(); }},
      {"merge", [](w& of) { return of.all->merge(2, 14).error().why.code == errc::different_batch; }},
      {"merge two",
       [](w& of) {
         const std::array<item_id, 1> from{1};
         return of.all->merge(2, from).has_value();
       }},
      {"add", [](w& of) { return of.all->adjust(1, adjustment::add, 1).has_value(); }},
      {"count", [](w& of) { return of.all->adjust(2, adjustment::count, 1).has_value(); }},
      {"change_serial", [](w& of) { return of.all->change_serial(6, "X1").has_value(); }},
      {"change the serial number that leads", [](w& of) { return of.all->change_serial(15, "S99").has_value(); }},
      {"change_batch", [](w& of) { return of.all->change_batch({5, 3}, "L8-000").has_value(); }},
      {"change batches", [](w& of) { return of.all->change_batch({1, 12}, long_batch).has_value(); }},
      {"set_parent", [](w& of) { return of.all->set_parent({15, 2}, 1).has_value(); }},
      {"remove", [](w& of) { return of.all->remove({5, 2}).has_value(); }},
      {"remove several blocks", [](w& of) { return of.all->remove({2, 8}).has_value(); }},
      {"start_at", [](w& of) { return of.all->start_at("bolt", "a family that is no small text 9").has_value(); }},
      {"batch_code", [](w& of) { return of.all->batch_code() == "L2-000"; }},
      {"receipt",
       [](w& of) {
         auto delivery = of.all->receive();
         if (!delivery) return false;
         return delivery->add({.part = "bolt", .serial = "S88", .batch = "L9-000"}) &&
                delivery->add({.part = "bolt", .serial = "S89", .batch = "L9-000"}) &&
                delivery->add({.part = "nut", .amount = 7, .batch = "L2-000", .parent = 17}) &&
                delivery->add({.part = "nut", .amount = 4, .serials = runs({{{"N"}, 1, 2}, {{"M"}, 5, 2}})}) &&
                delivery->commit();
       }},
      {"receipt that is dropped",
       [](w& of) {
         auto delivery = of.all->receive();
         return delivery && delivery->add({.part = "bolt", .serial = "S7777", .batch = "L9-000"}) &&
                delivery->add({.part = "nut", .amount = 4, .serials = runs({{{"N"}, 1, 2}, {{"M"}, 5, 2}})});
       }},
      {"create what is taken",
       [](w& of) { return of.all->create({.part = "bolt", .serial = "S5"}).error().why.code == errc::already_taken; }},
      {"history", [](w& of) { return seen_in(*of.all).size() > 10; }},
  };
}

template <class Stock>
std::size_t every_point() {
  std::size_t points = 0;
  const file at("a"), at_twin("b");
  for (const auto& [name, operation] : operations<Stock>()) {
    CAPTURE(name);
    world<Stock> twin(at_twin);
    REQUIRE(operation(twin));
    const std::string after = twin.seen();

    world<Stock> of(at);
    const std::string before = of.seen();
    points += testing::for_each_failure([&](std::size_t n) {
      CAPTURE(n);
      bool done = false, failed = false;
      {
        const failing_memory failing(n);
        try {
          done = operation(of);
        } catch (const std::bad_alloc&) {
        }
        failed = failing.failed();
      }
      CHECK((done || failed));
      if (!done) REQUIRE(of.seen() == before);
      return !done;
    });
    CHECK(of.seen() == after);
  }
  return points;
}

// A receipt that tries again what failed, and goes on.
template <class Stock>
bool patient_receipt(world<Stock>& of) {
  auto delivery = of.all->receive();
  if (!delivery) return false;
  const auto add = [&](const typename Stock::new_item& wanted) {
    try {
      return delivery->add(wanted).has_value();
    } catch (const std::bad_alloc&) {
      return delivery->add(wanted).has_value();
    }
  };
  return add({.part = "bolt", .serial = "S88", .batch = "L9-000", .data = {"a shelf that is far away", 3}}) &&
         add({.part = "bolt", .serial = "S89", .batch = "L9-000", .data = {"a shelf that is far away", 3}}) &&
         add({.part = "nut", .amount = 7, .batch = "L2-000", .parent = 17}) &&
         add({.part = "nut", .amount = 4, .serials = runs({{{"N"}, 1, 2}, {{"M"}, 5, 2}})}) &&
         delivery->commit().has_value();
}

// Each attempt that succeeds needs a world of its own.
template <class Stock>
std::size_t every_point_of_a_patient_receipt() {
  const file at("c");
  std::string after;
  {
    world<Stock> of(at);
    REQUIRE(patient_receipt(of));
    after = of.seen();
  }
  return testing::for_each_failure([&](std::size_t n) {
    CAPTURE(n);
    world<Stock> of(at);
    bool done = false, failed = false;
    {
      const failing_memory failing(n);
      try {
        done = patient_receipt(of);
      } catch (const std::bad_alloc&) {  // of receive or of commit
      }
      failed = failing.failed();
    }
    CHECK((done || failed));
    if (done) CHECK(of.seen() == after);
    return failed;
  });
}

// Whether a stock that could not read its journal is closed, so that nothing is built upon a part of it.
template <class Stock>
bool closed(Stock& of) {
  const auto refused = of.adjust(1, adjustment::add, 1);
  return !refused && refused.error().why.code == errc::journal_closed;
}

template <class Stock>
std::size_t every_point_of_open() {
  const file at("d");
  world<Stock> writer(at);
  const std::string before = writer.seen();
  const std::size_t points = testing::for_each_failure([&](std::size_t n) {
    CAPTURE(n);
    const auto reader = stock_on<Stock>(at);
    bool done = false;
    {
      const failing_memory failing(n);
      try {
        done = reader->open().has_value();
      } catch (const std::bad_alloc&) {
      }
      CHECK((done || failing.failed()));
    }
    if (done)
      CHECK(seen_in(*reader) == seen_in(*writer.all));
    else
      CHECK(closed(*reader));
    return !done;
  });
  CHECK(writer.seen() == before);
  return points;
}

// `read(stock)` reads what another stock has written.
template <class Stock, class Read>
std::size_t every_point_of_reading(Read read) {
  const file at("e");
  world<Stock> writer(at);
  std::string unit = "S5";
  return testing::for_each_failure([&](std::size_t n) {
    CAPTURE(n);
    const auto reader = stock_on<Stock>(at);
    REQUIRE(reader->open());
    const std::string code = "L7" + std::to_string(n) + "-000", serial = "X" + std::to_string(n);
    REQUIRE(writer.all->adjust(1, adjustment::add, 1));
    REQUIRE(writer.all->change_serial(3, serial));
    REQUIRE(writer.all->create({.part = "bolt", .serial = unit, .batch = code, .data = {"a shelf far away", 4}}));
    REQUIRE(writer.all->change_batch(2, code));
    REQUIRE(writer.all->remove(writer.all->size()));
    REQUIRE(writer.all->add_part({.key = code, .data = {{"a number that is no small text"}}}));
    unit = serial;  // which item 3 gives up next time
    bool done = false;
    {
      const failing_memory failing(n);
      try {
        done = read(*reader);
      } catch (const std::bad_alloc&) {
      }
      CHECK((done || failing.failed()));
    }
    if (done)
      CHECK(seen_in(*reader) == seen_on<Stock>(at));
    else if (!closed(*reader))  // it failed after it had read everything
      CHECK(seen_in(*reader) == seen_on<Stock>(at));
    return !done;
  });
}

}  // namespace

TEST_CASE("an operation that runs out of memory changes nothing", "[stock]") {
  CHECK(every_point<in_memory<dense_index>>() > 200);
  CHECK(every_point<in_memory<run_index>>() > 200);
  CHECK(every_point<in_memory<hashed_index>>() > 200);
}

TEST_CASE("an operation with a journal that runs out of memory changes nothing, there neither", "[stock][journal]") {
  CHECK(every_point<on_disk<dense_index>>() > 400);
}

TEST_CASE("with a journal and another index it is the same", "[stock][journal]") {
  CHECK(every_point<on_disk<run_index>>() > 400);
}

TEST_CASE("a receipt goes on after an item that could not be added", "[stock][journal]") {
  CHECK(every_point_of_a_patient_receipt<in_memory<dense_index>>() > 50);
  CHECK(every_point_of_a_patient_receipt<in_memory<run_index>>() > 50);
  CHECK(every_point_of_a_patient_receipt<on_disk<dense_index>>() > 50);
}

TEST_CASE("a stock that runs out of memory while it reads its journal is closed", "[stock][journal]") {
  using durable = on_disk<dense_index>;
  CHECK(every_point_of_open<durable>() > 100);
  CHECK(every_point_of_reading<durable>([](durable& of) { return of.refresh().has_value(); }) > 20);
  CHECK(every_point_of_reading<durable>([](durable& of) { return of.adjust(2, adjustment::add, 1).has_value(); }) > 20);
}
