// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "host/calibrate/estimate.hpp"
#include "io/market_data/price_history.hpp"

namespace brink {

/// Logarithms of a price over its reference, in runs of prices one interval apart.
struct PegSample {
    std::vector<std::vector<double>> runs;
    Seconds interval{0};
    std::vector<double> starts{};  ///< [intervals] of each run since the first; none: they follow

    [[nodiscard]] std::size_t size() const;
};

/// At the times that both have. \param reference null: the numeraire, at 1
[[nodiscard]] PegSample peg_sample(PriceSeries const& price, PriceSeries const* reference);

/// Whether the ratio may grow.
enum class PegGrowth { none, fitted };

/// What a market file says of a peg: an Ornstein-Uhlenbeck deviation around a level, and depegs.
struct PegFit {
    double level{0};            ///< median log ratio; where it grows, as of the last price
    FittedValue accrual{0, 0};  ///< a year, of the log ratio; 0 unless fitted
    FittedValue half_life;      ///< [s] of the deviation; NaN error: shorter than an interval
    FittedValue volatility;     ///< a year, of the deviation over a short time
    double threshold{0};        ///< log fall beyond which a price counts as depegged
    std::size_t num_depegs{0};
    FittedValue depeg_rate;       ///< a year
    FittedValue depeg_size;       ///< mean of the largest gaps
    FittedValue depeg_half_life;  ///< [s] from the largest gap on
    std::vector<double> shocks;   ///< of the deviation over their standard deviation, no depegs
    double log_likelihood{0};     ///< of the deviation's steps outside of depegs
};

/// Times below the threshold (five robust deviations of the log ratio, at least half a percent) are
/// depegs, one for each stretch; they rise as in shot noise: D. R. Cox and V. Isham, "Point
/// Processes" (1980). All other steps are those of an autoregression, the exact skeleton of the
/// deviation, fitted by conditional maximum likelihood: A. R. Bergstrom, "Statistical inference in
/// continuous time economic models" (1976). Growth is the trend of the same autoregression, from
/// the median of slopes on (P. K. Sen, J. American Statistical Association 63 (1968)); its error
/// takes the half-life as known. \param sample with at least `fewest_returns` steps
[[nodiscard]] PegFit fit_peg(PegSample const& sample, PegGrowth growth = PegGrowth::none);

}  // namespace brink
