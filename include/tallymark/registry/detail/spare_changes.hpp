// Memory taken beforehand, for changes of a scope that must not fail.
#pragma once

#include <cstddef>

namespace tallymark::detail {

/// Unused records of changes. A change that finds no memory in its index waits in such a record until there is some.
class spare_changes {
 public:
  /// From now on there are at least `n` unused records. O(1) on average.
  void reserve(std::size_t n) { unused_ = n; }

 private:
  std::size_t unused_ = 0;
};

}  // namespace tallymark::detail
