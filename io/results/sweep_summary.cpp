// SPDX-License-Identifier: Apache-2.0
#include "io/results/sweep_summary.hpp"

#include "io/results/number_text.hpp"
#include "io/results/result_lookup.hpp"
#include "io/results/statistics_table.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace brink {
namespace {

constexpr std::size_t most_points = 12;  ///< that are all shown
constexpr std::size_t shown_ends = 3;    ///< of more, at each end

/// The statistic of the first scope by which points are ranked: the ES of the loss at the highest
/// level, else its mean; null where the point was not run.
Estimate const* ranked_estimate(SweepPointResult const& point)
{
    if (point.scopes.empty())
        return nullptr;
    OutcomeResult const* const loss = find_outcome(point.scopes.front(), "loss");
    Estimate const* best = nullptr;
    double highest = -1;
    for (std::size_t i = 0; loss != nullptr && i < loss->statistics.size(); ++i) {
        StatisticName const name{loss->statistics[i].name};
        double const level = name.kind == "es" ? name.level : name.kind == "mean" ? 0 : -1;
        if (level > highest) {
            highest = level;
            best = &loss->statistics[i];
        }
    }
    return best;
}

std::string error_text(double value, double se)
{
    return std::isnan(value) ? "n/a"
                             : fmt::format("{} ± {}", money_text(value, se), money_text(se, se));
}

void add_point(SummaryPage& page, SweepResult const& sweep, std::size_t point)
{
    Estimate const& loss = *ranked_estimate(sweep.points[point]);
    Estimate const* const liquidated =
        find_estimate(sweep.points[point].scopes.front(), "liquidated", "prob");
    page.line(fmt::format(
        "  {:<46} {:>12}  {:>26}  {:>26}", sweep_label(sweep, point),
        liquidated == nullptr ? "" : percent_text(liquidated->value, liquidated->se),
        error_text(loss.value, loss.se), error_text(loss.difference, loss.difference_se)));
}

/// Points that were run, the least ranked statistic first.
std::vector<std::size_t> ranked_points(SweepResult const& sweep)
{
    std::vector<std::size_t> order(sweep.points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order,
                  [&](std::size_t p) { return ranked_estimate(sweep.points[p]) == nullptr; });
    if (order.size() > most_points)
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return ranked_estimate(sweep.points[a])->value
                   < ranked_estimate(sweep.points[b])->value;
        });
    return order;
}

}  // namespace

void add_sweep(SummaryPage& page, SweepResult const& sweep, std::string const& numeraire)
{
    if (sweep.points.empty())
        return;
    std::vector<std::size_t> const order = ranked_points(sweep);
    std::string const run =
        order.size() == sweep.points.size()
            ? count_text(order.size())
            : fmt::format("{} of {}", count_text(order.size()), count_text(sweep.points.size()));
    if (order.empty()) {
        page.line(fmt::format("\nSweep: {} points, none was run", run));
        return;
    }
    StatisticName const name{ranked_estimate(sweep.points[order.front()])->name};
    std::string const loss =
        name.kind == "es" ? fmt::format("ES {:.6g} %", 100 * name.level) : "mean loss";
    page.line(fmt::format("\n{:<48} {:>12}  {:>26}  {:>26}",
                          fmt::format("Sweep ({}), {} points", sweep.kind, run), "liquidation",
                          fmt::format("{} [{}]", loss, numeraire), "difference from the base"));
    bool const all = order.size() <= most_points;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (!all && i == shown_ends)
            page.line(fmt::format("  and {} between", count_text(order.size() - 2 * shown_ends)));
        if (all || i < shown_ends || i + shown_ends >= order.size())
            add_point(page, sweep, order[i]);
    }
}

}  // namespace brink
