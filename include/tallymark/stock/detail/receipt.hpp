// Many new stock items in one transaction. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

#define TALLYMARK_STOCK_TEMPLATE template <class Policies, class Key, class PartData, class ItemData>
#define TALLYMARK_STOCK stock<Policies, Key, PartData, ItemData>

/// New stock items that are created together: each is checked and its serial numbers are claimed as it is added, and all
/// of them are there, and durable, after `commit`. A receipt that is destroyed without it gives everything back. While
/// there is a receipt, nothing else changes the stock, and with a journal no other process does. Items that are alike
/// and follow each other become one block, with one entry of history: of one part, quantity, batch code, parent, expiry
/// date and data, with serial numbers that continue or none, from lines that continue.
TALLYMARK_STOCK_TEMPLATE
class TALLYMARK_STOCK::receipt {
 public:
  /// Adds a stock item, or units with these serial numbers; their ids are good after the commit. Its parent may be an
  /// item that was added before. Refused as `create`: then it is as if it had not been tried. O(log b + runs).
  result<items, refusal> add(const new_item& wanted) {
    stock& of = now_.of();
    const auto part = of.parts_.find(wanted.part);
    if (!part) return refuse("part", errc::unknown_part);
    const bool single = one_serial(wanted, *part);
    auto serials = single ? result<run_list, refusal>() : of.wanted_serials(wanted, *part);
    if (!serials) return unexpected<refusal>(serials.error());
    const auto batch = of.allowed_batch(*part, wanted.batch);
    if (!batch) return unexpected<refusal>(batch.error());
    if (wanted.parent && (*wanted.parent == 0 || *wanted.parent >= next_)) return refuse("parent", errc::unknown_item);
    if (wanted.expiry && !wanted.expiry->ok()) return refuse("expiry_date", errc::not_a_date);
    const items made{next_, std::max<std::uint64_t>(serials->serials(), 1)};
    if (!of.blocks_.has_room(made.count + (next_ - of.blocks_.next_id())))
      return refuse("quantity", errc::quantity_too_large);

    const place where = of.parts_.place(*part);
    const kind like{wanted, *part, serials->empty() && !single ? wanted.amount : quantity(1), *batch};
    if (single) {
      const auto claimed = of.registry_.claim(where, wanted.serial, next_);
      if (!claimed) return not_free(where, wanted.serial, claimed.error());
      enter(made, like.amount, wanted.from);
      append(like, run{claimed->family, claimed->ordinal, 1});
    } else if (serials->empty()) {
      enter(made, like.amount, wanted.from);
      append(like, std::nullopt);
    } else {
      if (const auto taken = of.claim(where, *serials, next_, wanted.serial); !taken)
        return unexpected<refusal>(taken.error());
      enter(made, like.amount, wanted.from);
      for (const run& each : *serials)
        append(like, run{of.registry_.kept(where, each.family), each.first, each.length});
    }
    return made;
  }

  /// How many items were added.
  [[nodiscard]] std::uint64_t size() const noexcept { return next_ - now_.of().blocks_.next_id(); }

  /// Creates all of them. Errors: those of the journal; then none is there. A receipt is committed once.
  result<void, refusal> commit() {
    stock& of = now_.of();
    now_.add_arrivals(of.blocks_.next_id());
    if (const auto done = now_.commit(); !done) return done;
    for (auto& [made, batch] : now_.arrivals()) {
      const item_id id = of.blocks_.next_id();
      made.batch = of.batches_.carry(batch, {id, made.count});
      if (made.parent != no_item) of.adopt(made.parent, {id, made.count});
      of.parts_.mark_used(made.part);
      of.blocks_.add(std::move(made));
    }
    now_.arrivals().clear();
    return {};
  }

 private:
  friend stock;
  // what items that are added have in common
  struct kind {
    const new_item& wanted;
    std::uint32_t part;
    quantity amount;
    std::string_view batch;
  };

  explicit receipt(transaction now) : now_(std::move(now)), next_(now_.of().blocks_.next_id()) {}

  // whether it has one serial number, and wanted_serials would refuse none that can be read
  [[nodiscard]] bool one_serial(const new_item& wanted, std::uint32_t part) const {
    return wanted.serials.empty() && wanted.amount == quantity(1) && !trimmed(wanted.serial).empty() &&
           now_.of().parts_[part].serials != rule::forbidden;
  }
  // with the conflict, as claims of many have it
  [[nodiscard]] unexpected<refusal> not_free(const place& where, std::string_view text, failure why) const {
    conflicts met;
    const auto serial = now_.of().registry_.numbers().parse(text);
    if (serial && (why.code == errc::already_taken || why.code == errc::retired || why.code == errc::reserved)) {
      const auto by = now_.of().registry_.find(where, text);
      met.emplace_back(why.code, run{serial->family, serial->ordinal, 1}, by ? by->item : no_item);
    }
    return refuse("serial", why, std::move(met));
  }

  // Notes that these items are created, of `each` much, in the entry of those before if they can be told from it.
  void enter(items made, const quantity& each, const origin& from) {
    const quantity all = each.times(made.count).value_or(quantity(quantity::max_whole));
    if (!now_.entries().empty() && each == each_) {
      entry& last = now_.entries().back();
      const bool lines_continue = last.from.lines == last.subject.count && from.lines == made.count &&
                                  from.line == last.from.line + last.from.lines;
      const auto sum = last.amount.plus(all);
      if (sum && last.from.source == from.source && ((last.from.lines == 0 && from.lines == 0) || lines_continue)) {
        last.subject.count += made.count;
        last.from.lines += from.lines;
        last.amount = *sum;
        return;
      }
    }
    entry& created = now_.note(change::created, made, all);
    created.from = {now_.of().interned_source(from.source), from.line, from.lines};
    each_ = each;
  }
  // whether these items can be told from those that were added last
  [[nodiscard]] bool alike(const kind& like, const std::optional<run>& serials) {
    if (now_.arrivals().empty() || entry_ != now_.entries().size()) return false;
    const auto& [of, batch] = now_.arrivals().back();
    if (of.part != like.part || of.amount != like.amount || of.parent != like.wanted.parent.value_or(no_item) ||
        of.expiry != like.wanted.expiry || bool(of.serial) != serials.has_value() || batch != like.batch)
      return false;
    if (serials) {
      const serial_number first = *of.serial;
      if (!serials->family.counts() || first.family != serials->family || first.ordinal + of.count != serials->first)
        return false;
    }
    return same_data(of.data, like.wanted.data);
  }

  [[nodiscard]] static bool same_data(const ItemData& a, const ItemData& b) {
    if constexpr (std::equality_comparable<ItemData>)
      return a == b;
    else
      return false;
  }

  void append(const kind& like, const std::optional<run>& serials) {
    const std::uint64_t count = serials ? serials->length : 1;
    next_ += count;
    if (alike(like, serials)) {
      now_.arrivals().back().like.count += count;
      return;
    }
    const new_item& wanted = like.wanted;
    const item_id parent = wanted.parent.value_or(no_item);
    block made{count, like.part, detail::no_batch, like.amount, {}, parent, wanted.expiry, false, wanted.data, {}};
    if (serials) made.serial = serial_number{serials->family, serials->first};
    made.note(now_.entries().back().number);
    now_.arrivals().push_back({std::move(made), kept(like.batch)});
    entry_ = now_.entries().size();
  }
  // a text that lives as long as this
  [[nodiscard]] std::string_view kept(std::string_view batch) {
    if (batch.empty()) return {};
    if (!now_.arrivals().empty() && now_.arrivals().back().batch == batch) return now_.arrivals().back().batch;
    const auto found = batches_.find(batch);
    return found != batches_.end() ? *found : *batches_.emplace(batch).first;
  }

  transaction now_;
  item_id next_;
  quantity each_{};        // of the items of the last entry
  std::size_t entry_ = 0;  // counts entries of history up to that of the items that were added last
  std::set<std::string, std::less<>> batches_;
};

TALLYMARK_STOCK_TEMPLATE
auto TALLYMARK_STOCK::receive() -> result<receipt, refusal> {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return unexpected<refusal>(begun.error());
  return receipt(std::move(now));
}

TALLYMARK_STOCK_TEMPLATE
result<items, refusal> TALLYMARK_STOCK::create(const new_item& wanted) {
  auto one = receive();
  if (!one) return unexpected<refusal>(one.error());
  auto made = one->add(wanted);
  if (!made) return made;
  if (const auto done = one->commit(); !done) return unexpected<refusal>(done.error());
  return made;
}

#undef TALLYMARK_STOCK
#undef TALLYMARK_STOCK_TEMPLATE

}  // namespace tallymark
