// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace brink::test {

using Arguments = std::vector<std::string>;

/// The program under test.
inline ProgramRun brink(Arguments const& arguments, ProgramSetting const& setting = {})
{
    return run_program(BRINK_EXECUTABLE, arguments, setting);
}

inline std::string const quickstart = BRINK_SOURCE_DIR "/configs/quickstart.toml";

/// `run quickstart -o output` with few paths and without progress, then `more`.
inline Arguments run_arguments(std::filesystem::path const& output, Arguments const& more = {},
                               std::string const& paths = "2000")
{
    Arguments arguments{"run", quickstart, "--paths", paths, "-q", "-o", output.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

/// Names of all files in a folder, hidden ones too, sorted.
inline std::vector<std::string> files_in(std::filesystem::path const& folder)
{
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{folder})
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace brink::test
