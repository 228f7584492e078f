// The version, in the one place it is written. CMakeLists.txt reads it from here.
#pragma once

#define HALLMARK_VERSION_MAJOR 0
#define HALLMARK_VERSION_MINOR 1
#define HALLMARK_VERSION_PATCH 0

namespace hallmark::inline v0 {

inline constexpr int version_major = HALLMARK_VERSION_MAJOR;
inline constexpr int version_minor = HALLMARK_VERSION_MINOR;
inline constexpr int version_patch = HALLMARK_VERSION_PATCH;

}  // namespace hallmark::inline v0
