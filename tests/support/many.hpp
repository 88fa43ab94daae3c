// The number of random values in a test.
#pragma once

/// A million, or fewer in an unoptimised build.
#if defined(__OPTIMIZE__)
inline constexpr int many = 1'000'000;
#else
inline constexpr int many = 50'000;
#endif
