// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/assess.hpp"
#include "tests/unit/host/program/built_scenario.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace brink::test {

/// The report of a scenario's text; throws its first problem where there is none.
inline AssessReport assess(std::string const& text, std::vector<AssetPrice> const& overrides = {})
{
    Problems problems;
    ReadResult const read = read_scenario_text(text, "test.toml", {}, problems);
    auto report = run_assess(read.scenario, overrides, problems);
    if (!report)
        throw std::runtime_error{format_problem(problems.problems().at(0), "error")};
    return *report;
}

}  // namespace brink::test
