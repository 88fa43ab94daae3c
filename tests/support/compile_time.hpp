// Assertions at compile time that need std::string in constant expressions, which Clang does not support with the
// standard library of GCC 12.
#pragma once

#include <string>

#if defined(__clang__) && defined(_GLIBCXX_RELEASE) && _GLIBCXX_RELEASE < 13
#define STATIC_CHECK_WITH_STRING(...) static_assert(true)
#else
/// static_assert, if the compiler and its library support it.
#define STATIC_CHECK_WITH_STRING(...) static_assert(__VA_ARGS__)
#endif
