// For rows that write texts: the memory to write to, and the timing.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace bench {

struct release {
  void operator()(char* p) const { std::free(p); }
};
using bytes = std::unique_ptr<char, release>;

/// Whole pages of memory that have been touched, with room for one extra byte.
inline bytes pages(std::size_t size) {
  bytes memory(static_cast<char*>(std::aligned_alloc(4096, (size + 4096) / 4096 * 4096)));
  std::memset(memory.get(), '?', size);
  return memory;
}

/// Times `write`, which writes `count` texts of `size` bytes in all to `out`. Afterwards `out` must be equal to
/// `expected`, unless that is null.
template <class Write>
void time_writing(benchmark::State& state, const char* out, const char* expected, std::size_t size, std::uint64_t count,
                  Write write) {
  write();
  if (expected && std::memcmp(out, expected, size) != 0) return state.SkipWithError("the texts are wrong");
  for (auto _ : state) {
    write();
    benchmark::ClobberMemory();
  }
  const auto iterations = static_cast<std::int64_t>(state.iterations());
  state.SetBytesProcessed(iterations * static_cast<std::int64_t>(size));
  state.SetItemsProcessed(iterations * static_cast<std::int64_t>(count));
}

}  // namespace bench
