// SPDX-License-Identifier: Apache-2.0
// Keys of [market], [[asset]] and [[instrument]].
#include "io/config/config_tables.hpp"
#include "io/config/config_words.hpp"

namespace brink {
namespace {

/// 100 000 % a year: above it a misplaced decimal point is certain.
constexpr Range volatility_range{0, 1'000};
constexpr Range growth_range{-100, 100};
/// From a memory of ten thousand years to one of an hour.
constexpr Range reversion_range{1e-4, 1e4};
/// From no effect that a float could show.
constexpr Range vol_of_vol_range{1e-4, 1e3};
/// Of log prices: a fall by a factor of 20,000.
constexpr Range jump_range{-10, 10};
/// Mean log fall: by a factor of seven.
constexpr Range depeg_range{0, 2};
constexpr Range rate_range{-1, 1};
constexpr Range correlation_range{-1, 1};
constexpr Range correlation_scale_range{-1'000, 1'000};
constexpr Range basis_range{-10, 10};
/// Annual, implied.
constexpr Range implied_range{0, 100, true};
/// Of a regime over the market's own.
constexpr Range multiplier_range{0, 1'000};
constexpr Range depth_range{1e-6, 1e6};
/// Of a price: to a millionth, or to a thousand times as much.
constexpr Range shock_range{-0.999999, 999};
constexpr Range shock_multiple_range{1e-6, 1'000};
constexpr Range funding_multiplier_range{-1'000, 1'000};

}  // namespace

void visit_keys(TableVisitor& visitor, MarketConfig& market)
{
    visitor.texts("include", market.include, Need::optional);
    visitor.maybe_text("prices", market.prices);
    visitor.duration("prices_max_age", market.prices_max_age, not_negative, Need::optional);
    visitor.choice("model", market.model);
    visitor.maybe_choice("copula", market.copula);
    visitor.number("degrees_of_freedom", market.degrees_of_freedom, not_negative, Need::optional);
    visitor.mixing("mixing", market.mixing);
    visitor.maybe_number("volatility_scale", market.volatility_scale, multiplier_range);
    visitor.table("correlation", market.correlation);
    visitor.tables("common_jumps", market.common_jumps);
    visitor.tables("regimes", market.regimes);
    visitor.maybe_table("history", market.history);
    visitor.tables("failures", market.failures);
    visitor.tables("shocks", market.shocks);
    visitor.text("source", market.source, Need::optional);
    visitor.text("date", market.date, Need::optional);
}

void visit_keys(TableVisitor& visitor, CorrelationConfig& correlation)
{
    visitor.texts("assets", correlation.assets, Need::optional);
    visitor.matrix("matrix", correlation.matrix);
    visitor.maybe_choice("repair", correlation.repair);
    visitor.maybe_number("level", correlation.level, correlation_range);
    visitor.maybe_number("scale", correlation.scale, correlation_scale_range);
    visitor.maybe_number("blend", correlation.blend, fraction);
    visitor.matrix("blend_to", correlation.blend_to);
}

void visit_keys(TableVisitor& visitor, JumpConfig& jumps)
{
    visitor.number("rate", jumps.rate, positive, Need::required);
    visitor.number("mean", jumps.mean, jump_range, Need::optional);
    visitor.number("sd", jumps.sd, {0, jump_range.high}, Need::optional);
    visitor.number("up_probability", jumps.up_probability, fraction, Need::optional);
    visitor.number("up_mean", jumps.up_mean, {0, jump_range.high}, Need::optional);
    visitor.number("down_mean", jumps.down_mean, {0, jump_range.high}, Need::optional);
}

void visit_keys(TableVisitor& visitor, CommonJumpConfig& jumps)
{
    visitor.choice("size", jumps.size);
    visit_keys(visitor, static_cast<JumpConfig&>(jumps));
    visitor.amounts("loadings", jumps.loadings, any_number);
}

void visit_keys(TableVisitor& visitor, RegimeConfig& regime)
{
    visitor.text("name", regime.name, Need::required);
    visitor.duration("mean_duration", regime.mean_duration, positive, Need::required);
    visitor.amounts("next", regime.next, fraction);
    visitor.maybe_number("start", regime.start, fraction);
    visitor.number("volatility", regime.volatility, multiplier_range, Need::optional);
    visitor.amounts("volatilities", regime.volatilities, volatility_range);
    visitor.table("correlation", regime.correlation);
    visitor.number("jump_rate", regime.jump_rate, multiplier_range, Need::optional);
    visitor.number("depth", regime.depth, depth_range, Need::optional);
    visitor.number("funding", regime.funding, funding_multiplier_range, Need::optional);
}

void visit_keys(TableVisitor& visitor, HistoryConfig& history)
{
    visitor.texts("prices", history.prices, Need::optional);
    visitor.labels("columns", history.columns);
    visitor.maybe_instant("from", history.from);
    visitor.maybe_instant("to", history.to);
    visitor.choice("missing", history.missing);
    visitor.choice("method", history.method);
    visitor.maybe_duration("block_length", history.block_length, positive);
    visitor.texts("assets", history.assets, Need::optional);
    visitor.duration("interval", history.interval, positive, Need::optional);
    visitor.matrix("returns", history.returns);
    visitor.text("window", history.window, Need::optional);
}

void visit_keys(TableVisitor& visitor, FailureConfig& failure)
{
    visitor.number("rate", failure.rate, positive, Need::required);
    visitor.amounts("levels", failure.levels, fraction);
}

void visit_keys(TableVisitor& visitor, ShockConfig& shock)
{
    visitor.duration("begin", shock.begin, not_negative, Need::optional);
    visitor.duration("duration", shock.duration, not_negative, Need::optional);
    visitor.maybe_duration("hold", shock.hold, positive);
    visitor.texts("assets", shock.assets, Need::optional);
    visitor.maybe_number("price", shock.price, shock_range);
    visitor.maybe_number("price_to", shock.price_to, positive);
    visitor.number("volatility", shock.volatility, shock_multiple_range, Need::optional);
    visitor.number("correlation", shock.correlation, fraction, Need::optional);
    visitor.number("jump_rate", shock.jump_rate, shock_multiple_range, Need::optional);
    visitor.number("depth", shock.depth, depth_range, Need::optional);
    visitor.number("funding", shock.funding, funding_multiplier_range, Need::optional);
}

void visit_keys(TableVisitor& visitor, StressConfig& stress)
{
    visitor.text("name", stress.name, Need::required);
    visitor.tables("shocks", stress.shocks);
    visitor.settings("set", stress.set);
}

void visit_keys(TableVisitor& visitor, HestonConfig& heston)
{
    visitor.number("mean_reversion", heston.mean_reversion, reversion_range, Need::required);
    visitor.maybe_number("long_run_volatility", heston.long_run_volatility,
                         {0, volatility_range.high, true});
    visitor.number("vol_of_vol", heston.vol_of_vol, vol_of_vol_range, Need::required);
    visitor.number("spot_vol_correlation", heston.spot_vol_correlation, correlation_range,
                   Need::required);
}

void visit_keys(TableVisitor& visitor, GarchConfig& garch)
{
    visitor.duration("interval", garch.interval, positive, Need::optional);
    visitor.maybe_number("long_run_volatility", garch.long_run_volatility,
                         {0, volatility_range.high, true});
    visitor.number("alpha", garch.alpha, fraction, Need::required);
    visitor.number("gamma", garch.gamma, correlation_range, Need::optional);
    visitor.number("beta", garch.beta, fraction, Need::required);
}

void visit_keys(TableVisitor& visitor, PegConfig& peg)
{
    visitor.text("reference", peg.reference, Need::optional);
    visitor.number("exchange_rate", peg.exchange_rate, positive, Need::optional);
    visitor.number("accrual", peg.accrual, growth_range, Need::optional);
    visitor.duration("half_life", peg.half_life, positive, Need::required);
    visitor.number("depeg_rate", peg.depeg_rate, not_negative, Need::optional);
    visitor.number("depeg_size", peg.depeg_size, depeg_range, Need::optional);
    visitor.duration("depeg_half_life", peg.depeg_half_life, not_negative, Need::optional);
}

void visit_keys(TableVisitor& visitor, CarryFactorConfig& factor)
{
    visitor.number("mean", factor.mean, growth_range, Need::required);
    visitor.maybe_number("initial", factor.initial, growth_range);
    visitor.duration("half_life", factor.half_life, positive, Need::required);
    visitor.number("sd", factor.sd, {0, growth_range.high}, Need::required);
    visitor.number("spot_correlation", factor.spot_correlation, correlation_range, Need::optional);
    visitor.maybe_number("floor", factor.floor, growth_range);
    visitor.maybe_number("cap", factor.cap, growth_range);
}

void visit_keys(TableVisitor& visitor, AssetConfig& asset)
{
    visitor.text("name", asset.name, Need::required);
    visitor.maybe_number("price", asset.price, positive);
    visitor.maybe_choice("model", asset.model);
    visitor.number("volatility", asset.volatility, volatility_range, Need::optional);
    visitor.number("drift", asset.drift, growth_range, Need::optional);
    visitor.maybe_table("jumps", asset.jumps);
    visitor.maybe_table("heston", asset.heston);
    visitor.maybe_table("garch", asset.garch);
    visitor.maybe_table("peg", asset.peg);
    visitor.maybe_number("degrees_of_freedom", asset.degrees_of_freedom, not_negative);
    visitor.maybe_table("funding", asset.funding);
    visitor.maybe_table("borrow", asset.borrow);
    visitor.maybe_table("implied_volatility", asset.implied_volatility);
    visitor.number("smallest_unit", asset.smallest_unit, not_negative, Need::optional);
    visitor.table("execution", asset.execution);
}

void visit_keys(TableVisitor& visitor, ExecutionConfig& execution)
{
    visitor.number("half_spread", execution.half_spread, fraction, Need::optional);
    visitor.number("impact_coefficient", execution.impact_coefficient, not_negative,
                   Need::optional);
    visitor.number("adv_usd", execution.adv_usd, not_negative, Need::optional);
    visitor.number("depth_2pct_usd", execution.depth_2pct_usd, not_negative, Need::optional);
    visitor.number("amm_depth_usd", execution.amm_depth_usd, not_negative, Need::optional);
    visitor.number("amm_fee", execution.amm_fee, {0, 1, false, true}, Need::optional);
}

void visit_keys(TableVisitor& visitor, InstrumentConfig& instrument)
{
    visitor.text("name", instrument.name, Need::required);
    visitor.text("venue", instrument.venue, Need::required);
    visitor.choice("kind", instrument.kind, Need::required);
    visitor.text("base", instrument.base, Need::required);
    visitor.text("quote", instrument.quote, Need::required);
    visitor.text("settlement", instrument.settlement, Need::optional);
    visitor.number("contract_size", instrument.contract_size, positive, Need::optional);
    visitor.number("funding_rate_per_interval", instrument.funding_rate_per_interval, rate_range,
                   Need::optional);
    visitor.duration("funding_interval", instrument.funding_interval, positive, Need::optional);
    visitor.maybe_table("execution", instrument.execution);
    visitor.maybe_instant("expiry", instrument.expiry);
    visitor.maybe_number("strike", instrument.strike, positive);
    visitor.number("basis", instrument.basis, basis_range, Need::optional);
    visitor.maybe_number("volatility", instrument.volatility, implied_range);
}

}  // namespace brink
