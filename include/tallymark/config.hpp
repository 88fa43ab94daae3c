// What comes before everything else: the language standard that is needed, and what a user may configure, the assertion.
#pragma once

#if __cplusplus < 202002L
// A compiler reads on after an #error, and the next two thousand errors hide it. A header that is missing stops it, and
// the message names that header.
#include "Tallymark needs C++20: compile with -std=c++20 or later"
#endif

/// `TALLYMARK_ASSERT(condition, message)` checks preconditions, which only an error in the calling program can break.
/// Bad input never breaks one. It is `assert` unless you define your own, the same in every translation unit. The
/// condition has no side effects, so your macro may leave it out; it must be usable in constant expressions.
#ifndef TALLYMARK_ASSERT
#include <cassert>
#define TALLYMARK_ASSERT(condition, message) assert((condition) && (message))
#endif
