// Many new stock items in one transaction. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

/// New stock items that are created together: each is checked and its serial numbers are claimed as it is added, and all
/// of them are there, and durable, after `commit`. A receipt that is destroyed without it gives everything back. While
/// there is a receipt, nothing else changes the stock, and with a journal no other process does. Items that follow each
/// other and differ in nothing but their serial numbers become one block, with one entry of history: of one part,
/// quantity, batch code, parent, expiry date and data, with serial numbers that continue or none, from lines that
/// continue.
template <class Policies, class Key, class PartData, class ItemData>
class stock<Policies, Key, PartData, ItemData>::receipt {
 public:
  // The compiler shows the line of a deleted function, and so its sentence.
  receipt(const receipt&) = delete;  // tallymark::stock: a receipt is not copied. Move it: std::move(receipt)
  receipt& operator=(const receipt&) = delete;  // tallymark::stock: a receipt is neither copied nor assigned
  receipt(receipt&&) noexcept = default;

  /// Adds a stock item, or units with these serial numbers; their ids are good after the commit. Its parent may be an
  /// item that was added before. Refused as `create`: then it is as if it had not been tried. O(log b + runs).
  [[nodiscard]] result<items, refusal> add(const new_item& wanted) { return add(wanted, nullptr); }
  /// The same with a serial number that read_serial has read, instead of the member `serial`.
  [[nodiscard]] result<items, refusal> add(const new_item& wanted, const read_serial& serial) {
    return add(wanted, &serial);
  }

  /// How many items were added.
  [[nodiscard]] std::uint64_t size() const noexcept { return next_ - tx_.owner().blocks_.next_id(); }

  /// Creates all of them. Errors: those of the journal; then none is there. A receipt is committed once.
  [[nodiscard]] result<void, refusal> commit() { return tx_.commit(); }

 private:
  friend stock;
  explicit receipt(transaction&& tx) noexcept : tx_(std::move(tx)), next_(tx_.owner().blocks_.next_id()) {}

  // what items that are added have in common
  struct kind {
    const new_item& wanted;
    std::uint32_t part;
    quantity amount;
    std::string_view code;
    scope_ref where{};
    std::uint32_t batch = detail::no_batch;
  };

  [[nodiscard]] result<items, refusal> add(const new_item& wanted, const read_serial* read) {
    stock& owner = tx_.owner();
    const auto part = owner.parts_.find(wanted.part);
    if (!part) return refuse("part", errc::unknown_part);
    const bool single = one_serial(wanted, read, *part);
    const auto serials = single ? result<run_list, refusal>() : owner.wanted_serials(wanted, read, *part);
    if (!serials) return unexpected<refusal>(serials.error());
    const auto code = owner.allowed_batch(*part, wanted.batch);
    if (!code) return unexpected<refusal>(code.error());
    if (wanted.parent && (*wanted.parent == 0 || *wanted.parent >= next_)) return refuse("parent", errc::unknown_item);
    if (wanted.expiry && !wanted.expiry->ok()) return refuse("expiry_date", errc::not_a_date);
    const items which{next_, std::max<std::uint64_t>(serials->serials(), 1)};
    if (!owner.blocks_.has_room(which.count + (next_ - owner.blocks_.next_id())))
      return refuse("quantity", errc::quantity_too_large);

    kind like{wanted, *part, serials->empty() && !single ? wanted.amount : quantity(1), *code};
    run only;  // outlives the attempt, which gives it back
    attempt tried(*this);
    if (serials->empty() && !single) return enter(tried, which, prepared(like, 1), {});
    like.where = owner.registry_.scope(owner.parts_.place(*part));
    if (!single) {
      prepared(like, serials->size());
      const auto claimed = owner.claim(like.where, *serials, next_, read ? read->text() : wanted.serial);
      if (!claimed) return unexpected<refusal>(claimed.error());
      return enter(tried, which, like, {serials->begin(), serials->end()});
    }
    prepared(like, 1);
    const auto claimed = read ? owner.registry_.claim(like.where, **read, read->text(), next_)
                              : owner.registry_.claim(like.where, wanted.serial, next_);
    if (!claimed) return claim_refusal(like.part, read ? read->text() : wanted.serial, claimed.error());
    only = {claimed->family, claimed->ordinal, 1};
    return enter(tried, which, like, {&only, 1});
  }

  // whether it has one serial number, and wanted_serials would refuse none that can be read
  [[nodiscard]] bool one_serial(const new_item& wanted, const read_serial* read, std::uint32_t part) const {
    return wanted.serials.empty() && wanted.amount == quantity(1) && (read || !trimmed(wanted.serial).empty()) &&
           tx_.owner().parts_[part].serials != rule::forbidden;
  }
  // with the conflict, as claims of many have it
  [[nodiscard]] unexpected<refusal> claim_refusal(std::uint32_t part, std::string_view text, failure why) const {
    conflicts met;
    const stock& owner = tx_.owner();
    const auto serial = owner.registry_.numbers().parse(text);
    if (serial && (why.code == errc::already_taken || why.code == errc::retired || why.code == errc::reserved)) {
      const auto by = owner.registry_.find(owner.parts_.place(part), text);
      met.emplace_back(why.code, run{serial->family, serial->ordinal, 1}, by ? by->item : no_item);
    }
    return refuse("serial", why, std::move(met));
  }

  // Takes back what is added here, unless all of it was.
  class attempt {
   public:
    explicit attempt(receipt& in)
        : in_(in),
          added_(in.tx_.changes().added.size()),
          history_(in.tx_.changes().history.size()),
          codes_(in.tx_.owner().batches_.interned()) {}
    attempt(const attempt&) = delete;
    attempt& operator=(const attempt&) = delete;
    ~attempt() {
      if (done_) return;
      stock& owner = in_.tx_.owner();
      change_set& set = in_.tx_.changes();
      set.added.erase(set.added.begin() + static_cast<std::ptrdiff_t>(added_), set.added.end());
      set.history.erase(set.history.begin() + static_cast<std::ptrdiff_t>(history_), set.history.end());
      for (const run& each : claimed_) owner.registry_.forget(where_, each, owner.spare_);
      owner.batches_.undo(codes_);
    }
    void claimed(scope_ref where, std::span<const run> runs) noexcept {
      where_ = where;
      claimed_ = runs;
    }
    void done() noexcept { done_ = true; }

   private:
    receipt& in_;
    std::size_t added_, history_, codes_;
    scope_ref where_{};
    std::span<const run> claimed_{};
    bool done_ = false;
  };

  // Takes the memory to add this many runs, and to give them back.
  kind& prepared(kind& like, std::size_t runs) {
    change_set& set = tx_.changes();
    detail::reserve_more(set.added, runs);
    detail::reserve_more(set.history, 1);
    if (like.where) tx_.reserve_claims(set.added.size() + runs);
    like.batch = tx_.owner().batches_.intern(like.code);
    return like;
  }

  // Adds items of these serial numbers, which are claimed.
  [[nodiscard]] items enter(attempt& tried, const items& which, const kind& like, std::span<const run> runs) {
    tried.claimed(like.where, runs);
    const auto sum = sum_of_last(which, like);
    if (!sum) note_created(which, like);
    add_blocks(like, runs, sum && extends_last(like, runs));

    tried.done();
    if (sum) join_last(which, like, *sum);
    each_ = like.amount;
    next_ += which.count;
    return which;
  }

  // The amount of the last entry of history together with these items; none if they need an entry of their own.
  [[nodiscard]] std::optional<quantity> sum_of_last(const items& which, const kind& like) const {
    const auto& history = tx_.changes().history;
    if (history.empty() || like.amount != each_) return std::nullopt;
    const entry& last = history.back();
    const origin& from = like.wanted.from;
    const bool no_lines = last.from.lines == 0 && from.lines == 0;
    const bool lines_continue = last.from.lines == last.subject.count && from.lines == which.count &&
                                from.line == last.from.line + last.from.lines;
    if (last.from.source != from.source || (!no_lines && !lines_continue)) return std::nullopt;
    const auto sum = last.amount.plus(amount_of(which, like));
    return sum ? std::optional(*sum) : std::nullopt;
  }
  [[nodiscard]] static quantity amount_of(const items& which, const kind& like) {
    return like.amount.times(which.count).value_or(quantity(quantity::max_whole));
  }
  void join_last(const items& which, const kind& like, quantity sum) noexcept {
    entry& last = tx_.changes().history.back();
    last.subject.count += which.count;
    last.from.lines += like.wanted.from.lines;
    last.amount = sum;
  }
  void note_created(const items& which, const kind& like) {
    const origin& from = like.wanted.from;
    const std::string_view source = tx_.owner().interned_source(from.source);
    tx_.note(change::created, which, amount_of(which, like)).from = {source, from.line, from.lines};
  }

  // whether these items differ from those that were added last in nothing but their serial numbers, which continue
  [[nodiscard]] bool extends_last(const kind& like, std::span<const run> runs) const {
    const block& last = tx_.changes().added.back().like;
    if (!same_but_serial(like, last) || bool(last.serial) == runs.empty()) return false;
    if (!runs.empty()) {
      const run before = last.serial.of(last.count);
      if (!before.family.counts() || before.family != runs[0].family || runs[0].first <= before.last()) return false;
      const std::uint64_t gap = runs[0].first - before.last();
      if ((before.length > 1 && before.stride != gap) || (runs[0].length > 1 && runs[0].stride != gap)) return false;
      if (!tx_.owner().is_block_stride(gap) || (!journaled && gap > 1 && gap != registry_type::numbers_type::stride))
        return false;
    }
    if constexpr (std::equality_comparable<ItemData>)
      return static_cast<const ItemData&>(last.data) == like.wanted.data;
    else
      return false;
  }
  [[nodiscard]] static bool same_but_serial(const kind& like, const block& last) {
    return last.part == like.part && last.amount == like.amount && last.batch == like.batch &&
           last.parent == like.wanted.parent.value_or(no_item) && last.expiry == like.wanted.expiry;
  }

  // Adds a block for each of these runs, or one without serial numbers; the first of them may belong to the last block.
  void add_blocks(const kind& like, std::span<const run> runs, bool extends) {
    auto& added = tx_.changes().added;
    const std::size_t last = added.size() - 1;
    const std::uint64_t number = tx_.changes().history.back().number;
    const auto add = [&](const run* serials) {
      const new_item& wanted = like.wanted;
      block made{1,     like.part,   like.batch, like.amount, {}, wanted.parent.value_or(no_item), wanted.expiry,
                 false, wanted.data, {}};
      if (serials) {
        made.count = serials->length;
        const family interned = tx_.owner().registry_.interned(like.where, serials->family);
        made.serial = {serial_number{interned, serials->first}, serials->stride};
      }
      made.note(number);
      added.push_back({std::move(made), like.where});
    };
    for (const run& each : runs.subspan(extends && !runs.empty() ? 1 : 0)) add(&each);
    if (runs.empty() && !extends) add(nullptr);
    if (!extends) return;
    block& before = added[last].like;
    if (!runs.empty() && before.count == 1) before.serial.set_stride(runs[0].first - before.serial->ordinal);
    before.count += runs.empty() ? 1 : runs[0].length;
  }

  transaction tx_;
  item_id next_;
  quantity each_{};  // of the items of the last entry
};

template <class Policies, class Key, class PartData, class ItemData>
auto stock<Policies, Key, PartData, ItemData>::receive() -> result<receipt, refusal> {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return unexpected<refusal>(begun.error());
  return receipt(std::move(tx));
}

template <class Policies, class Key, class PartData, class ItemData>
result<items, refusal> stock<Policies, Key, PartData, ItemData>::create(const new_item& wanted) {
  auto single = receive();
  if (!single) return unexpected<refusal>(single.error());
  auto made = single->add(wanted);
  if (!made) return made;  // moved: a copy of conflicts within a result must not fail
  if (const auto committed = single->commit(); !committed) return unexpected<refusal>(committed.error());
  return made;
}

// Runs that cannot be a block each are cut: those of another stride than the journal has, or too great a one.
template <class Policies, class Key, class PartData, class ItemData>
result<run_list, refusal> stock<Policies, Key, PartData, ItemData>::as_blocks(run_list serials) const {
  const auto is_block = [this](const run& each) { return each.length == 1 || is_block_stride(each.stride); };
  if (std::all_of(serials.begin(), serials.end(), is_block)) return serials;
  std::uint64_t stride = 1;
  if constexpr (journaled) stride = journal_.stride;
  if (detail::runs_of_stride(serials, stride) > std::max<std::uint64_t>(registry_.most_runs(), serials.size()))
    return refuse("serial", errc::too_many_runs);
  return detail::with_stride(serials, stride);
}

template <class Policies, class Key, class PartData, class ItemData>
result<run_list, refusal> stock<Policies, Key, PartData, ItemData>::wanted_serials(const new_item& wanted,
                                                                                   const read_serial* read,
                                                                                   std::uint32_t part) const {
  run_list serials = wanted.serials;
  if (read) {
    serials.add(**read);
  } else if (!trimmed(wanted.serial).empty()) {
    const auto parsed = registry_.numbers().parse(wanted.serial);
    if (!parsed) return refuse("serial", parsed.error());
    serials.add(*parsed);
  }
  const rule allowed = parts_[part].serials;
  if (const auto valid = wanted.amount.validated(); !valid) return refuse("quantity", valid.error());
  if (wanted.amount.is_zero()) return refuse("quantity", errc::zero_quantity);
  if (serials.empty()) {
    if (allowed == rule::required) return refuse("serial", errc::serial_required);
    return serials;
  }
  if (allowed == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  const std::uint64_t count = serials.serials();
  if (wanted.amount.whole() != count) {
    if (count == 1) return refuse("quantity", errc::serial_quantity_not_one);
    if (!wanted.amount.whole()) return refuse("quantity", errc::quantity_not_whole);
    return refuse("serial", *wanted.amount.whole() > count ? errc::too_few_serials : errc::too_many_serials);
  }
  return as_blocks(std::move(serials));
}

}  // namespace tallymark
