#include <tallymark/policy/journal.hpp>

#include <tallymark/ext/result.hpp>
#include <tallymark/policies.hpp>

#include <catch2/catch_test_macros.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace tallymark;

namespace {

struct some_group {
  int change = 0;
};
struct some_reader {
  std::vector<int> seen{};
};

// The minimum of a log: movable, and keeps appended rows in memory.
class list_log {
 public:
  list_log() = default;
  list_log(list_log&&) = default;
  list_log& operator=(list_log&&) = default;

  result<bool> begin() {
    if (std::exchange(begun_, true)) return fail(errc::journal_busy);
    return read_ < changes_.size();
  }
  result<void> read(some_reader& reader) {
    for (; read_ < changes_.size(); ++read_) reader.seen.push_back(changes_[read_]);
    return {};
  }
  result<void> append(const some_group& group) {
    if (!std::exchange(begun_, false)) return fail(errc::journal_failed);
    changes_.push_back(group.change);
    read_ = changes_.size();
    return {};
  }
  void cancel() { begun_ = false; }
  std::uint64_t last() const { return read_; }

 private:
  std::vector<int> changes_{};
  std::size_t read_ = 0;
  bool begun_ = false;
};

struct log_by_ten : list_log {
  static std::uint64_t stride() { return 10; }
};

struct list_journal {
  using policy_slot = journal_slot;
  using log = list_log;
  std::string name = "stock";

  result<log> open(const journal_schema& schema) const {
    if (schema.part_members.size() + schema.item_members.size() > 2) return fail(errc::journal_foreign);
    return log();
  }
};

// Types that are almost journals.
struct no_slot : list_journal {
  using policy_slot = index_slot;
};
struct no_open {
  using policy_slot = journal_slot;
  using log = list_log;
};
struct no_log {
  using policy_slot = journal_slot;
  result<list_log> open(const journal_schema&) const { return list_log(); }
};
struct another_log : list_journal {
  result<int> open(const journal_schema&) const { return 1; }
};
struct not_const : list_journal {
  result<list_log> open(const journal_schema&) { return list_log(); }
};
struct derived_from_none : no_journal {};

// Types that are almost logs.
struct copied_back : list_log {
  copied_back(const copied_back&) = delete;
};
struct void_begin : list_log {
  void begin();
};
struct never_cancelled : list_log {
  void cancel() = delete;
};
struct last_changes : list_log {
  std::uint64_t last();
};

}  // namespace

static_assert(journal_policy<no_journal> && journal_policy<list_journal>);
static_assert(!journal_policy<no_slot> && !journal_policy<no_open> && !journal_policy<no_log>);
static_assert(!journal_policy<another_log> && !journal_policy<not_const> && !journal_policy<derived_from_none>);
static_assert(!journal_policy<int>);

static_assert(journal_log<list_log, some_group, some_reader>);
static_assert(!journal_log<list_log, int, some_reader> && !journal_log<list_log, some_group, int>);
static_assert(!journal_log<copied_back, some_group, some_reader> && !journal_log<void_begin, some_group, some_reader>);
static_assert(!journal_log<never_cancelled, some_group, some_reader>);
static_assert(!journal_log<last_changes, some_group, some_reader>);

// no_journal adds no bytes to any set; a journal adds its own size
static_assert(policy<no_journal> && std::is_empty_v<no_journal>);
static_assert(std::same_as<policies<>::journal, no_journal> && std::same_as<policies<no_journal>, policies<>>);
static_assert(std::is_empty_v<policies<>> && sizeof(policies<>) == 1);
struct held {
  using policy_slot = increment_slot;
  std::uint64_t by = 1;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v + by; }
};
static_assert(sizeof(policies<held>) == sizeof(held));
static_assert(sizeof(policies<list_journal>) == sizeof(list_journal));
static_assert(std::same_as<policies<policies<list_journal>, step<2>>::journal, list_journal>);

TEST_CASE("a journal is a policy with a value, which is passed to the set", "[journal]") {
  using rules = policies<list_journal, step<2>>;
  CHECK(rules{}.journal_policy.name == "stock");
  const rules set(list_journal{"depot"});
  CHECK(set.journal_policy.name == "depot");

  const std::vector<std::string_view> two{"name", "ipn"}, none{};
  auto log = set.journal_policy.open({.part_members = two, .item_members = none});
  REQUIRE(log);
  CHECK(set.journal_policy.open({.part_members = two, .item_members = two}).error() == failure{errc::journal_foreign});

  // a transaction ends with append or cancel, and appended rows count as read
  some_reader reader;
  CHECK(log->begin() == false);
  CHECK(log->append({7}));
  CHECK(log->last() == 1);
  CHECK(log->append({8}).error() == failure{errc::journal_failed});
  CHECK(log->begin());
  CHECK(log->begin().error() == failure{errc::journal_busy});
  log->cancel();
  CHECK(log->read(reader));
  CHECK(reader.seen.empty());
}

TEST_CASE("a log that says no stride has runs of stride 1", "[journal]") {
  CHECK(detail::stride_of_log(list_log()) == 1);
  CHECK(detail::stride_of_log(log_by_ten()) == 10);
}
