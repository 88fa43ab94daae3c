// How much memory this thread has asked for and not given back, counted by the program's operator new and delete.
#pragma once

#include <cstdint>

namespace bench {

extern constinit thread_local std::int64_t allocated_bytes;

}  // namespace bench
