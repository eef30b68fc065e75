// SPDX-License-Identifier: Apache-2.0
// The Markov chain of regimes.
#include "io/config/duration.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/market/market_view.hpp"

namespace brink {
namespace {

/// Of probabilities that are written with some digits.
constexpr double sum_tolerance = 1e-6;
/// Of a step, in units of a regime's mean duration.
constexpr double longest_share = 0.25;

void check_next(RegimeConfig const& regime, References const& names, Problems& problems)
{
    double sum = 0;
    for (auto const& [name, probability] : regime.next) {
        Where const where = regime.at("next." + name);
        if (names.require(name, where, problems) && name == regime.name)
            problems.add(where, "a regime is not followed by itself",
                         "raise mean_duration instead");
        sum += probability;
    }
    if (regime.next.empty() && names.names().size() > 2)
        problems.add(regime.at("next"), "required key is missing where there are three regimes",
                     fmt::format("write next = {{ {} = 1.0 }} or a probability for each",
                                 names.names().front() == regime.name ? names.names()[1]
                                                                      : names.names().front()));
    else if (!regime.next.empty() && std::abs(sum - 1) > sum_tolerance)
        problems.add(regime.at("next"),
                     fmt::format("the probabilities add up to {:g}, not 1", sum));
}

void check_volatilities(RegimeConfig const& regime, Scenario const& scenario,
                        References const& assets, Problems& problems)
{
    for (auto const& [name, volatility] : regime.volatilities) {
        Where const where = regime.at("volatilities." + name);
        if (!assets.require(name, where, problems))
            continue;
        AssetConfig const& asset = scenario.assets[assets.index_of(name)];
        switch (asset.model.value_or(scenario.market.model)) {
            case MarginalModel::fixed:
                problems.add(where, fmt::format("the price of {} is fixed", name), "leave it out");
                break;
            case MarginalModel::heston:
            case MarginalModel::gjr_garch:
                problems.add(
                    where, fmt::format("the variance of {} moves by itself in every regime", name),
                    "leave it out: volatility = 2 doubles its returns in the regime");
                break;
            case MarginalModel::historical:
                problems.add(where, fmt::format("the returns of {} are those of history", name),
                             "leave it out: volatility = 2 doubles them in the regime");
                break;
            default:
                if (!(asset.volatility > 0))
                    problems.add(where,
                                 fmt::format("{} has volatility = 0, which costs of trading scale "
                                             "with",
                                             name),
                                 "write the volatility of an ordinary day for the asset");
        }
    }
}

void check_starts(std::vector<RegimeConfig> const& regimes, Problems& problems)
{
    double sum = 0;
    RegimeConfig const* last = nullptr;
    for (RegimeConfig const& regime : regimes)
        if (regime.start) {
            sum += *regime.start;
            last = &regime;
        }
    if (last != nullptr && std::abs(sum - 1) > sum_tolerance)
        problems.add(last->at("start"),
                     fmt::format("the probabilities of all regimes add up to {:g}, not 1", sum),
                     "a regime without `start` has 0 where another has it");
}

void warn_of_steps(RegimeConfig const& regime, RunConfig const& run, Problems& problems)
{
    if (run.step > longest_share * regime.mean_duration && regime.mean_duration > 0)
        problems.warn(regime.at("mean_duration"),
                      fmt::format("regime \"{}\" lasts \"{}\" on average, and a step is \"{}\": a "
                                  "switch takes effect at the end of its step",
                                  regime.name, format_duration(regime.mean_duration),
                                  format_duration(run.step)),
                      "shorten run.step");
}

}  // namespace

void check_regimes(Scenario const& scenario, Problems& problems)
{
    auto const& regimes = scenario.market.regimes;
    if (regimes.empty())
        return;
    check_names(regimes, "regime", problems);
    if (regimes.size() == 1)
        problems.add(regimes.front().at("name"), "a chain has at least two regimes",
                     "write another [[market.regimes]], or put its numbers into the market");
    if (regimes.size() > max_regimes)
        problems.add(regimes.back().at("name"),
                     fmt::format("there are {} regimes, and a market has {} at most",
                                 regimes.size(), max_regimes));
    References const names{"regime", regimes};
    References const assets{"asset", scenario.assets};
    for (RegimeConfig const& regime : regimes) {
        check_next(regime, names, problems);
        check_volatilities(regime, scenario, assets, problems);
        check_correlation(regime.correlation, assets, problems);
        warn_of_steps(regime, scenario.run, problems);
    }
    check_starts(regimes, problems);
}

}  // namespace brink
