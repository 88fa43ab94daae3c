// What users may define before they include the first Tallymark header: the assertion.
#pragma once

/// `TALLYMARK_ASSERT(condition, message)` checks preconditions, which only an error in the calling program can break.
/// Bad input never breaks one. It is `assert` unless you define your own, the same in every translation unit. The
/// condition has no side effects, so your macro may leave it out; it must be usable in constant expressions.
#ifndef TALLYMARK_ASSERT
#include <cassert>
#define TALLYMARK_ASSERT(condition, message) assert((condition) && (message))
#endif
