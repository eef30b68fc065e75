// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>

#include "host/program/correlation_factor.hpp"

namespace brink {
namespace {

using Returns = std::vector<double>;
using Law = std::function<double(double)>;

/// Smaller eigenvalues come from assets that move as one, or from more assets than returns. Six
/// decimals in the file move an eigenvalue by 5e-7 times the number of assets at most.
constexpr double smallest_eigenvalue = 2e-5;

double total(Returns const& returns, Law const& log_density)
{
    double sum = 0;
    for (double const r : returns)
        sum += log_density(r);
    return sum;
}

FittedValue annual(FittedValue const& per_return, double years)
{
    return {per_return.value / std::sqrt(years), per_return.se / std::sqrt(years)};
}

/// Normal law at its maximum of the likelihood.
void judge_normal(AssetCalibration& fit, Returns const& returns)
{
    auto const n = static_cast<double>(returns.size());
    SampleMoments const moments = sample_moments(returns);
    boost::math::normal const law{moments.mean, moments.sd * std::sqrt((n - 1.0) / n)};
    fit.log_likelihood =
        -n * (std::log(law.standard_deviation()) + 0.5 * std::log(2.0 * std::numbers::pi) + 0.5);
    fit.num_parameters = 2;
    fit.goodness = measure_goodness(returns, [&](double r) { return cdf(law, r); });
}

/// The asset's own part of the joint law: t with the same degrees of freedom.
void judge_student_t(AssetCalibration& fit, Returns const& returns, StudentTFit const& joint,
                     std::size_t a)
{
    boost::math::students_t const law{joint.degrees_of_freedom.value};
    double const location = joint.location[a], scale = joint.scale[a];
    fit.log_likelihood = total(returns, [&](double r) {
        return std::log(pdf(law, (r - location) / scale)) - std::log(scale);
    });
    fit.num_parameters = 3;
    fit.goodness =
        measure_goodness(returns, [&](double r) { return cdf(law, (r - location) / scale); });
}

void judge_merton(AssetCalibration& fit, Returns const& returns, double years)
{
    fit.merton = fit_merton(returns, years);
    fit.volatility = fit.merton->volatility;
    fit.log_likelihood = fit.merton->log_likelihood;
    fit.num_parameters = 5;
    MertonLaw const law = fit.merton->law;
    fit.goodness = measure_goodness(returns, [&](double r) { return law.distribution(r); });
}

void judge_kou(AssetCalibration& fit, Returns const& returns, double years)
{
    fit.kou = fit_kou(returns, years);
    fit.volatility = fit.kou->volatility;
    fit.log_likelihood = fit.kou->log_likelihood;
    fit.num_parameters = 6;
    KouLaw const law = fit.kou->law;
    fit.goodness = measure_goodness(returns, [&](double r) { return law.distribution(r); });
}

/// Shocks over their standard deviations, against a t of unit variance.
void judge_garch(AssetCalibration& fit, Returns const& returns, double years)
{
    fit.garch = fit_garch(returns, years);
    fit.volatility = fit.garch->volatility;
    fit.log_likelihood = fit.garch->log_likelihood;
    fit.num_parameters = 6;
    double const nu = fit.garch->law.degrees_of_freedom;
    boost::math::students_t const law{nu};
    double const scale = std::sqrt((nu - 2) / nu);
    fit.goodness =
        measure_goodness(fit.garch->residuals, [&](double z) { return cdf(law, z / scale); });
}

/// Returns over the deviation that the regimes so far predict.
Returns scaled_by_regime(Calibration const& calibration, std::size_t a)
{
    RegimeLaw const& law = calibration.regimes->law;
    Returns const& returns = calibration.data.returns[a];
    double const mean = sample_moments(returns).mean;
    double const leave[2] = {1 - law.stay[0], 1 - law.stay[1]};
    std::vector<double> const filtered = filter_regimes(law, calibration.data.returns).crash;
    Returns scaled;
    double predicted = leave[0] / (leave[0] + leave[1]);
    for (std::size_t t = 0; t < returns.size(); ++t) {
        double const variance =
            (1 - predicted) * law.sd[0][a] * law.sd[0][a] + predicted * law.sd[1][a] * law.sd[1][a];
        scaled.push_back((returns[t] - mean) / std::sqrt(variance));
        predicted = (1 - filtered[t]) * leave[0] + filtered[t] * law.stay[1];
    }
    return scaled;
}

/// Against the mixture of both regimes; clustering is that of scaled returns.
void judge_regimes(AssetCalibration& fit, Calibration const& calibration, std::size_t a)
{
    RegimeLaw const& law = calibration.regimes->law;
    Returns const& returns = calibration.data.returns[a];
    double const mean = sample_moments(returns).mean;
    double const leave[2] = {1 - law.stay[0], 1 - law.stay[1]};
    double const crash = leave[0] / (leave[0] + leave[1]);
    boost::math::normal const in_calm{mean, law.sd[0][a]}, in_crash{mean, law.sd[1][a]};
    fit.log_likelihood = total(returns, [&](double r) {
        return std::log((1 - crash) * pdf(in_calm, r) + crash * pdf(in_crash, r) + 1e-300);
    });
    fit.num_parameters = 4;
    fit.goodness = measure_goodness(returns, [&](double r) {
        return (1 - crash) * cdf(in_calm, r) + crash * cdf(in_crash, r);
    });
    Goodness const clusters =
        measure_goodness(scaled_by_regime(calibration, a), [](double) { return 0.5; });
    fit.goodness.ljung_box = clusters.ljung_box;
    fit.goodness.ljung_box_p = clusters.ljung_box_p;
}

AssetCalibration fit_asset(Calibration const& calibration, std::size_t a)
{
    Returns const& returns = calibration.data.returns[a];
    double const years = calibration.data.years_per_return();
    AssetCalibration fit;
    bool const is_ewma = calibration.settings.volatility == VolatilityMethod::ewma;
    fit.volatility = annual(is_ewma ? ewma_volatility(returns) : sample_volatility(returns), years);
    fit.drift = sample_drift(returns, years);
    fit.excess_kurtosis = sample_moments(returns).excess_kurtosis;
    if (calibration.settings.model == MarginalModel::merton)
        judge_merton(fit, returns, years);
    else if (calibration.settings.model == MarginalModel::kou)
        judge_kou(fit, returns, years);
    else if (calibration.settings.model == MarginalModel::gjr_garch)
        judge_garch(fit, returns, years);
    else if (calibration.regimes)
        judge_regimes(fit, calibration, a);
    else if (calibration.student_t)
        judge_student_t(fit, returns, *calibration.student_t, a);
    else
        judge_normal(fit, returns);
    return fit;
}

/// Normal scores under each asset's fitted law: their correlation is that of the normal factors, as
/// far as one asset's jumps are its own.
std::vector<Returns> normal_scores(Calibration const& calibration)
{
    constexpr double margin = 1e-12;
    boost::math::normal const standard;
    std::vector<Returns> scores;
    for (std::size_t a = 0; a < calibration.assets.size(); ++a) {
        AssetCalibration const& asset = calibration.assets[a];
        scores.emplace_back();
        for (double const r : calibration.data.returns[a]) {
            double const below =
                asset.kou ? asset.kou->law.distribution(r) : asset.merton->law.distribution(r);
            scores.back().push_back(quantile(standard, std::clamp(below, margin, 1.0 - margin)));
        }
    }
    return scores;
}

/// Where the model says what part of a return its normal or t factor is, that part.
std::vector<Returns> factors_of(Calibration const& calibration)
{
    if (has_own_jumps(calibration.settings.model))
        return normal_scores(calibration);
    if (calibration.settings.model != MarginalModel::gjr_garch)
        return calibration.data.returns;
    std::vector<Returns> residuals;
    for (AssetCalibration const& asset : calibration.assets)
        residuals.push_back(asset.garch->residuals);
    return residuals;
}

/// The copula of what moves the assets apart from their own volatilities, whose correlation takes
/// the place of that of the factors.
void fit_copula(Calibration& calibration, std::vector<Returns> factors, Problems& problems)
{
    if (factors.size() < 2)
        return problems.add({"--copula", 0, 0, {}}, "one asset has nothing to hang together with",
                            "leave it out, or give the prices of several assets", ExitCode::data);
    if (calibration.regimes)
        for (std::size_t a = 0; a < factors.size(); ++a)
            factors[a] = scaled_by_regime(calibration, a);
    calibration.copula = fit_t_copula(factors);
    calibration.correlation.matrix = calibration.copula->correlation;
}

/// Of correlated normals at its maximum.
double normal_log_likelihood(Calibration const& calibration, std::vector<double> const& eigenvalues)
{
    auto const n = static_cast<double>(calibration.data.size());
    double sum = 0;
    for (AssetCalibration const& asset : calibration.assets)
        sum += asset.log_likelihood;
    for (double const value : eigenvalues)
        sum -= n / 2.0 * std::log(value);
    return sum;
}

/// \param eigenvalues of the sample's correlation matrix
void set_joint_likelihood(Calibration& calibration, std::vector<double> const& eigenvalues,
                          bool is_singular)
{
    MarginalModel const model = calibration.settings.model;
    auto const p = static_cast<int>(calibration.assets.size());
    calibration.num_joint_parameters = 2 * p + p * (p - 1) / 2;
    if (calibration.regimes) {
        calibration.joint_log_likelihood = calibration.regimes->log_likelihood;
        calibration.num_joint_parameters = calibration.regimes->num_parameters;
    } else if (model == MarginalModel::student_t) {
        calibration.joint_log_likelihood = calibration.student_t->log_likelihood;
        ++calibration.num_joint_parameters;
    } else if (model == MarginalModel::gbm && !is_singular) {
        calibration.joint_log_likelihood = normal_log_likelihood(calibration, eigenvalues);
    }
}

void report_singular(AlignedReturns const& data, double eigenvalue, Problems& problems)
{
    problems.add(
        {"--correlation", 0, 0, {}},
        fmt::format("the correlation matrix of {} assets over {} returns is singular: its "
                    "least eigenvalue is {:.3g}",
                    data.assets.size(), data.size(), eigenvalue),
        "take a longer window, --correlation ledoit-wolf with gbm, merton or kou, or leave out "
        "one of two assets that move as one",
        ExitCode::data);
}

}  // namespace

bool has_own_jumps(MarginalModel model)
{
    return model == MarginalModel::merton || model == MarginalModel::kou;
}

double bic(double log_likelihood, int num_parameters, std::size_t num_returns)
{
    return num_parameters * std::log(static_cast<double>(num_returns)) - 2.0 * log_likelihood;
}

Calibration calibrate(AlignedReturns data, CalibrationSettings const& settings, Problems& problems)
{
    Calibration calibration;
    calibration.settings = settings;
    calibration.data = std::move(data);
    auto const& returns = calibration.data.returns;
    auto const sample = estimate_correlation(returns, CorrelationMethod::sample);
    auto const eigenvalues = factor_correlation(sample.matrix).eigenvalues;
    bool const is_singular = eigenvalues.front() < smallest_eigenvalue;
    bool const is_joint = settings.model == MarginalModel::student_t
                          || settings.model == MarginalModel::gjr_garch
                          || settings.regimes == RegimeCount::two;
    if (is_singular && is_joint) {
        report_singular(calibration.data, eigenvalues.front(), problems);
        return calibration;
    }
    calibration.sample_correlation = sample.matrix;
    if (settings.regimes == RegimeCount::two)
        calibration.regimes = fit_regimes(returns, calibration.data.interval);
    if (settings.model == MarginalModel::student_t)
        calibration.student_t = fit_student_t(returns);
    for (std::size_t a = 0; a < returns.size(); ++a)
        calibration.assets.push_back(fit_asset(calibration, a));
    std::vector<Returns> const factors = factors_of(calibration);
    calibration.correlation = estimate_correlation(factors, settings.correlation);
    if (double const least = factor_correlation(calibration.correlation.matrix).eigenvalues.front();
        least < smallest_eigenvalue)
        report_singular(calibration.data, least, problems);
    if (settings.model == MarginalModel::gjr_garch)
        calibration.student_t = fit_student_t(factors);
    if (settings.copula == Copula::student_t && problems.empty())
        fit_copula(calibration, factors, problems);
    set_joint_likelihood(calibration, eigenvalues, is_singular);
    return calibration;
}

}  // namespace brink
