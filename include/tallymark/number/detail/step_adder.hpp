// Records that differ from those before them in a few bytes, written with the widest registers of the machine.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace tallymark::detail {

/// What a record differs in from the one `distance` bytes before it: these are added to its bytes from `at` on.
struct record_steps {
  std::size_t distance;
  std::size_t at;
  std::span<const std::uint8_t> steps;
};

/// Writes records of one length, each by adding the same steps to an earlier one.
class step_adder {
 public:
  static constexpr std::size_t longest_record = 128;

  /// For records of `record` bytes. Precondition: 1 <= record <= longest_record.
  constexpr explicit step_adder(std::size_t record)
      : record_(record),
        period_(record * (vector / std::min(record & (~record + 1), vector))),
        last_((record - vector % record) % record) {
    period_ *= (shortest_period + period_ - 1) / period_;
  }

  /// Writes `bytes` bytes of records to `out`: the first are made from the records before `out`, the others from these.
  /// The bytes and the distance are whole records. O(bytes).
  constexpr void add(char* out, std::size_t bytes, const record_steps& by) const {
    if (std::is_constant_evaluated() || bytes < vector || by.distance < vector) return add_bytes(out, bytes, by);
#if defined(__x86_64__) || defined(__i386__)
    if (__builtin_cpu_supports("avx2")) return add_with_avx2(out, bytes, by);
#endif
    add_vectors<register_of_16>(out, bytes, by);
  }

  /// The same for machines without registers of 32 bytes. Precondition: bytes and distance are as large as for those.
  void add_with_short_registers(char* out, std::size_t bytes, const record_steps& by) const {
    add_vectors<register_of_16>(out, bytes, by);
  }

 private:
  static constexpr std::size_t vector = 32;                    // bytes that are written at once
  static constexpr std::size_t shortest_period = 12 * vector;  // a loop over less costs more than its work
  using register_of_16 [[gnu::vector_size(16)]] = std::uint8_t;
  using register_of_32 [[gnu::vector_size(32)]] = std::uint8_t;

  constexpr void add_bytes(char* out, std::size_t bytes, const record_steps& by) const {
    for (std::size_t begin = 0; begin < bytes; begin += record_) {
      std::copy_n(out + begin - by.distance, record_, out + begin);
      for (std::size_t i = 0; i < by.steps.size(); ++i) {
        char& byte = out[begin + by.at + i];
        byte = static_cast<char>(static_cast<std::uint8_t>(static_cast<std::uint8_t>(byte) + by.steps[i]));
      }
    }
  }

#if defined(__x86_64__) || defined(__i386__)
  [[gnu::target("avx2")]] void add_with_avx2(char* out, std::size_t bytes, const record_steps& by) const {
    add_vectors<register_of_32>(out, bytes, by);
  }
#endif

  template <class Register>
  [[gnu::always_inline]] static void add_vector(char* out, const char* in, const std::uint8_t* tile) {
    for (std::size_t i = 0; i < vector; i += sizeof(Register)) {
      Register a, b;
      std::memcpy(&a, in + i, sizeof a);
      std::memcpy(&b, tile + i, sizeof b);
      a += b;
      std::memcpy(out + i, &a, sizeof a);
    }
  }

  // A tile is added: the steps and the zeros between them, up to where they recur at the same offset in a vector.
  // All stores but the first and the last are aligned, and the loads from the tile are: one across two cache lines
  // counts twice.
  template <class Register>
  [[gnu::always_inline]] void add_vectors(char* out, std::size_t bytes, const record_steps& by) const {
    const std::size_t record = record_, period = period_, last = last_;  // or they would be read again after each store
    const std::size_t distance = by.distance;
    const char* in = out - distance;
    char* const end = out + bytes;
    const std::size_t head = vector - reinterpret_cast<std::uintptr_t>(out) % vector;

    alignas(64) std::uint8_t storage[longest_record * (vector + 3)];
    std::uint8_t* const tile = storage + longest_record;  // of what comes after the head
    std::uint8_t* const first_tile = tile - (head < record ? head : head % record);
    std::uint8_t* const end_of_tile = tile + std::min(period, bytes);
    constexpr std::uint8_t zeros[vector]{};
    for (std::uint8_t* to = first_tile; to < end_of_tile; to += vector) std::memcpy(to, zeros, vector);
    for (std::size_t i = 0; i < by.steps.size(); ++i) {
      const std::uint8_t step = by.steps[i];
      for (std::uint8_t* to = first_tile + by.at + i; to < end_of_tile; to += record) *to = step;
    }

    add_vector<Register>(out, in, first_tile);
    out += head, in += head;
    for (; static_cast<std::size_t>(end - out) >= period; out += period, in += period) {
      std::size_t i = 0;
      for (; i + 4 * vector <= period; i += 4 * vector) {  // in fours, since a loop of one takes two cycles for each
        add_vector<Register>(out + i, in + i, tile + i);
        add_vector<Register>(out + i + vector, in + i + vector, tile + i + vector);
        add_vector<Register>(out + i + 2 * vector, in + i + 2 * vector, tile + i + 2 * vector);
        add_vector<Register>(out + i + 3 * vector, in + i + 3 * vector, tile + i + 3 * vector);
      }
      for (; i < period; i += vector) add_vector<Register>(out + i, in + i, tile + i);
    }
    const std::size_t rest = static_cast<std::size_t>(end - out) / vector * vector;
    for (std::size_t i = 0; i < rest; i += vector) add_vector<Register>(out + i, in + i, tile + i);
    add_vector<Register>(end - vector, end - vector - distance, first_tile + last);
  }

  std::size_t record_, period_, last_;  // in bytes: one record, the tile, and where in a record the last vector begins
};

}  // namespace tallymark::detail
