// The heap memory that this thread has in use.
#pragma once

#include <cstddef>

namespace tallymark::tool {

/// The bytes that this thread has allocated with `new` and not freed, as the heap rounds them up. A thread may free what
/// another has allocated, so that only differences are meaningful.
[[nodiscard]] std::size_t heap_in_use() noexcept;

}  // namespace tallymark::tool
