// SPDX-License-Identifier: Apache-2.0
// Keys of [[venue]] and its sub-tables.
#include "io/config/config_tables.hpp"
#include "io/config/config_words.hpp"

namespace brink {
namespace {

constexpr Range tier_leverage_range{1, 1'000};
constexpr Range borrow_rate_range{-1, 100};
constexpr Range amplification_range{1, 10'000, true};
constexpr CountRange band_count_range{1, max_bands_of_loan};
constexpr Range growth_cap_range{0, 100};
/// Relative moves of a scenario grid: spot stays above 0.
constexpr Range grid_move_range{-1, 100, true};
/// Interest may outgrow what was lent; above this, a percentage is meant.
constexpr Range utilisation_range{0, 2};
constexpr Range slope_range{0, 1'000};
constexpr Range scale_range{0, 1'000};

}  // namespace

void visit_keys(TableVisitor& visitor, VenueConfig& venue)
{
    visitor.text("name", venue.name, Need::required);
    visitor.maybe_text("include", venue.include);
    visitor.text("source", venue.source, Need::optional);
    visitor.text("date", venue.date, Need::optional);
    visitor.texts("unverified", venue.unverified, Need::optional);
    visitor.texts("inferred", venue.inferred, Need::optional);
    visitor.texts("assumed", venue.assumed, Need::optional);
    visitor.choice("health", venue.health);
    visitor.choice("call", venue.call);
    visitor.maybe_number("call_health", venue.call_health, positive);
    visitor.number("liquidation_health", venue.liquidation_health, positive, Need::optional);
    visitor.choice("comparison", venue.comparison);
    visitor.choice("unrealised_pnl", venue.unrealised_pnl);
    visitor.choice("requirement", venue.requirement);
    visitor.choice("option_value", venue.option_value);
    visitor.flag("recourse", venue.recourse);
    visitor.maybe_number("maintenance_scale", venue.maintenance_scale, scale_range);
    visitor.maybe_number("haircut_scale", venue.haircut_scale, scale_range);
    visitor.number("insurance_fund", venue.insurance_fund, not_negative, Need::optional);
    visitor.maybe_duration("largest_sensible_step", venue.largest_sensible_step, positive);
    visitor.table("liquidation", venue.liquidation);
    visitor.maybe_table("recovery", venue.recovery);
    visitor.maybe_table("auto_exchange", venue.auto_exchange);
    visitor.tables("schedules", venue.schedules);
    visitor.maybe_table("grid", venue.grid);
    visitor.maybe_table("bands", venue.bands);
    visitor.tables("collateral", venue.collateral);
    visitor.tables("borrow", venue.borrow);
    visitor.tables("oracle", venue.oracle);
}

void visit_keys(TableVisitor& visitor, LiquidationConfig& liquidation)
{
    visitor.choice("reduction", liquidation.reduction);
    std::uint64_t tiers_down = static_cast<std::uint64_t>(liquidation.tiers_down);
    visitor.count("tiers_down", tiers_down, {1, 100});
    liquidation.tiers_down = static_cast<std::int32_t>(tiers_down);
    visitor.choice("price", liquidation.price);
    visitor.choice("residual", liquidation.residual);
    visitor.choice("order", liquidation.order);
    visitor.number("fee", liquidation.fee, fraction, Need::optional);
    visitor.choice("fee_of", liquidation.fee_of);
    visitor.number("fee_growth_hourly", liquidation.fee_growth_hourly, not_negative,
                   Need::optional);
    visitor.number("fee_most", liquidation.fee_most, fraction, Need::optional);
    visitor.duration("fee_grace", liquidation.fee_grace, not_negative, Need::optional);
    visitor.number("takeover_health", liquidation.takeover_health, not_negative, Need::optional);
    visitor.maybe_number("slice_share", liquidation.slice_share, {0, 1, true, false});
    visitor.number("slice_least", liquidation.slice_least, not_negative, Need::optional);
    visitor.maybe_number("slice_most", liquidation.slice_most, positive);
    visitor.number("slice_whole_below", liquidation.slice_whole_below, not_negative,
                   Need::optional);
    visitor.duration("slice_interval", liquidation.slice_interval, positive, Need::optional);
    visitor.choice("slice_then", liquidation.slice_then);
    visitor.number("fillable_adjustment", liquidation.fillable_adjustment, not_negative,
                   Need::optional);
    visitor.number("fillable_spread", liquidation.fillable_spread, not_negative, Need::optional);
    visitor.number("bid_haircut", liquidation.bid_haircut, {0, 1, false, true}, Need::optional);
    visitor.choice("bonus", liquidation.bonus);
    visitor.number("least_bonus_share", liquidation.least_bonus_share, fraction, Need::optional);
    visitor.number("full_bonus_health", liquidation.full_bonus_health, {0, 1, false, true},
                   Need::optional);
    visitor.number("bonus_cursor", liquidation.bonus_cursor, {0, 1, false, true}, Need::optional);
    visitor.maybe_number("close_factor", liquidation.close_factor, {0, 1, true, false});
    visitor.choice("close_factor_of", liquidation.close_factor_of);
    visitor.number("full_below_health", liquidation.full_below_health, not_negative,
                   Need::optional);
    visitor.number("full_below_value", liquidation.full_below_value, not_negative, Need::optional);
    visitor.number("min_leftover", liquidation.min_leftover, not_negative, Need::optional);
    visitor.maybe_number("target_health", liquidation.target_health, positive);
    visitor.choice("protocol_share_of", liquidation.protocol_share_of);
    visitor.maybe_number("storefront_price_factor", liquidation.storefront_price_factor, fraction);
    visitor.maybe_number("target_reserves", liquidation.target_reserves, not_negative);
    visitor.number("least_socialised", liquidation.least_socialised, not_negative, Need::optional);
    visitor.choice("auction_curve", liquidation.auction_curve);
    visitor.number("auction_start", liquidation.auction_start, positive, Need::optional);
    visitor.number("auction_cut", liquidation.auction_cut, {0, 1, true, true}, Need::optional);
    visitor.duration("auction_interval", liquidation.auction_interval, positive, Need::optional);
    visitor.duration("auction_tail", liquidation.auction_tail, positive, Need::optional);
    visitor.number("auction_cusp", liquidation.auction_cusp, fraction, Need::optional);
    visitor.maybe_number("auction_room", liquidation.auction_room, positive);
    visitor.maybe_number("pool", liquidation.pool, not_negative);
    visitor.maybe_number("pool_penalty", liquidation.pool_penalty, fraction);
    visitor.maybe_number("redistribution_penalty", liquidation.redistribution_penalty, fraction);
    visitor.number("gas_compensation", liquidation.gas_compensation, {0, 1, false, true},
                   Need::optional);
    visitor.choice("gas_compensation_of", liquidation.gas_compensation_of);
    visitor.maybe_number("gas_compensation_most", liquidation.gas_compensation_most, positive);
    visitor.number("gas_deposit", liquidation.gas_deposit, not_negative, Need::optional);
    visitor.number("call_cost", liquidation.call_cost, not_negative, Need::optional);
    visitor.maybe_number("capacity", liquidation.capacity, positive);
    visitor.duration("latency", liquidation.latency, not_negative, Need::optional);
}

void visit_keys(TableVisitor& visitor, BandsConfig& bands)
{
    visitor.number("amplification", bands.amplification, amplification_range, Need::required);
    visitor.count("count", bands.count, band_count_range);
    visitor.number("fee", bands.fee, {0, 1, false, true}, Need::optional);
    visitor.number("loan_discount", bands.loan_discount, {0, 1, false, true}, Need::optional);
    visitor.maybe_number("arbitrage_move", bands.arbitrage_move, {0, 1, true, false});
    visitor.number("leap", bands.leap, positive, Need::optional);
}

void visit_keys(TableVisitor& visitor, RecoveryConfig& recovery)
{
    visitor.number("critical_ratio", recovery.critical_ratio, positive, Need::required);
    visitor.text("asset", recovery.asset, Need::required);
    visitor.number("system_collateral", recovery.system_collateral, positive, Need::required);
    visitor.number("system_debt", recovery.system_debt, positive, Need::required);
    visitor.text("source", recovery.source, Need::optional);
    visitor.text("date", recovery.date, Need::optional);
}

void visit_keys(TableVisitor& visitor, AutoExchangeConfig& exchange)
{
    visitor.maybe_number("threshold", exchange.threshold, not_negative);
    visitor.maybe_number("loan_to_value", exchange.loan_to_value, positive);
    visitor.flag("at_liquidation", exchange.at_liquidation);
    visitor.choice("sale", exchange.sale);
    visitor.texts("order", exchange.order, Need::optional);
    visitor.number("bid_haircut", exchange.bid_haircut, {0, 1, false, true}, Need::optional);
    visitor.text("source", exchange.source, Need::optional);
    visitor.text("date", exchange.date, Need::optional);
}

void visit_keys(TableVisitor& visitor, ScheduleConfig& schedule)
{
    visitor.texts("instruments", schedule.instruments, Need::required);
    visitor.choice("kind", schedule.kind);
    visitor.choice("unit", schedule.unit);
    visitor.choice("basis", schedule.basis);
    visitor.number("close_fee_rate", schedule.close_fee_rate, {0, 1, false, true}, Need::optional);
    visitor.tables("tiers", schedule.tiers);
    visitor.number("open_interest", schedule.open_interest, not_negative, Need::optional);
    visitor.number("open_interest_lower", schedule.open_interest_lower, not_negative,
                   Need::optional);
    visitor.number("open_interest_upper", schedule.open_interest_upper, not_negative,
                   Need::optional);
    visitor.maybe_table("option", schedule.option);
    visitor.text("source", schedule.source, Need::optional);
    visitor.text("date", schedule.date, Need::optional);
}

void visit_keys(TableVisitor& visitor, TierConfig& tier)
{
    visitor.number("floor", tier.floor, not_negative, Need::required);
    visitor.number("maintenance_rate", tier.maintenance_rate, fraction, Need::required);
    visitor.maybe_number("maintenance_amount", tier.maintenance_amount, not_negative);
    visitor.maybe_number("max_leverage", tier.max_leverage, tier_leverage_range);
    visitor.number("maintenance_slope", tier.maintenance_slope, fraction, Need::optional);
    visitor.number("initial_slope", tier.initial_slope, fraction, Need::optional);
}

void visit_keys(TableVisitor& visitor, OptionMarginConfig& margin)
{
    visitor.number("initial_rate", margin.initial_rate, fraction, Need::required);
    visitor.number("initial_least", margin.initial_least, fraction, Need::optional);
    visitor.number("maintenance_rate", margin.maintenance_rate, fraction, Need::required);
    visitor.flag("put_follows_mark", margin.put_follows_mark);
}

void visit_keys(TableVisitor& visitor, GridConfig& grid)
{
    visitor.tables("scenarios", grid.scenarios);
    visitor.tables("contingencies", grid.contingencies);
    visitor.duration("volatility_time", grid.volatility_time, positive, Need::optional);
    visitor.duration("least_time", grid.least_time, positive, Need::optional);
    visitor.number("short_power", grid.short_power, fraction, Need::optional);
    visitor.number("long_power", grid.long_power, fraction, Need::optional);
    visitor.number("initial_factor", grid.initial_factor, positive, Need::optional);
    visitor.number("maintenance_factor", grid.maintenance_factor, positive, Need::optional);
    visitor.text("source", grid.source, Need::optional);
    visitor.text("date", grid.date, Need::optional);
}

void visit_keys(TableVisitor& visitor, GridScenarioConfig& scenario)
{
    visitor.numbers("spot", scenario.spot, grid_move_range);
    visitor.numbers("volatility", scenario.volatility, grid_move_range);
    visitor.number("weight", scenario.weight, {0, 1, true, false}, Need::optional);
}

void visit_keys(TableVisitor& visitor, ContingencyConfig& contingency)
{
    visitor.choice("of", contingency.of, Need::required);
    visitor.number("rate", contingency.rate, fraction, Need::required);
    visitor.choice("use", contingency.use);
    visitor.tables("tiers", contingency.tiers);
}

void visit_keys(TableVisitor& visitor, ScalingTierConfig& tier)
{
    visitor.number("floor", tier.floor, not_negative, Need::required);
    visitor.number("multiplier", tier.multiplier, not_negative, Need::required);
}

void visit_keys(TableVisitor& visitor, CollateralConfig& collateral)
{
    visitor.text("asset", collateral.asset, Need::required);
    visitor.choice("unit", collateral.unit);
    visitor.tables("tiers", collateral.tiers);
    visitor.maybe_table("from_liquidity", collateral.from_liquidity);
    visitor.maybe_number("cap", collateral.cap, not_negative);
    visitor.choice("valuation", collateral.valuation);
    visitor.choice("scope", collateral.scope);
    visitor.maybe_number("liquidation_bonus", collateral.liquidation_bonus, fraction);
    visitor.maybe_number("liquidation_factor", collateral.liquidation_factor, {0, 1, true, false});
    visitor.number("protocol_share", collateral.protocol_share, fraction, Need::optional);
    visitor.text("source", collateral.source, Need::optional);
    visitor.text("date", collateral.date, Need::optional);
}

void visit_keys(TableVisitor& visitor, LiquidityConfig& terms)
{
    visitor.number("volatility", terms.volatility, not_negative, Need::required);
    visitor.number("liquidity", terms.liquidity, positive, Need::required);
    visitor.number("debt_cap", terms.debt_cap, positive, Need::required);
    visitor.number("confidence", terms.confidence, not_negative, Need::required);
    visitor.number("reserve", terms.reserve, fraction, Need::optional);
}

void visit_keys(TableVisitor& visitor, CollateralTierConfig& tier)
{
    visitor.number("floor", tier.floor, not_negative, Need::required);
    visitor.number("ratio", tier.ratio, fraction, Need::required);
}

void visit_keys(TableVisitor& visitor, OracleConfig& oracle)
{
    visitor.text("asset", oracle.asset, Need::required);
    visitor.choice("reads", oracle.reads);
    visitor.maybe_number("deviation", oracle.deviation, {0, 1, true, false});
    visitor.maybe_duration("heartbeat", oracle.heartbeat, positive);
    visitor.duration("delay", oracle.delay, not_negative, Need::optional);
    visitor.maybe_duration("smoothing", oracle.smoothing, positive);
    visitor.maybe_number("growth_cap", oracle.growth_cap, growth_cap_range);
    visitor.text("source", oracle.source, Need::optional);
    visitor.text("date", oracle.date, Need::optional);
}

void visit_keys(TableVisitor& visitor, BorrowConfig& borrow)
{
    visitor.text("asset", borrow.asset, Need::required);
    visitor.maybe_number("rate", borrow.rate, borrow_rate_range);
    visitor.maybe_table("curve", borrow.curve);
    visitor.number("maintenance_rate", borrow.maintenance_rate, fraction, Need::optional);
    visitor.number("initial_rate", borrow.initial_rate, fraction, Need::optional);
}

void visit_keys(TableVisitor& visitor, RateCurveConfig& curve)
{
    visitor.number("utilisation", curve.utilisation, utilisation_range, Need::required);
    visitor.number("kink", curve.kink, fraction, Need::required);
    visitor.number("base_rate", curve.base_rate, borrow_rate_range, Need::required);
    visitor.number("slope_below", curve.slope_below, slope_range, Need::required);
    visitor.number("slope_above", curve.slope_above, slope_range, Need::required);
}

}  // namespace brink
