// How much of the heap is in use.
#pragma once

#include <cstddef>

namespace tallymark::tool {

/// The bytes that `new` has handed out to this thread and that were not given back, as the heap rounds them up. Only
/// differences mean something.
[[nodiscard]] std::size_t heap_in_use() noexcept;

}  // namespace tallymark::tool
