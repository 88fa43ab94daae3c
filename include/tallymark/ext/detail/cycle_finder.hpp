// Finds cycles where each node has at most one parent.
#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>

namespace tallymark::detail {

// Walks up from each node in turn and visits no node twice.
template <class Node>
class cycle_finder {
 public:
  // A node of the cycle that the walk from `start` reaches, unless an earlier walk did. `up(node)` returns the parent,
  // an optional. O(steps that were not walked before).
  template <class Up>
  [[nodiscard]] std::optional<Node> find(const Node& start, Up&& up) {
    ++walk_;
    for (Node at = start;;) {
      const auto [known, is_new] = walked_by_.try_emplace(at, walk_);
      if (!is_new) return known->second == walk_ ? std::optional<Node>(at) : std::nullopt;
      const auto above = up(at);
      if (!above) return std::nullopt;
      at = *above;
    }
  }

 private:
  std::unordered_map<Node, std::size_t> walked_by_;
  std::size_t walk_ = 0;
};

}  // namespace tallymark::detail
