// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "io/results/json.hpp"
#include "io/results/result_file.hpp"
#include "tests/integration/cli/brink_cli.hpp"

namespace brink::test {

/// Three chunks of 65,536 and a short one.
inline std::string const paths = "200000";

/// A run of the quickstart cut to half a day, a twentieth of its time: what counts here happens
/// between chunks.
inline ProgramRun brief(Arguments const& more, ProgramSetting const& setting = {})
{
    Arguments arguments{"run", quickstart, "--set", "run.horizon=PT12H"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return brink(arguments, setting);
}

/// One whole run into `output`, without progress.
inline ProgramRun brief_run(std::filesystem::path const& output, std::string const& of,
                            Arguments const& more = {})
{
    Arguments arguments{"--paths", of, "-q", "-o", output};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return brief(arguments);
}

/// The numbers of a result.
inline std::string numbers_in(std::filesystem::path const& file)
{
    Result const result = read_result(file);
    std::string text = json_line(statistics_json(result)) + Json(result.rows.paths).dump()
                       + Json(result.rows.columns).dump();
    for (ScopeResult const& scope : result.scopes)
        for (Fan const& fan : scope.fans)
            text += Json(fan.quantiles).dump();
    return text;
}

/// A run that was not interrupted, once for all tests.
inline std::string const& uninterrupted()
{
    static std::string const numbers = [] {
        TemporaryFolder const folder;
        EXPECT_EQ(brief_run(folder / "q.h5", paths).status, 0);
        return numbers_in(folder / "q.h5");
    }();
    return numbers;
}

}  // namespace brink::test
