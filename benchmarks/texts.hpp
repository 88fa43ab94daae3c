// Rows that write texts: the memory that they write to, and how they are timed.
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

/// Whole pages of memory that were written to once, with room for one byte more.
inline bytes pages(std::size_t size) {
  bytes block(static_cast<char*>(std::aligned_alloc(4096, (size + 4096) / 4096 * 4096)));
  std::memset(block.get(), '?', size);
  return block;
}

/// Times `write`, which writes `count` texts of `size` bytes in all to `out`. Afterwards `out` must be equal to
/// `expected`, unless that is null.
template <class Write>
void time_writing(benchmark::State& state, const char* out, const char* expected, std::size_t size, std::uint64_t count,
                  Write write) {
  write();
  if (expected && std::memcmp(out, expected, size) != 0) return state.SkipWithError("these are not the texts");
  for (auto _ : state) {
    write();
    benchmark::ClobberMemory();
  }
  const auto done = static_cast<std::int64_t>(state.iterations());
  state.SetBytesProcessed(done * static_cast<std::int64_t>(size));
  state.SetItemsProcessed(done * static_cast<std::int64_t>(count));
}

}  // namespace bench
