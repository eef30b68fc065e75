// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace brink::test {

/// One broken configuration of tests/integration/bad_configs (its README.md has the format).
struct BadConfigCase {
    std::string name;
    std::string config;  ///< path of the scenario; it need not exist
    int exit_code{0};
    std::string stage{"io"};             ///< who notices: io (reading it) or host (planning it)
    std::vector<std::string> overrides;  ///< --set KEY=VALUE
    std::vector<std::string> expected;   ///< each is part of the messages
    std::optional<std::size_t> count;    ///< how many errors, no more and no fewer
};

/// Names the case in the output of GoogleTest.
inline void PrintTo(BadConfigCase const& bad, std::ostream* out)
{
    *out << bad.name;
}

inline BadConfigCase read_bad_config_case(std::filesystem::path const& sidecar)
{
    BadConfigCase found;
    found.name = sidecar.stem().string();
    found.config = std::filesystem::path{sidecar}.replace_extension(".toml").string();
    std::ifstream file{sidecar};
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#')
            continue;
        std::size_t const blank = line.find(' ');
        std::string const word = line.substr(0, blank);
        std::string const rest = blank == std::string::npos ? "" : line.substr(blank + 1);
        if (word == "exit")
            found.exit_code = std::stoi(rest);
        else if (word == "count")
            found.count = std::stoul(rest);
        else if (word == "stage")
            found.stage = rest;
        else if (word == "set")
            found.overrides.push_back(rest);
        else if (word == "expect")
            found.expected.push_back(rest);
        else
            throw std::runtime_error{sidecar.string() + ": unknown word " + word};
    }
    return found;
}

/// All cases of a folder, by name.
inline std::vector<BadConfigCase> read_bad_config_cases(std::filesystem::path const& folder)
{
    std::vector<BadConfigCase> cases;
    for (auto const& entry : std::filesystem::directory_iterator{folder})
        if (entry.path().extension() == ".expect")
            cases.push_back(read_bad_config_case(entry.path()));
    std::sort(cases.begin(), cases.end(),
              [](BadConfigCase const& a, BadConfigCase const& b) { return a.name < b.name; });
    return cases;
}

}  // namespace brink::test
