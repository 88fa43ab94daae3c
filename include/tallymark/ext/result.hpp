// A value or a failure: std::expected where the standard library has it, otherwise tl::expected.
#pragma once

#include <tallymark/config.hpp>

#include <version>

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202202L
#include <expected>
#else
#include <tl/expected.hpp>
#endif

namespace tallymark {

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202202L
using std::expected;
using std::unexpected;
#else
using tl::expected;
using tl::unexpected;
#endif

struct failure;

/// The return type of every function that can fail. Usable in constant expressions where T is trivially destructible.
template <class T, class Error = failure>
using result = expected<T, Error>;

}  // namespace tallymark
