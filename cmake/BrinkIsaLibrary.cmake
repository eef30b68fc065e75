# SPDX-License-Identifier: Apache-2.0
# Kernel translation units: compiled once per instruction set, chosen between at run time.

# The instruction sets, ascending; the first is the least that the engine runs on.
set(BRINK_ISAS v3 v4)

# g++ copies a pack in memory by halves, and a whole load behind two half stores waits for both to
# leave the store buffer (12 cycles each, a third of the quickstart); these flags, since g++ 12, let it
# copy whole vectors.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag("-mmove-max=256 -mstore-max=256" BRINK_HAVE_MOVE_MAX)

# brink_set_isa_flags(<target> <isa>): compile `target` for one instruction set.
#
# -O3 also in Debug: unoptimised packs are 60 times slower, and would emit std:: helpers as weak symbols
# compiled for this instruction set, which a linker may then pick for the whole program.
function(brink_set_isa_flags target isa)
    target_compile_definitions(${target} PRIVATE BRINK_ISA=isa_${isa})
    target_compile_options(${target} PRIVATE -march=x86-64-${isa} ${BRINK_KERNEL_FLAGS} -Wno-psabi)
    set(width 256)
    if(isa STREQUAL "v4")
        set(width 512)
        target_compile_options(${target} PRIVATE -mprefer-vector-width=512)
    endif()
    # Under a sanitizer the least instruction set is instrumented where asked for (BRINK_ISA_MAX=v3 runs
    # it): the path program in lanes takes a quarter of an hour to compile so. Its parts are instrumented
    # either way in the tests that run them on one lane. Without, the objects of all sanitizers are the
    # same, and ccache compiles them once.
    if(BRINK_SANITIZE AND NOT (BRINK_SANITIZE_KERNELS AND isa STREQUAL "v3"))
        get_target_property(options ${target} COMPILE_OPTIONS)
        list(FILTER options EXCLUDE REGEX "sanitize|omit-frame-pointer")
        set_target_properties(${target} PROPERTIES COMPILE_OPTIONS "${options}")
    endif()
    if(BRINK_HAVE_MOVE_MAX)
        target_compile_options(${target} PRIVATE -mmove-max=${width} -mstore-max=${width})
    endif()
endfunction()

# brink_add_isa_library(<name> SOURCES <file>... [LIBRARIES <target>...])
#
# Compiles the sources into the object libraries <name>_isa_v3 and <name>_isa_v4, each with
# BRINK_ISA=isa_<v>, and makes <name> an interface library: linking it adds the objects of both.
function(brink_add_isa_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
    add_library(${name} INTERFACE)
    foreach(isa IN LISTS BRINK_ISAS)
        set(objects ${name}_isa_${isa})
        add_library(${objects} OBJECT ${arg_SOURCES})
        target_link_libraries(${objects} PRIVATE ${arg_LIBRARIES})
        brink_set_isa_flags(${objects} ${isa})
        target_sources(${name} INTERFACE $<TARGET_OBJECTS:${objects}>)
    endforeach()
endfunction()

# brink_instantiate_counts(<out-variable> TEMPLATE <file.in> COUNTS <n>...)
#
# Writes one source per asset count into the build tree (@BRINK_ASSET_COUNT@ is the count), so that
# instantiations compile in parallel, and returns their paths. The extension is the template's without .in.
function(brink_instantiate_counts out)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TEMPLATE" "COUNTS")
    get_filename_component(file "${arg_TEMPLATE}" NAME)
    string(REGEX REPLACE "^(.*)(\\.[a-z]+)\\.in$" "\\1;\\2" parts "${file}")
    list(GET parts 0 stem)
    list(GET parts 1 extension)
    set(sources "")
    foreach(BRINK_ASSET_COUNT IN LISTS arg_COUNTS)
        set(source "${CMAKE_CURRENT_BINARY_DIR}/${stem}_${BRINK_ASSET_COUNT}${extension}")
        configure_file("${arg_TEMPLATE}" "${source}" @ONLY)
        list(APPEND sources "${source}")
    endforeach()
    set(${out}
        "${sources}"
        PARENT_SCOPE)
endfunction()

# brink_room_sources(<out-variable> <source>...): the sources, or one empty file for a room without any,
# since CMake refuses a library of nothing.
function(brink_room_sources out)
    set(sources ${ARGN})
    if(NOT sources)
        set(sources "${CMAKE_CURRENT_BINARY_DIR}/empty.cpp")
        file(WRITE "${sources}" "")
    endif()
    set(${out}
        "${sources}"
        PARENT_SCOPE)
endfunction()
