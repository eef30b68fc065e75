// SPDX-License-Identifier: Apache-2.0
// Rates and implied volatilities that move with the path.
#include "io/config/duration.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

constexpr double longest_carry_step = 1.0;  ///< in half-lives

void check_bounds(CarryFactorConfig const& factor, std::optional<double> floor, Problems& problems)
{
    if (floor && factor.cap && !(*floor <= *factor.cap))
        return problems.add(
            factor.at("cap"),
            fmt::format("is below the floor of {:g}: no rate is in between", *floor),
            "raise it, or lower floor");
    auto const check = [&](char const* key, double level) {
        if ((floor && level < *floor) || (factor.cap && level > *factor.cap))
            problems.add(
                factor.at(key),
                fmt::format("{:g} is outside of [{:g}, {:g}], where the rate is held", level,
                            floor.value_or(-HUGE_VAL), factor.cap.value_or(HUGE_VAL)),
                "move it, or floor and cap");
    };
    check("mean", factor.mean);
    if (factor.initial)
        check("initial", *factor.initial);
}

void check_implied_volatility(CarryFactorConfig const& factor, Problems& problems)
{
    auto const require_positive = [&](char const* key, double level) {
        if (!(level > 0))
            problems.add(factor.at(key), fmt::format("must be > 0, is {:g}", level),
                         "write an annual volatility, such as 0.6");
    };
    if (factor.has("mean"))
        require_positive("mean", factor.mean);
    if (factor.initial)
        require_positive("initial", *factor.initial);
    for (char const* key : {"floor", "cap"})
        if (factor.has(key))
            problems.add(factor.at(key), "is of rates only: an implied volatility stays above 0",
                         "remove it");
}

/// What is the same for all kinds.
void check_factor(CarryFactorConfig const& factor, AssetConfig const& asset,
                  Scenario const& scenario, Problems& problems)
{
    MarginalModel const model = asset.model.value_or(scenario.market.model);
    bool const has_factor = model != MarginalModel::fixed && model != MarginalModel::historical;
    if (factor.spot_correlation != 0 && !has_factor)
        problems.add(factor.at("spot_correlation"),
                     fmt::format("no factor moves {}: its model is \"{}\"", asset.name,
                                 model == MarginalModel::fixed ? "fixed" : "historical"),
                     "write 0, or choose another model for the asset");
    Seconds const step = scenario.run.step;
    if (factor.half_life > 0 && step > longest_carry_step * factor.half_life)
        problems.warn(factor.at("half_life"),
                      fmt::format("a step of \"{}\" is {:.2g} half-lives: the level of t_k holds "
                                  "for the whole step",
                                  format_duration(step), step / factor.half_life),
                      "shorten run.step");
}

bool is_base_of_any(AssetConfig const& asset, Scenario const& scenario)
{
    return std::any_of(
        scenario.instruments.begin(), scenario.instruments.end(),
        [&](InstrumentConfig const& instrument) { return instrument.base == asset.name; });
}

/// Whether some debt in the asset bears a rate that moves.
bool may_be_owed(AssetConfig const& asset, Scenario const& scenario)
{
    for (AccountConfig const& account : scenario.accounts) {
        for (LoanConfig const& loan : account.loans)
            if (loan.asset == asset.name && !loan.rate)
                return true;
        for (auto const& [name, balance] : account.balances)
            if (name == asset.name && balance < 0)
                return true;
    }
    return std::any_of(
        scenario.instruments.begin(), scenario.instruments.end(),
        [&](InstrumentConfig const& instrument) { return instrument.settlement == asset.name; });
}

}  // namespace

void check_carry(Scenario const& scenario, Problems& problems)
{
    for (AssetConfig const& asset : scenario.assets) {
        if (asset.funding) {
            check_factor(*asset.funding, asset, scenario, problems);
            check_bounds(*asset.funding, asset.funding->floor, problems);
            if (!is_base_of_any(asset, scenario))
                problems.warn(asset.at("funding"),
                              fmt::format("no instrument has {} as its base", asset.name));
        }
        if (asset.borrow) {
            check_factor(*asset.borrow, asset, scenario, problems);
            check_bounds(*asset.borrow, asset.borrow->floor.value_or(0), problems);
            if (!may_be_owed(asset, scenario))
                problems.warn(asset.at("borrow"),
                              fmt::format("nobody owes {} at a rate that moves", asset.name),
                              "a loan that states its own rate keeps it");
        }
        if (asset.implied_volatility) {
            check_factor(*asset.implied_volatility, asset, scenario, problems);
            check_implied_volatility(*asset.implied_volatility, problems);
        }
    }
}

}  // namespace brink
