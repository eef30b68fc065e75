// SPDX-License-Identifier: Apache-2.0
// Which rules of liquidation go together.
#include "io/config/config_words.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace brink {
namespace {

/// A word of the configuration in quotes.
template<class Enum>
std::string word_of(Enum value)
{
    return fmt::format("\"{}\"", Words<Enum>::list[static_cast<std::size_t>(value)]);
}

bool sells_at_bonus(VenueConfig const& venue)
{
    return venue.liquidation.price == LiquidationPrice::bonus;
}

bool auctions(VenueConfig const& venue)
{
    return venue.liquidation.price == LiquidationPrice::auction;
}

bool offsets(VenueConfig const& venue)
{
    return venue.liquidation.price == LiquidationPrice::pool;
}

bool is_absorbing(VenueConfig const& venue)
{
    return venue.liquidation.reduction == Reduction::absorb;
}

double largest_bonus(CollateralConfig const& collateral)
{
    if (collateral.liquidation_factor)
        return 1 / *collateral.liquidation_factor - 1;
    return collateral.liquidation_bonus.value_or(0);
}

double largest_ratio(CollateralConfig const& collateral)
{
    return collateral.tiers.empty() ? 0 : collateral.tiers.front().ratio;
}

/// Prices at which collateral leaves the account for repaid debt.
void check_handover(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& rule = venue.liquidation;
    std::string const price = word_of(rule.price);
    std::string const refused = " does not go with price = " + price + ": ";
    if (!is_lending(venue))
        problems.add(rule.at("price"),
                     price + " is for lending venues: a debt is repaid and collateral taken for it",
                     "write health = \"collateral_over_debt\", or price = \"market\"");
    if (rule.reduction == Reduction::tier_by_tier)
        problems.add(rule.at("reduction"), "\"tier_by_tier\"" + refused + "loans have no brackets",
                     "write \"full\"");
    if (rule.reduction == Reduction::slices)
        problems.add(rule.at("reduction"), "\"slices\"" + refused + "loans have no positions",
                     "write \"full\"");
    if (rule.fee > 0 && !auctions(venue))
        problems.add(rule.at("fee"),
                     "price = " + price
                         + (offsets(venue) ? " has no fee: the collateral is what is paid"
                                           : " has no fee: the bonus is what is paid"),
                     "remove it, or write price = \"market\"");
    if (rule.residual == Residual::fund)
        problems.add(rule.at("residual"),
                     "\"fund\"" + refused + "what is not taken stays the owner's",
                     "write \"owner\"");
    if (venue.recourse)
        problems.add(venue.at("recourse"), refused.substr(1) + "the claim ends with the collateral",
                     "write false");
    if (rule.bid_haircut > 0)
        problems.warn(rule.at("bid_haircut"), "has no effect with price = " + price
                                                  + ": the venue sells nothing at market");
}

void check_reduction(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& rule = venue.liquidation;
    bool const by_bonus = rule.reduction == Reduction::close_factor
                          || (rule.reduction == Reduction::target_health && is_lending(venue))
                          || rule.reduction == Reduction::absorb;
    bool const by_bands = venue.liquidation.price == LiquidationPrice::bands
                          && rule.reduction == Reduction::close_factor;
    if (by_bonus && !by_bands && !sells_at_bonus(venue))
        problems.add(rule.at("reduction"),
                     word_of(rule.reduction)
                         + " needs price = \"bonus\": collateral changes hands for repaid debt",
                     "write price = \"bonus\", or reduction = \"full\"");
    auto const require = [&](std::string_view key, bool is_given, Reduction reduction,
                             std::string_view suggestion) {
        if (rule.reduction == reduction && !is_given)
            problems.add(rule.at(key),
                         "required key is missing where reduction = " + word_of(reduction),
                         std::string{suggestion});
        if (rule.reduction != reduction && is_given)
            problems.add(rule.at(key),
                         fmt::format("reduction = {} does not use it", word_of(rule.reduction)),
                         fmt::format("remove it, or write reduction = {}", word_of(reduction)));
    };
    require("close_factor", rule.close_factor.has_value(), Reduction::close_factor,
            "write close_factor = 0.5");
    require("target_health", rule.target_health.has_value(), Reduction::target_health,
            "write target_health = 1.05");
    require("slice_share", rule.slice_share.has_value(), Reduction::slices,
            "write slice_share = 0.2");
    if (is_absorbing(venue) && rule.bonus != LiquidationBonus::constant)
        problems.add(rule.at("bonus"),
                     "reduction = \"absorb\" credits collateral by its liquidation_factor alone",
                     "remove it");
}

/// A repayment of 1 takes (1 + bonus) x ratio from the weighted collateral.
void check_target_health(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& rule = venue.liquidation;
    if (rule.reduction != Reduction::target_health || !rule.target_health)
        return;
    if (*rule.target_health < venue.liquidation_health)
        problems.add(rule.at("target_health"),
                     fmt::format("{} is below liquidation_health {}", *rule.target_health,
                                 venue.liquidation_health));
    if (!is_lending(venue))
        return;
    for (CollateralConfig const& collateral : venue.collateral) {
        double const taken = (1 + largest_bonus(collateral)) * largest_ratio(collateral);
        if (*rule.target_health <= taken)
            problems.add(rule.at("target_health"),
                         fmt::format("{} is out of reach with {}: a repayment of 1 takes {:.6g} of "
                                     "weighted collateral (ratio x (1 + bonus))",
                                     *rule.target_health, collateral.asset, taken),
                         fmt::format("write more than {:.6g}", taken));
    }
}

void check_slices(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& rule = venue.liquidation;
    if (rule.reduction == Reduction::slices && is_lending(venue) && !sells_at_bonus(venue))
        problems.add(rule.at("reduction"),
                     "\"slices\" are of positions, which a loan does not have",
                     "write reduction = \"full\"");
    if (rule.slice_most && *rule.slice_most < rule.slice_least)
        problems.add(rule.at("slice_most"),
                     fmt::format("{} is below slice_least {}", *rule.slice_most, rule.slice_least));
    if (rule.takeover_health >= venue.liquidation_health)
        problems.add(rule.at("takeover_health"),
                     fmt::format("{} is not below liquidation_health {}: nothing would be reduced "
                                 "before the takeover",
                                 rule.takeover_health, venue.liquidation_health),
                     "write a lower one, or price = \"bankruptcy\"");
    if (rule.takeover_health > 0 && is_lending(venue))
        problems.add(rule.at("takeover_health"), "is for positions: a loan is not taken over",
                     "remove it");
    if (rule.fee_of != FeeOf::notional && is_lending(venue))
        problems.add(rule.at("fee_of"),
                     word_of(rule.fee_of) + " is for positions: a loan's fee is of its debt",
                     "write \"notional\"");
}

void check_bonus_of(CollateralConfig const& collateral, VenueConfig const& venue,
                    Problems& problems)
{
    bool const counts = largest_ratio(collateral) > 0;
    if (collateral.liquidation_bonus && collateral.liquidation_factor)
        problems.add(collateral.at("liquidation_factor"),
                     "liquidation_bonus is given as well: factor = 1 / (1 + bonus)",
                     "remove one of the two");
    if (collateral.liquidation_factor && !is_absorbing(venue))
        problems.add(collateral.at("liquidation_factor"), "is for reduction = \"absorb\"",
                     fmt::format("write liquidation_bonus = {:.6g}", largest_bonus(collateral)));
    if (counts && !collateral.liquidation_bonus && !collateral.liquidation_factor)
        problems.add(collateral.at("liquidation_bonus"),
                     "required key is missing where price = \"bonus\"",
                     is_absorbing(venue) ? "write liquidation_factor = 0.95"
                                         : "write liquidation_bonus = 0.05");
    double const taken = (1 + largest_bonus(collateral)) * largest_ratio(collateral);
    if (venue.liquidation.bonus == LiquidationBonus::constant && taken > venue.liquidation_health
        && !is_absorbing(venue))
        problems.warn(collateral.at("liquidation_bonus"),
                      fmt::format("ratio x (1 + bonus) is {:.6g}: a liquidation takes more of {} "
                                  "than it cures, from the first on",
                                  taken, collateral.asset));
}

/// Only of values other than the defaults: the effective configuration writes those out.
void warn_of_idle_terms(VenueConfig const& venue, Problems& problems)
{
    LiquidationConfig const& rule = venue.liquidation;
    LiquidationConfig const usual;
    auto const warn = [&](std::string_view key, auto LiquidationConfig::*value, bool is_used,
                          std::string_view needs) {
        if (rule.*value != usual.*value && !is_used)
            problems.warn(rule.at(key), fmt::format("has no effect without {}", needs));
    };
    using Config = LiquidationConfig;
    constexpr std::string_view factor = "reduction = \"close_factor\"";
    bool const by_factor = rule.reduction == Reduction::close_factor;
    warn("close_factor_of", &Config::close_factor_of, by_factor, factor);
    warn("full_below_health", &Config::full_below_health, by_factor, factor);
    warn("full_below_value", &Config::full_below_value, by_factor, factor);
    constexpr std::string_view calls = "liquidators who repay at a bonus";
    bool const by_call = sells_at_bonus(venue) && !is_absorbing(venue);
    warn("min_leftover", &Config::min_leftover, by_call || auctions(venue), calls);
    warn("call_cost", &Config::call_cost,
         by_call || auctions(venue) || rule.price == LiquidationPrice::bands, calls);
    warn("capacity", &Config::capacity, by_call, calls);
    warn("least_socialised", &Config::least_socialised, by_call, calls);
    warn("latency", &Config::latency, sells_at_bonus(venue), "price = \"bonus\"");
    warn("bonus", &Config::bonus, by_call || is_absorbing(venue), calls);  // refused if absorbing
    constexpr std::string_view linear = "bonus = \"linear_in_health\"";
    bool const is_linear = rule.bonus == LiquidationBonus::linear_in_health;
    warn("least_bonus_share", &Config::least_bonus_share, is_linear, linear);
    warn("full_bonus_health", &Config::full_bonus_health, is_linear, linear);
    warn("bonus_cursor", &Config::bonus_cursor, rule.bonus == LiquidationBonus::from_ratio,
         "bonus = \"from_ratio\"");
    warn("protocol_share_of", &Config::protocol_share_of, sells_at_bonus(venue),
         "price = \"bonus\"");
    constexpr std::string_view auction = "price = \"auction\"";
    warn("auction_curve", &Config::auction_curve, auctions(venue), auction);
    warn("auction_start", &Config::auction_start, auctions(venue), auction);
    warn("auction_cut", &Config::auction_cut, auctions(venue), auction);
    warn("auction_interval", &Config::auction_interval, auctions(venue), auction);
    warn("auction_tail", &Config::auction_tail, auctions(venue), auction);
    warn("auction_cusp", &Config::auction_cusp, auctions(venue), auction);
    warn("auction_room", &Config::auction_room, auctions(venue), auction);
    constexpr std::string_view slices = "reduction = \"slices\"";
    bool const by_slices = rule.reduction == Reduction::slices;
    warn("slice_least", &Config::slice_least, by_slices, slices);
    warn("slice_most", &Config::slice_most, by_slices, slices);
    warn("slice_whole_below", &Config::slice_whole_below, by_slices, slices);
    warn("slice_interval", &Config::slice_interval, by_slices, slices);
    warn("slice_then", &Config::slice_then, by_slices, slices);
    warn("fillable_adjustment", &Config::fillable_adjustment, by_slices, slices);
    bool const has_limit = by_slices && rule.fillable_adjustment > 0;
    warn("fillable_spread", &Config::fillable_spread, has_limit, "fillable_adjustment");
    warn("fee_of", &Config::fee_of, rule.fee > 0 || is_lending(venue), "fee");  // refused there
}

void warn_of_idle_bonus(CollateralConfig const& collateral, Problems& problems)
{
    auto const warn = [&](std::string_view key) {
        problems.warn(collateral.at(key), "has no effect without price = \"bonus\"");
    };
    if (collateral.liquidation_bonus)
        warn("liquidation_bonus");
    if (collateral.liquidation_factor)
        warn("liquidation_factor");
    if (collateral.protocol_share > 0)
        warn("protocol_share");
}

}  // namespace

void check_liquidations(Scenario const& scenario, Problems& problems)
{
    for (VenueConfig const& venue : scenario.venues) {
        check_reduction(venue, problems);
        check_target_health(venue, problems);
        check_slices(venue, problems);
        warn_of_idle_terms(venue, problems);
        if (sells_at_bonus(venue) || auctions(venue) || offsets(venue)
            || venue.liquidation.price == LiquidationPrice::bands)
            check_handover(venue, problems);
        for (CollateralConfig const& collateral : venue.collateral)
            if (sells_at_bonus(venue))
                check_bonus_of(collateral, venue, problems);
            else
                warn_of_idle_bonus(collateral, problems);
    }
}

}  // namespace brink
