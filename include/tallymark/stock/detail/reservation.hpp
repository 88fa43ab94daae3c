// Serial numbers of a stock that are taken tentatively. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

/// Serial numbers that a stock keeps for the owner of this: `serialize` makes units with them, `drop` or the destructor
/// gives them back. The stock must live longer. With a journal they are reserved there too, so that no other process
/// gets them; if giving them back is refused, or the process is killed, they stay reserved.
template <class Policies, class Key, class PartData, class ItemData>
class stock<Policies, Key, PartData, ItemData>::reservation {
 public:
  // The compiler shows the line of a deleted function, and so its sentence.
  reservation(const reservation&) = delete;  // tallymark::stock: a reservation is not copied. Move it: std::move(...)
  reservation& operator=(const reservation&) = delete;  // tallymark::stock: a reservation is not copied, but moved
  reservation(reservation&& other) noexcept
      : owner_(std::exchange(other.owner_, nullptr)), at_(other.at_), numbers_(std::move(other.numbers_)) {}
  reservation& operator=(reservation&& other) noexcept {
    std::swap(owner_, other.owner_);
    std::swap(at_, other.at_);
    std::swap(numbers_, other.numbers_);
    return *this;
  }
  ~reservation() {
    (void)detail::succeeds([&] { (void)drop(); });
    if (owner_) at_->abandoned.emplace(std::move(numbers_));
  }

  /// What is reserved, in the order of the sequence.
  [[nodiscard]] const run_list& serials() const noexcept { return numbers_.serials(); }
  /// Whether they are still reserved: neither made units of nor dropped.
  [[nodiscard]] bool pending() const noexcept { return owner_ != nullptr; }

  /// Gives the serial numbers back. Errors: those of the journal; then they stay reserved. Without a journal it needs no
  /// memory.
  [[nodiscard]] result<void, refusal> drop() {
    if (!owner_) return {};
    transaction tx(*owner_);
    if (const auto begun = tx.begin(); !begun) return begun;
    tx.changes().dropped = at_;
    tx.changes().after_drop = numbers_.without();
    if (const auto committed = tx.commit(); !committed) return committed;
    owner_ = nullptr;
    numbers_.drop();
    return {};
  }

 private:
  friend stock;
  reservation(stock& owner, typename change_set::reservations::iterator at, reserved_numbers numbers) noexcept
      : owner_(&owner), at_(at), numbers_(std::move(numbers)) {}

  stock* owner_;
  typename change_set::reservations::iterator at_;  // what the stock keeps of it
  reserved_numbers numbers_;
};

template <class Policies, class Key, class PartData, class ItemData>
auto stock<Policies, Key, PartData, ItemData>::reserve(const key_view& part, std::uint64_t count)
    -> result<reservation, refusal> {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto index = parts_.find(part);
  if (!index) return refuse("part", errc::unknown_part);
  if (const auto issuing = may_issue(*index); !issuing) return refuse("part", issuing.error());
  auto numbers = registry_.reserve(parts_.place(*index), count);
  if (!numbers) return refuse("serial", numbers.error());
  auto rows = journaled ? as_blocks(numbers->serials()) : result<run_list, refusal>();
  if (!rows) return unexpected<refusal>(rows.error());
  auto& reserved = tx.changes().reserved.emplace_back();
  reserved.part = *index;
  reserved.serials = std::move(*rows);
  if (const auto committed = tx.commit(); !committed) return unexpected<refusal>(committed.error());
  return reservation(*this, std::prev(reservations_.end()), std::move(*numbers));
}

}  // namespace tallymark
