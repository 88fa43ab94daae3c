// The version of the library, for the preprocessor, for programs and for the build.
#pragma once

#include <tallymark/config.hpp>

#include <string_view>

#define TALLYMARK_VERSION_MAJOR 0
#define TALLYMARK_VERSION_MINOR 1
#define TALLYMARK_VERSION_PATCH 0

namespace tallymark {

/// The version as text: major, minor and patch number, separated by points. While the major number is 0, a new
/// minor number may break a program; a new patch number does not.
inline constexpr std::string_view version = "0.1.0";

}  // namespace tallymark
