// SPDX-License-Identifier: Apache-2.0
#include "host/program/rules_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/program/carry_builder.hpp"
#include "host/program/grid_builder.hpp"
#include "host/program/instrument_builder.hpp"
#include "host/program/market_builder.hpp"
#include "host/program/venue_builder.hpp"
#include "io/config/duration.hpp"
#include "models/liquidation/storefront.hpp"

namespace brink {
namespace {

/// Where a storefront sells what the venue absorbs, its price says what the venue keeps: the fund
/// as it is at t_0 says whether it is open.
double protocol_share(CollateralConfig const& config, VenueConfig const& venue)
{
    LiquidationConfig const& rule = venue.liquidation;
    if (!rule.storefront_price_factor)
        return config.protocol_share;
    bool const is_open =
        !rule.target_reserves || is_storefront_open(venue.insurance_fund, *rule.target_reserves);
    return storefront_share(*rule.storefront_price_factor, is_open);
}

BonusTerms make_bonus(CollateralConfig const& config, VenueConfig const& venue)
{
    double const stated = config.liquidation_bonus.value_or(0.0);
    return {config.liquidation_factor ? 1.0 / *config.liquidation_factor - 1.0 : stated,
            protocol_share(config, venue)};
}

CurveDraft make_curve(CollateralConfig const& config, VenueConfig const& venue)
{
    CurveUnit const unit = config.unit == CollateralUnit::usd ? CurveUnit::value : CurveUnit::coin;
    return {{{},
             unit,
             config.valuation == Valuation::par ? 1 : 0,
             config.scope == CollateralScope::initial ? 1 : 0},
            make_slabs(config),
            make_bonus(config, venue)};
}

TierUnit tier_unit(ScheduleUnit unit)
{
    switch (unit) {
        case ScheduleUnit::base:
            return TierUnit::base;
        case ScheduleUnit::contracts:
            return TierUnit::contracts;
        case ScheduleUnit::notional:
            break;
    }
    return TierUnit::notional;
}

ScheduleShape schedule_shape(ScheduleKind kind)
{
    switch (kind) {
        case ScheduleKind::marginal:
            break;
        case ScheduleKind::whole_position:
            return ScheduleShape::whole_position;
        case ScheduleKind::affine:
            return ScheduleShape::affine;
        case ScheduleKind::square_root:
            return ScheduleShape::square_root;
        case ScheduleKind::short_option:
            return ScheduleShape::short_option;
    }
    return ScheduleShape::marginal;
}

double open_interest_slope(ScheduleConfig const& config)
{
    double const range = config.open_interest_upper - config.open_interest_lower;
    return range > 0.0 ? 1.0 / range : 0.0;
}

ScheduleDraft make_schedule(ScheduleConfig const& config)
{
    OptionMarginConfig const option = config.option.value_or(OptionMarginConfig{});
    return {{{},
             schedule_shape(config.kind),
             tier_unit(config.unit),
             config.basis == MarginBasis::mark ? ChargeBasis::mark : ChargeBasis::entry,
             config.close_fee_rate,
             option.initial_rate,
             option.initial_least,
             option.maintenance_rate,
             config.open_interest,
             config.open_interest_lower,
             open_interest_slope(config),
             option.put_follows_mark ? 1 : 0},
            make_tiers(config)};
}

void build_assets(Scenario const& scenario, ProgramDraft& draft)
{
    for (AssetConfig const& asset : scenario.assets) {
        bool const fixed = model_in_force(asset, scenario.market) == MarginalModel::fixed;
        draft.assets.push_back({*asset.price,
                                make_execution(asset.execution, fixed ? 0.0 : asset.volatility),
                                asset.smallest_unit});
    }
}

/// Schedules of a venue; places[instrument] is where that instrument's went.
void build_schedules(VenueConfig const& venue, ScenarioIndex const& index, ProgramDraft& draft,
                     std::vector<std::int32_t>& places)
{
    for (ScheduleConfig const& schedule : venue.schedules) {
        for (std::string const& name : schedule.instruments)
            places[static_cast<std::size_t>(index.instrument(venue.name, name))] =
                static_cast<std::int32_t>(draft.schedules.size());
        draft.schedules.push_back(make_schedule(schedule));
    }
}

/// For instruments of which a grid alone requires margin.
void add_empty_schedule(ProgramDraft& draft, std::vector<std::int32_t>& places)
{
    std::replace(places.begin(), places.end(), -1,
                 static_cast<std::int32_t>(draft.schedules.size()));
    ScheduleDraft none;
    none.tiers.push_back({0.0, 0.0, 0.0, 0.0});
    draft.schedules.push_back(none);
}

std::vector<std::int32_t> build_curves(VenueConfig const& venue, ScenarioIndex const& index,
                                       ProgramDraft& draft, std::vector<std::string>& assumptions)
{
    std::vector<std::int32_t> places(index.assets.names().size(), -1);
    for (CollateralConfig const& collateral : venue.collateral) {
        places[index.assets.index_of(collateral.asset)] =
            static_cast<std::int32_t>(draft.curves.size());
        draft.curves.push_back(make_curve(collateral, venue));
        if (collateral.valuation == Valuation::par)
            assumptions.push_back(
                fmt::format("{} counts {} at par in margin", venue.name, collateral.asset));
    }
    return places;
}

}  // namespace

std::vector<Slab<double>> make_slabs(CollateralConfig const& config)
{
    std::vector<Slab<double>> slabs;
    double offset = 0.0;
    double previous_ratio = 0.0;
    for (CollateralTierConfig const& tier : config.tiers) {
        if (!slabs.empty())
            offset += tier.floor * (previous_ratio - tier.ratio);
        slabs.push_back({tier.ratio, offset});
        previous_ratio = tier.ratio;
    }
    if (config.cap) {
        double most = *config.cap;
        for (Slab<double> const& slab : slabs)
            most = std::min(most, slab.slope * *config.cap + slab.offset);
        slabs.push_back({0.0, most});
    }
    return slabs;
}

std::vector<MarginTier<double>> make_tiers(ScheduleConfig const& config)
{
    bool const marginal = config.kind == ScheduleKind::marginal;
    std::vector<MarginTier<double>> tiers;
    double initial = 0.0;  // a bracket that states none needs no less than the one below
    for (TierConfig const& tier : config.tiers) {
        if (tier.max_leverage)
            initial = 1.0 / *tier.max_leverage;
        else if (initial > 0.0)
            initial = std::max(initial, tier.maintenance_rate);
        tiers.push_back({tier.floor, tier.maintenance_rate,
                         marginal ? tier.maintenance_amount.value_or(0.0) : 0.0, initial,
                         tier.maintenance_slope, tier.initial_slope});
    }
    return tiers;
}

Execution make_execution(ExecutionConfig const& config, double annual_volatility)
{
    return {config.half_spread, config.impact_coefficient, annual_volatility / std::sqrt(365.0),
            config.adv_usd,     config.depth_2pct_usd,     config.amm_depth_usd,
            config.amm_fee};
}

RulePlaces build_rules(Scenario const& scenario, ScenarioIndex const& index, ProgramDraft& draft,
                       std::vector<std::string>& assumptions)
{
    RulePlaces places;
    std::vector<std::int32_t> schedule_of(scenario.instruments.size(), -1);
    build_assets(scenario, draft);
    draft.carry_factors = build_carry_factors(scenario);
    for (VenueConfig const& venue : scenario.venues) {
        draft.venues.push_back(make_venue(venue));
        draft.sale_orders.push_back(make_sale_order(venue, index));
        draft.ladders.push_back(make_ladder(venue, index));
        if (venue.grid) {
            draft.ladders.back().grid = static_cast<std::int32_t>(draft.grids.size());
            draft.grids.push_back(make_grid(*venue.grid));
        }
        places.curve.push_back(build_curves(venue, index, draft, assumptions));
        build_schedules(venue, index, draft, schedule_of);
    }
    if (std::find(schedule_of.begin(), schedule_of.end(), -1) != schedule_of.end())
        add_empty_schedule(draft, schedule_of);
    for (std::size_t i = 0; i < scenario.instruments.size(); ++i) {
        InstrumentConfig const& config = scenario.instruments[i];
        AssetConfig const& base = scenario.assets[index.assets.index_of(config.base)];
        draft.instruments.push_back(
            make_instrument(config, index, schedule_of[i], base, scenario, draft));
    }
    for (CarryFactor<double>& factor : draft.carry_factors)
        if (factor.kind == CarryKind::borrow)  // after those of the slots
            factor.carry_field += 2 * static_cast<std::int32_t>(draft.carry_slots.size());
    return places;
}

}  // namespace brink
