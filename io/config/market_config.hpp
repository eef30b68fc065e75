// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/problem.hpp"
#include "io/config/sweep_config.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The part of a scenario that says how prices move: plain structs, one per config table, as in
/// scenario.hpp.
namespace brink {

using Seconds = double;
using UnixSeconds = std::int64_t;                             ///< UTC
using Amounts = std::vector<std::pair<std::string, double>>;  ///< asset name, quantity; file order

/// How the factors of several assets hang together, whatever each one's model.
enum class Copula { gaussian, student_t };

enum class MarginalModel { gbm, student_t, fixed, merton, kou, heston, gjr_garch, peg, historical };

/// Jumps of log prices at the times of a Poisson process. Sizes are normal (mean, sd), or double
/// exponential: upwards with `up_probability` by `up_mean` on average, else downwards.
struct JumpConfig : Located {
    double rate{0};  ///< a year
    double mean{0};  ///< of a normal log size
    double sd{0};
    double up_probability{0};
    double up_mean{0};    ///< > 0
    double down_mean{0};  ///< > 0
};

/// Stochastic variance: dv = mean_reversion (long_run_volatility^2 - v) dt + vol_of_vol sqrt(v) dW.
struct HestonConfig : Located {
    double mean_reversion{0};                   ///< a year, > 0
    std::optional<double> long_run_volatility;  ///< annual, > 0; else `volatility` of the asset
    double vol_of_vol{0};                       ///< a year, > 0
    double spot_vol_correlation{0};             ///< of dW with the asset's factor
};

/// Variance of a bar by the returns of the last: h' = omega + (alpha + gamma [r < 0]) r^2 + beta h,
/// omega = (1 - alpha - gamma / 2 - beta) long_run_volatility^2 over a bar.
struct GarchConfig : Located {
    Seconds interval{86'400};                   ///< a bar; the mixing draw holds as long
    std::optional<double> long_run_volatility;  ///< annual, > 0; else `volatility` of the asset
    double alpha{0};                            ///< of any return
    double gamma{0};                            ///< of a fall, on top of alpha
    double beta{0};                             ///< of the last variance
};

/// A price that follows another: ln S = ln S_reference + ln(exchange rate) + deviation - depeg gap.
struct PegConfig : Located {
    std::string reference;       ///< asset; empty: the numeraire
    double exchange_rate{1};     ///< [reference per coin] at t_0
    double accrual{0};           ///< annual log growth of the exchange rate
    Seconds half_life{0};        ///< of the deviation
    double depeg_rate{0};        ///< a year
    double depeg_size{0};        ///< mean log fall
    Seconds depeg_half_life{0};  ///< of the gap
};

enum class HistoryMethod { bootstrap, replay };
enum class MissingPrices { drop, carry, refuse };

/// Log returns of past times, joint rows, that assets of model historical are moved by.
struct HistoryConfig : Located {
    std::vector<std::string> prices;             ///< price files; read into the four below
    std::map<std::string, std::string> columns;  ///< asset -> its name in the files
    std::optional<UnixSeconds> from, to;         ///< of prices, inclusive
    MissingPrices missing{MissingPrices::drop};
    HistoryMethod method{HistoryMethod::bootstrap};
    std::optional<Seconds> block_length;       ///< bootstrap: mean; else num_rows^(1/3) rows
    std::vector<std::string> assets;           ///< columns of `returns`
    Seconds interval{0};                       ///< of a row
    std::vector<std::vector<double>> returns;  ///< natural logs, [rows][assets]
    std::string window;                        ///< what they are, for people
};

/// A fall for good at an exponential time, once a path.
struct FailureConfig : Located {
    double rate{0};  ///< a year, > 0
    Amounts levels;  ///< asset -> fraction of its price that is left, [0, 1)
};

enum class JumpSize { normal, double_exponential };

/// Jumps that several assets share.
struct CommonJumpConfig : JumpConfig {
    JumpSize size{JumpSize::normal};
    Amounts loadings;  ///< asset name, multiple of the size
};

/// A rate or an implied volatility that returns to its mean.
struct CarryFactorConfig : Located {
    double mean{0};                 ///< annual; of an implied volatility: in the long run
    std::optional<double> initial;  ///< at t_0; else `mean`
    Seconds half_life{0};           ///< of what it is away from the mean
    double sd{0};                   ///< in the long run; of an implied volatility: of its logarithm
    double spot_correlation{0};     ///< of its shocks with the asset's factor
    std::optional<double> floor, cap;  ///< of a rate in force
};

/// Execution costs of trading an asset or an instrument: average price = mark (1 - s (half_spread +
/// impact)). Impact is square root in Q/ADV, or linear where `depth_2pct_usd` is given, or that of
/// a constant-product pool where `amm_depth_usd` is.
struct ExecutionConfig : Located {
    double half_spread{0};         ///< fraction of mark
    double impact_coefficient{1};  ///< dimensionless, of sigma_day sqrt(Q/ADV)
    double adv_usd{0};             ///< [USD/day], 0: not given (no square-root impact)
    double depth_2pct_usd{0};      ///< [USD] within 2 % of mark, 0: not given
    double amm_depth_usd{0};       ///< [USD] one side of the pool, 0: not given
    double amm_fee{0};             ///< of what is paid into the pool
};

struct AssetConfig : Located {
    std::string name;
    std::optional<double> price;         ///< [numeraire]; else from the price snapshot
    std::optional<MarginalModel> model;  ///< else [market].model; `price_fixed` is model = "fixed"
    double volatility{0};  ///< annual sd of log returns, jumps included; heston and garch: at t_0;
                           ///< peg: of the deviation
    double drift{0};       ///< annual growth rate of the expected price
    std::optional<JumpConfig> jumps;  ///< merton, kou
    std::optional<HestonConfig> heston;
    std::optional<GarchConfig> garch;  ///< gjr_garch
    std::optional<PegConfig> peg;
    std::optional<double> degrees_of_freedom;  ///< student_t, gjr_garch: > 2, else the market's
    std::optional<CarryFactorConfig> funding;  ///< of perpetuals on it, a year
    std::optional<CarryFactorConfig> borrow;   ///< of debts in it, a year
    std::optional<CarryFactorConfig> implied_volatility;
    double smallest_unit{0};  ///< [coin] that changes hands on its chain, 0: any amount
    ExecutionConfig execution;
};

/// What the volatility of an asset returns to; `volatility` where it is constant.
[[nodiscard]] inline double long_run_volatility(AssetConfig const& asset)
{
    if (asset.heston)
        return asset.heston->long_run_volatility.value_or(asset.volatility);
    if (asset.garch)
        return asset.garch->long_run_volatility.value_or(asset.volatility);
    return asset.volatility;
}

/// What becomes of a correlation matrix that is not positive semidefinite.
enum class CorrelationRepair { refuse, higham };

struct CorrelationConfig : Located {
    std::vector<std::string> assets;          ///< rows and columns; others are uncorrelated
    std::vector<std::vector<double>> matrix;  ///< [assets][assets], full
    std::optional<CorrelationRepair> repair;  ///< else it is refused
    // What moves the whole matrix, in this order; scenario_scales.hpp applies it.
    std::optional<double> level;                ///< in place of every entry off the diagonal
    std::optional<double> scale;                ///< multiple of every entry off the diagonal
    std::optional<double> blend;                ///< share of the way to `blend_to`
    std::vector<std::vector<double>> blend_to;  ///< [assets][assets]; empty: all ones
};

/// One state of the continuous-time Markov chain that the market goes through. Multipliers are of
/// what the rest of the market says.
struct RegimeConfig : Located {
    std::string name;
    Seconds mean_duration{0};       ///< > 0
    Amounts next;                   ///< regime, probability; may be left out where there are two
    std::optional<double> start;    ///< probability at t_0; none given: the stationary law
    double volatility{1};           ///< of every asset
    Amounts volatilities;           ///< asset, annual volatility in place of the multiple
    CorrelationConfig correlation;  ///< empty: that of the market
    double jump_rate{1};
    double depth{1};    ///< of adv_usd, depth_2pct_usd and amm_depth_usd, > 0
    double funding{1};  ///< of funding rates
};

/// What the scenario does to the market at a given time, on top of its models. Prices move evenly
/// in log price over `duration`; conditions build up over it, and hold.
struct ShockConfig : Located {
    Seconds begin{0};                 ///< since t_0
    Seconds duration{0};              ///< 0: at once
    std::optional<Seconds> hold;      ///< of conditions, once full; else to the horizon
    std::vector<std::string> assets;  ///< of price and volatility; empty: all that move
    std::optional<double> price;      ///< change as a fraction, > -1
    std::optional<double> price_to;   ///< [numeraire] level
    double volatility{1};             ///< multiple
    double correlation{0};            ///< share of the way from each correlation to 1
    double jump_rate{1};              ///< multiple
    double depth{1};                  ///< multiple
    double funding{1};                ///< multiple
};

/// A named stress: its shocks come on top of those of the market.
struct StressConfig : Located {
    std::string name;
    std::vector<ShockConfig> shocks;
    std::vector<Setting> set;  ///< keys that differ from the base
};

struct MarketConfig : Located {
    std::vector<std::string> include;
    std::optional<std::string>
        prices;                      ///< price snapshot CSV (asset, price, time), path as written
    Seconds prices_max_age{86'400};  ///< older than this before as_of is stale
    MarginalModel model{MarginalModel::gbm};
    std::optional<Copula> copula;  ///< else gaussian
    double degrees_of_freedom{0};  ///< of student_t and of the copula, > 2
    Seconds mixing{86'400};  ///< holding time of the mixing draw; 0 = "step", infinity = "path"
    std::optional<double> volatility_scale;  ///< multiple of every volatility that is written
    CorrelationConfig correlation;
    std::vector<CommonJumpConfig> common_jumps;
    std::vector<RegimeConfig> regimes;
    std::optional<HistoryConfig> history;
    std::vector<FailureConfig> failures;
    std::vector<ShockConfig> shocks;
    std::string source;  ///< where the calibration comes from
    std::string date;    ///< of the calibration
};

[[nodiscard]] inline bool has_t_copula(MarketConfig const& market)
{
    return market.copula == Copula::student_t;
}

}  // namespace brink
