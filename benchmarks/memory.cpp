// Counts what is allocated: the usable size of each block, without the allocator's own header of 8 bytes.
#include "memory.hpp"

#include <malloc.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace bench {

constinit thread_local std::int64_t allocated_bytes = 0;

namespace {

void* counted(void* block) {
  if (!block) throw std::bad_alloc();
  allocated_bytes += static_cast<std::int64_t>(malloc_usable_size(block));
  return block;
}
void give_back(void* block) noexcept {
  if (block) allocated_bytes -= static_cast<std::int64_t>(malloc_usable_size(block));
  std::free(block);
}

}  // namespace

}  // namespace bench

void* operator new(std::size_t bytes) { return bench::counted(std::malloc(bytes > 0 ? bytes : 1)); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return bench::counted(std::aligned_alloc(step, (bytes + step) / step * step));
}
void operator delete(void* block) noexcept { bench::give_back(block); }
void operator delete(void* block, std::size_t) noexcept { bench::give_back(block); }
void operator delete(void* block, std::align_val_t) noexcept { bench::give_back(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { bench::give_back(block); }
