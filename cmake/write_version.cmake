# SPDX-License-Identifier: Apache-2.0
# Script mode: write OUTPUT from TEMPLATE with the git commit of SOURCE_DIR. The file is touched only when
# the commit or the dirty flag changed, so that a build without changes compiles nothing.

set(GIT_COMMIT unknown)
set(GIT_DIRTY false)
find_program(GIT git)
if(GIT)
    execute_process(
        COMMAND "${GIT}" -C "${SOURCE_DIR}" rev-parse HEAD
        OUTPUT_VARIABLE _commit
        RESULT_VARIABLE _status
        ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(_status EQUAL 0)
        set(GIT_COMMIT "${_commit}")
        execute_process(
            COMMAND "${GIT}" -C "${SOURCE_DIR}" status --porcelain --untracked-files=no
            OUTPUT_VARIABLE _changes
            ERROR_QUIET)
        if(_changes)
            set(GIT_DIRTY true)
        endif()
    endif()
endif()
configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
