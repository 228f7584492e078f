// A line of a table: printf to a string.
#pragma once

#include <cstdio>
#include <string>

namespace quickstart {

template <class... Parts>
auto line(char const* format, Parts... parts) -> std::string {
    char text[512];
    std::snprintf(text, sizeof text, format, parts...);
    return text;
}

}  // namespace quickstart
