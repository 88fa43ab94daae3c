// Serial numbers of a stock that are taken tentatively. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

#define TALLYMARK_STOCK_TEMPLATE template <class Policies, class Key, class PartData, class ItemData>
#define TALLYMARK_STOCK stock<Policies, Key, PartData, ItemData>

/// Serial numbers that a stock keeps for whoever holds this: `serialize` makes units with them, `drop` or the destructor
/// gives them back. The stock must live longer. With a journal they are reserved there too, so that no other process
/// gets them; if giving them back is refused, or the process is killed, they stay reserved.
TALLYMARK_STOCK_TEMPLATE
class TALLYMARK_STOCK::reservation {
 public:
  reservation(reservation&& other) noexcept
      : of_(std::exchange(other.of_, nullptr)), part_(other.part_), kept_(std::move(other.kept_)) {}
  reservation& operator=(reservation&& other) noexcept {
    std::swap(of_, other.of_);
    std::swap(part_, other.part_);
    std::swap(kept_, other.kept_);
    return *this;
  }
  ~reservation() {
    if (of_) (void)drop();
  }

  /// What is reserved, in the order of the sequence.
  [[nodiscard]] const run_list& serials() const noexcept { return kept_.serials(); }
  /// Whether they are still reserved: neither made units of nor dropped.
  [[nodiscard]] bool pending() const noexcept { return of_ != nullptr; }

  /// Gives the serial numbers back. Errors: those of the journal; then they stay reserved.
  result<void, refusal> drop() {
    if (!of_) return {};
    transaction now(*of_);
    if (const auto begun = now.begin(); !begun) return begun;
    now.drop(part_, serials());
    now.touch(part_, kept_.without());
    if (const auto done = now.commit(); !done) return done;
    ended();
    kept_.drop();
    return {};
  }

 private:
  friend stock;
  using kept_type = typename registry_type::reservation;
  reservation(stock& of, std::uint32_t part, kept_type kept) : of_(&of), part_(part), kept_(std::move(kept)) {}

  // the journal does not have it any more
  void ended() {
    of_->reserving_.erase(of_->reserving_.find(part_));
    if constexpr (journaled)
      std::erase_if(of_->journal_.own,
                    [&](const auto& each) { return each.first == part_ && each.second == serials(); });
    of_ = nullptr;
  }

  stock* of_;
  std::uint32_t part_;
  kept_type kept_;
};

TALLYMARK_STOCK_TEMPLATE
auto TALLYMARK_STOCK::reserve(const key_view& part, std::uint64_t count) -> result<reservation, refusal> {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto index = parts_.find(part);
  if (!index) return refuse("part", errc::unknown_part);
  if (const auto issuing = may_issue(*index); !issuing) return refuse("part", issuing.error());
  auto kept = registry_.reserve(parts_.place(*index), count);
  if (!kept) return refuse("serial", kept.error());
  now.reserve(*index, kept->serials());
  if (const auto done = now.commit(); !done) return unexpected<refusal>(done.error());
  reserving_.insert(*index);
  if constexpr (journaled) journal_.own.emplace_back(*index, kept->serials());
  return reservation(*this, *index, std::move(*kept));
}

TALLYMARK_STOCK_TEMPLATE
result<items, refusal> TALLYMARK_STOCK::serialize(item_id from, reservation&& reserved) {
  TALLYMARK_ASSERT(reserved.of_ == this, "a reservation is used once, and with the stock that made it");
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  if (parts_[(*source)->part].serials == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  if (!registry_.same_scope(parts_.place((*source)->part), parts_.place(reserved.part_)))
    return refuse("serial", errc::different_part);
  if (const auto rest = can_be_units(from, reserved.serials().serials()); !rest)
    return unexpected<refusal>(rest.error());
  now.drop(reserved.part_, reserved.serials());
  const item_id first = blocks_.next_id();
  const auto made = make_units(now, from, reserved.serials());
  if (!made) return made;
  reserved.ended();
  reserved.kept_.commit(first);
  return made;
}

#undef TALLYMARK_STOCK
#undef TALLYMARK_STOCK_TEMPLATE

}  // namespace tallymark
