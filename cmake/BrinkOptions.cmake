# SPDX-License-Identifier: Apache-2.0
# Every switch of the build, with its default.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE
        Release
        CACHE STRING "Build type" FORCE)
endif()

set(BRINK_CUDA
    AUTO
    CACHE STRING "CUDA backend: AUTO (where nvcc is found), ON (required) or OFF")
set_property(CACHE BRINK_CUDA PROPERTY STRINGS AUTO ON OFF)

set(BRINK_CUDA_ARCHITECTURES
    AUTO
    CACHE STRING "CUDA architectures; AUTO = the GPUs present, else sm_90 and PTX")

set(BRINK_ASSET_COUNTS
    "1;2;3;4;5;6;8;12;16;24;32"
    CACHE STRING "Asset counts the CPU kernels are compiled for; books are padded to the next one")

set(BRINK_CUDA_ASSET_COUNTS
    "4;8;16"
    CACHE STRING "Asset counts the CUDA kernels are compiled for")

set(BRINK_TESTS
    AUTO
    CACHE STRING "Tests: AUTO (where GoogleTest is found), ON (required) or OFF")
set_property(CACHE BRINK_TESTS PROPERTY STRINGS AUTO ON OFF)

set(BRINK_SANITIZE
    ""
    CACHE STRING "Sanitizers for host code, comma separated: address,undefined or thread")

option(BRINK_SANITIZE_KERNELS
       "Sanitizers for the CPU kernels too: the path program takes a quarter of an hour and more to compile"
       OFF)

option(BRINK_CUDA_DEBUG "Unoptimised device code with debug information (nvcc -G)" OFF)
option(BRINK_CUDA_LINE_INFO "Source lines in optimised device code (nvcc -lineinfo)" OFF)
option(BRINK_CUDA_FAST_COMPILE "Device code that compiles fast and runs slowly (continuous integration)" OFF)
option(BRINK_UNITY_TESTS "Compile the files of a test together, ten at a time (continuous integration)" OFF)
option(BRINK_WARNINGS_AS_ERRORS "Turn compiler warnings into errors (continuous integration)" OFF)
