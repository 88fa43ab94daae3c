// Takes a step back unless those after it were done too, also when one of them throws.
#pragma once

#include <utility>

namespace tallymark::detail {

/// Calls `undo()`, which does not throw, at the end of its scope unless `done` was called before.
template <class Undo>
class undo_unless {
 public:
  explicit undo_unless(Undo undo) : undo_(std::move(undo)) {}
  undo_unless(const undo_unless&) = delete;
  undo_unless& operator=(const undo_unless&) = delete;
  ~undo_unless() {
    if (!done_) undo_();
  }
  void done() noexcept { done_ = true; }

 private:
  Undo undo_;
  bool done_ = false;
};

}  // namespace tallymark::detail
