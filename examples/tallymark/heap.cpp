#include "heap.hpp"

#include <cstdlib>
#include <new>

#include <malloc.h>

// All other forms of new and delete call these.
namespace {

constinit thread_local std::size_t in_use = 0;

void* counted(void* p) {
  if (!p) throw std::bad_alloc();
  in_use += malloc_usable_size(p);
  return p;
}

void release(void* p) noexcept {
  if (p) in_use -= malloc_usable_size(p);
  std::free(p);
}

}  // namespace

void* operator new(std::size_t size) { return counted(std::malloc(size > 0 ? size : 1)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto multiple = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(multiple, (size + multiple - 1) / multiple * multiple));
}
void operator delete(void* p) noexcept { release(p); }
void operator delete(void* p, std::size_t) noexcept { release(p); }
void operator delete(void* p, std::align_val_t) noexcept { release(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { release(p); }

std::size_t tallymark::tool::heap_in_use() noexcept { return in_use; }
