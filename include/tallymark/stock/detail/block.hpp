// One block of stock: items that are alike, in little space.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <tallymark/number/serial_number.hpp>
#include <tallymark/stock/item.hpp>

namespace tallymark::detail {

inline constexpr std::uint32_t no_batch = 0;

/// Makes room for this number of further elements, so that adding them needs no memory. O(1), amortized.
template <class Container>
void reserve_more(Container& in, std::size_t more) {
  if (in.capacity() - in.size() >= more) return;
  in.reserve(std::max(in.size() + more, 2 * in.capacity()));
}

/// A serial number in little space, or none, and by how much those of the items after it are greater. Its family is one
/// that the registry keeps: the texts stay where they are.
class packed_serial {
 public:
  static constexpr std::uint64_t most_stride = std::numeric_limits<std::uint32_t>::max();

  constexpr packed_serial() = default;
  /// Precondition: stride <= most_stride.
  constexpr packed_serial(const serial_number& one, std::uint64_t stride = 1)
      : text_(one.family.text.data()),
        tail_(one.family.tail.data()),
        ordinal_(one.ordinal),
        text_size_(static_cast<std::uint32_t>(one.family.text.size())),  // a serial number is no longer than 4 GiB
        tail_size_(static_cast<std::uint32_t>(one.family.tail.size())),
        stride_(static_cast<std::uint32_t>(stride)),
        width_(one.family.width),
        form_(one.family.form),
        has_value_(true) {}
  constexpr packed_serial(const std::optional<serial_number>& one)
      : packed_serial(one ? packed_serial(*one) : packed_serial()) {}

  [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
  /// Precondition: there is one.
  [[nodiscard]] constexpr serial_number operator*() const noexcept {
    return {{{text_, text_size_}, width_, form_, {tail_, tail_size_}}, ordinal_};
  }
  [[nodiscard]] constexpr std::optional<serial_number> operator->() const noexcept { return **this; }
  [[nodiscard]] constexpr std::uint64_t stride() const noexcept { return stride_; }
  /// Precondition: stride <= most_stride.
  constexpr void set_stride(std::uint64_t stride) noexcept { stride_ = static_cast<std::uint32_t>(stride); }
  /// This one and those of the items after it, `count` in all. Precondition: there is one.
  [[nodiscard]] constexpr run of(std::uint64_t count) const noexcept {
    const serial_number first = **this;
    return {first.family, first.ordinal, count, count == 1 ? 1 : stride_};
  }
  /// Moves on by this number of items.
  constexpr void advance(std::uint64_t by) noexcept { ordinal_ += by * stride_; }

  friend constexpr bool operator==(const packed_serial& a, const packed_serial& b) noexcept {
    return a.has_value_ == b.has_value_ && (!a.has_value_ || *a == *b);
  }

 private:
  const char* text_ = nullptr;
  const char* tail_ = nullptr;
  std::uint64_t ordinal_ = 0;
  std::uint32_t text_size_ = 0;
  std::uint32_t tail_size_ = 0;
  std::uint32_t stride_ = 1;
  std::uint8_t width_ = 0;
  family::kind form_ = family::kind::counted;
  bool has_value_ = false;
};
static_assert(sizeof(void*) != 8 || sizeof(packed_serial) == 40);

/// A user's own data. Default values, which most items have, take no memory.
template <class Data>
class boxed {
 public:
  boxed() = default;
  boxed(const Data& data) : data_(is_usual(data) ? nullptr : std::make_unique<Data>(data)) {}
  boxed(Data&& data) : data_(is_usual(data) ? nullptr : std::make_unique<Data>(std::move(data))) {}
  boxed(boxed&&) noexcept = default;
  boxed(const boxed& other) : data_(other.data_ ? std::make_unique<Data>(*other.data_) : nullptr) {}
  boxed& operator=(boxed other) noexcept {
    data_.swap(other.data_);
    return *this;
  }
  ~boxed() = default;

  operator const Data&() const noexcept { return data_ ? *data_ : usual(); }
  /// Whether they are known to be the default values.
  [[nodiscard]] bool plain() const noexcept { return !data_; }
  /// To change them.
  [[nodiscard]] Data& own() {
    if (!data_) data_ = std::make_unique<Data>();
    return *data_;
  }

 private:
  [[nodiscard]] static const Data& usual() {
    static const Data usual_data{};
    return usual_data;
  }
  [[nodiscard]] static bool is_usual(const Data& data) {
    if constexpr (std::equality_comparable<Data>)
      return data == usual();
    else
      return false;
  }

  std::unique_ptr<Data> data_;
};

// Small data are no larger than the pointer and what it takes to follow it. Blocks move where nothing may fail: data
// whose move may throw stay where they are.
template <class Data>
inline constexpr bool is_boxed =
    std::default_initializable<Data> &&
    ((sizeof(Data) > 2 * sizeof(void*) && std::equality_comparable<Data>) ||
     !(std::is_nothrow_move_constructible_v<Data> && std::is_nothrow_move_assignable_v<Data>));
template <class Data>
using stored_data = std::conditional_t<is_boxed<Data>, boxed<Data>, Data>;

/// Numbers of history entries, ascending. Of most items there is one, which needs no memory elsewhere.
class change_list {
 public:
  void add(std::uint64_t number) {
    if (first_ == none)
      first_ = number;
    else
      rest_.own().push_back(number);
  }
  /// Makes room for this number of further entries: adding them needs no memory.
  void reserve(std::size_t more) {
    if (more > (first_ == none ? 1U : 0U)) reserve_more(rest_.own(), more);
  }
  /// `visit(number)`
  template <class Visit>
  void for_each(Visit&& visit) const {
    if (first_ != none) visit(first_);
    for (const std::uint64_t number : static_cast<const std::vector<std::uint64_t>&>(rest_)) visit(number);
  }

 private:
  static constexpr std::uint64_t none = ~std::uint64_t{0};
  std::uint64_t first_ = none;
  boxed<std::vector<std::uint64_t>> rest_{};
};
struct no_changes {};

/// Items that differ in nothing but their id and the ordinal of their serial number. With `History`, they know which
/// entries of history are about them; else the journal does.
template <class Data, bool History = true>
struct block {
  std::uint64_t count = 1;
  std::uint32_t part = 0;
  std::uint32_t batch = no_batch;
  quantity amount{};       ///< of each
  packed_serial serial{};  ///< of the first
  item_id parent = no_item;
  std::optional<date> expiry{};
  bool removed = false;
  [[no_unique_address]] stored_data<Data> data{};
  [[no_unique_address]] std::conditional_t<History, change_list, no_changes> changes{};

  /// Notes an entry of history.
  void note([[maybe_unused]] std::uint64_t change) {
    if constexpr (History) changes.add(change);
  }
  /// Makes room for this number of further notes.
  void reserve_notes([[maybe_unused]] std::size_t more) {
    if constexpr (History) changes.reserve(more);
  }
  /// A new item that this one becomes the parent of: the same but for its amount, with a history of its own.
  [[nodiscard]] block child(item_id id, quantity of_it, std::uint64_t change) const {
    block piece{1, part, batch, of_it, {}, id, expiry, false, data, {}};
    piece.note(change);
    return piece;
  }
};

}  // namespace tallymark::detail
