// Fills batches in a thread of its own, while another one works on those that are full.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace tallymark::detail {

/// A thread that fills batches, and the bounded queue through which its owner gets them, in their order. Batches are used
/// again, so that their memory is too. What `fill` throws is thrown by `next`, after the batches that were filled before.
template <class Batch, std::size_t Slots = 4>
class read_ahead {
  static_assert(Slots >= 2);

 public:
  /// Begins. `fill(batch)` is called in the thread, with batches as they were left, and answers whether another one may
  /// follow. Throws std::system_error if there is no thread to be had.
  template <class Fill>
  explicit read_ahead(Fill fill) : thread_([this, fill = std::move(fill)]() mutable { run(fill); }) {}
  read_ahead(const read_ahead&) = delete;
  read_ahead& operator=(const read_ahead&) = delete;
  /// Waits until the call of `fill` that is running has ended.
  ~read_ahead() {
    {
      const std::lock_guard guard(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  /// Gives back the batch before, and waits for the next one. Null at the end: then the thread does nothing any more.
  [[nodiscard]] Batch* next() {
    std::unique_lock lock(mutex_);
    if (std::exchange(taken_, false)) {
      first_ = (first_ + 1) % Slots;
      --full_;
      changed_.notify_all();
    }
    changed_.wait(lock, [&] { return full_ > 0 || ended_; });
    if (full_ == 0) {
      if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
      return nullptr;
    }
    taken_ = true;
    return &batches_[first_];
  }

  /// Whether `next` would not wait for longer than this.
  [[nodiscard]] bool arrives_within(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [&] { return full_ > (taken_ ? 1U : 0U) || ended_; });
  }

 private:
  template <class Fill>
  void run(Fill& fill) noexcept {
    std::exception_ptr error;
#if defined(__cpp_exceptions)
    try {
      fill_all(fill);
    } catch (...) {
      error = std::current_exception();
    }
#else
    fill_all(fill);
#endif
    const std::lock_guard guard(mutex_);
    error_ = std::move(error);
    ended_ = true;
    changed_.notify_all();
  }
  template <class Fill>
  void fill_all(Fill& fill) {
    for (bool more = true; more;) {
      Batch* const batch = spare();
      if (batch == nullptr) return;
      more = fill(*batch);
      const std::lock_guard guard(mutex_);
      ++full_;
      changed_.notify_all();
    }
  }
  // A batch to fill; null if the owner wants no more.
  [[nodiscard]] Batch* spare() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return full_ < Slots || stopped_; });
    return stopped_ ? nullptr : &batches_[(first_ + full_) % Slots];
  }

  std::array<Batch, Slots> batches_{};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t first_ = 0, full_ = 0;  // the batches that are full; the first of them may be with the owner
  bool taken_ = false;                // it is
  bool stopped_ = false, ended_ = false;
  std::exception_ptr error_;
  std::thread thread_;  // the last: it uses the others
};

}  // namespace tallymark::detail
