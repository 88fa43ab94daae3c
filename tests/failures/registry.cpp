// Every operation of a registry through all its points of failure, when memory runs out and when a policy throws: with
// each index all of it is done, or nothing.
#include <tallymark/increment/custom.hpp>
#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/testing/model.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <support/failing_memory.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace tallymark;

namespace {

const part_ref<> motor{"motor"}, pump{"pump"};

// A policy that throws at its n-th call.
struct thrown : std::runtime_error {
  thrown() : std::runtime_error("a policy throws") {}
};
struct policy_calls {
  std::size_t calls = 0, throwing = std::numeric_limits<std::size_t>::max();
  void count() {
    if (++calls == throwing) throw thrown();
  }
};
policy_calls& current_calls() {
  static policy_calls calls;
  return calls;
}

struct throwing_serial : text_serial<> {
  using policy_slot = serial_slot;
  [[nodiscard]] result<serial_number> parse(std::string_view text) const {
    current_calls().count();
    return text_serial<>::parse(text);
  }
  void format(std::string& out, const serial_number& serial) const {
    current_calls().count();
    text_serial<>::format(out, serial);
  }
  [[nodiscard]] bool accepts(const serial_number& serial) const {
    current_calls().count();
    return serial.ordinal != 13;
  }
  void reader() const = delete;  // all texts are parsed
};
struct throwing_increment {
  using policy_slot = increment_slot;
  [[nodiscard]] std::optional<std::string> next(std::string_view latest) const {
    current_calls().count();
    const auto parsed = text_serial<>().parse(latest);
    if (!parsed || !parsed->family.counts()) return std::nullopt;
    std::string text;
    text_serial<>().format(text, {parsed->family, parsed->ordinal + 1});
    return text;
  }
};
struct throwing_scope {
  using policy_slot = scope_slot;
  [[nodiscard]] std::string_view key(const part_ref<>& item) const {
    current_calls().count();
    return item.part;
  }
};

// An index of a user that knows each ordinal alone, and says nothing of its neighbours.
struct entry_map : testing::slow_map {
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const { return {find(ordinal).has_value(), 1}; }
};
struct entry_index {
  using policy_slot = index_slot;
  using map = entry_map;
};

// A registry, what is reserved in it, and everything that can be seen of it.
template <class Policies>
struct world {
  using registry_type = registry<Policies>;

  registry_type serials;
  std::deque<typename registry_type::reservation> reserved;

  // and its member functions are what is tried; they answer with what came out
  struct seen {
    std::vector<std::string> lines;
    friend bool operator==(const seen&, const seen&) = default;
  };
  [[nodiscard]] seen look() {
    seen out;
    for (const auto& where : {motor, pump}) {
      std::string line;
      std::optional<std::pair<std::string, held_run>> joined;
      const auto flush = [&] {
        if (!joined) return;
        line += joined->first + '+' + std::to_string(joined->second.length) + ' ' +
                std::to_string(joined->second.by.item) + ' ' +
                std::to_string(static_cast<int>(joined->second.by.state)) + ", ";
      };
      std::optional<family> before;
      serials.for_each(where, [&](const family& of, const held_run& part) {
        if (joined && before == of && joined->second.last() + 1 == part.first &&
            joined->second.by.leads_to(part.by, joined->second.length)) {
          joined->second.length += part.length;
          return;
        }
        flush();
        before = of;
        joined.emplace(serials.numbers().text({of, part.first}), part);
      });
      flush();
      out.lines.push_back(line);
      for (const char* prefix : {"SN-", "A", "B", "Q"})
        for (int i = 0; i < 24; ++i) {
          const auto by = serials.find(where, prefix + std::to_string(i));
          out.lines.push_back(by ? std::to_string(by->item) + ' ' + std::to_string(static_cast<int>(by->state)) : "");
        }
      out.lines.push_back(serials.latest(where).value_or("none"));
      out.lines.push_back(serials.next(where).value_or("none"));
      const auto sequence = serials.sequence(where);
      out.lines.push_back(sequence.active ? std::string(sequence.active->text) + (sequence.issued ? " issued" : "")
                                          : "");
      out.lines.push_back(sequence.start ? serials.numbers().text(*sequence.start) : "");
    }
    return out;
  }
};

template <class Policies>
struct step {
  const char* name;
  void (*make)(world<Policies>&);
};

run_list runs(std::initializer_list<run> all) {
  run_list out;
  for (const run& each : all) out.add(each);
  return out;
}

template <class Policies>
std::vector<step<Policies>> states() {
  using w = world<Policies>;
  return {{"empty", [](w&) {}},
          {"one lone run", [](w& in) { (void)in.serials.claim(motor, runs({{{"SN-"}, 5, 5}}), 100); }},
          {"several families",
           [](w& in) {
             (void)in.serials.claim(motor, {"SN-5", "A7", "SN-9", "B3", "Q", "SN-6"}, 1);
             (void)in.serials.claim(pump, {"B1", "A1"}, 50);
           }},
          {"gaps and chunks",
           [](w& in) {
             for (std::uint64_t i = 0; i < 30; i += 2)
               (void)in.serials.claim(motor, "SN-" + std::to_string(i), i * i % 17);
             for (std::uint64_t i = 1; i < 8; i += 3) (void)in.serials.claim(motor, "A" + std::to_string(i), i);
             (void)in.serials.claim(motor, runs({{{"SN-"}, 4000, 150}}), 1000);
           }},
          {"far apart",
           [](w& in) {
             for (std::uint64_t i = 0; i < 20; ++i)
               (void)in.serials.claim(motor, "SN-" + std::to_string(5 + i * 1'000'003'000'001), i);
           }},
          {"reservations pending",
           [](w& in) {
             (void)in.serials.claim(motor, {"SN-5", "SN-8", "A7", "A9", "B3"}, 1);
             (void)in.serials.start_at(motor, "SN-4");
             in.reserved.push_back(*in.serials.reserve(motor, 4));
             in.reserved.push_back(*in.serials.reserve(motor, 3));
             (void)in.serials.issue(motor, 2, 30);
           }},
          {"retired and issued", [](w& in) {
             (void)in.serials.claim(motor, {"A7", "SN-5"}, 1);
             (void)in.serials.issue(motor, 5, 70);
             (void)in.serials.retire(motor, "A8");
             (void)in.serials.start_at(motor, "B3");
             (void)in.serials.issue(motor, 5, 90);
           }}};
}

template <class Policies>
std::vector<step<Policies>> operations() {
  using w = world<Policies>;
  std::vector<step<Policies>> out{
      {"claim a text", [](w& in) { (void)in.serials.claim(motor, "SN-7", 3); }},
      {"claim a text of a new family", [](w& in) { (void)in.serials.claim(motor, "a family with a long name 7", 3); }},
      {"claim a text of a new scope", [](w& in) { (void)in.serials.claim({"valve"}, "SN-7", 3); }},
      {"claim a text far away", [](w& in) { (void)in.serials.claim(motor, "SN-123456789", 3); }},
      {"claim a literal", [](w& in) { (void)in.serials.claim(motor, "XYZ", 3); }},
      {"claim a run", [](w& in) { (void)in.serials.claim(motor, runs({{{"SN-"}, 12, 1}}), 3); }},
      {"claim a long run", [](w& in) { (void)in.serials.claim(motor, runs({{{"SN-"}, 4000, 250}}), 3); }},
      {"claim runs of several families",
       [](w& in) {
         (void)in.serials.claim(motor, runs({{{"SN-"}, 31, 5}, {{"A"}, 20, 3}, {{"C"}, 4, 70}, {{"SN-"}, 50, 3}}), 3);
       }},
      {"claim texts", [](w& in) { (void)in.serials.claim(motor, {"SN-17", "A22", "SN-19", "C5", "QQ", "SN-18"}, 3); }},
      {"claim texts of which the last is taken",
       [](w& in) { (void)in.serials.claim(motor, {"SN-17", "A22", "C5", "C6", "A21", "A22"}, 3); }},
      {"claim many texts",
       [](w& in) {
         std::vector<std::string> many_texts;
         for (int i = 0; i < 70; ++i) many_texts.push_back((i % 3 == 0 ? "A" : "SN-") + std::to_string(200 + 7 * i));
         const std::vector<std::string_view> views(many_texts.begin(), many_texts.end());
         (void)in.serials.claim(motor, views, 3);
       }},
      {"claim by scope", [](w& in) { (void)in.serials.claim(in.serials.scope(motor), "C7", 3); }},
      {"claim runs by scope",
       [](w& in) { (void)in.serials.claim(in.serials.scope(pump), runs({{{"SN-"}, 31, 5}, {{"A"}, 20, 3}}), 3); }},
      {"release", [](w& in) { (void)in.serials.release(motor, "SN-5"); }},
      {"release in the middle", [](w& in) { (void)in.serials.release(motor, "SN-8"); }},
      {"release a run", [](w& in) { (void)in.serials.release(motor, runs({{{"SN-"}, 6, 2}})); }},
      {"release runs",
       [](w& in) { (void)in.serials.release(motor, runs({{{"SN-"}, 8, 1}, {{"A"}, 7, 1}, {{"SN-"}, 5, 1}})); }},
      {"release all of several runs",
       [](w& in) { (void)in.serials.release(motor, runs({{{"SN-"}, 4090, 5}, {{"SN-"}, 4, 1}, {{"SN-"}, 4120, 9}})); }},
      {"retire", [](w& in) { (void)in.serials.retire(motor, "SN-5"); }},
      {"retire in the middle", [](w& in) { (void)in.serials.retire(motor, runs({{{"SN-"}, 7, 2}})); }},
      {"retire runs",
       [](w& in) { (void)in.serials.retire(motor, runs({{{"SN-"}, 8, 1}, {{"A"}, 7, 1}, {{"SN-"}, 5, 1}})); }},
      {"retire a part of a run",
       [](w& in) { (void)in.serials.retire(motor, runs({{{"SN-"}, 4090, 5}, {{"SN-"}, 4110, 30}})); }},
      {"issue", [](w& in) { (void)in.serials.issue(motor, 5, 40); }},
      {"issue many", [](w& in) { (void)in.serials.issue(motor, 200, 40); }},
      {"reserve",
       [](w& in) {
         auto reserved = in.serials.reserve(motor, 7);
         if (reserved) in.reserved.push_back(*std::move(reserved));
       }},
      {"start_at", [](w& in) { (void)in.serials.start_at(motor, "a family with a long name 12"); }},
      {"next", [](w& in) { (void)in.serials.next(motor); }},
      {"latest", [](w& in) { (void)in.serials.latest(motor); }},
      {"find",
       [](w& in) {
         std::array<std::optional<holder>, 3> found;
         const std::array<std::string_view, 3> asked{"SN-5", "A7", "QQ"};
         in.serials.find(motor, asked, found);
       }},
      {"inspect", [](w& in) { (void)in.serials.inspect(motor, {"SN-5", "A7", "QQ", "A7"}); }},
      {"for_each", [](w& in) { in.serials.for_each(motor, [](auto&&...) {}); }},
      {"restore a run", [](w& in) { (void)in.serials.restore(motor, {{"D"}, 4, 9}, {7, hold::retired}); }},
      {"restore a serial number", [](w& in) { (void)in.serials.restore(motor, {{"SN-"}, 31, 1}, {7, hold::claimed}); }},
      {"restore a sequence",
       [](w& in) { in.serials.restore(motor, sequence_state{family{"A"}, true, serial_number{{"D"}, 7}}); }},
  };
  return out;
}

struct outcome {
  bool threw = false, failed = false;
};

// Makes a step whose n-th allocation fails, or all from the n-th on; or whose n-th call of a policy throws.
template <class Policies, bool Forever>
outcome without_memory(const step<Policies>& one, world<Policies>& in, std::size_t n) {
  testing::failing_memory memory(n, Forever);
  try {
    one.make(in);
    return {false, memory.failed()};
  } catch (const std::bad_alloc&) {
    return {true, true};
  }
}
template <class Policies>
outcome with_throwing(const step<Policies>& one, world<Policies>& in, std::size_t n) {
  current_calls() = {0, n};
  outcome out;
  try {
    one.make(in);
  } catch (const thrown&) {
    out.threw = true;
  }
  out.failed = current_calls().calls >= n;
  current_calls() = {};
  return out;
}

// Goes through all points of failure of all operations from all states: as before, or as after.
template <class Policies>
std::size_t go_through(outcome (*fail)(const step<Policies>&, world<Policies>&, std::size_t)) {
  std::size_t points = 0;
  for (const auto& state : states<Policies>()) {
    CAPTURE(state.name);
    for (const auto& operation : operations<Policies>()) {
      CAPTURE(operation.name);
      const auto fresh = [&] {
        auto in = std::make_unique<world<Policies>>();
        state.make(*in);
        return in;
      };
      const auto untouched = fresh();
      const auto before = untouched->look();
      const auto undisturbed = fresh();
      operation.make(*undisturbed);
      const auto done = undisturbed->look();
      points += testing::for_each_failure([&](std::size_t n) {
        CAPTURE(n);
        const auto in = fresh();
        const outcome out = fail(operation, *in, n);
        REQUIRE(in->look() == (out.threw ? before : done));
        if (out.threw) operation.make(*in);
        REQUIRE(in->look() == done);
        // and what comes after it comes as if nothing had been
        const auto go_on = [](world<Policies>& last) {
          (void)last.serials.claim(motor, "A30", 5);
          last.reserved.clear();
          (void)last.serials.issue(motor, 3, 7);
          (void)last.serials.release(motor, "SN-5");
          return last.look();
        };
        if (n % 8 == 1) {
          const auto twin = fresh();
          operation.make(*twin);
          REQUIRE(go_on(*in) == go_on(*twin));
        }
        return out.failed;
      });
    }
  }
  return points;
}

template <class Index>
using with = policies<Index, unique_per_part>;

// What must succeed without any memory, each on its own. The scope and the records were taken beforehand.
template <class Policies>
struct sure_change {
  using scope_ref = typename registry<Policies>::scope_ref;
  using spare_changes = typename registry<Policies>::spare_changes;

  const char* name;
  void (*make)(world<Policies>&, scope_ref, spare_changes&);
};

template <class Policies>
std::vector<sure_change<Policies>> sure_changes() {
  using w = world<Policies>;
  using scope_ref = typename sure_change<Policies>::scope_ref;
  using spares = typename sure_change<Policies>::spare_changes;
  return {
      {"commit", [](w& in, scope_ref, spares&) { in.reserved.front().commit(60); }},
      {"commit the later one", [](w& in, scope_ref, spares&) { in.reserved.back().commit(60); }},
      {"commit both",
       [](w& in, scope_ref, spares&) {
         in.reserved.back().commit(60);
         in.reserved.front().commit(no_item);
       }},
      {"drop", [](w& in, scope_ref, spares&) { in.reserved.front().drop(); }},
      {"drop the later one", [](w& in, scope_ref, spares&) { in.reserved.back().drop(); }},
      {"the end of a reservation", [](w& in, scope_ref, spares&) { in.reserved.pop_front(); }},
      {"forget", [](w& in, scope_ref at, spares& spare) { in.serials.forget(at, {{"SN-"}, 8, 1}, spare); }},
      {"forget in the middle of a run",
       [](w& in, scope_ref at, spares& spare) { in.serials.forget(at, {{"SN-"}, 4090, 7}, spare); }},
      {"forget all of a family",
       [](w& in, scope_ref at, spares& spare) {
         for (std::uint64_t i = 1; i < 8; i += 3) in.serials.forget(at, {{"A"}, i, 1}, spare);
       }},
      {"forget and restore",
       [](w& in, scope_ref at, spares& spare) {
         in.serials.forget(at, {{"SN-"}, 4090, 40}, spare);
         in.serials.forget(at, {{"A"}, 4, 1}, spare);
         in.serials.restore(at, {{"A"}, 4, 1}, {70, hold::retired}, spare);
         in.serials.restore(at, {{"SN-"}, 4090, 40}, {900, hold::claimed}, spare);
       }},
      {"retire", [](w& in, scope_ref at, spares& spare) { in.serials.retire(at, {{"SN-"}, 8, 1}, spare); }},
      {"retire in the middle of a run",
       [](w& in, scope_ref at, spares& spare) { in.serials.retire(at, {{"SN-"}, 4090, 40}, spare); }},
      {"one change after the other",
       [](w& in, scope_ref at, spares& spare) {
         in.serials.retire(at, {{"SN-"}, 4000, 150}, spare);
         in.serials.forget(at, {{"SN-"}, 4093, 9}, spare);
         in.reserved.front().commit(60);
         in.serials.restore(at, {{"SN-"}, 4096, 2}, {5, hold::claimed}, spare);
         in.serials.retire(at, {{"SN-"}, 4096, 1}, spare);
         in.reserved.back().drop();
       }},
  };
}

template <class Policies>
std::unique_ptr<world<Policies>> world_of_reservations() {
  auto in = std::make_unique<world<Policies>>();
  for (std::uint64_t i = 0; i < 30; i += 2)
    (void)in->serials.claim(motor, "SN-" + std::to_string(i), i * i % 17).has_value();
  for (std::uint64_t i = 1; i < 8; i += 3) (void)in->serials.claim(motor, "A" + std::to_string(i), i).has_value();
  (void)in->serials.claim(motor, runs({{{"SN-"}, 4000, 150}}), 1000).has_value();
  (void)in->serials.start_at(motor, "SN-1").has_value();
  in->reserved.push_back(*in->serials.reserve(motor, 4));
  in->reserved.push_back(*in->serials.reserve(motor, 3));
  return in;
}

// Makes each of these with no memory from the n-th call on; answers how often there was none.
template <class Policies>
std::size_t change_surely() {
  std::vector<std::string> texts;
  for (int i = 0; i < 40; ++i) texts.push_back("SN-" + std::to_string(i));
  for (int i = 3990; i < 4160; i += 3) texts.push_back("SN-" + std::to_string(i));
  for (int i = 0; i < 9; ++i) texts.push_back("A" + std::to_string(i));
  const auto found = [&](const world<Policies>& in, std::vector<std::optional<holder>>& out) {
    for (std::size_t i = 0; i < texts.size(); ++i) out[i] = in.serials.find(motor, texts[i]);
  };
  std::size_t points = 0;
  for (const auto& change : sure_changes<Policies>()) {
    CAPTURE(change.name);
    const auto changed = [&](std::size_t n, auto after) {
      auto in = world_of_reservations<Policies>();
      const auto scope = in->serials.scope(motor);
      typename registry<Policies>::spare_changes spare;
      spare.reserve(8);
      bool threw = false, failed = false;
      {
        testing::failing_memory memory(n, true);
        try {
          change.make(*in, scope, spare);
          failed = memory.failed();
          after(*in);
        } catch (const std::bad_alloc&) {
          threw = true;
        }
      }
      REQUIRE(!threw);
      return std::pair(std::move(in), failed);
    };
    std::vector<std::optional<holder>> expected(texts.size()), seen(texts.size());
    const auto always = std::numeric_limits<std::size_t>::max();
    const auto undisturbed = changed(always, [&](const world<Policies>& in) { found(in, expected); }).first;
    const auto done = undisturbed->look();
    points += testing::for_each_failure([&](std::size_t n) {
      CAPTURE(n);
      sequence_state sequence;
      const auto [in, failed] = changed(n, [&](const world<Policies>& there) {
        found(there, seen);  // while there still is no memory
        sequence = there.serials.sequence(motor);
      });
      REQUIRE(seen == expected);
      REQUIRE(sequence == undisturbed->serials.sequence(motor));
      REQUIRE(in->look() == done);
      // the next change makes first what was deferred, and all goes on as if nothing had been
      const auto twin = changed(always, [](const world<Policies>&) {}).first;
      for (world<Policies>* each : {in.get(), twin.get()}) {
        REQUIRE(each->serials.claim(motor, "SN-4000000", 5).has_value());
        testing::failing_memory memory(1, true);
        each->reserved.clear();
      }
      REQUIRE(in->look() == twin->look());
      REQUIRE(in->serials.issue(motor, 9, 7).has_value());
      REQUIRE(twin->serials.issue(motor, 9, 7).has_value());
      REQUIRE(in->look() == twin->look());
      return failed;
    });
  }
  return points;
}

}  // namespace

TEMPLATE_TEST_CASE("a change that must not fail is made without memory", "[registry]", run_index, dense_index,
                   hashed_index, concurrent_index, testing::slow_index, entry_index) {
  CHECK(change_surely<with<TestType>>() > 0);
}

TEMPLATE_TEST_CASE("without memory an operation of a registry is done, or nothing is", "[registry]", run_index,
                   dense_index, hashed_index, concurrent_index, testing::slow_index, entry_index) {
  using set = with<TestType>;
  CHECK(go_through<set>(without_memory<set, false>) > 500);
  CHECK(go_through<set>(without_memory<set, true>) > 500);
}

TEMPLATE_TEST_CASE("when a policy throws an operation of a registry is done, or nothing is", "[registry]", run_index,
                   dense_index, hashed_index, concurrent_index, testing::slow_index) {
  using set = policies<TestType, throwing_serial, throwing_increment, throwing_scope>;
  CHECK(go_through<set>(with_throwing) > 500);
  using counting = policies<TestType, throwing_serial, throwing_scope>;
  CHECK(go_through<counting>(with_throwing) > 500);
}
