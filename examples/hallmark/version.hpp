// The version of the library as text.
#pragma once

#include <hallmark/version.hpp>

#include <string>

namespace cli {

[[nodiscard]] inline auto version_text() -> std::string {
    return std::to_string(hallmark::version_major) + "." + std::to_string(hallmark::version_minor) + "." + std::to_string(hallmark::version_patch);
}

}  // namespace cli
