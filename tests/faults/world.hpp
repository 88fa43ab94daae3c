// A stock that all operations are done to, one with a journal and one in memory that tells what must come out.
#pragma once

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/split_batch.hpp>
#include <tallymark/journal/sqlite.hpp>
#include <tallymark/journal/sqlite_check.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/stock/stock.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace faults {

namespace fs = std::filesystem;
using namespace tallymark;

/// Counters of batch codes and of pieces are part of what must last.
using batches = split_batch<pattern_batch<"B{sequence:03}">>;
using kept_policies = policies<batches, sqlite_journal>;
using model_policies = policies<batches>;

/// Says what went wrong and how to see it again, and ends the process.
[[noreturn]] inline void broken(const std::string& what, const std::string& again) {
  std::fprintf(stderr, "FAILED: %s\nagain: %s\n", what.c_str(), again.c_str());
  std::_Exit(1);
}

/// A folder of its own in memory, if there is one: a sync costs nothing there. It goes when the object goes.
class folder {
 public:
  folder() {
    std::error_code no;
    const fs::path base = ::access("/dev/shm", W_OK) == 0 ? fs::path("/dev/shm") : fs::temp_directory_path(no);
    std::string name = (base / "tallymark_faults_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) broken("there is no folder for the tests", "TMPDIR");
    path_ = name;
    owner_ = ::getpid();
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  ~folder() {
    std::error_code no;
    if (::getpid() == owner_) fs::remove_all(path_, no);
  }
  [[nodiscard]] std::string operator/(std::string_view name) const { return (path_ / name).string(); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  pid_t owner_ = 0;
};

/// The files of a database: it, and those that SQLite keeps beside it.
inline constexpr const char* database_files[] = {"", "-wal", "-shm"};
inline void remove_database(const std::string& file) {
  std::error_code no;
  for (const char* const end : database_files) fs::remove(file + end, no);
}
/// What a process leaves that is killed now.
inline void copy_database(const std::string& from, const std::string& to) {
  remove_database(to);
  std::error_code no;
  for (const char* const end : {"", "-wal"}) fs::copy_file(from + end, to + end, no);
}

[[nodiscard]] inline std::string text_of(const refusal& why) {
  std::string out = "refused: ";
  out.append(why.member).append(": ").append(message(why.why.code));
  return out;
}
[[nodiscard]] inline bool of_journal(const refusal& why) { return why.member == "journal"; }

/// A stock with what a session holds beside it.
template <class Stock>
struct world {
  Stock stock;
  std::optional<typename Stock::reservation> held{};
  std::string code{};      ///< the batch code that was made last
  std::int64_t codes = 0;  ///< how many were made; the model counts them
  std::int64_t time = 1'800'000'000;

  world() { set_clock(); }
  template <class Set>
  explicit world(const Set& set) : stock(set) {
    set_clock();
  }

 private:
  void set_clock() {
    stock.set_clock([this] { return std::chrono::sys_seconds(std::chrono::seconds(time)); });
  }
};
using kept_world = world<tallymark::stock<kept_policies>>;
using model_world = world<tallymark::stock<model_policies>>;

[[nodiscard]] inline kept_policies kept_in(const std::string& file, sqlite_options options = {}) {
  return kept_policies(sqlite_journal(file, std::move(options)));
}

/// How a step ended.
struct outcome {
  std::string text = "done";
  bool journal = false;  ///< the journal failed
  errc code{};
};
[[nodiscard]] inline outcome outcome_of(const refusal& why) { return {text_of(why), of_journal(why), why.why.code}; }
template <class T>
[[nodiscard]] outcome outcome_of(const result<T, refusal>& done) {
  return done ? outcome{} : outcome_of(done.error());
}

/// How many steps are in the script: each operation at least once. Those after it are at random.
inline constexpr int script = 30;

/// The n-th step of the session of a seed. Depends on nothing but these and what the stock is like, so that two stocks
/// that are alike stay alike.
template <class Stock>
outcome step(world<Stock>& in, std::uint64_t seed, int n) {
  using new_item = typename Stock::new_item;
  using part_type = typename Stock::part_type;
  Stock& s = in.stock;
  std::mt19937_64 random(seed * 1'000'003 + static_cast<std::uint64_t>(n));
  const auto below = [&](std::uint64_t most) { return random() % most; };
  const bool scripted = n < script;
  const int what = scripted ? n : 5 + static_cast<int>(below(script - 5));
  in.time = 1'800'000'000 + n;
  const item_id box = 1;  // there is always much of it
  const auto any = [&]() -> item_id { return 1 + below(std::max<std::uint64_t>(s.size(), 1)); };
  const auto serials = [&](std::string_view first, std::uint64_t count) {
    const auto read = s.serials().numbers().parse(first);
    run_list out;
    if (read) out.add(run{read->family, read->ordinal, count});
    return out;
  };
  const auto add = [&](part_type part) { return outcome_of(s.add_part(std::move(part))); };
  const auto create = [&](new_item wanted) { return outcome_of(s.create(wanted)); };
  const std::string tag = std::to_string(n);

  switch (what) {
    case 0: return add({"A"});
    case 1: return add({"B"});
    case 2: return outcome_of(s.make_variant("B", "A"));
    case 3: return add({"R", std::nullopt, rule::required, rule::required});
    case 4: return add({"N", "A", rule::forbidden});
    case 5: {
      const std::string start = "SN-0" + std::to_string(98 + (scripted ? 0 : n * 100));
      return outcome_of(s.start_at("A", start));
    }
    case 6: {
      const auto made = s.batch_code();
      if (!made) return outcome_of(made.error());
      in.code = *made;
      ++in.codes;
      return {};
    }
    case 7:
      return create({.part = "A",
                     .amount = 50'000'000,
                     .batch = in.code,
                     .expiry = date{std::chrono::year{2028} / 2 / 29},
                     .from = {"stock.csv", static_cast<std::uint64_t>(n) + 1, 1}});
    case 8: return create({.part = "A", .serial = "QQ" + tag, .parent = any()});
    case 9: return create({.part = "B", .amount = 20, .serials = serials("U" + tag + "/1", 20), .batch = in.code});
    case 10: return outcome_of(s.serialize(box, 5));
    case 11: return outcome_of(s.serialize(box, serials("X" + tag + "-098", 7)));
    case 12: return outcome_of(s.split(box, *quantity::parse("7.5")));
    case 13: return outcome_of(s.split(box, 3));
    case 14: {  // what was split off goes back
      for (item_id id = s.size(), last = id > 300 ? id - 300 : 1; id > last; --id) {
        const auto each = s.get(id);
        if (each && !each->serialized() && !each->removed && each->part == "A" && each->batch == s.get(box)->batch)
          return outcome_of(s.merge(box, id));
      }
      return outcome_of(s.merge(box, any()));
    }
    case 15: return outcome_of(s.adjust(box, adjustment::add, *quantity::parse("2.00001")));
    case 16: return outcome_of(s.adjust(box, adjustment::take, 11));
    case 17: return outcome_of(s.adjust(box, adjustment::count, 40'000'000 + static_cast<std::uint64_t>(n)));
    case 18: {
      const item_id which = scripted ? 2 : any();
      return outcome_of(s.change_serial(which, "C" + tag));
    }
    case 19: {  // within a block
      const item_id first = scripted ? 8 : any();
      return outcome_of(s.change_batch({first, 1 + below(5)}, "OTHER-" + tag));
    }
    case 20: {
      const item_id first = scripted ? 5 : any();
      return outcome_of(s.set_parent({first, 2}, box));
    }
    case 21: {
      const item_id first = scripted ? 15 : std::max<item_id>(any(), 2);
      return outcome_of(s.remove({first, 1 + below(3)}));
    }
    case 22:
    case 24: {
      if (in.held) return {};
      auto got = s.reserve(what == 22 ? "A" : "B", 4);
      if (!got) return outcome_of(got.error());
      in.held.emplace(std::move(*got));
      return {};
    }
    case 23: {
      if (!in.held) return {};
      const auto done = s.serialize(box, std::move(*in.held));
      if (done) in.held.reset();
      return outcome_of(done);
    }
    case 25: {
      if (!in.held) return {};
      const auto done = in.held->drop();
      if (done) in.held.reset();
      return outcome_of(done);
    }
    case 26: {
      auto got = s.receive();
      if (!got) return outcome_of(got.error());
      for (std::uint64_t i = 0; i < 6; ++i) {
        const std::string serial = (i < 3 ? "L" : "M") + tag + "-" + std::to_string(i);
        const auto added =
            got->add({.part = "R", .serial = serial, .batch = "IN-" + tag, .from = {"rows.csv", 10 * i + 1, 1}});
        if (!added) return outcome_of(added.error());
      }
      (void)got->add({.part = "R", .serial = "no batch"});  // refused: nothing happens
      const auto plain = got->add({.part = "A", .amount = 5 + below(9), .from = {"rows.csv", 99, 1}});
      if (!plain) return outcome_of(plain.error());
      (void)got->add({.part = "A", .amount = 2, .parent = plain->first});
      return outcome_of(got->commit());
    }
    case 27: return create({.part = "R", .serial = "R-" + tag, .batch = in.code});
    case 28: return outcome_of(s.serialize(box, serials("BULK" + tag + "-1", 1'000'000)));
    default: return create({.part = "R", .amount = 2});  // always refused
  }
}

/// How much is in a text of a stock: all, or what the check can vouch for, which is neither the texts nor the parent that
/// an item was created with.
enum class detail_of : std::uint8_t { everything, structure };

/// All that a stock holds in memory, as text.
template <class Stock>
[[nodiscard]] std::string dump(const Stock& s, detail_of how = detail_of::everything) {
  const bool all = how != detail_of::structure;
  std::string out;
  const auto say = [&](const auto&... texts) { ((out += texts, out += ' '), ...); };
  const auto number = [](std::uint64_t n) { return std::to_string(n); };
  const auto one = [&](item_id id) {
    const auto each = s.get(id);
    if (!each) return say(number(id), "missing\n");
    say(number(id), each->amount.text(), each->serialized() ? "unit" : "", each->removed ? "removed" : "there");
    if (all) {
      say(each->parent ? number(*each->parent) : std::string("-"), each->part, each->serial.value_or("-"),
          std::string(each->batch));
      if (each->expiry) {
        std::string day;
        append_date(day, *each->expiry);
        say(day);
      }
    }
    out += '\n';
  };
  s.for_each([&](items which, const auto&) {
    if (which.count > 100) {  // as blocks; smaller ones one by one, however they are cut
      say("block", number(which.count), ":");
      one(which.first);
      one(which.last());
    } else {
      for (item_id id = which.first; id <= which.last(); ++id) one(id);
    }
  });
  say("parts", number(s.parts().size()), "items", number(s.size()), "batches", number(s.batches()), "\n");
  if (!all) return out;
  for (std::uint32_t i = 0; i < s.parts().size(); ++i) {
    const auto& part = s.parts()[i];
    const auto next = s.next_serial(part.key);
    say("part", part.key, part.variant_of.value_or("-"), number(static_cast<std::uint64_t>(part.serials)),
        number(static_cast<std::uint64_t>(part.batches)), part.issued_here ? "here" : "outside", part.group,
        s.latest_serial(part.key).value_or("-"), next ? *next : text_of(next.error()), "\n");
  }
  for (const std::string code : {"B001-000", "OTHER-19", "IN-26"}) {
    say("trace", code);
    for (const items& each : s.trace(code)) say(number(each.first), number(each.count));
    out += '\n';
  }
  say("under 1:");
  for (const items& each : s.descendants(1)) say(number(each.first), number(each.count));
  out += '\n';
  return out;
}

[[nodiscard]] inline std::string text_of(const entry& each) {
  std::string out;
  for (const std::uint64_t n :
       {each.number, static_cast<std::uint64_t>(each.what), each.subject.first, each.subject.count, each.other.first,
        each.other.count, static_cast<std::uint64_t>(each.amount.steps()),
        static_cast<std::uint64_t>(each.at.time_since_epoch().count()), each.from.line, each.from.lines})
    out.append(std::to_string(n)).append(" ");
  return out.append(each.before).append("|").append(each.after).append("|").append(each.from.source).append("\n");
}
[[nodiscard]] inline std::string history_of(const model_world& in) {
  std::string out;
  for (const entry& each : in.stock.history()) out += text_of(each);
  return out.append(std::to_string(in.codes)).append(" batch codes\n");
}
/// What the journal says was done, and how many batch codes were made; why not, if it cannot be read.
[[nodiscard]] inline std::string history_of(kept_world& in) {
  std::string out;
  const auto done = in.stock.journal().history([&](const entry& each) { out += text_of(each); });
  if (!done) out.append("unreadable: ").append(message(done.error().code));
  // those that begin with NUL count pieces
  const char* const sql = "SELECT coalesce(sum(last), 0) FROM batch_counters WHERE hex(substr(rest, 1, 1)) <> '00'";
  sqlite3_stmt* query = nullptr;
  std::int64_t codes = -1;
  if (sqlite3_prepare_v2(in.stock.journal().handle(), sql, -1, &query, nullptr) == SQLITE_OK &&
      sqlite3_step(query) == SQLITE_ROW)
    codes = sqlite3_column_int64(query, 0);
  sqlite3_finalize(query);
  return out.append(std::to_string(codes)).append(" batch codes\n");
}

/// Where two texts differ first.
[[nodiscard]] inline std::string difference(std::string_view a, std::string_view b) {
  const auto [at, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto line = [](std::string_view text, std::size_t i) {
    const std::size_t begin = i == 0 ? 0 : text.rfind('\n', i - 1) + 1;
    return std::string(text.substr(begin, text.find('\n', i) - begin));
  };
  return "'" + line(a, static_cast<std::size_t>(at - a.begin())) + "' and '" +
         line(b, static_cast<std::size_t>(other - b.begin())) + "'";
}

/// Ends the process unless sqlite_check finds nothing.
inline void must_be_sound(const std::string& file, const std::string& when, const std::string& again) {
  const auto found = sqlite_check(file);
  if (!found) broken(when + ": the check fails: " + std::string(message(found.error().code)), again);
  if (!found->empty()) broken(when + ": " + found->front().where + ": " + found->front().what, again);
}

}  // namespace faults
