// What a stock keeps of its journal.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include <tallymark/policy/journal.hpp>
#include <tallymark/registry/answer.hpp>

namespace tallymark::detail {

template <class Journal>
struct journal_state {
  static constexpr bool enabled = true;
  Journal policy;
  std::optional<typename Journal::log> log{};
  std::uint64_t stride = 1;                                        // of the runs in its rows
  std::deque<std::optional<std::string>> scopes{};                 // of parts, as text, where they were asked for
  std::map<std::string, sequence_state, std::less<>> sequences{};  // of scopes, as the journal has them
};
template <>
struct journal_state<no_journal> {
  static constexpr bool enabled = false;
  [[no_unique_address]] no_journal policy;
};

}  // namespace tallymark::detail
