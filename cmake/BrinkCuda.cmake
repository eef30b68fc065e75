# SPDX-License-Identifier: Apache-2.0
# Find nvcc and enable CUDA, or say why the build is CPU-only. Sets BRINK_HAVE_CUDA and BRINK_CUDA_STATUS.
#
# enable_language(CUDA) fails hard without nvcc, and `native` architectures fail without a GPU, so both
# are settled before it is called. CMake 3.25 maps CMAKE_CUDA_STANDARD 20 to C++17 in silence: the flag
# is taught to it instead. find_package(CUDAToolkit) is not needed: the runtime is linked statically by
# the language itself.

set(BRINK_HAVE_CUDA OFF)
set(BRINK_CUDA_STATUS "off (BRINK_CUDA=OFF)")

if(NOT BRINK_CUDA STREQUAL "OFF")
    file(GLOB _cuda_folders "/usr/local/cuda*/bin")
    list(
        SORT _cuda_folders
        COMPARE NATURAL
        ORDER DESCENDING)
    if(DEFINED ENV{CUDACXX} AND EXISTS "$ENV{CUDACXX}")
        set(BRINK_NVCC
            "$ENV{CUDACXX}"
            CACHE FILEPATH "CUDA compiler")
    endif()
    find_program(
        BRINK_NVCC nvcc
        HINTS "${CMAKE_CUDA_COMPILER}"
        PATHS /usr/local/cuda/bin ${_cuda_folders}
        DOC "CUDA compiler")

    set(BRINK_CUDA_STATUS "no (nvcc not found on PATH, in CUDACXX or under /usr/local/cuda*)")
    if(BRINK_NVCC)
        execute_process(
            COMMAND "${BRINK_NVCC}" --version
            OUTPUT_VARIABLE _nvcc_version
            ERROR_QUIET)
        string(REGEX MATCH "release ([0-9]+\\.[0-9]+)" _ "${_nvcc_version}")
        if(CMAKE_MATCH_1 VERSION_GREATER_EQUAL 12.0)
            set(BRINK_HAVE_CUDA ON)
            set(BRINK_CUDA_VERSION "${CMAKE_MATCH_1}")
        else()
            set(BRINK_CUDA_STATUS "no (${BRINK_NVCC} is '${CMAKE_MATCH_1}'; C++20 needs 12.0)")
        endif()
    endif()
    if(BRINK_CUDA STREQUAL "ON" AND NOT BRINK_HAVE_CUDA)
        message(FATAL_ERROR "BRINK_CUDA=ON, but CUDA: ${BRINK_CUDA_STATUS}")
    endif()
endif()

if(BRINK_HAVE_CUDA)
    if(BRINK_CUDA_ARCHITECTURES STREQUAL "AUTO")
        execute_process(
            COMMAND nvidia-smi --query-gpu=compute_cap --format=csv,noheader
            OUTPUT_VARIABLE _capabilities
            RESULT_VARIABLE _smi_status
            ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
        set(CMAKE_CUDA_ARCHITECTURES 90)
        if(_smi_status EQUAL 0 AND _capabilities MATCHES "^[0-9]+\\.[0-9]+")
            string(REGEX MATCHALL "[0-9]+\\.[0-9]+" _capabilities "${_capabilities}")
            list(REMOVE_DUPLICATES _capabilities)
            list(TRANSFORM _capabilities REPLACE "\\." "")
            list(TRANSFORM _capabilities APPEND "-real")
            set(CMAKE_CUDA_ARCHITECTURES ${_capabilities})
        endif()
    else()
        set(CMAKE_CUDA_ARCHITECTURES ${BRINK_CUDA_ARCHITECTURES})
    endif()

    set(CMAKE_CUDA_COMPILER "${BRINK_NVCC}")
    set(CMAKE_CUDA_RUNTIME_LIBRARY Static)
    set(CMAKE_CUDA_HOST_COMPILER "${CMAKE_CXX_COMPILER}")
    enable_language(CUDA)
    if(NOT CMAKE_CUDA20_STANDARD_COMPILE_OPTION)
        set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION "-std=c++20")
        set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION "-std=c++20")
    endif()
    # Strict arithmetic: no contraction on either side of the compiler.
    string(APPEND CMAKE_CUDA_FLAGS
           " -fmad=false -Xcompiler=-ffp-contract=off,-Wall,-Wextra,-Wno-unknown-pragmas")
    if(BRINK_CUDA_DEBUG)
        string(APPEND CMAKE_CUDA_FLAGS " -G")
    endif()
    if(BRINK_CUDA_FAST_COMPILE)
        string(APPEND CMAKE_CUDA_FLAGS " -Ofc=max")
    endif()
    if(BRINK_CUDA_LINE_INFO)
        string(APPEND CMAKE_CUDA_FLAGS " -lineinfo")
    endif()
    list(JOIN CMAKE_CUDA_ARCHITECTURES "," _architectures)
    set(BRINK_CUDA_STATUS "yes (${BRINK_NVCC}, ${BRINK_CUDA_VERSION}, architectures ${_architectures})")
endif()
