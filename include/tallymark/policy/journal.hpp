// What a journal is: where every change is made durable before the call that makes it returns.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/result.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// Fills the journal slot: stock lives in memory only.
struct no_journal {
  using policy_slot = journal_slot;
};

/// What a stock writes into a journal: the names of the policies that a row depends on (see policy_name), and those of
/// the members that the user's own data has, of parts and of stock items. Batch policies and indices are not in it:
/// stocks that differ in them understand each other's rows. So do stocks whose increments differ: the stride only says
/// which runs a new journal is made for. An empty name of a policy is not compared.
struct journal_schema {
  std::string_view serials{};
  std::string_view scope{};
  std::span<const std::string_view> part_members{};
  std::span<const std::string_view> item_members{};
  std::uint64_t stride = 1;  ///< by how much the increment mostly counts on
};

/// Fills the journal slot: says where the journal is. `open(schema)` opens it, and makes it if it does not exist. What
/// other stocks keep there in members that the schema does not name stays as it is. Errors: journal_missing,
/// journal_unreadable, journal_read_only, journal_busy, journal_corrupt, journal_newer, journal_older, journal_foreign,
/// journal_other_policies if policies of other names wrote it.
template <class P>
concept journal_policy =
    fills<P, journal_slot> && (std::same_as<P, no_journal> || requires(const P& policy, const journal_schema& schema) {
      { policy.open(schema) } -> std::same_as<result<typename P::log>>;
    });

/// An open journal, which any number of processes may share. `Group` is a group of changes (tallymark::row_group), and
/// `Reader` takes what is read (tallymark::row_reader says which members it has).
///
/// * `begin()`: begins a transaction. From here to append or cancel no other writer changes the journal. True if there
///   is something that `read` has not read yet. Errors: journal_busy, journal_read_only, journal_failed.
/// * `read(reader)`: gives what was changed since the last call, at first everything, as rows in their order. Within a
///   transaction, or alone. A failure of the reader ends the reading and is returned. Errors: journal_corrupt,
///   journal_unreadable.
/// * `append(group)`: writes a group of changes and ends the transaction. When it returns, all of them are durable; on
///   a failure, none of them is. The numbers of history continue. What the group reserves is a run of ordinals, taken
///   from a sequence. A run that overlaps another one of its scope is refused with already_taken. Other errors:
///   journal_full, journal_failed, journal_corrupt, journal_too_large.
/// * `cancel()`: ends the transaction without a change. Does not throw, and needs no memory.
/// * `last()`: how many changes have been read or appended, which is the number of the next one.
/// * `stride()`, if it has that member: the stride of all runs in its rows, as long as the journal exists, and 1 without
///   it. A stock gives it only runs of this stride and serial numbers alone, whatever its own increment.
template <class L, class Group, class Reader>
concept journal_log = std::movable<L> && requires(L& log, const L& seen, const Group& group, Reader& reader) {
  { log.begin() } -> std::same_as<result<bool>>;
  { log.read(reader) } -> std::same_as<result<void>>;
  { log.append(group) } -> std::same_as<result<void>>;
  log.cancel();
  { seen.last() } -> std::same_as<std::uint64_t>;
};

namespace detail {

// The stride of all runs in the rows of a journal.
template <class Log>
[[nodiscard]] constexpr std::uint64_t stride_of_log(const Log& log) {
  if constexpr (requires { log.stride(); })
    return log.stride();
  else
    return 1;
}

}  // namespace detail

}  // namespace tallymark
