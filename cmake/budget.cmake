execute_process(COMMAND sh -c "echo '#include <${HEADER}>' | ${CXX} -std=c++20 -I${STAND_INS} -I${INC} -x c++ -E -P - | wc -l"
                OUTPUT_VARIABLE lines OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
message("${HEADER}: ${lines} preprocessed lines, budget ${LIMIT}")
if(lines GREATER LIMIT OR lines LESS 10)
    message(FATAL_ERROR "${HEADER} is over its include budget: a heavier standard header came in, or the budget needs a decision")
endif()
