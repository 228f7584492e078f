# The kinds of test hallmark has. Each function adds ctest entries; docs/architecture.md says which kind to use when.
include(HallmarkWarnings)

# What tests are compiled with in a Release build: every level must give the same results, and -O1 takes half the time of -O3. The preset native takes -O3.
set(HALLMARK_TEST_OPTIMISATION -O1 CACHE STRING "Optimisation of the test programs in a Release build")

# hallmark_test_room(<room> [ONLY <files>] [LINK <targets>]): tests/<room>/*.cpp, or some of them, become one
# executable, and one ctest per source file.
function(hallmark_test_room room)
    cmake_parse_arguments(arg "" "" "LINK;ONLY" ${ARGN})
    if(arg_ONLY)
        set(sources ${arg_ONLY})
        list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/${room}/)
    else()
        file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*.cpp)
    endif()
    if(NOT sources)
        return()
    endif()
    string(REPLACE "/" "." name ${room})
    set(program test.${name})
    if(arg_ONLY)
        list(GET arg_ONLY 0 first)
        cmake_path(GET first STEM stem)
        set(program test.${name}.${stem})
    endif()
    add_executable(${program} ${sources})
    target_link_libraries(${program} PRIVATE test_main ${arg_LINK})
    target_compile_options(${program} PRIVATE $<$<CONFIG:Release>:${HALLMARK_TEST_OPTIMISATION}>)
    foreach(source IN LISTS sources)
        cmake_path(GET source STEM stem)
        add_test(NAME ${name}.${stem} COMMAND ${program} --source-file=*/${room}/${stem}.cpp)
    endforeach()
endfunction()

# Compile each header of <target> alone, then all of them once more in one file, and link: a header that needs
# another before it does not compile, and a function that lost its `inline` is a duplicate symbol. Alone, they see
# tests/headers instead of Boost.Math, which would be most of what is compiled, two hundred times.
function(hallmark_headers_alone_and_twice target)
    get_target_property(headers ${target} HEADER_SET)
    set(all "")
    foreach(h IN LISTS headers)
        cmake_path(RELATIVE_PATH h BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/include OUTPUT_VARIABLE rel)
        set(src ${CMAKE_CURRENT_BINARY_DIR}/headers/${rel}.cpp)
        file(CONFIGURE OUTPUT ${src} CONTENT "#include <${rel}>\n")
        list(APPEND srcs ${src})
        string(APPEND all "#include <${rel}>\n")
    endforeach()
    set(src ${CMAKE_CURRENT_BINARY_DIR}/headers/all_of_${target}.cpp)
    file(CONFIGURE OUTPUT ${src} CONTENT "${all}int main() {}\n")
    add_library(headers.${target} OBJECT ${srcs})
    target_include_directories(headers.${target} BEFORE PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/headers)
    add_executable(test.headers.${target} ${src} $<TARGET_OBJECTS:headers.${target}>)
    foreach(part headers.${target} test.headers.${target})
        target_link_libraries(${part} PRIVATE ${target} hallmark_warnings)
        target_compile_options(${part} PRIVATE -O0)  # it runs nothing
    endforeach()
    add_test(NAME headers.${target} COMMAND test.headers.${target})
endfunction()

# hallmark_must_not_compile(<path> <regex> [LINK <targets>]): building tests/<path>.cpp must fail, and the compiler must say <regex>.
function(hallmark_must_not_compile path regex)
    cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
    string(REPLACE "/" "." name ${path})
    add_library(fail.${name} OBJECT EXCLUDE_FROM_ALL ${path}.cpp)
    target_link_libraries(fail.${name} PRIVATE hallmark::hallmark ${arg_LINK})
    set_target_properties(fail.${name} PROPERTIES CXX_COMPILER_LAUNCHER "")
    add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR} --target fail.${name})
    set_tests_properties(${name} PROPERTIES PASS_REGULAR_EXPRESSION "${regex}" RESOURCE_LOCK build_tree)
endfunction()

# Including <header> must not bring in more than <limit> preprocessed lines, those of Boost.Math (90,000, wherever there are tails) not counted.
function(hallmark_budget header limit)
    add_test(NAME budget.${header} COMMAND ${CMAKE_COMMAND} -DCXX=${CMAKE_CXX_COMPILER} -DINC=${PROJECT_SOURCE_DIR}/include
             -DSTAND_INS=${CMAKE_CURRENT_SOURCE_DIR}/headers -DHEADER=${header} -DLIMIT=${limit} -P ${PROJECT_SOURCE_DIR}/cmake/budget.cmake)
endfunction()

# Configure, build and run tests/consumer as an outside project would, by <how>: find_package,
# add_subdirectory, fetch_content or pkg_config.
function(hallmark_consumer how)
    get_property(components GLOBAL PROPERTY HALLMARK_COMPONENTS)
    if(NOT how STREQUAL find_package)
        list(REMOVE_ITEM components torch)  # half a minute of compiling that shows nothing the others do not
    endif()
    list(JOIN components "," components)
    set(nvcc "")
    if(HALLMARK_CUDA AND how STREQUAL find_package)  # once is enough: kernels take long to compile
        set(nvcc ${CMAKE_CUDA_COMPILER})
    endif()
    add_test(NAME consumer.${how} COMMAND ${CMAKE_COMMAND} -DHOW=${how} -DSRC=${PROJECT_SOURCE_DIR} -DBIN=${PROJECT_BINARY_DIR}
             -DOUT=${CMAKE_CURRENT_BINARY_DIR}/consumer.${how} -DCXX=${CMAKE_CXX_COMPILER} -DCOMPONENTS=${components} -DNVCC=${nvcc}
             -P ${PROJECT_SOURCE_DIR}/cmake/consumer.cmake)
endfunction()

# The same bytes from every compiler and every flag: builds tests/<room>/fingerprint for noise, for the default mark, for marks of every other part and for the published
# program's, once per line below, and compares what it prints with the table that is checked in. Other compilers are used where they are installed.
function(hallmark_same_bytes)
    set(flags_plain    -O0)
    set(flags_default  -O2)
    set(flags_native   -O3 -march=native -ffp-contract=fast)
    set(flags_fastmath -Ofast -march=native)
    foreach(compiler g++-12 g++ clang++-14 clang++-16 clang++)
        find_program(HALLMARK_COMPILER_${compiler} ${compiler})
        mark_as_advanced(HALLMARK_COMPILER_${compiler})
        set(found ${HALLMARK_COMPILER_${compiler}})
        if(NOT found)
            continue()
        endif()
        file(REAL_PATH ${found} real)
        if(real IN_LIST seen)
            continue()
        endif()
        list(APPEND seen ${real})
        foreach(kind plain default native fastmath)
            foreach(room noise mark blend parity)
                set(name same_bytes.${room}.${compiler}.${kind})
                add_test(NAME ${name}
                         COMMAND ${CMAKE_COMMAND} "-DCXX=${found}" "-DFLAGS=${flags_${kind}}" -DSRC=${PROJECT_SOURCE_DIR} -DROOM=${room} -DOUT=${CMAKE_CURRENT_BINARY_DIR}/${name}
                                 "-DLAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}" -P ${PROJECT_SOURCE_DIR}/cmake/same_bytes.cmake)
            endforeach()
        endforeach()
    endforeach()

    # Another architecture, where both its compiler and its emulator are there: ctest -L aarch64.
    find_program(HALLMARK_COMPILER_aarch64 aarch64-linux-gnu-g++)
    find_program(HALLMARK_QEMU_aarch64 qemu-aarch64)
    mark_as_advanced(HALLMARK_COMPILER_aarch64 HALLMARK_QEMU_aarch64)
    if(HALLMARK_COMPILER_aarch64 AND HALLMARK_QEMU_aarch64)
        foreach(room noise mark blend parity)
            set(name same_bytes.${room}.aarch64)
            add_test(NAME ${name}
                     COMMAND ${CMAKE_COMMAND} -DCXX=${HALLMARK_COMPILER_aarch64} -DRUNNER=${HALLMARK_QEMU_aarch64} "-DFLAGS=-O2;-static" -DSRC=${PROJECT_SOURCE_DIR} -DROOM=${room} -DOUT=${CMAKE_CURRENT_BINARY_DIR}/${name}
                             "-DLAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}" -P ${PROJECT_SOURCE_DIR}/cmake/same_bytes.cmake)
            set_tests_properties(${name} PROPERTIES LABELS aarch64)
        endforeach()
    endif()
endfunction()
