// What one transaction does to a stock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <utility>
#include <vector>

#include <tallymark/number/run_list.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/stock/detail/batch_book.hpp>
#include <tallymark/stock/detail/block.hpp>
#include <tallymark/stock/item.hpp>
#include <tallymark/stock/part_tree.hpp>

namespace tallymark::detail {

/// Serial numbers of a part that are taken tentatively.
template <class Reserved>
struct open_reservation {
  std::uint32_t part = 0;
  run_list serials{};                   ///< without a journal nothing asks for them
  bool own = true;                      ///< false: another process has reserved them
  std::optional<Reserved> abandoned{};  ///< those that the journal did not take back
};

/// What is new about the items of a stock. The rows for the journal and the changes in memory both follow from these
/// records, by stock::row_maker and stock::applier. Numbers of batch codes and families are those that the stock has
/// interned; `Scope` is a scope of its registry, where the serial numbers are claimed or freed already.
template <class Block, class Part, class Scope, class Reserved>
struct change_set {
  /// Items that exist. What is left out stays as it is.
  struct change {
    items which{};
    std::uint64_t entry = 0;    ///< of history: the first one that is about them
    std::uint64_t entries = 1;  ///< and how many there are, one after the other
    std::optional<quantity> amount{};
    std::optional<std::uint32_t> batch{};
    std::optional<item_id> parent{};
    std::optional<packed_serial> serial{};  ///< of the first one, or that they have none
    bool removed = false;
    // what the applier has prepared
    bool cut_first = false, cut_after = false, carried = false, adopted = false;
  };
  /// New items, which differ in nothing but their ids and serial numbers. Their ids follow those of the items before.
  struct addition {
    Block like;
    Scope claimed_in{};  ///< where their serial numbers are given back if the transaction is cancelled
  };
  /// A part becomes a variant of another one.
  struct variant {
    std::uint32_t part = 0;
    std::uint32_t of = 0;
    decltype(Part::key) key{};  ///< of the other one
  };
  struct taken_run {
    Scope scope{};
    run serials{};
  };
  using reservations = std::list<open_reservation<Reserved>>;

  std::vector<Part> parts{};  ///< new ones
  std::optional<variant> variant_of{};
  std::vector<change> changes{};
  std::vector<addition> added{};
  reservations reserved{};
  std::optional<typename reservations::iterator> dropped{};
  std::optional<sequence_state> after_drop{};  ///< where the sequence is without the dropped ones
  std::optional<std::uint32_t> sequence_of{};  ///< a part in whose scope the sequence was set
  std::vector<entry> history{};

  // what the applier has prepared
  std::vector<taken_run> retired{};
  std::size_t parts_done = 0, changes_done = 0, added_done = 0, history_done = 0;

  /// Empty again, for the next transaction. Keeps some memory for it.
  void clear() noexcept {
    empty(parts);
    variant_of.reset();
    empty(changes);
    empty(added);
    reserved.clear();
    dropped.reset();
    after_drop.reset();
    sequence_of.reset();
    empty(history);
    empty(retired);
    parts_done = changes_done = added_done = history_done = 0;
  }

 private:
  template <class T>
  static void empty(std::vector<T>& all) noexcept {
    constexpr std::size_t most = 64;
    all.clear();
    if (all.capacity() > most) std::vector<T>().swap(all);
  }
};

}  // namespace tallymark::detail
