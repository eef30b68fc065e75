# SPDX-License-Identifier: Apache-2.0
# Headers that the build writes, under <build>/generated/brink, and the library brink_version.

# Write brink/asset_counts.hpp: the lists BRINK_ASSET_COUNTS and BRINK_CUDA_ASSET_COUNTS as X-macros.
foreach(_list BRINK_ASSET_COUNTS BRINK_CUDA_ASSET_COUNTS)
    foreach(_count IN LISTS ${_list})
        if(NOT _count MATCHES "^[1-9][0-9]*$")
            message(FATAL_ERROR "${_list}: '${_count}' is not a positive whole number")
        endif()
    endforeach()
    list(SORT ${_list} COMPARE NATURAL)
    list(REMOVE_DUPLICATES ${_list})
    list(TRANSFORM ${_list} REPLACE "(.+)" "X(\\1)" OUTPUT_VARIABLE ${_list}_ROWS)
    list(JOIN ${_list}_ROWS " " ${_list}_ROWS)
endforeach()
configure_file("${CMAKE_CURRENT_LIST_DIR}/asset_counts.hpp.in"
               "${PROJECT_BINARY_DIR}/generated/brink/asset_counts.hpp" @ONLY)

# What results say about the flags, in the order in which the compiler sees them.
string(TOUPPER "${CMAKE_BUILD_TYPE}" _build_type)
list(JOIN BRINK_KERNEL_FLAGS " " _kernel_flags)
string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${_build_type}} -march=x86-64 -ffp-contract=off"
             BRINK_BUILD_FLAGS)
if(BRINK_SANITIZE)
    string(APPEND BRINK_BUILD_FLAGS " -fsanitize=${BRINK_SANITIZE}")
endif()
string(APPEND BRINK_BUILD_FLAGS ", CPU kernels -march=x86-64-v3|v4 ${_kernel_flags}")
if(BRINK_HAVE_CUDA)
    string(APPEND BRINK_BUILD_FLAGS ", CUDA ${BRINK_CUDA_VERSION} ${CMAKE_CUDA_FLAGS} "
           "${CMAKE_CUDA_FLAGS_${_build_type}}")
endif()

# brink/version.hpp never changes with a commit; only the small version.cpp behind it does.
configure_file("${CMAKE_CURRENT_LIST_DIR}/version.hpp.in" "${PROJECT_BINARY_DIR}/generated/brink/version.hpp"
               @ONLY)
add_custom_target(
    brink_git_state
    COMMAND
        "${CMAKE_COMMAND}" -DSOURCE_DIR=${PROJECT_SOURCE_DIR}
        -DOUTPUT=${PROJECT_BINARY_DIR}/generated/brink/version.cpp
        -DTEMPLATE=${CMAKE_CURRENT_LIST_DIR}/version.cpp.in -P "${CMAKE_CURRENT_LIST_DIR}/write_version.cmake"
    BYPRODUCTS "${PROJECT_BINARY_DIR}/generated/brink/version.cpp"
    COMMENT "Reading the git commit"
    VERBATIM)
add_library(brink_version STATIC "${PROJECT_BINARY_DIR}/generated/brink/version.cpp")
add_dependencies(brink_version brink_git_state)
