# CUDA for hallmark's own programs: the tests on a device, the example and the benchmarks. Users of hallmark::cuda enable the language
# themselves; a project that only includes hallmark is never asked for it.

# hallmark_enable_cuda(): turns the language on where nvcc is found, and sets HALLMARK_CUDA to whether it was. Says a sentence where not.
macro(hallmark_enable_cuda)
    set(HALLMARK_CUDA FALSE)
    if(TARGET hallmark::cuda)
        if(NOT CMAKE_CUDA_COMPILER AND NOT DEFINED ENV{CUDACXX})
            find_program(HALLMARK_NVCC nvcc HINTS ${CUDAToolkit_BIN_DIR} ENV CUDA_PATH PATH_SUFFIXES bin PATHS /usr/local/cuda /opt/cuda)
            mark_as_advanced(HALLMARK_NVCC)
            if(HALLMARK_NVCC)
                set(CMAKE_CUDA_COMPILER ${HALLMARK_NVCC})
            endif()
        endif()
        if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
            set(CMAKE_CUDA_ARCHITECTURES 80-real 90)  # machine code for both, and PTX for what comes after
        endif()
        if(NOT DEFINED CMAKE_CUDA_HOST_COMPILER AND NOT DEFINED ENV{CUDAHOSTCXX} AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            set(CMAKE_CUDA_HOST_COMPILER ${CMAKE_CXX_COMPILER})
        endif()
        if(DEFINED CMAKE_CXX_COMPILER_LAUNCHER AND NOT DEFINED CMAKE_CUDA_COMPILER_LAUNCHER)
            set(CMAKE_CUDA_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
        endif()
        include(CheckLanguage)
        check_language(CUDA)
        if(CMAKE_CUDA_COMPILER)
            enable_language(CUDA)
            if(NOT CMAKE_CUDA20_STANDARD_COMPILE_OPTION)  # CMake 3.25 does not know that nvcc has C++20
                set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION "-std=c++20")
                set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION "-std=c++20")
            endif()
            set(CMAKE_CUDA_STANDARD 20)
            set(CMAKE_CUDA_STANDARD_REQUIRED ON)
            if(CMAKE_CUDA_COMPILER_VERSION VERSION_GREATER_EQUAL 13)  # what these programs were compiled with
                set(HALLMARK_CUDA TRUE)
            endif()
        endif()
    endif()
    if(NOT HALLMARK_CUDA)
        if(HALLMARK_WITH_CUDA AND NOT HALLMARK_WITH_CUDA STREQUAL "AUTO")
            message(FATAL_ERROR "HALLMARK_WITH_CUDA is ${HALLMARK_WITH_CUDA}, and there is no CUDA toolkit with nvcc 13 or later to compile hallmark's kernels with. "
                                "Allowed is AUTO, which leaves them out")
        endif()
        message(STATUS "hallmark's kernels are not compiled here: there is no CUDA toolkit with nvcc 13 or later. The tests of what they compute run on the CPU")
    endif()
endmacro()

# hallmark_cuda_program(<name> <sources...>): one executable of .cu files, built with no flag but that warnings are errors.
function(hallmark_cuda_program name)
    add_executable(${name} ${ARGN})
    target_link_libraries(${name} PRIVATE hallmark::cuda)
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CUDA>:-Werror=all-warnings>)
endfunction()
