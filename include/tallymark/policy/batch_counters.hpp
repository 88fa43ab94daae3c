// Counters for the sequence field of batch codes: one for each text that the rest of the code renders to.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tallymark {

/// How many codes were made of each rest. A code that was made is counted, whether or not it is used later.
class batch_counters {
 public:
  using counter = std::pair<const std::string, std::uint64_t>;

  /// Takes the number that follows for this rest: 1 at first. O(log n).
  std::uint64_t take(std::string_view rest) {
    counter& one = at(rest);
    if (recording_) taken_.push_back(&one);
    return ++one.second;
  }
  /// Sets how many there were of this rest. O(log n).
  void set(std::string_view rest, std::uint64_t last) { at(rest).second = last; }

  /// From here on what is taken can be given back.
  void record() noexcept { recording_ = true; }
  /// The counters that numbers were taken from, each as often, since the last call of keep or undo.
  [[nodiscard]] const std::vector<counter*>& taken() const noexcept { return taken_; }
  /// From here on those numbers cannot be given back.
  void keep() noexcept { taken_.clear(); }
  /// Gives back the numbers that were taken since the last call of keep or undo. O(numbers).
  void undo() noexcept {
    for (counter* const one : taken_) --one->second;
    taken_.clear();
  }

 private:
  counter& at(std::string_view rest) {
    auto found = last_.find(rest);
    if (found == last_.end()) found = last_.emplace(std::string(rest), 0).first;
    return *found;
  }

  std::map<std::string, std::uint64_t, std::less<>> last_;  // its entries stay where they are
  std::vector<counter*> taken_;
  bool recording_ = false;
};

}  // namespace tallymark
