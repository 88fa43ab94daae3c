// A source with a set of taken serial numbers.
#pragma once

#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/numbering.hpp>

/// The search begins at `begin`. Returns stretches of at most `most` ordinals, as an index may do.
template <class Numbers>
class taken_source {
 public:
  taken_source(const Numbers& numbers, std::string begin, std::set<std::string> taken,
               std::uint64_t most = std::numeric_limits<std::uint64_t>::max())
      : numbers_(numbers), begin_(std::move(begin)), taken_(std::move(taken)), most_(most) {
    for (const std::string& text : taken_) ordinals_.insert(*numbers_.parse(text));
  }

  tallymark::result<tallymark::serial_number> start(std::string& storage) const {
    storage = begin_;
    return numbers_.parse(storage);
  }

  tallymark::stretch occupancy(const tallymark::serial_number& from) const {
    auto at = ordinals_.lower_bound(from);
    const bool taken = at != ordinals_.end() && *at == from;
    if (!taken)
      return {false,
              at == ordinals_.end() || at->family != from.family ? most_ : std::min(most_, at->ordinal - from.ordinal)};
    std::uint64_t length = 1;
    for (++at;
         at != ordinals_.end() && length < most_ && *at == tallymark::serial_number{from.family, from.ordinal + length};
         ++at)
      ++length;
    return {true, length};
  }

  bool takes(const std::string& text) const { return taken_.count(text) > 0; }

 private:
  Numbers numbers_;
  std::string begin_;
  std::set<std::string> taken_;
  std::set<tallymark::serial_number> ordinals_;  // views of the texts
  std::uint64_t most_;
};
