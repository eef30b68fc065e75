// SPDX-License-Identifier: Apache-2.0
#include "io/config/scenario_scales.hpp"

#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace brink {
namespace {

using Matrix = std::vector<std::vector<double>>;

void scale_volatilities(Scenario& scenario)
{
    auto const scale = std::exchange(scenario.market.volatility_scale, std::nullopt);
    if (!scale)
        return;
    auto const by_scale = [&](std::optional<double>& volatility) {
        if (volatility)
            *volatility *= *scale;
    };
    for (AssetConfig& asset : scenario.assets) {
        asset.volatility *= *scale;
        if (asset.heston) {
            by_scale(asset.heston->long_run_volatility);
            asset.heston->vol_of_vol *= *scale;  // of the variance: its law keeps its shape
        }
        if (asset.garch)
            by_scale(asset.garch->long_run_volatility);
    }
    for (RegimeConfig& regime : scenario.market.regimes)
        for (auto& [asset, volatility] : regime.volatilities)
            volatility *= *scale;
}

bool is_square(Matrix const& matrix, std::size_t size)
{
    bool square = matrix.size() == size;
    for (auto const& row : matrix)
        square = square && row.size() == size;
    return square;
}

Matrix constant(std::size_t size, double entry)
{
    Matrix matrix(size, std::vector<double>(size, entry));
    for (std::size_t i = 0; i < size; ++i)
        matrix[i][i] = 1;
    return matrix;
}

/// Entries off the diagonal are moved: messages about them point at the key that did it.
template<class Move>
void move_entries(CorrelationConfig& correlation, std::string_view key, Move const& move)
{
    for (std::size_t i = 0; i < correlation.matrix.size(); ++i)
        for (std::size_t j = 0; j < correlation.matrix.size(); ++j)
            if (i != j) {
                correlation.matrix[i][j] = move(i, j);
                correlation.keys[fmt::format("matrix[{}][{}]", i, j)] = correlation.at(key);
            }
}

/// The matrix on the way to which the written one is blended, checked as a correlation matrix.
Matrix blend_target(CorrelationConfig const& correlation, References const& assets,
                    Problems& problems)
{
    std::size_t const size = correlation.assets.size();
    if (correlation.blend_to.empty())
        return constant(size, 1);
    CorrelationConfig target;
    target.where = correlation.where;
    target.assets = correlation.assets;
    target.matrix = correlation.blend_to;
    constexpr std::string_view key_before = "blend_to";
    for (auto const& [key, where] : correlation.keys)
        if (key.starts_with(key_before))
            target.keys["matrix" + key.substr(key_before.size())] = where;
    Problems found;
    check_correlation(target, assets, found);
    for (Problem const& problem : found.problems())
        problems.add(problem.where, problem.reason, problem.suggestion);
    return found.empty() ? target.matrix : Matrix{};
}

void move_matrix(CorrelationConfig& correlation, References const& assets, Problems& problems)
{
    auto const level = std::exchange(correlation.level, std::nullopt);
    auto const scale = std::exchange(correlation.scale, std::nullopt);
    auto const blend = std::exchange(correlation.blend, std::nullopt);
    if (!blend && !correlation.blend_to.empty())
        problems.add(correlation.at("blend_to"), "nothing is blended with it",
                     "write blend = 0.5, the share of the way there");
    std::size_t const size = correlation.assets.size();
    if (level && correlation.matrix.empty())
        correlation.matrix = constant(size, *level);
    if (!is_square(correlation.matrix, size))
        return;  // which is reported elsewhere
    if (level)
        move_entries(correlation, "level", [&](std::size_t, std::size_t) { return *level; });
    if (scale)
        move_entries(correlation, "scale", [&](std::size_t i, std::size_t j) {
            return *scale * correlation.matrix[i][j];
        });
    Matrix const target = blend ? blend_target(correlation, assets, problems) : Matrix{};
    if (!target.empty())
        move_entries(correlation, "blend", [&](std::size_t i, std::size_t j) {
            return (1 - *blend) * correlation.matrix[i][j] + *blend * target[i][j];
        });
    correlation.blend_to.clear();
}

/// A level without a matrix is that of all assets that factors move.
void name_assets(CorrelationConfig& correlation, Scenario const& scenario)
{
    if (!correlation.level || !correlation.assets.empty() || !correlation.matrix.empty())
        return;
    for (AssetConfig const& asset : scenario.assets) {
        MarginalModel const model = asset.model.value_or(scenario.market.model);
        if (model != MarginalModel::fixed && model != MarginalModel::historical)
            correlation.assets.push_back(asset.name);
    }
}

void scale_maintenance(VenueConfig& venue, Problems& problems)
{
    auto const scale = std::exchange(venue.maintenance_scale, std::nullopt);
    if (!scale)
        return;
    double largest = 0;
    auto const by_scale = [&](double& rate) {
        rate *= *scale;
        largest = std::max(largest, rate);
    };
    for (ScheduleConfig& schedule : venue.schedules) {
        for (TierConfig& tier : schedule.tiers) {
            by_scale(tier.maintenance_rate);
            by_scale(tier.maintenance_slope);
            if (tier.maintenance_amount)
                *tier.maintenance_amount *= *scale;
        }
        if (schedule.option)
            by_scale(schedule.option->maintenance_rate);
    }
    for (BorrowConfig& borrow : venue.borrow)
        by_scale(borrow.maintenance_rate);
    if (venue.grid)
        venue.grid->maintenance_factor *= *scale;
    if (largest > 1)
        problems.add(venue.at("maintenance_scale"),
                     fmt::format("takes a maintenance rate to {:.6g}, above 1", largest),
                     fmt::format("write {:.6g} or less", *scale / largest));
    if (is_lending(venue))
        problems.warn(venue.at("maintenance_scale"),
                      "has no effect: a loan has no maintenance margin",
                      "move collateral ratios by haircut_scale");
}

void scale_haircuts(VenueConfig& venue, Problems& problems)
{
    auto const scale = std::exchange(venue.haircut_scale, std::nullopt);
    if (!scale)
        return;
    double largest = 0;
    for (CollateralConfig& collateral : venue.collateral)
        for (CollateralTierConfig& tier : collateral.tiers) {
            largest = std::max(largest, 1 - tier.ratio);
            tier.ratio = 1 - *scale * (1 - tier.ratio);
        }
    if (*scale * largest > 1)
        problems.add(
            venue.at("haircut_scale"),
            fmt::format("takes a haircut of {:.6g} to {:.6g}, above 1", largest, *scale * largest),
            fmt::format("write {:.6g} or less", 1 / largest));
}

}  // namespace

void apply_scales(Scenario& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    scale_volatilities(scenario);
    name_assets(scenario.market.correlation, scenario);
    move_matrix(scenario.market.correlation, assets, problems);
    for (RegimeConfig& regime : scenario.market.regimes) {
        name_assets(regime.correlation, scenario);
        move_matrix(regime.correlation, assets, problems);
    }
    for (VenueConfig& venue : scenario.venues) {
        scale_maintenance(venue, problems);
        scale_haircuts(venue, problems);
    }
}

}  // namespace brink
