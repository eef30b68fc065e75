// SPDX-License-Identifier: Apache-2.0
#include "host/run/stress_scenarios.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "host/run/limits.hpp"
#include "host/run/provenance.hpp"

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

Scenario stressed(Scenario const& base, StressConfig const& stress)
{
    Scenario scenario = base;
    scenario.market.shocks.insert(scenario.market.shocks.end(), stress.shocks.begin(),
                                  stress.shocks.end());
    scenario.stresses.clear();
    scenario.limits.clear();
    scenario.statistics.account_fan_paths = 0;
    scenario.output.outcomes = OutcomeColumns::none;
    return scenario;
}

bool check_stresses(Scenario const& base, Problems& problems)
{
    bool all_build = true;
    for (StressConfig const& stress : base.stresses) {
        Problems own;
        all_build = check_program(stressed(base, stress), own) && all_build;
        for (Problem const& problem : own.problems())
            problems.add(problem.where, problem.reason, problem.suggestion, problem.code);
        for (Problem const& warning : own.warnings())
            if (!contains(problems.warnings(), warning))
                problems.warn(warning.where,
                              fmt::format("in scenario \"{}\" {}", stress.name, warning.reason),
                              warning.suggestion);
    }
    return all_build;
}

}  // namespace brink
