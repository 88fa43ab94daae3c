// What a user may configure before the first Tallymark header is included: today, the assertion.
#pragma once

/// `TALLYMARK_ASSERT(condition, message)` guards preconditions: what only a mistake in the calling program can break.
/// Bad input is never one of them. It is `assert` unless you define your own, the same in every translation unit. The
/// condition has no side effects, so your macro may leave it out; it must be usable in constant expressions.
#ifndef TALLYMARK_ASSERT
#include <cassert>
#define TALLYMARK_ASSERT(condition, message) assert((condition) && (message))
#endif
