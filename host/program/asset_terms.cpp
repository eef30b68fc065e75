// SPDX-License-Identifier: Apache-2.0
#include "host/program/asset_terms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/program/market_builder.hpp"

namespace brink {
namespace {

/// -1: not listed
std::vector<int> places_in(std::vector<std::string> const& listed, Scenario const& scenario)
{
    std::vector<int> places;
    for (AssetConfig const& asset : scenario.assets) {
        auto const found = std::find(listed.begin(), listed.end(), asset.name);
        places.push_back(found == listed.end() ? -1 : static_cast<int>(found - listed.begin()));
    }
    return places;
}

double diffusive_volatility(AssetConfig const& asset, double volatility, Where const& where,
                            JumpMoments const& jumps, Problems& problems)
{
    double const rest = volatility * volatility - jumps.variance;
    if (rest >= 0.0)
        return std::sqrt(rest);
    problems.add(where,
                 fmt::format("is {:.4g} for all of {}'s return, and its jumps alone make {:.4g}",
                             volatility, asset.name, std::sqrt(jumps.variance)),
                 "raise it, or lower the rate or the sizes of the jumps");
    return 0.0;
}

}  // namespace

std::vector<std::vector<double>> full_correlation(Scenario const& scenario,
                                                  std::vector<std::string> const& listed,
                                                  std::vector<std::vector<double>> const& matrix)
{
    std::vector<int> const places = places_in(listed, scenario);
    std::size_t const n = scenario.assets.size();
    std::vector<std::vector<double>> full(n, std::vector<double>(n, 0.0));
    auto const moves = [&](std::size_t i) {
        return places[i] >= 0
               && model_in_force(scenario.assets[i], scenario.market) != MarginalModel::fixed;
    };
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            if (i == j)
                full[i][j] = 1.0;
            else if (moves(i) && moves(j))
                full[i][j] = matrix[static_cast<std::size_t>(places[i])]
                                   [static_cast<std::size_t>(places[j])];
    return full;
}

bool has_own_variance(AssetConfig const& asset, MarketConfig const& market)
{
    MarginalModel const model = model_in_force(asset, market);
    return model == MarginalModel::heston || model == MarginalModel::gjr_garch
           || model == MarginalModel::historical;
}

AssetTerms make_asset_terms(AssetConfig const& asset, double volatility, Where const& where,
                            double years, std::vector<double> const& factor_row,
                            JumpMoments const& jumps, Problems& problems)
{
    double const scale = diffusive_volatility(asset, volatility, where, jumps, problems)
                         * std::sqrt(years) / std::numbers::ln2;
    AssetTerms terms;
    double squares = 0.0;
    for (double const entry : factor_row) {
        terms.loading.push_back(scale * entry);
        squares += terms.loading.back() * terms.loading.back();
    }
    terms.drift = (asset.drift - jumps.growth) * years / std::numbers::ln2;
    terms.half_variance = std::numbers::ln2 / 2.0 * squares;
    return terms;
}

AssetTerms make_varying_terms(AssetConfig const& asset, double years,
                              std::vector<double> const& factor_row, JumpMoments const& jumps)
{
    return {factor_row, (asset.drift - jumps.growth) * years / std::numbers::ln2, 0.0};
}

}  // namespace brink
