// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/market_config.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The scenario as read: plain structs, one per config table, times in seconds and UTC. The reader
/// has checked references between tables; host checks what needs numerics (eigenvalues, memory)
/// when it builds the path program. Every struct remembers the file position of its keys.
namespace brink {

enum class Precision { float32, float64 };

struct RunConfig : Located {
    std::string name;
    UnixSeconds as_of{0};
    std::uint64_t seed{1};
    std::uint64_t paths{1'000'000};
    Seconds horizon{0};
    Seconds step{0};
    std::string numeraire{"USD"};
    Precision precision{Precision::float32};
    bool bridge{false};  ///< look for breaches between the steps too
};

enum class InstrumentKind { linear_perp, inverse_perp };

struct InstrumentConfig : Located {
    std::string name;
    std::string venue;
    InstrumentKind kind{InstrumentKind::linear_perp};
    std::string base;
    std::string quote;
    std::string settlement;   ///< default: quote (linear), base (inverse)
    double contract_size{1};  ///< base per contract (linear), quote per contract (inverse)
    double funding_rate_per_interval{0};  ///< long pays short when positive
    Seconds funding_interval{28'800};
    std::optional<ExecutionConfig> execution;  ///< else that of the base asset
};

enum class ScheduleKind { marginal, whole_position, affine };
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

struct ScheduleConfig : Located {
    std::vector<std::string> instruments;
    ScheduleKind kind{ScheduleKind::marginal};
    ScheduleUnit unit{ScheduleUnit::notional};  ///< inverse perps: notional means coin
    MarginBasis basis{MarginBasis::mark};
    double close_fee_rate{
        0};  ///< added to the maintenance rate (venues that reserve the closing fee)
    std::vector<TierConfig> tiers;
    std::string source;
    std::string date;
};

enum class CollateralUnit { usd, coin };

struct CollateralTierConfig : Located {
    double floor{0};  ///< [USD] or [coin]
    double ratio{1};  ///< collateral ratio of the slab above floor, in [0,1]
};

enum class Valuation { market, par };

struct CollateralConfig : Located {
    std::string asset;
    CollateralUnit unit{CollateralUnit::usd};
    std::vector<CollateralTierConfig> tiers;  ///< ascending floors from 0, ratios do not rise
    std::optional<double> cap;                ///< most that counts, in `unit` before the ratio
    Valuation valuation{
        Valuation::market};  ///< par: counted at 1 numeraire in margin, never in nav
    std::optional<double> liquidation_bonus;   ///< largest, of the debt repaid; price = bonus
    std::optional<double> liquidation_factor;  ///< credited of what is absorbed, 1 / (1 + bonus)
    double protocol_share{0};                  ///< of the bonus or of what is seized
    std::string source;
    std::string date;
};

struct BorrowConfig : Located {
    std::string asset;
    double rate{0};              ///< annual, continuously compounded
    double maintenance_rate{0};  ///< of the debt's value, added to MM
    double initial_rate{0};      ///< of the debt's value, added to IM
};

enum class HealthMetric { margin, collateral_over_debt };
enum class CallRule { initial_margin, health };
enum class Comparison { strict, non_strict };   ///< breach at health < threshold, or <=
enum class UnrealisedPnl { face, collateral };  ///< added at 100 %, or joined to the balance first
enum class Reduction { full, tier_by_tier, close_factor, target_health, absorb, slices };
enum class LiquidationPrice { market, bankruptcy, bonus, auction };
enum class AuctionShape { stairstep, exponential, linear };
enum class AfterFirstSlice { slice, all };
enum class FeeOf { notional, surplus };
enum class LiquidationBonus { constant, linear_in_health, health_discount, from_ratio };
enum class CloseFactorOf { position, debt };
enum class ProtocolShareOf { bonus, seized };
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
    double takeover_health{0};  ///< at or below it the fund takes the account over
    std::optional<double> slice_share;
    double slice_least{0};             ///< [numeraire]
    std::optional<double> slice_most;  ///< [numeraire]
    double slice_whole_below{0};       ///< [numeraire] a position up to it is closed at once
    Seconds slice_interval{1};         ///< between two slices
    AfterFirstSlice slice_then{AfterFirstSlice::slice};
    double fillable_adjustment{0};  ///< of the shortage; 0: orders fill at any price
    double fillable_spread{1};      ///< of the maintenance rate
    double bid_haircut{0};          ///< when balances are sold to repay a negative one
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
    AuctionShape auction_curve{AuctionShape::stairstep};
    double auction_start{1};  ///< first price over the venue's
    double auction_cut{0.99};
    Seconds auction_interval{90};
    Seconds auction_tail{8'400};         ///< after it the auction starts anew
    double auction_cusp{0};              ///< share of the first price below which it does
    std::optional<double> auction_room;  ///< [numeraire] of debt and penalty at once
    double call_cost{0};                 ///< [numeraire] gas and the like of one liquidation
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
    bool recourse{false};
    double insurance_fund{0};                      ///< [numeraire] at t_0
    std::optional<Seconds> largest_sensible_step;  ///< a longer step is a recorded warning
    LiquidationConfig liquidation;
    std::vector<ScheduleConfig> schedules;
    std::vector<CollateralConfig> collateral;
    std::vector<BorrowConfig> borrow;
};

enum class DelayKind { fixed, uniform, exponential, lognormal };

/// fixed: a = delay; uniform: [a, b]; exponential: a = mean; lognormal: a = median, b = sigma of
/// ln.
struct DelayConfig : Located {
    DelayKind kind{DelayKind::fixed};
    double a{0};  ///< [s]
    double b{0};  ///< [s], or dimensionless sigma for lognormal
};

/// Weekly window (seconds from Monday 00:00 UTC, may wrap) or dated one (UnixSeconds).
struct WindowConfig : Located {
    bool weekly{false};
    std::int64_t from{0};
    std::int64_t until{0};
};

enum class ResponseAction { post, reduce, swap };

struct ResponseConfig : Located {
    ResponseAction action{ResponseAction::post};
    std::string asset;  ///< post: what is posted; swap: what is bought
    std::string from;   ///< swap: what is sold; reduce: instrument, empty = largest requirement
    double probability{1};
    DelayConfig delay;                  ///< post only; reduce and swap act at once
    std::vector<WindowConfig> outages;  ///< no request leaves inside one: it waits until the end
    double target_health{0};
    double fee{0};       ///< fraction of the amount, paid in it
    double slippage{0};  ///< fraction of the value, swap and reduce (beside spread and impact)
    std::optional<double> limit;  ///< largest amount per request: asset units; reduce: contracts
};

struct OwnerConfig : Located {
    std::string name;
    Amounts reserve;
    std::vector<ResponseConfig> response;
};

enum class MarginMode { cross, isolated };

struct PositionConfig : Located {
    std::string instrument;
    double size{0};         ///< contracts, signed
    double entry_price{0};  ///< quote per base
    std::optional<double> leverage;
    std::optional<double> margin;  ///< isolated: settlement asset held against this position
};

struct LoanConfig : Located {
    std::string asset;
    double amount{0};            ///< > 0, owed
    std::optional<double> rate;  ///< annual; else the venue's borrow rate
};

struct AccountConfig : Located {
    std::string name;
    std::string owner;
    std::string venue;
    MarginMode mode{MarginMode::cross};
    Amounts balances;
    std::vector<PositionConfig> positions;
    std::vector<LoanConfig> loans;
    bool named{true};                           ///< false: from a book CSV
    std::map<std::string, std::string> groups;  ///< book CSV group columns
};

struct StatisticsConfig : Located {
    std::vector<std::string> levels{"0.95", "0.99", "0.999"};  ///< VaR and ES, decimals as written
    std::vector<std::string> quantiles{"0.01", "0.05", "0.5", "0.95", "0.99"};
    std::string tail_from{"0.95"};
    std::uint64_t fan_paths{65'536};         ///< of the book's fan
    std::uint64_t account_fan_paths{8'192};  ///< of each named account's fan
    std::uint32_t worst_paths{20};
    std::vector<double> exceedances;  ///< [numeraire] loss levels counted per account of a book
};

struct LimitConfig : Located {
    std::string statistic;  ///< `scope.outcome.statistic`
    double threshold{0};
    bool confident{false};  ///< breached only when the near end of the interval exceeds it
};

enum class OutcomeColumns { none, tail, all };

struct OutputConfig : Located {
    OutcomeColumns outcomes{OutcomeColumns::tail};
    std::uint32_t compression{0};  ///< deflate level, 0 = none
};

/// One file that went into the scenario, with its text: what the scenario hash covers.
struct SourceFile {
    std::string path;  ///< as opened
    std::string role;  ///< "config", "include", "prices", "book"
    std::string text;
};

struct Scenario {
    RunConfig run;
    MarketConfig market;
    std::vector<AssetConfig> assets;
    std::vector<InstrumentConfig> instruments;
    std::vector<VenueConfig> venues;
    std::vector<OwnerConfig> owners;
    std::vector<AccountConfig> accounts;  ///< inline first, then book rows
    std::vector<StressConfig> stresses;   ///< [[scenario]], each run beside the base
    StatisticsConfig statistics;
    std::vector<LimitConfig> limits;
    OutputConfig output;
    std::vector<SourceFile> sources;     ///< config first
    std::string canonical;               ///< effective config as canonical TOML text after --set
    std::vector<std::string> overrides;  ///< each `KEY=VALUE` of --set
};

}  // namespace brink
