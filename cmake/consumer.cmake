# Runs one consumer test: see hallmark_consumer in HallmarkTest.cmake.
file(REMOVE_RECURSE ${OUT})
set(installed FALSE)
if(HOW STREQUAL find_package OR HOW STREQUAL pkg_config)
    set(installed TRUE)
    execute_process(COMMAND ${CMAKE_COMMAND} --install ${BIN} --prefix ${OUT}/prefix OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endif()
set(ENV{PKG_CONFIG_PATH} ${OUT}/prefix/share/pkgconfig)
set(arguments -G Ninja -S ${SRC}/tests/consumer -DCMAKE_CXX_COMPILER=${CXX} -DHOW=${HOW} -DHALLMARK_SOURCE=${SRC} "-DCOMPONENTS=${COMPONENTS}"
              -DCMAKE_PREFIX_PATH=${OUT}/prefix -DHALLMARK_WITH_TORCH=OFF)

execute_process(COMMAND ${CMAKE_COMMAND} ${arguments} -B ${OUT}/build COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${OUT}/build COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${OUT}/build/consumer COMMAND_ERROR_IS_FATAL ANY)

if(installed)  # a version that is not there must be refused
    set(want 99.0)
    if(HOW STREQUAL pkg_config)
        set(want ">= 99.0")
    endif()
    execute_process(COMMAND ${CMAKE_COMMAND} ${arguments} -DWANT=${want} -B ${OUT}/refuse RESULT_VARIABLE rc OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if(rc EQUAL 0)
        message(FATAL_ERROR "hallmark ${want} was accepted, and this is another version")
    endif()
    if(NOT said MATCHES "99.0")
        message(FATAL_ERROR "hallmark 99.0 was refused for another reason:\n${said}")
    endif()
endif()
if(HOW STREQUAL find_package)  # and so must a component that does not exist
    execute_process(COMMAND ${CMAKE_COMMAND} ${arguments} -DCOMPONENTS=telepathy -B ${OUT}/refuse RESULT_VARIABLE rc OUTPUT_QUIET ERROR_QUIET)
    if(rc EQUAL 0)
        message(FATAL_ERROR "the component telepathy was accepted")
    endif()
endif()
