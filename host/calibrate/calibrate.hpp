// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/calibrate/correlation_estimate.hpp"
#include "host/calibrate/garch_fit.hpp"
#include "host/calibrate/goodness.hpp"
#include "host/calibrate/kou_fit.hpp"
#include "host/calibrate/merton_fit.hpp"
#include "host/calibrate/regime_fit.hpp"
#include "host/calibrate/sample_moments.hpp"
#include "host/calibrate/student_t_fit.hpp"
#include "host/calibrate/t_copula_fit.hpp"
#include "io/config/market_config.hpp"
#include "io/market_data/aligned_returns.hpp"

namespace brink {

enum class VolatilityMethod { sample, ewma };
enum class RegimeCount { none, two };

/// What is fitted, and how.
struct CalibrationSettings {
    std::string command;                      ///< as it was given, for the file's header
    MarginalModel model{MarginalModel::gbm};  ///< gbm, student_t, merton, kou, gjr_garch
    VolatilityMethod volatility{VolatilityMethod::sample};
    CorrelationMethod correlation{CorrelationMethod::sample};
    RegimeCount regimes{RegimeCount::none};  ///< two: gbm in each
    Copula copula{Copula::gaussian};         ///< student_t: with gbm, merton or kou
};

/// One asset's fit. Rates and volatilities are annual.
struct AssetCalibration {
    FittedValue volatility;
    FittedValue drift;  ///< of the sample; reported, not written
    double excess_kurtosis{0};
    double log_likelihood{0};  ///< of its own returns under the fitted marginal
    int num_parameters{0};     ///< of that marginal
    Goodness goodness;
    std::optional<MertonFit> merton;
    std::optional<KouFit> kou;
    std::optional<GarchFit> garch;
};

/// Models whose assets have jumps of their own.
[[nodiscard]] bool has_own_jumps(MarginalModel model);

/// A market model fitted to aligned returns.
struct Calibration {
    CalibrationSettings settings;
    AlignedReturns data;
    std::vector<AssetCalibration> assets;
    CorrelationEstimate correlation;  ///< what is written: of returns; under merton and kou of
                                      ///< normal scores, under gjr_garch of shocks over their
                                      ///< deviations; with a copula that of its t variables
    std::vector<std::vector<double>> sample_correlation;  ///< of returns
    std::optional<StudentTFit> student_t;  ///< of returns, or of the shocks of gjr_garch
    std::optional<TCopulaFit> copula;
    std::optional<RegimeFit> regimes;
    std::optional<double> joint_log_likelihood;  ///< gbm, student_t, regimes
    int num_joint_parameters{0};
};

/// Bayesian information criterion: lower is better.
[[nodiscard]] double bic(double log_likelihood, int num_parameters, std::size_t num_returns);

/// Fit. Problems (code 65): returns whose correlation matrix is not positive definite, or that show
/// no two regimes; a copula of one asset.
[[nodiscard]] Calibration calibrate(AlignedReturns data, CalibrationSettings const& settings,
                                    Problems& problems);

}  // namespace brink
