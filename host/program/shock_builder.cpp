// SPDX-License-Identifier: Apache-2.0
#include "host/program/shock_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "host/program/market_builder.hpp"

namespace brink {
namespace {

bool concerns(ShockConfig const& shock, std::string const& asset)
{
    return shock.assets.empty()
           || std::find(shock.assets.begin(), shock.assets.end(), asset) != shock.assets.end();
}

bool sets_conditions(ShockConfig const& shock)
{
    return shock.volatility != 1 || shock.correlation != 0 || shock.jump_rate != 1
           || shock.depth != 1 || shock.funding != 1;
}

/// When a shock's conditions hold, [steps].
struct Span {
    double begin{0}, full{0}, end{0};

    /// [0, 1] how far they have come when step k ends
    double strength(std::int32_t k) const
    {
        if (k >= end || k + 1 <= begin)
            return 0.0;
        return k + 1 >= full ? 1.0 : (k + 1 - begin) / (full - begin);
    }
};

Span span_of(ShockConfig const& shock, RunConfig const& run)
{
    double const begin = shock.begin / run.step;
    double const full = begin + shock.duration / run.step;
    double const end =
        shock.hold ? full + *shock.hold / run.step : std::numeric_limits<double>::infinity();
    // Where nothing builds up, conditions hold from the first step that starts at the shock or
    // after.
    return full > begin ? Span{begin, full, end} : Span{std::ceil(begin), begin, end};
}

/// Steps at which the conditions of a shock change.
void add_changes(std::set<std::int32_t>& changes, Span const& span, std::int32_t num_steps)
{
    auto const first = static_cast<std::int32_t>(span.begin);
    auto const full = static_cast<std::int32_t>(std::min(std::ceil(span.full), double(num_steps)));
    changes.insert(first);
    for (std::int32_t k = first + 1; k < full; ++k)
        changes.insert(k);
    if (span.end < num_steps)
        changes.insert(static_cast<std::int32_t>(std::ceil(span.end)));
}

Conditions conditions_at(Scenario const& scenario, std::int32_t step)
{
    Conditions now{std::vector<double>(scenario.assets.size(), 1.0)};
    for (ShockConfig const& shock : scenario.market.shocks) {
        double const strength = span_of(shock, scenario.run).strength(step);
        for (std::size_t i = 0; i < scenario.assets.size(); ++i)
            if (concerns(shock, scenario.assets[i].name))
                now.volatility[i] *= std::pow(shock.volatility, strength);
        now.correlation = 1 - (1 - now.correlation) * (1 - strength * shock.correlation);
        now.jump_rate *= std::pow(shock.jump_rate, strength);
        now.depth *= std::pow(shock.depth, strength);
        now.funding *= 1 + strength * (shock.funding - 1);
    }
    return now;
}

}  // namespace

bool Conditions::change_nothing() const
{
    return correlation == 0 && jump_rate == 1 && depth == 1 && funding == 1
           && std::all_of(volatility.begin(), volatility.end(), [](double m) { return m == 1; });
}

std::vector<PriceShock<double>> build_price_shocks(Scenario const& scenario)
{
    std::vector<PriceShock<double>> list;
    for (ShockConfig const& shock : scenario.market.shocks) {
        if (!shock.price && !shock.price_to)
            continue;
        for (std::size_t i = 0; i < scenario.assets.size(); ++i) {
            AssetConfig const& asset = scenario.assets[i];
            MarginalModel const model = model_in_force(asset, scenario.market);
            bool const moves = !shock.assets.empty()
                               || (model != MarginalModel::fixed && model != MarginalModel::peg);
            if (!concerns(shock, asset.name) || !moves)
                continue;
            double const begin = shock.begin / scenario.run.step;
            list.push_back({static_cast<std::int32_t>(i),
                            shock.price ? ShockKind::change : ShockKind::level,
                            shock.price ? std::log2(1 + *shock.price)
                                        : std::log2(*shock.price_to / *asset.price),
                            begin, begin + shock.duration / scenario.run.step});
        }
    }
    return list;
}

std::vector<Phase> build_phases(Scenario const& scenario, Problems& problems)
{
    std::int32_t const num_steps = count_steps(scenario.run);
    std::set<std::int32_t> changes{0};
    for (ShockConfig const& shock : scenario.market.shocks) {
        if (!sets_conditions(shock))
            continue;
        add_changes(changes, span_of(shock, scenario.run), num_steps);
        if (changes.size() > max_phases) {
            problems.add(shock.at("duration"),
                         fmt::format("conditions that build up change at every step, and {} such "
                                     "changes are the most",
                                     max_phases),
                         "shorten the duration, or write several shocks with hold");
            return {};
        }
    }
    std::vector<Phase> phases;
    for (std::int32_t const step : changes)
        if (step == 0 || step < num_steps)
            phases.push_back({step, conditions_at(scenario, step)});
    return phases;
}

}  // namespace brink
