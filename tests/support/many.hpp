// How many random values a test takes.
#pragma once

/// A million, but fewer where the compiler does not optimise.
#if defined(__OPTIMIZE__)
inline constexpr int many = 1'000'000;
#else
inline constexpr int many = 50'000;
#endif
