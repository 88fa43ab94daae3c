// Whether a call goes through without an exception.
#pragma once

namespace tallymark::detail {

/// Calls this; false if it threw. For what can be left out or done later where there is no memory for it now.
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
