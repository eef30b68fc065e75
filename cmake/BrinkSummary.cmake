# SPDX-License-Identifier: Apache-2.0
# What was configured, in one block at the end.

list(JOIN BRINK_ASSET_COUNTS " " _cpu_counts)
list(JOIN BRINK_CUDA_ASSET_COUNTS " " _cuda_counts)
message(STATUS "brink ${PROJECT_VERSION}")
message(
    STATUS "  build type       ${CMAKE_BUILD_TYPE} (${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION})")
message(STATUS "  CPU kernels      x86-64-v3 and x86-64-v4, asset counts ${_cpu_counts}")
message(STATUS "  CUDA             ${BRINK_CUDA_STATUS}")
if(BRINK_HAVE_CUDA)
    message(STATUS "  CUDA kernels     asset counts ${_cuda_counts}")
else()
    message(STATUS "  CUDA kernels     none: this build is CPU-only")
endif()
message(STATUS "  tests            ${BRINK_BUILD_TESTS}")
if(BRINK_SANITIZE)
    message(STATUS "  sanitizers       ${BRINK_SANITIZE}")
endif()
