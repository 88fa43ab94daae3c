// Counters for the sequence field of batch codes: one for each text that the rest of the code renders to.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tallymark {

/// How many codes were made for each rest, which is the code without its sequence field. A code that was made is
/// counted, whether or not it is used later.
class batch_counters {
 public:
  /// Takes the next number for this rest: 1 at first. If it fails, nothing has changed. O(log n).
  std::uint64_t take(std::string_view rest) {
    std::uint64_t& latest = at(rest);
    if (recording_) taken_.emplace_back(rest);
    return ++latest;
  }
  /// Sets the latest number of this rest. O(log n).
  void set(std::string_view rest, std::uint64_t last) { at(rest) = last; }
  /// The latest number of this rest, 0 if none was taken. O(log n).
  [[nodiscard]] std::uint64_t last(std::string_view rest) const {
    const auto found = last_.find(rest);
    return found == last_.end() ? 0 : found->second;
  }

  /// From here on, numbers that are taken can be given back.
  void record() noexcept { recording_ = true; }
  /// The rests for which numbers were taken since the last call of keep or undo.
  [[nodiscard]] const std::vector<std::string>& taken() const noexcept { return taken_; }
  /// Makes these numbers final.
  void keep() noexcept { taken_.clear(); }
  /// Gives these numbers back. O(n log n).
  void undo() noexcept {
    for (const std::string& rest : taken_) --last_.find(rest)->second;
    taken_.clear();
  }

 private:
  std::uint64_t& at(std::string_view rest) {
    auto found = last_.find(rest);
    if (found == last_.end()) found = last_.emplace(std::string(rest), 0).first;
    return found->second;
  }

  std::map<std::string, std::uint64_t, std::less<>> last_;
  std::vector<std::string> taken_;
  bool recording_ = false;
};

}  // namespace tallymark
