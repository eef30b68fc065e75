// SPDX-License-Identifier: Apache-2.0
#include "host/run/run_scenarios.hpp"

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

/// The notes of a stress scenario that the base has not, with its name before them.
void add_notes(std::vector<std::string>& base, std::vector<std::string> const& notes,
               std::string const& name)
{
    std::vector<std::string> added;
    for (std::string const& note : notes)
        if (std::find(base.begin(), base.end(), note) == base.end())
            added.push_back(fmt::format("scenario \"{}\": {}", name, note));
    base.insert(base.end(), added.begin(), added.end());
}

void add_stress(Result& result, StressConfig const& stress, Result&& stressed)
{
    add_notes(result.provenance.warnings, stressed.provenance.warnings, stress.name);
    add_notes(result.provenance.assumptions, stressed.provenance.assumptions, stress.name);
    if (stressed.provenance.invalid_paths > 0)
        result.provenance.warnings.push_back(
            fmt::format("scenario \"{}\": {} invalid paths, left out", stress.name,
                        stressed.provenance.invalid_paths));
    ScopeResult& book = result.scopes.emplace_back(std::move(stressed.scopes.front()));
    book.scope = scope_of(stress);
    close_provenance(result.provenance, result.provenance.seconds + stressed.provenance.seconds);
}

/// \param part which of the parts of the run it is
Result run_stress(ReadResult const& input, StressConfig const& stress, ScenarioRunner const& runner,
                  ProgressPart part)
{
    RunOptions options = runner.options;
    options.part = std::move(part);
    options.part.scenario = stress.name;
    ReadResult const changed{stressed(input.scenario, stress), input.effective};
    Problems problems;
    auto const engine = make_engine(changed.scenario, runner.engine, problems);
    return run_paths(changed, *engine, runner.plan(changed.scenario, *engine), options);
}

void report_limits(Result& result, Scenario const& scenario)
{
    LimitReport const limits = judge_limits(scenario.limits, result);
    result.provenance.limits_breached = limits.breached;
    auto& warnings = result.provenance.warnings;
    warnings.insert(warnings.end(), limits.undecided.begin(), limits.undecided.end());
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

Result run_scenarios(ReadResult const& input, std::unique_ptr<ScenarioEngine> base,
                     ScenarioRunner const& runner)
{
    Scenario const& scenario = input.scenario;
    RunOptions options = runner.options;
    options.part.count = 1 + scenario.stresses.size();
    Result result = run_paths(input, *base, runner.plan(scenario, *base), options);
    base.reset();
    for (StressConfig const& stress : scenario.stresses) {
        spdlog::info("scenario \"{}\"", stress.name);
        ++options.part.index;
        add_stress(result, stress, run_stress(input, stress, runner, options.part));
    }
    report_limits(result, scenario);
    return result;
}

}  // namespace brink
