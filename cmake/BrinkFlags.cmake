# SPDX-License-Identifier: Apache-2.0
# Compiler flags of every translation unit. Kernel translation units add theirs in BrinkIsaLibrary.cmake.
#
# Contraction is off everywhere: a fused multiply-add is written out where it is meant, so that a
# result does not depend on what the optimiser fuses (docs/decisions/0003-fma-policy.md).

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Warnings are errors in continuous integration, but not where a sanitizer's checks confuse the optimiser.
# -Wrestrict is off: g++ 12 sees overlap in std::string concatenation where there is none.
add_library(brink_warnings INTERFACE)
target_compile_options(
    brink_warnings
    INTERFACE
        "$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wshadow;-Wconversion;-Wnon-virtual-dtor;-Woverloaded-virtual;-Wno-restrict>"
)
if(BRINK_WARNINGS_AS_ERRORS AND NOT BRINK_SANITIZE)
    target_compile_options(brink_warnings INTERFACE "$<$<COMPILE_LANGUAGE:CXX>:-Werror>")
endif()
# Names of one file may hide those of another that is compiled with it.
target_compile_options(
    brink_warnings
    INTERFACE "$<$<COMPILE_LANGUAGE:CXX>:$<$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>:-Wno-shadow>>")
link_libraries(brink_warnings)

# The portable baseline: what runs before the instruction set of the machine is known.
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-march=x86-64;-ffp-contract=off>")

# Flags of the translation units that are compiled once per instruction set (BrinkIsaLibrary.cmake).
set(BRINK_KERNEL_FLAGS -O3 -fno-math-errno -fno-trapping-math -ffp-contract=off)
# Generated headers and the include root "models/...", "io/..." are the same for every room.
include_directories("${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")

if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

# Link what is used only: HDF5 as packaged names libraries that the engine never calls.
add_link_options("LINKER:--as-needed")

# One option each: BrinkIsaLibrary.cmake takes them from targets again.
if(BRINK_SANITIZE)
    set(_sanitize_flags -fsanitize=${BRINK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    if(BRINK_SANITIZE MATCHES "undefined")
        # What the address sanitizer sees as well, and what takes longest to compile.
        list(APPEND _sanitize_flags -fno-sanitize=null,alignment,object-size,vptr)
    endif()
    foreach(_flag IN LISTS _sanitize_flags)
        add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:${_flag}>")
    endforeach()
    add_link_options("-fsanitize=${BRINK_SANITIZE}")
endif()
