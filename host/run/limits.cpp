// SPDX-License-Identifier: Apache-2.0
#include "host/run/limits.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "host/statistics/decimal_level.hpp"
#include "io/results/result_lookup.hpp"

namespace brink {
namespace {

/// The statistic with its level as results write it: es_0.990 is es_0.99.
std::string normal_name(std::string const& statistic)
{
    std::size_t const at = statistic.find('_');
    if (at == std::string::npos)
        return statistic;
    auto const level = DecimalLevel::parse(statistic.substr(at + 1));
    return level ? statistic.substr(0, at + 1) + level->text() : statistic;
}

/// `scope.outcome.statistic` in a result; the scope may contain dots, the statistic's level does.
Estimate const* find(Result const& result, std::string const& text)
{
    for (ScopeResult const& scope : result.scopes)
        for (OutcomeResult const& outcome : scope.outcomes) {
            std::string const prefix = scope.scope + "." + outcome.outcome + ".";
            if (text.starts_with(prefix))
                return find_statistic(outcome, normal_name(text.substr(prefix.size())));
        }
    return nullptr;
}

/// `= 3.1 (se 0.2)`, or what an estimate is that is no number.
std::string value_text(Estimate const& estimate)
{
    if (std::isinf(estimate.value))
        return estimate.value > 0 ? "is infinite" : "is minus infinite";
    std::string const se = std::isfinite(estimate.se) ? fmt::format("se {:.2g}", estimate.se)
                                                      : std::string{"error unknown"};
    return fmt::format("= {:.6g} ({})", estimate.value, se);
}

void judge(LimitConfig const& limit, Estimate const* estimate, LimitReport& report)
{
    if (estimate == nullptr || std::isnan(estimate->value)) {
        report.undecided.push_back(
            fmt::format("limit {} is undecided: no path had a value", limit.statistic));
        return;
    }
    if (limit.confident && std::isnan(estimate->lo)) {
        report.undecided.push_back(
            fmt::format("limit {} is undecided: the estimate has no interval", limit.statistic));
        return;
    }
    double const judged = limit.confident ? estimate->lo : estimate->value;
    if (judged > limit.threshold)
        report.breached.push_back(fmt::format(
            "{} {}{} exceeds {:.6g}{}", limit.statistic, value_text(*estimate),
            std::isinf(estimate->value) ? " and" : "", limit.threshold,
            limit.confident && std::isfinite(estimate->lo)
                ? fmt::format(", and so does {:.6g}, the near end of its interval", estimate->lo)
                : std::string{}));
}

}  // namespace

LimitReport judge_limits(std::vector<LimitConfig> const& limits, Result const& result)
{
    LimitReport report;
    for (LimitConfig const& limit : limits)
        judge(limit, find(result, limit.statistic), report);
    return report;
}

}  // namespace brink
