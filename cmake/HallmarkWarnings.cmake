# The warnings hallmark's own programs are built with. They never reach a user of the library.
if(NOT TARGET hallmark_warnings)
    add_library(hallmark_warnings INTERFACE)
    target_compile_options(hallmark_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wsign-conversion -Werror)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(hallmark_warnings INTERFACE -Wno-restrict)  # false alarms on std::string, GCC bug 105651
    endif()
endif()
