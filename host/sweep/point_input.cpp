// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/point_input.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace brink {
Problem at_setting(Problem problem, std::vector<Setting> const& settings)
{
    auto const found = std::find_if(
        settings.rbegin(), settings.rend(),
        [&](Setting const& setting) { return problem.where.file == "--set " + setting.option(); });
    if (found == settings.rend())
        return problem;
    problem.reason = fmt::format("{} = {}: {}", found->key, found->value, problem.reason);
    problem.where = found->where;
    return problem;
}

void keep_point(ReadResult& input)
{
    Scenario& scenario = input.scenario;
    scenario.sweep.reset();
    scenario.stresses.clear();
    scenario.limits.clear();
    scenario.statistics.account_fan_paths = 0;
    scenario.output.outcomes = OutcomeColumns::none;
    std::erase_if(input.effective, [](auto const& entry) {
        return entry.first.starts_with("sweep.") || entry.first.starts_with("scenario.");
    });
}

ReadResult point_input(ReadResult const& base, std::vector<Setting> const& settings,
                       Problems& problems)
{
    Problems own;
    ReadResult input = read_with(base, settings, own);
    for (Problem const& problem : own.problems()) {
        Problem const at = at_setting(problem, settings);
        problems.add(at.where, at.reason, at.suggestion, at.code);
    }
    for (Problem const& warning : own.warnings()) {
        Problem const at = at_setting(warning, settings);
        problems.warn(at.where, at.reason, at.suggestion);
    }
    keep_point(input);
    return input;
}

}  // namespace brink
