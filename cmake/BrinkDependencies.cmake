# SPDX-License-Identifier: Apache-2.0
# Libraries, all from the distribution's packages. Which room may link which stands in CONTRIBUTING.md.

find_package(Threads REQUIRED)
if(BRINK_SANITIZE STREQUAL "thread")
    # The packaged oneTBB is not instrumented; see tests/support/tsan/tbb/stand_in.hpp.
    add_library(TBB::tbb INTERFACE IMPORTED)
    target_include_directories(TBB::tbb INTERFACE "${PROJECT_SOURCE_DIR}/tests/support/tsan")
else()
    find_package(TBB CONFIG REQUIRED) # kernels, host: TBB::tbb
endif()
find_package(HDF5 REQUIRED COMPONENTS C HL) # io: HDF5::HDF5, hdf5::hdf5_hl
find_package(tomlplusplus CONFIG REQUIRED) # io: tomlplusplus::tomlplusplus
find_package(CLI11 CONFIG REQUIRED) # host/app: CLI11::CLI11
find_package(fmt CONFIG REQUIRED) # io, host: fmt::fmt
find_package(spdlog CONFIG REQUIRED) # host: spdlog::spdlog
find_package(nlohmann_json CONFIG REQUIRED) # io, host: nlohmann_json::nlohmann_json
find_package(OpenSSL REQUIRED COMPONENTS Crypto) # host: OpenSSL::Crypto (SHA-256 of scenarios)
find_package(Eigen3 CONFIG REQUIRED) # host: Eigen3::Eigen
find_package(Boost 1.74 REQUIRED) # host: Boost::headers
find_package(NLopt CONFIG REQUIRED) # host: NLopt::nlopt (C interface)

set(BRINK_BUILD_TESTS OFF)
if(NOT BRINK_TESTS STREQUAL "OFF")
    find_package(GTest CONFIG)
    if(GTest_FOUND)
        set(BRINK_BUILD_TESTS ON)
    elseif(BRINK_TESTS STREQUAL "ON")
        message(FATAL_ERROR "BRINK_TESTS=ON, but GoogleTest is not installed (package libgtest-dev)")
    endif()
endif()
