// Prefetches memory before it is used.
#pragma once

namespace tallymark::detail {

/// Prefetches memory that will be read or written soon.
inline void prefetch([[maybe_unused]] const void* address) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(address);
#endif
}

}  // namespace tallymark::detail
