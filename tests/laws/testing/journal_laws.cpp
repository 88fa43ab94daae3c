#include <tallymark/testing/journal_laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <tallymark/journal/sqlite.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <support/journal_rows.hpp>

#include "../../../examples/own_journal.hpp"

using namespace tallymark;

namespace {

constexpr std::string_view members[] = {"site"};

// The faults that a journal can have.
enum class fault { none, keeps_refused, loses_counters, silent, never_refuses, forgets_batch };

template <fault Fault>
class faulty_log {
 public:
  explicit faulty_log(sqlite_log log) : log_(std::move(log)) {}

  result<bool> begin() {
    auto begun = log_.begin();
    if (Fault == fault::silent && begun) return false;
    return begun;
  }
  template <class Reader>
  result<void> read(Reader& reader) {
    return log_.read(reader);
  }
  result<void> append(const row_group& group) {
    row_group changed_group = group;
    std::vector<item_row> added(group.added.begin(), group.added.end());
    if (Fault == fault::loses_counters) changed_group.counters = {};
    if (Fault == fault::forgets_batch)
      for (item_row& row : added) row.batch = {};
    if (Fault == fault::forgets_batch) changed_group.added = added;
    auto appended = log_.append(changed_group);
    if (Fault == fault::never_refuses) return {};
    if (Fault == fault::keeps_refused && !appended) {
      (void)log_.begin();
      (void)log_.append({});
    }
    return appended;
  }
  void cancel() { log_.cancel(); }
  [[nodiscard]] std::uint64_t last() const { return log_.last(); }

 private:
  sqlite_log log_;
};

template <fault Fault>
std::optional<testing::broken_law> broken_by() {
  const support::scratch_file file;
  return testing::check_journal_laws([&]() -> result<faulty_log<Fault>> {
    auto log = sqlite_journal(file.path()).open({.item_members = members});
    if (!log) return unexpected<failure>(log.error());
    return faulty_log<Fault>(std::move(*log));
  });
}

}  // namespace

TEST_CASE("a journal in SQLite keeps the laws", "[journal]") {
  const support::scratch_file file;
  const auto broken =
      testing::check_journal_laws([&] { return sqlite_journal(file.path()).open({.item_members = members}); });
  INFO((broken ? broken->law + ": " + broken->seen : std::string()));
  CHECK_FALSE(broken);
  CHECK_FALSE(broken_by<fault::none>());
}

TEST_CASE("a journal in SQLite keeps the laws with runs of any stride", "[journal]") {
  for (const std::uint64_t stride : {2U, 3U, 10U, 100U}) {
    CAPTURE(stride);
    const support::scratch_file file;
    const auto broken = testing::check_journal_laws(
        [&] { return sqlite_journal(file.path()).open({.item_members = members, .stride = stride}); });
    INFO((broken ? broken->law + ": " + broken->seen : std::string()));
    CHECK_FALSE(broken);
    CHECK(sqlite_journal(file.path()).open({.stride = 7})->stride() == stride);
  }
}

TEST_CASE("the journal of the example keeps the laws", "[journal]") {
  const example::memory_journal journal;
  const auto broken = testing::check_journal_laws([&] { return journal.open({.item_members = members}); });
  INFO((broken ? broken->law + ": " + broken->seen : std::string()));
  CHECK_FALSE(broken);
}

TEST_CASE("a journal that is broken breaks a law", "[journal]") {
  CHECK(broken_by<fault::keeps_refused>());
  CHECK(broken_by<fault::loses_counters>()->law == "what was appended is read back");
  CHECK(broken_by<fault::forgets_batch>()->law == "what was appended is read back");
  CHECK(broken_by<fault::silent>());
  CHECK(broken_by<fault::never_refuses>());
}
