// Tests that readers of a table find all entries while another thread adds.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <cstdint>
#include <thread>

namespace support {

/// `add(key)` is called for ascending keys; `is_there(key)` looks for the latest of them in another thread.
template <class Add, class IsThere>
void check_found_while_adding(Add add, IsThere is_there) {
  constexpr std::uint64_t most = 20'000;
  std::atomic<std::uint64_t> added = 0;
  bool all_found = true;
  std::thread reader([&] {
    for (std::uint64_t seen = 0; seen < most;) {
      seen = added.load();
      for (std::uint64_t key = seen - (seen < 50 ? seen : 50); key < seen; ++key)
        all_found = all_found && is_there(key);
    }
  });
  for (std::uint64_t key = 0; key < most; ++key) {
    add(key);
    added = key + 1;
  }
  reader.join();
  CHECK(all_found);
}

}  // namespace support
