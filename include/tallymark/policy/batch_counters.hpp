// Counters for the sequence field of batch codes: one for each text that the rest of the code renders to.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tallymark {

/// How many codes were made of each rest. A code that was made is counted, whether or not it is used later.
class batch_counters {
 public:
  /// Takes the number that follows for this rest: 1 at first. O(log n).
  std::uint64_t take(std::string_view rest) {
    auto found = last_.find(rest);
    if (found == last_.end()) found = last_.emplace(std::string(rest), 0).first;
    return ++found->second;
  }

 private:
  std::map<std::string, std::uint64_t, std::less<>> last_;
};

}  // namespace tallymark
