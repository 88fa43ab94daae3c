// What a registry answers: conflicts of a bulk call, and what a scanned text is.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/run_list.hpp>

namespace tallymark {

/// One run of serial numbers that a bulk call refused, and why.
struct conflict {
  run_list serials{};            ///< one run
  errc why{};                    ///< already_taken, retired, reserved, named_twice; see also what the call says
  std::uint64_t item = no_item;  ///< the item that holds the first of them; the others are held by the items after it

  conflict() = default;
  conflict(errc reason, const run& which, std::uint64_t held_by = no_item) : why(reason), item(held_by) {
    serials.add(which);
  }

  friend bool operator==(const conflict&, const conflict&) = default;
};

/// Every conflict of a bulk call, in natural order.
using conflicts = std::vector<conflict>;

/// The state of the sequence of a scope, as journals keep it.
struct sequence_state {
  std::optional<family> active{};        ///< the active family
  bool issued = false;                   ///< it is active because it was issued in, not because it was the first
  std::optional<serial_number> start{};  ///< what start_at set

  friend bool operator==(const sequence_state&, const sequence_state&) = default;
};

/// What a text is in a scope, without taking it.
struct answer {
  std::optional<failure> why{};  ///< why it cannot be claimed: taken (see taken()), or invalid and where
  std::uint64_t item = no_item;  ///< by whom it is taken

  /// The text can be claimed.
  [[nodiscard]] constexpr bool free() const noexcept { return !why; }

  /// The text is a serial number that is already_taken, retired, reserved, or named_twice in the same call.
  [[nodiscard]] constexpr bool taken() const noexcept {
    return why && (why->code == errc::already_taken || why->code == errc::retired || why->code == errc::reserved ||
                   why->code == errc::named_twice);
  }

  friend constexpr bool operator==(const answer&, const answer&) = default;
};

/// Appends the serial numbers, the reason, and the item that holds the first of them.
inline void append_text(std::string& out, const conflict& refused) {
  append_text(out, refused.serials);
  out.append(": ").append(message(refused.why));
  if (refused.item != no_item) out.append(", by item ").append(std::to_string(refused.item));
}

/// Appends `free`, or the reason and the item that holds it.
inline void append_text(std::string& out, const answer& seen) {
  if (seen.why)
    append_text(out, *seen.why);
  else
    out += "free";
  if (seen.item != no_item) out.append(", by item ").append(std::to_string(seen.item));
}

/// The reason for which a held serial number is not free.
[[nodiscard]] constexpr errc reason(hold state) noexcept {
  switch (state) {
    case hold::reserved: return errc::reserved;
    case hold::claimed: return errc::already_taken;
    case hold::retired: return errc::retired;
  }
  return errc::already_taken;
}

}  // namespace tallymark
