# The warnings hallmark's own programs are built with. They never reach a user of the library.
if(NOT TARGET hallmark_warnings)
    add_library(hallmark_warnings INTERFACE)
    target_compile_options(hallmark_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wsign-conversion)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(hallmark_warnings INTERFACE -Wno-restrict)  # false alarms on std::string, GCC bug 105651
        if(CMAKE_CXX_FLAGS MATCHES "-march=")
            # False alarms: that a loop over a small array might fill a vector; and on AVX-512's own functions (GCC bug 105593).
            target_compile_options(hallmark_warnings INTERFACE -Wno-stringop-overflow -Wno-uninitialized -Wno-maybe-uninitialized)
        endif()
    endif()

    # Errors with the compilers that all of it was built with; another version's new warnings must not stop who only wants to run the tests.
    string(REGEX MATCH "^[0-9]+" hallmark_compiler_version "${CMAKE_CXX_COMPILER_VERSION}")
    if("${CMAKE_CXX_COMPILER_ID}-${hallmark_compiler_version}" MATCHES "^(GNU-12|Clang-14|Clang-16)$")
        set(hallmark_errors ON)
    else()
        set(hallmark_errors OFF)
    endif()
    option(HALLMARK_WARNINGS_AS_ERRORS "Warnings in hallmark's own programs are errors" ${hallmark_errors})
    if(HALLMARK_WARNINGS_AS_ERRORS)
        target_compile_options(hallmark_warnings INTERFACE -Werror)
    endif()
endif()
