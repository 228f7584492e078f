# Runs one line of hallmark_same_bytes: see HallmarkTest.cmake. Compiled to an object first, so that ccache can keep it.
file(MAKE_DIRECTORY ${OUT})
execute_process(COMMAND ${LAUNCHER} ${CXX} -std=c++20 ${FLAGS} -I${SRC}/include -I${SRC}/tests -c ${SRC}/tests/${ROOM}/fingerprint/main.cpp -o ${OUT}/main.o
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CXX} ${FLAGS} ${OUT}/main.o -pthread -o ${OUT}/fingerprint COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${RUNNER} ${OUT}/fingerprint OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
file(READ ${SRC}/tests/${ROOM}/fingerprints.txt expected)
if(NOT printed STREQUAL expected)
    file(WRITE ${OUT}/printed.txt "${printed}")
    execute_process(COMMAND diff ${SRC}/tests/${ROOM}/fingerprints.txt ${OUT}/printed.txt)
    message(FATAL_ERROR "${CXX} ${FLAGS} marks other bytes than tests/${ROOM}/fingerprints.txt")
endif()
