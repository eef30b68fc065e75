// SPDX-License-Identifier: Apache-2.0
#include "host/program/carry_builder.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "io/config/duration.hpp"

namespace brink {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

CarryFactor<double> build_factor(CarryFactorConfig const& config, CarryKind kind, std::size_t asset,
                                 Seconds step)
{
    CarryFactor<double> factor{};
    factor.asset = static_cast<std::int32_t>(asset);
    factor.kind = kind;
    factor.mean = config.mean;
    factor.initial = config.initial.value_or(config.mean);
    factor.keep = std::exp2(-step / config.half_life);
    double sd = config.sd * std::sqrt(1.0 - factor.keep * factor.keep);
    if (kind == CarryKind::implied_volatility) {
        // The mean of the level, not of its logarithm; in base 2.
        double const mean = std::log(config.mean) - config.sd * config.sd / 2;
        factor.mean = mean / std::numbers::ln2;
        factor.initial = config.initial ? std::log2(*config.initial) : std::log2(config.mean);
        sd /= std::numbers::ln2;
    }
    factor.shared = config.spot_correlation * sd;
    factor.own = std::sqrt(1.0 - config.spot_correlation * config.spot_correlation) * sd;
    double const lowest = kind == CarryKind::borrow ? 0.0 : -unbounded;
    factor.floor = config.floor.value_or(lowest);
    factor.cap = config.cap.value_or(unbounded);
    factor.carry_field = -1;
    return factor;
}

}  // namespace

std::vector<CarryFactor<double>> build_carry_factors(Scenario const& scenario)
{
    std::int32_t growths = 0;
    std::vector<CarryFactor<double>> factors;
    Seconds const step = scenario.run.step;
    for (std::size_t i = 0; i < scenario.assets.size(); ++i) {
        AssetConfig const& asset = scenario.assets[i];
        if (asset.funding)
            factors.push_back(build_factor(*asset.funding, CarryKind::funding, i, step));
        if (asset.borrow) {
            factors.push_back(build_factor(*asset.borrow, CarryKind::borrow, i, step));
            factors.back().growth = step / (seconds_per_year * std::numbers::ln2);
            factors.back().carry_field = growths++;
        }
        if (asset.implied_volatility)
            factors.push_back(
                build_factor(*asset.implied_volatility, CarryKind::implied_volatility, i, step));
    }
    return factors;
}

std::int32_t find_carry_factor(std::vector<CarryFactor<double>> const& factors, CarryKind kind,
                               std::size_t asset)
{
    for (std::size_t p = 0; p < factors.size(); ++p)
        if (factors[p].kind == kind && factors[p].asset == static_cast<std::int32_t>(asset))
            return static_cast<std::int32_t>(p);
    return -1;
}

std::string name_carry_factor(CarryKind kind, std::string const& asset)
{
    switch (kind) {
        case CarryKind::funding:
            return "funding:" + asset;
        case CarryKind::borrow:
            return "borrow:" + asset;
        case CarryKind::implied_volatility:
            return "implied_volatility:" + asset;
    }
    return {};
}

}  // namespace brink
