// SPDX-License-Identifier: Apache-2.0
#include "host/run/stress_scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/run/scenario_engine.hpp"
#include "host/sweep/point_input.hpp"

namespace brink {
namespace {

bool contains(std::vector<Problem> const& list, Problem const& problem)
{
    return std::any_of(list.begin(), list.end(), [&](Problem const& other) {
        return other.where.key == problem.where.key && other.reason == problem.reason;
    });
}

}  // namespace

std::string scope_of(StressConfig const& stress)
{
    return "scenario:" + stress.name;
}

ReadResult stressed(ReadResult const& base, StressConfig const& stress, Problems& problems)
{
    ReadResult input = base;
    if (stress.set.empty())
        keep_point(input);
    else
        input = point_input(base, stress.set, problems);
    input.effective = base.effective;  // the hash is that of the run
    std::vector<ShockConfig>& shocks = input.scenario.market.shocks;
    shocks.insert(shocks.end(), stress.shocks.begin(), stress.shocks.end());
    return input;
}

bool check_stresses(ReadResult const& base, Problems& problems)
{
    bool all_build = true;
    for (StressConfig const& stress : base.scenario.stresses) {
        Problems own;
        ReadResult const input = stressed(base, stress, own);
        all_build = own.empty() && check_program(input.scenario, own) && all_build;
        for (Problem const& found : own.problems()) {
            Problem const problem = at_setting(found, stress.set);
            problems.add(problem.where, problem.reason, problem.suggestion, problem.code);
        }
        for (Problem const& warning : own.warnings())
            if (!contains(problems.warnings(), warning))
                problems.warn(warning.where,
                              fmt::format("in scenario \"{}\" {}", stress.name, warning.reason),
                              warning.suggestion);
    }
    return all_build;
}

}  // namespace brink
