// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/market_config.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace brink {

enum class ScheduleKind { marginal, whole_position, affine, square_root, short_option };
enum class ScheduleUnit { notional, base, contracts };  ///< of tier floors; notional is in quote

struct TierConfig : Located {
    double floor{0};
    double maintenance_rate{0};
    std::optional<double> maintenance_amount;  ///< marginal only; checked against the recurrence
    std::optional<double> max_leverage;
    double maintenance_slope{0};  ///< affine only: of the rate, per unit
    double initial_slope{0};
};

enum class MarginBasis { mark, entry };

/// What an option sold needs, of its underlying's value, each with the option's own value on top.
struct OptionMarginConfig : Located {
    double initial_rate{0};   ///< less what the option is out of the money
    double initial_least{0};  ///< at least
    double maintenance_rate{0};
    bool put_follows_mark{false};  ///< puts: of their own value where that is larger
};

struct ScheduleConfig : Located {
    std::vector<std::string> instruments;  ///< "BTC-*": all that begin so
    ScheduleKind kind{ScheduleKind::marginal};
    ScheduleUnit unit{ScheduleUnit::notional};  ///< inverse perps: notional means coin
    MarginBasis basis{MarginBasis::mark};
    double close_fee_rate{
        0};  ///< added to the maintenance rate (venues that reserve the closing fee)
    std::vector<TierConfig> tiers;
    double open_interest{0};        ///< [base] of the market; 0: initial rates do not depend on it
    double open_interest_lower{0};  ///< [numeraire] above it they grow
    double open_interest_upper{0};  ///< [numeraire] where they are 1
    std::optional<OptionMarginConfig> option;  ///< kind = short_option
    std::string source;
    std::string date;
};

/// Every combination of a move of spot with one of volatility is a scenario.
struct GridScenarioConfig : Located {
    std::vector<double> spot;             ///< relative moves
    std::vector<double> volatility{0.0};  ///< relative moves, before the scaling
    double weight{1};                     ///< share of the result that counts
};

enum class ContingencyOf { net_delta, hedged_delta, short_options, futures, hedged_vega_days };
enum class ContingencyUse { added, least };

struct ScalingTierConfig : Located {
    double floor{0};  ///< [numeraire] of raw charge
    double multiplier{1};
};

struct ContingencyConfig : Located {
    ContingencyOf of{ContingencyOf::net_delta};
    double rate{0};  ///< of it x price of the underlying
    ContingencyUse use{ContingencyUse::added};
    std::vector<ScalingTierConfig> tiers;
};

struct GridConfig : Located {
    std::vector<GridScenarioConfig> scenarios;
    std::vector<ContingencyConfig> contingencies;
    Seconds volatility_time{2'592'000};  ///< T0 of (T0 / T)^power
    Seconds least_time{86'400};          ///< T at least
    double short_power{0};               ///< of options with less time than T0
    double long_power{0};
    double initial_factor{1};
    double maintenance_factor{1};
    std::string source;
    std::string date;
};

enum class Requirement { schedules, grid, larger };
enum class OptionEquity { counted, ignored };

enum class CollateralUnit { usd, coin };

struct CollateralTierConfig : Located {
    double floor{0};  ///< [USD] or [coin]
    double ratio{1};  ///< collateral ratio of the slab above floor, in [0,1]
};

enum class Valuation { market, par };
enum class CollateralScope { both, initial };

/// How much of a collateral can be sold, against how much debt: what its ratio follows from.
struct LiquidityConfig : Located {
    double volatility{0};  ///< of its price, over the time in which `liquidity` is sold
    double liquidity{0};   ///< [numeraire]
    double debt_cap{0};    ///< [numeraire]
    double confidence{0};  ///< standard deviations
    double reserve{0};     ///< taken off the ratio
};

struct CollateralConfig : Located {
    std::string asset;
    CollateralUnit unit{CollateralUnit::usd};
    std::vector<CollateralTierConfig> tiers;        ///< ascending floors from 0, ratios do not rise
    std::optional<LiquidityConfig> from_liquidity;  ///< in place of `tiers`, which it fills
    std::optional<double> cap;  ///< most that counts, in `unit` before the ratio
    Valuation valuation{
        Valuation::market};  ///< par: counted at 1 numeraire in margin, never in nav
    CollateralScope scope{CollateralScope::both};  ///< of the margins that haircuts act on
    std::optional<double> liquidation_bonus;       ///< largest, of the debt repaid; price = bonus
    std::optional<double> liquidation_factor;  ///< credited of what is absorbed, 1 / (1 + bonus)
    double protocol_share{0};                  ///< of the bonus or of what is seized
    std::string source;
    std::string date;
};

/// Interest by utilisation, which is the same throughout a run.
struct RateCurveConfig : Located {
    double utilisation{0};  ///< share of what was lent that is borrowed
    double kink{0};         ///< utilisation
    double base_rate{0};    ///< annual, at utilisation 0
    double slope_below{0};  ///< annual, per unit of utilisation up to the kink
    double slope_above{0};  ///< the same beyond it
};

struct BorrowConfig : Located {
    std::string asset;
    std::optional<double> rate;            ///< annual, continuously compounded
    std::optional<RateCurveConfig> curve;  ///< in place of `rate`
    double maintenance_rate{0};            ///< of the debt's value, added to MM
    double initial_rate{0};                ///< of the debt's value, added to IM
};

enum class OracleReads { market, reference };

/// How the venue comes by the price of an asset that margin sees; nav has the market's.
struct OracleConfig : Located {
    std::string asset;
    OracleReads reads{OracleReads::market};  ///< reference: what a peg follows, at its rate
    std::optional<double> deviation;         ///< of the posted price, that posts anew
    std::optional<Seconds> heartbeat;        ///< after which it is posted anew in any case
    Seconds delay{0};                        ///< from posting to when it counts
    std::optional<Seconds> smoothing;        ///< e-folding time of a moving average
    std::optional<double> growth_cap;  ///< annual, of the price over the peg's reference, or itself
    std::string source;
    std::string date;
};

enum class HealthMetric { margin, collateral_over_debt };
enum class CallRule { initial_margin, health };
enum class Comparison { strict, non_strict };   ///< breach at health < threshold, or <=
enum class UnrealisedPnl { face, collateral };  ///< added at 100 %, or joined to the balance first
enum class Reduction { full, tier_by_tier, close_factor, target_health, absorb, slices };
enum class LiquidationPrice { market, bankruptcy, bonus, auction, pool, bands };
enum class AuctionShape { stairstep, exponential, linear };
enum class AfterFirstSlice { slice, all };
enum class FeeOf { notional, surplus, freed_margin };
enum class LiquidationBonus { constant, linear_in_health, health_discount, from_ratio };
enum class CloseFactorOf { position, debt };
enum class ProtocolShareOf { bonus, seized };
enum class GasOf { collateral, offset };
enum class Residual { owner, fund };
enum class LiquidationOrder { largest_maintenance_margin, as_listed };

struct LiquidationConfig : Located {
    Reduction reduction{Reduction::full};
    std::int32_t tiers_down{1};
    LiquidationPrice price{LiquidationPrice::market};
    Residual residual{Residual::owner};
    LiquidationOrder order{LiquidationOrder::largest_maintenance_margin};
    double fee{0};  ///< of the notional liquidated
    FeeOf fee_of{FeeOf::notional};
    double fee_growth_hourly{0};  ///< of the fee, while in breach
    double fee_most{1};           ///< what it grows to
    Seconds fee_grace{0};         ///< in breach before which it does not
    double takeover_health{0};    ///< at or below it the fund takes the account over
    std::optional<double> slice_share;
    double slice_least{0};             ///< [numeraire]
    std::optional<double> slice_most;  ///< [numeraire]
    double slice_whole_below{0};       ///< [numeraire] a position up to it is closed at once
    Seconds slice_interval{1};         ///< between two slices
    AfterFirstSlice slice_then{AfterFirstSlice::slice};
    double fillable_adjustment{0};  ///< of the shortage; 0: orders fill at any price
    double fillable_spread{1};      ///< of the maintenance rate
    double bid_haircut{0};          ///< when a liquidation at market sells balances for a debt
    LiquidationBonus bonus{LiquidationBonus::constant};
    double least_bonus_share{0};  ///< bonus at health 1 over the largest
    double full_bonus_health{0};  ///< at and below it the bonus is the largest
    double bonus_cursor{0.3};     ///< bonus = 1 / (1 - cursor (1 - ratio)) - 1
    std::optional<double> close_factor;
    CloseFactorOf close_factor_of{CloseFactorOf::position};
    double full_below_health{0};
    double full_below_value{0};  ///< [numeraire]
    double min_leftover{0};      ///< [numeraire] of debt and of collateral
    std::optional<double> target_health;
    ProtocolShareOf protocol_share_of{ProtocolShareOf::bonus};
    std::optional<double> storefront_price_factor;  ///< share of the discount that buyers get
    std::optional<double> target_reserves;          ///< [numeraire] at which nothing is sold
    double least_socialised{0};                     ///< [numeraire] of debt; a smaller one stays
    AuctionShape auction_curve{AuctionShape::stairstep};
    double auction_start{1};  ///< first price over the venue's
    double auction_cut{0.99};
    Seconds auction_interval{90};
    Seconds auction_tail{8'400};         ///< after it the auction starts anew
    double auction_cusp{0};              ///< share of the first price below which it does
    std::optional<double> auction_room;  ///< [numeraire] of debt and penalty at once
    std::optional<double> pool;          ///< [numeraire] debt that the stability pool can repay
    std::optional<double> pool_penalty;  ///< of the debt; none: the pool gets all collateral
    std::optional<double> redistribution_penalty;  ///< the same of the other borrowers
    double gas_compensation{0};                    ///< of the collateral
    GasOf gas_compensation_of{GasOf::collateral};
    std::optional<double> gas_compensation_most;  ///< [coin]
    double gas_deposit{0};                        ///< [numeraire] outside the account, lost with it
    double call_cost{0};             ///< [numeraire] gas and the like of one liquidation
    std::optional<double> capacity;  ///< [numeraire] that liquidators repay in a step
    Seconds latency{0};              ///< in breach before their first call
};

/// All borrowers together: below a critical ratio accounts are liquidated at the ratio of all.
struct RecoveryConfig : Located {
    double critical_ratio{1.5};   ///< collateral over debt
    std::string asset;            ///< their collateral
    double system_collateral{0};  ///< [coin]
    double system_debt{0};        ///< [numeraire]
    std::string source;
    std::string date;
};

inline constexpr std::uint64_t max_bands_of_loan = 50;

/// How collateral lies in bands that turn into the debt's coin as its price falls.
struct BandsConfig : Located {
    double amplification{0};               ///< a band is 1/A of its upper edge wide
    std::uint64_t count{10};               ///< bands of a loan that says nothing else
    double fee{0};                         ///< of what traders pay in, left to the band
    double loan_discount{0};               ///< of the largest loan against the first band
    std::optional<double> arbitrage_move;  ///< relative move after which traders act; else fee/2
    double leap{0.05};  ///< relative move of a step above which trades are at the price after it
};

enum class BalanceSales { in_order, pro_rata };

/// When the venue sells other balances for one below zero, and how.
struct AutoExchangeConfig : Located {
    std::optional<double> threshold;      ///< [numeraire] owed in one coin; beyond it
    std::optional<double> loan_to_value;  ///< debt over collateral, at or above it, no positions
    bool at_liquidation{false};           ///< whatever is owed
    BalanceSales sale{BalanceSales::in_order};
    std::vector<std::string> order;  ///< assets; the others follow in the order of the config
    double bid_haircut{0};           ///< of the price
    std::string source;
    std::string date;
};

struct VenueConfig : Located {
    std::string name;
    std::optional<std::string> include;
    std::string source;
    std::string date;
    std::vector<std::string> unverified;  ///< keys, tables or rows, see venue_evidence.hpp
    std::vector<std::string> inferred;
    std::vector<std::string> assumed;
    HealthMetric health{HealthMetric::margin};
    CallRule call{CallRule::initial_margin};
    std::optional<double> call_health;
    double liquidation_health{1};
    Comparison comparison{Comparison::strict};
    UnrealisedPnl unrealised_pnl{UnrealisedPnl::face};
    Requirement requirement{Requirement::schedules};
    OptionEquity option_value{OptionEquity::counted};  ///< in margin equity
    std::optional<GridConfig> grid;
    std::optional<BandsConfig> bands;
    bool recourse{false};
    std::optional<double> maintenance_scale;       ///< multiple of every maintenance margin
    std::optional<double> haircut_scale;           ///< multiple of every 1 - collateral ratio
    double insurance_fund{0};                      ///< [numeraire] at t_0
    std::optional<Seconds> largest_sensible_step;  ///< a longer step is a recorded warning
    LiquidationConfig liquidation;
    std::optional<RecoveryConfig> recovery;
    std::optional<AutoExchangeConfig> auto_exchange;
    std::vector<ScheduleConfig> schedules;
    std::vector<CollateralConfig> collateral;
    std::vector<BorrowConfig> borrow;
    std::vector<OracleConfig> oracle;  ///< assets without one are seen at the market's price
};

}  // namespace brink
