# SPDX-License-Identifier: Apache-2.0
include(GoogleTest)

set(BRINK_TEST_KINDS unit stat golden parity integration slow)

# Label and limits of a kind, as ctest properties. Parity tests carry the label gpu.
function(_brink_test_properties out kind)
    set(label ${kind})
    set(limits TIMEOUT 300)
    if(kind STREQUAL "slow")
        set(limits TIMEOUT 3600)
    elseif(kind STREQUAL "parity")
        # One process on the GPU at a time; without a GPU these tests skip themselves, visibly.
        set(label gpu)
        set(limits TIMEOUT 300 RESOURCE_LOCK gpu)
    endif()
    set(${out}
        LABELS ${label} ${limits}
        PARENT_SCOPE)
endfunction()

# brink_add_test(NAME <name> KIND unit|stat|golden|parity|integration|slow SOURCES <file>...
#                [LIBRARIES <target>...] [ISA v3|v4] [DEFINITIONS <name=value>...])
#
# A GoogleTest executable; each of its cases is one ctest test <name>.<suite>.<case> with the label of its
# kind. ISA compiles it like a kernel translation unit; such a test must skip itself on a lesser machine.
# Integration and slow tests get BRINK_EXECUTABLE, the path of the program; all get BRINK_SOURCE_DIR.
# Cases are listed when ctest starts, not at build time, so that building never runs what was built.
function(brink_add_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;KIND;ISA" "SOURCES;LIBRARIES;DEFINITIONS")
    if(NOT arg_KIND IN_LIST BRINK_TEST_KINDS)
        message(
            FATAL_ERROR "brink_add_test(${arg_NAME}): KIND '${arg_KIND}' is not one of ${BRINK_TEST_KINDS}")
    endif()
    add_executable(${arg_NAME} ${arg_SOURCES})
    if(BRINK_SANITIZE AND NOT arg_KIND MATCHES "^(unit|integration)$")
        set_target_properties(${arg_NAME} PROPERTIES EXCLUDE_FROM_ALL ON) # not run under sanitizers
    elseif(BRINK_SANITIZE)
        target_compile_options(${arg_NAME} PRIVATE -O0) # what is tested is optimised; a third of the time
    endif()
    target_link_libraries(${arg_NAME} PRIVATE ${arg_LIBRARIES} brink_test_support GTest::gmock
                                              GTest::gtest_main)
    target_compile_definitions(${arg_NAME} PRIVATE BRINK_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                                   ${arg_DEFINITIONS})
    if(arg_KIND MATCHES "^(integration|slow)$")
        target_compile_definitions(${arg_NAME} PRIVATE BRINK_EXECUTABLE="$<TARGET_FILE:brink>")
        add_dependencies(${arg_NAME} brink)
    endif()
    if(arg_ISA)
        brink_set_isa_flags(${arg_NAME} ${arg_ISA})
    endif()
    _brink_test_properties(properties ${arg_KIND})
    gtest_discover_tests(
        ${arg_NAME}
        TEST_PREFIX "${arg_NAME}."
        WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
        PROPERTIES ${properties})
endfunction()

# brink_add_script_test(NAME <name> KIND <kind> COMMAND <command> <argument>...)
#
# A script as one ctest test, run in the source folder; exit status 77 = skipped, visibly.
function(brink_add_script_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;KIND" "COMMAND")
    add_test(
        NAME ${arg_NAME}
        COMMAND ${arg_COMMAND}
        WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
    _brink_test_properties(properties ${arg_KIND})
    set_tests_properties(${arg_NAME} PROPERTIES ${properties} SKIP_RETURN_CODE 77)
endfunction()
