# One target for whatever find_package(Torch) found. Torch's own variables carry flags as text; a target
# keeps them from leaking into everything else.
if(NOT TARGET hallmark::libtorch)
    add_library(hallmark::libtorch INTERFACE IMPORTED)
    set_target_properties(hallmark::libtorch PROPERTIES
        INTERFACE_LINK_LIBRARIES "${TORCH_LIBRARIES}"
        INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${TORCH_INCLUDE_DIRS}")
    separate_arguments(_hallmark_torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
    if(_hallmark_torch_flags)
        set_target_properties(hallmark::libtorch PROPERTIES INTERFACE_COMPILE_OPTIONS "${_hallmark_torch_flags}")
    endif()
endif()
