// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/sweep_points_check.hpp"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/program/scenario_hash.hpp"
#include "host/run/scenario_engine.hpp"
#include "host/sweep/point_input.hpp"

namespace brink {
namespace {

/// A reason without its numbers, which differ from point to point.
std::string without_numbers(std::string const& reason)
{
    std::string shape;
    for (char const c : reason)
        if ((c < '0' || c > '9') && c != '.' && c != '-')
            shape += c;
    return shape;
}

/// What several points have to say, each thing once, in order of discovery.
class PointProblems {
    struct Entry {
        Problem problem;
        std::string first_point;
        std::size_t more{0};
    };
    std::vector<Entry> entries_;
    std::map<std::string, std::size_t> index_;

  public:
    void add(Problem const& problem, std::string const& point)
    {
        Where const& where = problem.where;
        std::string const key = fmt::format("{}:{}:{}:{}:{}", where.file, where.line, where.column,
                                            where.key, without_numbers(problem.reason));
        auto const [found, is_new] = index_.emplace(key, entries_.size());
        if (is_new)
            entries_.push_back({problem, point});
        else if (entries_[found->second].first_point != point)
            ++entries_[found->second].more;
    }

    /// Call `tell(problem)` with the points named.
    template<class Tell>
    void for_each(Tell const& tell) const
    {
        for (Entry const& entry : entries_) {
            Problem problem = entry.problem;
            problem.reason = fmt::format("at the point {}: {}", entry.first_point, problem.reason);
            if (entry.more > 0)
                problem.reason += fmt::format(" (and so at {} more point{})", entry.more,
                                              entry.more == 1 ? "" : "s");
            tell(problem);
        }
    }
};

/// What one point has to say, and which it is.
struct PointCheck {
    Problems problems;
    ScenarioDigest digest;
};

PointCheck check_point(ReadResult const& base, SweepPoint const& point)
{
    PointCheck check;
    ReadResult const input = point_input(base, point.settings, check.problems);
    if (check.problems.empty())
        static_cast<void>(check_program(input.scenario, check.problems));
    if (check.problems.empty())
        check.digest = digest_of(input);
    return check;
}

bool is_known(std::vector<Problem> const& list, Problem const& problem)
{
    return std::any_of(list.begin(), list.end(), [&](Problem const& other) {
        return other.where.key == problem.where.key && other.reason == problem.reason;
    });
}

/// Whether a key says how prices move, or over which steps.
bool is_of_market(std::string_view key)
{
    return (key.starts_with("market.") || key.starts_with("asset.") || key.starts_with("run."))
           && key.find(".execution.") == std::string_view::npos;
}

}  // namespace

ScenarioDigest digest_of(ReadResult const& input)
{
    EffectiveValues market;
    for (auto const& [key, value] : input.effective)
        if (is_of_market(key))
            market.emplace(key, value);
    NumericsId const numerics{};  // the same for all points
    return {hash_scenario(input.effective, numerics), hash_scenario(market, numerics)};
}

std::optional<CheckedSweep> check_sweep_points(ReadResult const& base, Problems& problems)
{
    CheckedSweep checked;
    if (!base.scenario.sweep)
        return checked;
    SweepConfig const& sweep = *base.scenario.sweep;
    checked.expanded = expand_sweep(sweep);
    std::vector<SweepPoint> points = checked.expanded.points;
    if (!sweep.base.empty())
        points.push_back({{}, sweep.base, "\"base\""});
    std::vector<PointCheck> found(points.size());
    tbb::parallel_for(std::size_t{0}, points.size(),
                      [&](std::size_t i) { found[i] = check_point(base, points[i]); });
    PointProblems errors;
    PointProblems warnings;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (Problem const& problem : found[i].problems.problems())
            errors.add(at_setting(problem, points[i].settings), points[i].label);
        for (Problem const& warning : found[i].problems.warnings())
            if (!is_known(problems.warnings(), warning))
                warnings.add(at_setting(warning, points[i].settings), points[i].label);
        checked.digests.push_back(std::move(found[i].digest));
    }
    checked.digests.resize(checked.expanded.points.size());
    bool good = true;
    errors.for_each([&](Problem const& problem) {
        good = false;
        problems.add(problem.where, problem.reason, problem.suggestion, problem.code);
    });
    warnings.for_each([&](Problem const& warning) {
        problems.warn(warning.where, warning.reason, warning.suggestion);
        checked.warnings.push_back(format_problem(warning, "warning"));
    });
    return good ? std::optional{std::move(checked)} : std::nullopt;
}

}  // namespace brink
