// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace brink::test {

/// How a program is started.
struct ProgramSetting {
    std::vector<std::pair<std::string, std::string>> environment;  ///< added to this process'
    std::filesystem::path folder;                                  ///< working folder; empty: this
    std::string input;                                             ///< on standard input
    std::size_t file_size_limit{0};                                ///< [bytes] 0: none
    /// Signal sent once the program has written something to stderr, or made a file; 0: none.
    int signal{0};
    std::filesystem::path signal_when;  ///< that file; empty: stderr
};

/// What a program did.
struct ProgramRun {
    int status{-1};  ///< exit status, or 128 + signal where one ended it
    std::string out;
    std::string err;

    /// Last line of `out` without its line break.
    [[nodiscard]] std::string last_line() const;
};

/// Run a program to its end.
[[nodiscard]] ProgramRun run_program(std::string const& executable,
                                     std::vector<std::string> const& arguments,
                                     ProgramSetting const& setting = {});

}  // namespace brink::test
