// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "host/calibrate/estimate.hpp"

namespace brink {

/// Two regimes, the calmer first, between which the market switches as a Markov chain; returns are
/// normal in each, about the mean of the sample.
/// Source: J. D. Hamilton, Econometrica 57 (1989).
struct RegimeLaw {
    std::array<double, 2> stay{};           ///< P(the next return has the same regime)
    std::array<std::vector<double>, 2> sd;  ///< per return, [assets]
    std::array<std::vector<std::vector<double>>, 2> correlation;  ///< [assets][assets]
};

struct FittedRegime {
    FittedValue mean_duration;  ///< [s] of the chain in continuous time that has this skeleton
    double occupancy{0};        ///< share of the returns, smoothed
    std::vector<FittedValue> volatility;                ///< a year, [assets]
    std::vector<std::vector<FittedValue>> correlation;  ///< below the diagonal
};

struct RegimeFit {
    RegimeLaw law;
    std::array<FittedRegime, 2> regimes;
    double log_likelihood{0};
    int num_parameters{0};
    int iterations{0};
};

/// Probabilities of both regimes at each return, given the returns so far (filtered), and the
/// log-likelihood of all. \param returns [assets][n]
struct RegimeFilter {
    std::vector<double> crash;  ///< P(second regime | returns up to and with this one)
    double log_likelihood{0};
};
[[nodiscard]] RegimeFilter filter_regimes(RegimeLaw const& law,
                                          std::vector<std::vector<double>> const& returns);

/// Maximum likelihood by expectation-maximisation (L. E. Baum et al., Annals of Mathematical
/// Statistics 41 (1970)) from several splits of the returns by size; errors from the observed
/// information. \param returns [assets][n] \param interval [s] of a return
/// \throw std::runtime_error where no two regimes are found
[[nodiscard]] RegimeFit fit_regimes(std::vector<std::vector<double>> const& returns,
                                    double interval);

}  // namespace brink
