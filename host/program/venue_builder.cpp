// SPDX-License-Identifier: Apache-2.0
#include "host/program/venue_builder.hpp"

#include <algorithm>
#include <limits>

#include "host/program/band_builder.hpp"
#include "host/program/pool_builder.hpp"

namespace brink {
namespace {

RequirementRule requirement_rule(Requirement requirement)
{
    switch (requirement) {
        case Requirement::schedules:
            break;
        case Requirement::grid:
            return RequirementRule::grid;
        case Requirement::larger:
            return RequirementRule::larger;
    }
    return RequirementRule::schedules;
}

ReductionRule reduction_rule(Reduction reduction)
{
    switch (reduction) {
        case Reduction::full:
            break;
        case Reduction::tier_by_tier:
            return ReductionRule::tier_by_tier;
        case Reduction::close_factor:
            return ReductionRule::close_factor;
        case Reduction::target_health:
            return ReductionRule::target_health;
        case Reduction::absorb:
            return ReductionRule::absorb;
        case Reduction::slices:
            return ReductionRule::slices;
    }
    return ReductionRule::full;
}

LiquidationPriceRule price_rule(LiquidationPrice price)
{
    switch (price) {
        case LiquidationPrice::market:
            break;
        case LiquidationPrice::bankruptcy:
            return LiquidationPriceRule::bankruptcy;
        case LiquidationPrice::bonus:
            return LiquidationPriceRule::bonus;
        case LiquidationPrice::auction:
            return LiquidationPriceRule::auction;
        case LiquidationPrice::bands:
            return LiquidationPriceRule::bands;
        case LiquidationPrice::pool:
            return LiquidationPriceRule::pool;
    }
    return LiquidationPriceRule::market;
}

BonusRule bonus_rule(LiquidationBonus bonus)
{
    switch (bonus) {
        case LiquidationBonus::constant:
            break;
        case LiquidationBonus::linear_in_health:
            return BonusRule::linear_in_health;
        case LiquidationBonus::health_discount:
            return BonusRule::health_discount;
        case LiquidationBonus::from_ratio:
            return BonusRule::from_ratio;
    }
    return BonusRule::constant;
}

SeizureTerms make_seizure(LiquidationConfig const& rule)
{
    return {bonus_rule(rule.bonus),
            rule.close_factor_of == CloseFactorOf::position ? CloseFactorBase::position
                                                            : CloseFactorBase::debt,
            rule.protocol_share_of == ProtocolShareOf::bonus ? ProtocolShareBase::bonus
                                                             : ProtocolShareBase::seized,
            rule.least_bonus_share,
            rule.full_bonus_health,
            rule.bonus_cursor,
            rule.close_factor.value_or(1.0),
            rule.full_below_health,
            rule.full_below_value,
            rule.min_leftover,
            rule.target_health.value_or(1.0),
            rule.call_cost,
            rule.capacity.value_or(std::numeric_limits<double>::infinity()),
            rule.latency,
            rule.least_socialised};
}

SliceTerms make_slices(LiquidationConfig const& rule)
{
    return {rule.slice_share.value_or(1.0),
            rule.slice_least,
            rule.slice_most.value_or(std::numeric_limits<double>::infinity()),
            rule.slice_whole_below,
            rule.slice_interval,
            rule.slice_then == AfterFirstSlice::slice ? AfterSlice::slice : AfterSlice::all};
}

AuctionCurve auction_curve(AuctionShape shape)
{
    switch (shape) {
        case AuctionShape::stairstep:
            break;
        case AuctionShape::exponential:
            return AuctionCurve::exponential;
        case AuctionShape::linear:
            return AuctionCurve::linear;
    }
    return AuctionCurve::stairstep;
}

AuctionTerms make_auction(LiquidationConfig const& rule)
{
    return {auction_curve(rule.auction_curve),
            rule.auction_start,
            rule.auction_cut,
            rule.auction_interval,
            rule.auction_tail,
            rule.auction_cusp,
            rule.fee,
            rule.auction_room.value_or(std::numeric_limits<double>::infinity()),
            rule.min_leftover};
}

FeeBase fee_base(FeeOf of)
{
    switch (of) {
        case FeeOf::notional:
            break;
        case FeeOf::surplus:
            return FeeBase::surplus;
        case FeeOf::freed_margin:
            return FeeBase::freed_margin;
    }
    return FeeBase::notional;
}

ExchangeTerms make_exchange(VenueConfig const& venue)
{
    AutoExchangeConfig const rule = venue.auto_exchange.value_or(AutoExchangeConfig{});
    return {rule.threshold.value_or(no_exchange), rule.loan_to_value.value_or(no_exchange),
            rule.bid_haircut, rule.at_liquidation ? 1 : 0};
}

SaleTerms make_sale(VenueConfig const& venue)
{
    bool const shares = venue.auto_exchange && venue.auto_exchange->sale == BalanceSales::pro_rata;
    return {shares ? SaleRule::pro_rata : SaleRule::in_order, {}};
}

}  // namespace

Ladder<double> make_ladder(VenueConfig const& venue, ScenarioIndex const& index)
{
    return {
        venue.call_health.value_or(venue.liquidation_health),
        venue.liquidation_health,
        venue.call == CallRule::initial_margin ? CallTrigger::initial_margin : CallTrigger::health,
        venue.health == HealthMetric::margin ? HealthRule::margin
                                             : HealthRule::collateral_over_debt,
        venue.unrealised_pnl == UnrealisedPnl::face ? PnlRule::face : PnlRule::collateral,
        venue.comparison == Comparison::strict ? 1 : 0,
        requirement_rule(venue.requirement),
        -1,
        venue.option_value == OptionEquity::ignored ? 1 : 0,
        make_system(venue, index)};
}

std::vector<std::int32_t> make_sale_order(VenueConfig const& venue, ScenarioIndex const& index)
{
    std::vector<std::int32_t> order;
    if (!venue.auto_exchange || venue.auto_exchange->order.empty())
        return order;
    for (std::string const& name : venue.auto_exchange->order)
        order.push_back(index.asset(name));
    for (std::size_t i = 0; i < index.assets.names().size(); ++i)
        if (std::find(order.begin(), order.end(), static_cast<std::int32_t>(i)) == order.end())
            order.push_back(static_cast<std::int32_t>(i));
    return order;
}

Venue make_venue(VenueConfig const& venue)
{
    LiquidationConfig const& rule = venue.liquidation;
    return {reduction_rule(rule.reduction),
            price_rule(rule.price),
            rule.residual == Residual::owner ? ResidualRule::owner : ResidualRule::fund,
            rule.order == LiquidationOrder::as_listed
                ? LiquidationOrderRule::as_listed
                : LiquidationOrderRule::largest_maintenance_margin,
            rule.tiers_down,
            venue.recourse ? 1 : 0,
            rule.fee,
            rule.bid_haircut,
            opening_fund(venue),
            rule.takeover_health,
            fee_base(rule.fee_of),
            {rule.fee_growth_hourly / 3'600.0, rule.fee_most, rule.fee_grace},
            make_slices(rule),
            {rule.fillable_adjustment, rule.fillable_spread},
            make_auction(rule),
            make_bands(venue),
            make_pool(venue),
            make_seizure(rule),
            make_sale(venue),
            make_exchange(venue)};
}

}  // namespace brink
