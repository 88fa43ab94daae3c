// Whether a call returns without an exception.
#pragma once

namespace tallymark::detail {

/// Calls the function; false if it threw. For work that can be skipped or postponed if memory runs out.
template <class Call>
[[nodiscard]] bool succeeds(Call&& call) noexcept {
#if defined(__cpp_exceptions)
  try {
    call();
  } catch (...) {
    return false;
  }
#else
  call();
#endif
  return true;
}

}  // namespace tallymark::detail
