// Stock items with their serial numbers and batch codes, through everything that happens to them.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/number/batch_counters.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/record/codec.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/detail/batch_book.hpp>
#include <tallymark/stock/detail/blocks.hpp>
#include <tallymark/stock/detail/change_set.hpp>
#include <tallymark/stock/detail/journal_state.hpp>
#include <tallymark/stock/detail/row_texts.hpp>
#include <tallymark/stock/detail/undo_unless.hpp>
#include <tallymark/stock/item.hpp>
#include <tallymark/stock/part_tree.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark {

/// How `adjust` changes a quantity.
enum class adjustment : std::uint8_t { add, take, count };

/// Parts, their stock items, and the registry of their serial numbers, under one policy set. Every call does all that
/// it says or, with a refusal, nothing. Not thread-safe. Complexity: b blocks; a block is any number of units that are
/// alike, so a million units that were serialized together cost what one costs.
///
/// With a journal, a call that changes something returns after the change is durable; it sees what other processes have
/// changed before. If the journal refuses, the refusal names the member `journal`, and nothing has changed. Whatever is
/// said of errors below, those of the journal come on top.
template <class Policies = policies<>, class Key = std::string, class PartData = no_record, class ItemData = no_record>
class stock {
  using asserted_policies = detail::asserted_set<Policies>;
  class transaction;

 public:
  using policies_type = Policies;
  using batch_type = typename detail::asserted_set<Policies>::given::batch;
  using parts_type = part_tree<Key, PartData>;
  using part_type = tallymark::part<Key, PartData>;
  using key_view = typename parts_type::key_view;
  using item_type = item<Key, ItemData>;
  using registry_type = registry<Policies, part_place<PartData>>;

  /// What `create` needs to know.
  struct new_item {
    key_view part{};
    quantity amount = 1;
    std::string_view serial{};  ///< of the one unit; blank: none
    run_list serials{};         ///< or those of `amount` units
    std::string_view batch{};   ///< blank: none; see batch_code
    std::optional<item_id> parent{};
    std::optional<date> expiry{};
    ItemData data{};
    origin from{};
  };

  stock()
    requires std::default_initializable<Policies>
      : stock(Policies{}) {}
  /// Says what is missing where a policy needs a value.
  template <class... None>
    requires(sizeof...(None) == 0 && policy_set_type<Policies> && !std::default_initializable<Policies>)
  explicit(false) stock(None...) : stock(detail::missing_values<Policies>()) {}
  /// Stock under policies that have state.
  explicit stock(const Policies& set)
      : registry_(set), batch_policy_(asserted_policies::batch_of(set)), journal_{asserted_policies::journal_of(set)} {
    counters_.record();
  }
  // The compiler shows the line of a deleted function, and so its sentence. Receipts and reservations refer to a stock,
  // so that it is not moved either.
  stock(const stock&) = delete;             // tallymark::stock: it is neither copied nor moved. Pass a reference to it
  stock& operator=(const stock&) = delete;  // tallymark::stock: it is neither copied nor moved, nor assigned

  // ---- the journal ----------------------------------------------------------------------------

  /// Whether these policies name a journal.
  static constexpr bool journaled = detail::journal_state<typename asserted_policies::journal>::enabled;

  /// Opens the journal and reads all that is in it. Before that nothing can be changed. A stock is opened once. Errors,
  /// of the member journal: those of opening and reading it; journal_other_policies if other policies read its serial
  /// numbers differently, or keep them unique within other scopes. O(b + runs).
  [[nodiscard]] result<void, refusal> open()
    requires journaled;
  /// Reads what other processes have changed; whatever changes something does so itself. If that fails, the stock is
  /// closed: make another one. O(changes).
  [[nodiscard]] result<void, refusal> refresh()
    requires journaled;
  /// Closes the journal: from here on nothing can be changed. The destructor does so, too.
  void close() noexcept
    requires journaled
  {
    journal_.log.reset();
  }
  /// The open journal, for questions of its own. Precondition: open() succeeded.
  [[nodiscard]] auto& journal()
    requires journaled
  {
    return *journal_.log;
  }

  // ---- parts ----------------------------------------------------------------------------------

  /// Adds a part. Errors: part_exists, unknown_part, part_is_own_ancestor. O(log n).
  [[nodiscard]] result<std::uint32_t, refusal> add_part(part_type added);
  /// Makes a part a variant of another one. Errors: unknown_part, already_variant, part_is_own_ancestor;
  /// part_has_items, also if serial numbers are reserved for it.
  [[nodiscard]] result<void, refusal> make_variant(const key_view& variant, const key_view& of);
  [[nodiscard]] const parts_type& parts() const noexcept { return parts_; }

  // ---- what there is --------------------------------------------------------------------------

  /// A stock item, also a removed one; none if there never was one of this id. O(log b).
  [[nodiscard]] std::optional<item_type> get(item_id id) const {
    if (!blocks_.contains(id)) return std::nullopt;
    const auto at = blocks_.find(id);
    return view(at->first, at->second, id);
  }
  /// The item that holds or held a serial number in the scope of a part. O(log r).
  [[nodiscard]] std::optional<item_id> find(const key_view& part, std::string_view serial) const {
    const auto index = parts_.find(part);
    const auto by = index ? registry_.find(parts_.place(*index), serial) : std::nullopt;
    return by && by->item != no_item ? std::optional(by->item) : std::nullopt;
  }
  /// Visits all items in the order of their ids, units that are alike as one: `visit(items, item)` with the first of
  /// them.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const auto& [first, each] : blocks_) visit(items{first, each.count}, view(first, each, first));
  }
  /// The number of items that were ever created.
  [[nodiscard]] std::uint64_t size() const noexcept { return blocks_.next_id() - 1; }
  /// The number of batch codes that were ever used.
  [[nodiscard]] std::size_t batches() const noexcept { return batches_.size(); }
  /// The registry, for looking: claims go through stock items.
  [[nodiscard]] const registry_type& serials() const noexcept { return registry_; }
  /// See registry::limit_runs. With a journal, serial numbers of another stride than it has are a block and a row each.
  void limit_runs(std::uint64_t most) noexcept { registry_.limit_runs(most); }

  // ---- numbers --------------------------------------------------------------------------------

  /// The next free serial number for a part; a suggestion. Errors: unknown_part, serial_forbidden,
  /// numbers_from_outside, those of registry::next.
  [[nodiscard]] result<std::string, refusal> next_serial(const key_view& part) const {
    const auto index = parts_.find(part);
    if (!index) return refuse("part", errc::unknown_part);
    if (const auto issuing = may_issue(*index); !issuing) return refuse("part", issuing.error());
    const auto text = registry_.next(parts_.place(*index));
    if (!text) return refuse("serial", text.error());
    return *text;
  }
  /// The greatest serial number of the part's active family.
  [[nodiscard]] std::optional<std::string> latest_serial(const key_view& part) const {
    const auto index = parts_.find(part);
    return index ? registry_.latest(parts_.place(*index)) : std::nullopt;
  }
  /// Sets the sequence of a part's scope; see registry::start_at.
  [[nodiscard]] result<void, refusal> start_at(const key_view& part, std::string_view serial);

  class reservation;
  /// Takes the next `count` serial numbers tentatively, for units that `serialize` makes later; no other caller gets them.
  /// With a journal that outlasts the process: those of one that was killed stay reserved. Errors: as next_serial, those
  /// of registry::reserve.
  [[nodiscard]] result<reservation, refusal> reserve(const key_view& part, std::uint64_t count);

  /// The next free serial numbers for a part, for `~` in an expression; where none are suggested, `~` reports why.
  /// Errors: unknown_part.
  [[nodiscard]] result<typename registry_type::source, refusal> next_of(const key_view& part) const {
    const auto index = parts_.find(part);
    if (!index) return refuse("part", errc::unknown_part);
    const auto issuing = may_issue(*index);
    return registry_.next_of(parts_.place(*index), issuing ? std::nullopt : std::optional(issuing.error()));
  }
  /// Makes one batch code for a context record of the user's own. Empty if the policy has no opinion. Errors: the
  /// policy's.
  template <class Record = no_record>
  [[nodiscard]] result<std::string, refusal> batch_code(const Record& record = {});

  // ---- operations -----------------------------------------------------------------------------

  /// Creates a stock item, or units with these serial numbers. Errors, by member: part: unknown_part. quantity:
  /// zero_quantity, quantity_not_whole, serial_quantity_not_one. serial: too_few_serials, too_many_serials,
  /// serial_forbidden, serial_required, those of reading and claiming it. batch: batch_forbidden, batch_required, those
  /// of validate_batch. parent: unknown_item. expiry_date: not_a_date. O(log b + runs).
  [[nodiscard]] result<items, refusal> create(const new_item& wanted);

  /// A serial number that was read once, and is good as long as its text.
  class read_serial {
   public:
    [[nodiscard]] const serial_number& operator*() const noexcept { return serial_; }
    [[nodiscard]] const serial_number* operator->() const noexcept { return &serial_; }
    /// What it was read from.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }

   private:
    friend stock;
    read_serial(const serial_number& serial, std::string_view text) noexcept : serial_(serial), text_(text) {}
    serial_number serial_;
    std::string_view text_;
  };
  /// Reads a serial number for receipts, which then do not read it again. Errors: those of numbering::parse.
  [[nodiscard]] result<read_serial> read(std::string_view text) const {
    const auto parsed = registry_.numbers().parse(text);
    if (!parsed) return unexpected(parsed.error());
    return read_serial(*parsed, text);
  }

  class receipt;
  /// Begins a receipt: many new items that are created together, in one transaction of the journal.
  [[nodiscard]] result<receipt, refusal> receive();

  /// Moves a part of a quantity to a new item, a child with the same batch code, expiry date and data. If the batch
  /// policy numbers pieces (split_batch_code), the child gets the code of the next piece that no item ever carried.
  /// Errors: unknown_item, item_removed, serialized_item; quantity: zero_quantity, not_enough, whole_quantity; batch:
  /// those of the policy, batch_forbidden, sequence_exhausted. O(log b), and one more for each code of a piece that was
  /// given by hand.
  [[nodiscard]] result<item_id, refusal> split(item_id from, quantity amount);

  /// Turns a quantity into units with these serial numbers: children with the same batch code, expiry date and data.
  /// Errors: as split; serial: serial_forbidden, the conflicts. O(log b + runs), whatever their length.
  [[nodiscard]] result<items, refusal> serialize(item_id from, const run_list& serials);
  /// The same with the next `count` serial numbers. Errors: also numbers_from_outside, those of registry::reserve.
  [[nodiscard]] result<items, refusal> serialize(item_id from, std::uint64_t count);
  /// The same with serial numbers that were reserved; they stay so if this is refused. Errors: also different_part if
  /// they were reserved within another scope. Precondition: the reservation is pending, and of this stock.
  [[nodiscard]] result<items, refusal> serialize(item_id from, reservation&& reserved);

  /// Moves the whole quantities of other items to one. Errors: unknown_item, item_removed, serialized_item, same_item;
  /// different_part, different_batch, different_expiry; quantity_too_large. O(n log b).
  [[nodiscard]] result<void, refusal> merge(item_id into, std::span<const item_id> from);
  [[nodiscard]] result<void, refusal> merge(item_id into, item_id from) {
    return merge(into, std::span<const item_id>(&from, 1));
  }

  /// Adds to a quantity, takes from it, or sets it to what was counted. Errors: unknown_item, item_removed,
  /// serialized_item; quantity: quantity_too_large, not_enough; zero_quantity if nothing is added or taken. O(log b).
  [[nodiscard]] result<void, refusal> adjust(item_id which, adjustment how, quantity amount);

  /// Gives an item of quantity 1 another serial number, or its first. The old one is free again: a change corrects a
  /// mistake, and the number may well belong to another unit. Its own number is no change. Errors: unknown_item,
  /// item_removed, serial_forbidden, serial_quantity_not_one, those of reading and claiming it. O(log b + log r).
  [[nodiscard]] result<void, refusal> change_serial(item_id which, std::string_view serial);

  /// Gives items another batch code; blank: none. Where it is their own, nothing changes. Errors: unknown_item,
  /// item_removed, batch_forbidden, batch_required, those of validate_batch. O(log b + blocks).
  [[nodiscard]] result<void, refusal> change_batch(items which, std::string_view batch);

  /// Says which item these were made from, for stock that was made elsewhere. Errors: unknown_item, has_parent,
  /// item_is_own_ancestor. O(log² b + blocks), amortized.
  [[nodiscard]] result<void, refusal> set_parent(items which, item_id parent);

  /// Removes items. They keep their history, and their serial numbers stay taken permanently. Errors: unknown_item,
  /// item_removed. O(log b + blocks).
  [[nodiscard]] result<void, refusal> remove(items which);

  // ---- looking back ---------------------------------------------------------------------------

  /// Everything that was done to an item, oldest first. O(log b + entries).
  [[nodiscard]] std::vector<entry> history(item_id id) const
    requires(!journaled)
  {
    std::vector<entry> out;
    if (!blocks_.contains(id)) return out;
    blocks_.find(id)->second.changes.for_each([&](std::uint64_t number) { out.push_back(log_[number]); });
    return out;
  }
  /// The same out of the journal. Errors: those of reading it. O(log n + entries) for n entries in all.
  [[nodiscard]] result<std::vector<entry>, refusal> history(item_id id)
    requires journaled;
  /// Everything that was done, oldest first. With a journal, that keeps it.
  [[nodiscard]] const std::deque<entry>& history() const noexcept
    requires(!journaled)
  {
    return log_;
  }
  /// Where the times of history come from; the system's clock if it is not set.
  void set_clock(std::function<std::chrono::sys_seconds()> clock) { clock_ = std::move(clock); }

  /// All items that ever carried a batch code: split, serialized and removed ones too. Sorted. O(k log k).
  [[nodiscard]] std::vector<items> trace(std::string_view batch) const {
    const std::uint32_t number = batches_.find(trimmed(batch));
    return number == detail::no_batch ? std::vector<items>{} : detail::joined(batches_.carried(number));
  }
  /// The item's parent, its parent and so on. O(depth log b).
  [[nodiscard]] std::vector<item_id> ancestors(item_id id) const {
    std::vector<item_id> out;
    while (blocks_.contains(id) && (id = blocks_.find(id)->second.parent) != no_item) out.push_back(id);
    return out;
  }
  /// The item's children, their children and so on. Sorted. O(k log k).
  [[nodiscard]] std::vector<items> descendants(item_id id) const {
    std::vector<items> out, open{id};
    while (!open.empty()) {
      const items of = open.back();
      open.pop_back();
      for (auto at = children_.lower_bound(of.first); at != children_.end() && at->first <= of.last(); ++at) {
        out.push_back(at->second);
        open.push_back(at->second);
      }
    }
    return detail::joined(std::move(out));
  }

 private:
  using block = detail::block<ItemData, !journaled>;
  using scope_ref = typename registry_type::scope_ref;
  using reserved_numbers = typename registry_type::reservation;
  using change_set = detail::change_set<block, part_type, scope_ref, reserved_numbers>;
  class applier;
  class row_maker;

  [[nodiscard]] static unexpected<refusal> refuse(std::string_view member, failure why, conflicts met = {}) {
    return unexpected<refusal>(refusal{why, member, std::move(met)});
  }
  [[nodiscard]] static unexpected<refusal> refuse(std::string_view member, errc code) {
    return refuse(member, failure{code, 0, 0});
  }

  // the item `id` of the block that begins with `first`
  [[nodiscard]] item_type view(item_id first, const block& of, item_id id) const {
    std::optional<std::string> serial;
    if (of.serial) serial = registry_.numbers().text({of.serial->family, of.serial.of(id - first + 1).last()});
    return {id,
            parts_[of.part].key,
            of.amount,
            std::move(serial),
            batches_.code(of.batch),
            of.parent == no_item ? std::nullopt : std::optional(of.parent),
            of.expiry,
            of.removed,
            of.data};
  }

  [[nodiscard]] result<void> may_issue(std::uint32_t part) const {
    if (parts_[part].serials == rule::forbidden) return fail(errc::serial_forbidden);
    if (!parts_[part].issued_here) return fail(errc::numbers_from_outside);
    return {};
  }

  // the items exist and none is removed
  [[nodiscard]] result<void, refusal> present(items which) const {
    if (!blocks_.contains(which)) return refuse("item", errc::unknown_item);
    bool removed = false;
    blocks_.look_at(which, [&](const items&, const block& each) { removed = removed || each.removed; });
    if (removed) return refuse("item", errc::item_removed);
    return {};
  }
  // the block of an item whose quantity can change
  [[nodiscard]] result<const block*, refusal> divisible(item_id which) const {
    if (const auto possible = present(which); !possible) return unexpected<refusal>(possible.error());
    const block& found = blocks_.find(which)->second;
    if (found.serial) return refuse("item", errc::serialized_item);
    return &found;
  }
  // what is left of an item when this much has gone
  [[nodiscard]] result<quantity, refusal> rest_of(const block& from, quantity amount) const {
    if (amount.is_zero()) return refuse("quantity", errc::zero_quantity);
    const auto rest = from.amount.minus(amount);
    if (!rest) return refuse("quantity", rest.error());
    return *rest;
  }
  [[nodiscard]] result<std::string_view, refusal> allowed_batch(std::uint32_t part, std::string_view code) const {
    if (trimmed(code).empty()) {
      if (parts_[part].batches == rule::required) return refuse("batch", errc::batch_required);
      return std::string_view{};
    }
    if (parts_[part].batches == rule::forbidden) return refuse("batch", errc::batch_forbidden);
    const auto checked = validate_batch(batch_policy_, code);
    if (!checked) return refuse("batch", checked.error());
    return *checked;
  }
  // the batch code for what is split off an item; empty if it keeps its own
  [[nodiscard]] result<std::string, refusal> piece_of(const block& source);
  // whether units whose serial numbers have this stride can be one block
  [[nodiscard]] bool is_block_stride(std::uint64_t stride) const noexcept {
    if constexpr (journaled)
      return stride == journal_.stride;
    else
      return stride <= detail::packed_serial::most_stride;
  }
  [[nodiscard]] result<run_list, refusal> as_blocks(run_list serials) const;
  [[nodiscard]] result<run_list, refusal> wanted_serials(const new_item& wanted, const read_serial* read,
                                                         std::uint32_t part) const;

  // `text`: what the serial numbers were read from, if the caller gave one
  [[nodiscard]] result<void, refusal> claim(scope_ref where, const run_list& serials, item_id first,
                                            std::string_view text = {}) {
    auto claimed = registry_.claim(where, serials, first);
    if (claimed) return {};
    const result<void> why = fail(claimed.error().front().why, 0, text.size());
    return refuse("serial", why.error(), std::move(claimed.error()));
  }

  [[nodiscard]] result<void, refusal> can_be_units(item_id from, std::uint64_t count) const;
  // Adds units with these serial numbers, made from a quantity of an item.
  [[nodiscard]] items add_units(transaction& tx, item_id from, const run_list& serials);
  // Commits what add_units has added, once the serial numbers are taken.
  [[nodiscard]] result<items, refusal> make_units(transaction& tx, scope_ref where, const items& units);

  // Items are children of another one from now on; those that follow each other are one entry. If it fails, nothing has
  // changed.
  void adopt(item_id parent, items children) {
    const auto next = children_.upper_bound(parent);
    const auto last = next == children_.begin() ? children_.end() : std::prev(next);
    if (last != children_.end() && last->first == parent && last->second.last() + 1 == children.first)
      last->second.count += children.count;
    else
      children_.emplace_hint(next, parent, children);
  }
  // Takes the latest adoption back that was not taken back yet.
  void disown(item_id parent, items children) noexcept {
    const auto last = std::prev(children_.upper_bound(parent));
    if (last->second == children)
      children_.erase(last);
    else
      last->second.count -= children.count;
  }

  [[nodiscard]] std::uint64_t next_change() const {
    if constexpr (journaled)
      return journal_.log->last();
    else
      return log_.size();
  }
  [[nodiscard]] std::chrono::sys_seconds now() const {
    return clock_ ? clock_() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  // a text that lives as long as this
  [[nodiscard]] std::string_view interned_source(std::string_view source) {
    if (source.empty()) return {};
    const auto found = sources_.find(source);
    return found != sources_.end() ? *found : *sources_.emplace(source).first;
  }
  // the scope of a part, as text
  [[nodiscard]] const std::string& scope_text(std::uint32_t part)
    requires journaled;
  // what the journal has that was not read yet
  [[nodiscard]] result<void, refusal> catch_up()
    requires journaled;
  struct reader;

  registry_type registry_;
  [[no_unique_address]] batch_type batch_policy_;
  batch_counters counters_;
  parts_type parts_;
  detail::block_map<ItemData, !journaled> blocks_;
  detail::batch_book batches_;
  std::multimap<item_id, items> children_;
  std::deque<entry> log_;
  std::set<std::string, std::less<>> sources_;
  std::function<std::chrono::sys_seconds()> clock_;
  [[no_unique_address]] detail::journal_state<typename asserted_policies::journal> journal_;
  typename change_set::reservations reservations_;
  typename registry_type::spare_changes spare_;
  change_set changes_;  // of the transaction that is open
  bool busy_ = false;   // one is
};

}  // namespace tallymark

#include <tallymark/stock/detail/applier.hpp>
#include <tallymark/stock/detail/row_maker.hpp>

#include <tallymark/stock/detail/transaction.hpp>

#include <tallymark/stock/detail/catch_up.hpp>
#include <tallymark/stock/detail/operations.hpp>
#include <tallymark/stock/detail/parts.hpp>
#include <tallymark/stock/detail/receipt.hpp>
#include <tallymark/stock/detail/reservation.hpp>

#include <tallymark/stock/detail/pieces.hpp>
