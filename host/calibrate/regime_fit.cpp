// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/regime_fit.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <stdexcept>

#include "host/calibrate/likelihood.hpp"
#include "io/config/duration.hpp"

namespace brink {
namespace {

constexpr int most_iterations = 1'000;
constexpr double enough = 1e-9;       ///< growth of the log-likelihood, relative
constexpr double regime_step = 2e-3;  ///< of differences

using ReturnMatrix = Eigen::MatrixXd;  ///< [assets][n], centred

Eigen::Index eigen_index(std::size_t i)
{
    return static_cast<Eigen::Index>(i);
}

ReturnMatrix centred(std::vector<std::vector<double>> const& returns)
{
    auto const p = static_cast<Eigen::Index>(returns.size());
    auto const n = static_cast<Eigen::Index>(returns.front().size());
    ReturnMatrix matrix(p, n);
    for (Eigen::Index a = 0; a < p; ++a)
        for (Eigen::Index t = 0; t < n; ++t)
            matrix(a, t) = returns[static_cast<std::size_t>(a)][static_cast<std::size_t>(t)];
    return matrix.colwise() - matrix.rowwise().mean();
}

Eigen::MatrixXd covariance_of(RegimeLaw const& law, std::size_t r)
{
    auto const p = static_cast<Eigen::Index>(law.sd[r].size());
    Eigen::MatrixXd covariance(p, p);
    for (Eigen::Index i = 0; i < p; ++i)
        for (Eigen::Index j = 0; j < p; ++j) {
            auto const a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
            covariance(i, j) = law.sd[r][a] * law.sd[r][b] * law.correlation[r][a][b];
        }
    return covariance;
}

/// Log densities of each return under each regime; NaN where a covariance is not definite.
Eigen::ArrayXXd log_densities(RegimeLaw const& law, ReturnMatrix const& returns)
{
    Eigen::ArrayXXd densities(2, returns.cols());
    for (std::size_t r = 0; r < 2; ++r) {
        Eigen::LLT<Eigen::MatrixXd> const factor{covariance_of(law, r)};
        if (factor.info() != Eigen::Success) {
            densities.row(eigen_index(r)).setConstant(std::nan(""));
            continue;
        }
        Eigen::MatrixXd const scaled = factor.matrixL().solve(returns);
        double const log_root = factor.matrixLLT().diagonal().array().log().sum();
        double const constant =
            log_root + 0.5 * static_cast<double>(returns.rows()) * std::log(2 * std::numbers::pi);
        densities.row(eigen_index(r)) = -0.5 * scaled.colwise().squaredNorm().array() - constant;
    }
    return densities;
}

/// Forward probabilities, scaled at each return; the chain starts from its stationary law.
struct Forward {
    Eigen::Array2Xd filtered, predicted;
    double log_likelihood{0};
};

Forward run_forward(RegimeLaw const& law, Eigen::ArrayXXd const& densities)
{
    Forward forward{Eigen::Array2Xd(2, densities.cols()), Eigen::Array2Xd(2, densities.cols()), 0};
    double const leave[2] = {1 - law.stay[0], 1 - law.stay[1]};
    double crash = leave[0] / (leave[0] + leave[1]);
    for (Eigen::Index t = 0; t < densities.cols(); ++t) {
        double const top = std::max(densities(0, t), densities(1, t));
        double const calm_weight = (1 - crash) * std::exp(densities(0, t) - top);
        double const crash_weight = crash * std::exp(densities(1, t) - top);
        double const sum = calm_weight + crash_weight;
        forward.predicted(0, t) = 1 - crash;
        forward.predicted(1, t) = crash;
        forward.filtered(0, t) = calm_weight / sum;
        forward.filtered(1, t) = crash_weight / sum;
        forward.log_likelihood += top + std::log(sum);
        crash = forward.filtered(0, t) * leave[0] + forward.filtered(1, t) * law.stay[1];
    }
    return forward;
}

/// Smoothed probabilities, and expected numbers of transitions i -> j.
struct Smoothed {
    Eigen::Array2Xd probability;
    double transitions[2][2]{};
};

/// C.-J. Kim, "Dynamic linear models with Markov-switching", Journal of Econometrics 60 (1994).
Smoothed smooth(RegimeLaw const& law, Forward const& forward)
{
    double const to[2][2] = {{law.stay[0], 1 - law.stay[0]}, {1 - law.stay[1], law.stay[1]}};
    Eigen::Index const n = forward.filtered.cols();
    Smoothed smoothed{forward.filtered, {}};
    for (Eigen::Index t = n - 1; t-- > 0;) {
        double kept[2] = {0, 0};
        for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 2; ++j) {
                double const both = forward.filtered(i, t) * to[i][j]
                                    * smoothed.probability(j, t + 1) / forward.predicted(j, t + 1);
                smoothed.transitions[i][j] += both;
                kept[i] += both;
            }
        smoothed.probability(0, t) = kept[0];
        smoothed.probability(1, t) = kept[1];
    }
    return smoothed;
}

void set_covariance(RegimeLaw& law, std::size_t r, Eigen::MatrixXd const& covariance)
{
    auto const p = static_cast<std::size_t>(covariance.rows());
    law.sd[r].assign(p, 0.0);
    law.correlation[r].assign(p, std::vector<double>(p, 1.0));
    for (std::size_t a = 0; a < p; ++a)
        law.sd[r][a] =
            std::sqrt(covariance(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(a)));
    for (std::size_t a = 0; a < p; ++a)
        for (std::size_t b = 0; b < a; ++b)
            law.correlation[r][a][b] = law.correlation[r][b][a] =
                covariance(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b))
                / (law.sd[r][a] * law.sd[r][b]);
}

/// The law whose covariances are those of the returns, weighted.
void set_covariances(RegimeLaw& law, ReturnMatrix const& returns, Eigen::Array2Xd const& weight)
{
    for (std::size_t r = 0; r < 2; ++r) {
        Eigen::MatrixXd const weighted =
            returns.array().rowwise()
            * Eigen::ArrayXd(weight.row(eigen_index(r)).transpose()).transpose();
        set_covariance(law, r, weighted * returns.transpose() / weight.row(eigen_index(r)).sum());
    }
}

/// ReturnMatrix beyond a quantile of their size are the second regime's at first.
RegimeLaw starting_law(ReturnMatrix const& returns, double share)
{
    Eigen::ArrayXd const size =
        (returns.array().colwise() / returns.rowwise().norm().array()).colwise().squaredNorm();
    std::vector<double> sorted(size.begin(), size.end());
    auto const place =
        static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(sorted.size()));
    std::nth_element(sorted.begin(), sorted.begin() + place, sorted.end());
    Eigen::Array2Xd weight(2, returns.cols());
    weight.row(1) = (size > sorted[static_cast<std::size_t>(place)]).cast<double>();
    weight.row(0) = 1 - weight.row(1);
    weight = weight * 0.9 + 0.05;  // every regime keeps some of each return
    RegimeLaw law;
    law.stay[0] = 0.95;
    law.stay[1] = 0.8;
    set_covariances(law, returns, weight);
    return law;
}

struct Climb {
    RegimeLaw law;
    double log_likelihood{0};
    int iterations{0};
};

Climb climb(RegimeLaw law, ReturnMatrix const& returns)
{
    double last = -std::numeric_limits<double>::infinity();
    for (int i = 0; i < most_iterations; ++i) {
        Forward const forward = run_forward(law, log_densities(law, returns));
        if (!std::isfinite(forward.log_likelihood))
            break;
        if (forward.log_likelihood - last < enough * std::abs(forward.log_likelihood))
            return {law, forward.log_likelihood, i};
        last = forward.log_likelihood;
        Smoothed const smoothed = smooth(law, forward);
        for (std::size_t r = 0; r < 2; ++r)
            law.stay[r] = smoothed.transitions[r][r]
                          / (smoothed.transitions[r][0] + smoothed.transitions[r][1]);
        set_covariances(law, returns, smoothed.probability);
    }
    return {law, last, most_iterations};
}

void put_calmer_first(RegimeLaw& law)
{
    if (covariance_of(law, 0).trace() <= covariance_of(law, 1).trace())
        return;
    std::swap(law.stay[0], law.stay[1]);
    std::swap(law.sd[0], law.sd[1]);
    std::swap(law.correlation[0], law.correlation[1]);
}

/// Free parameters of order one: logits of staying, log deviations, inverse hyperbolic tangents of
/// correlations.
std::vector<double> parameters_of(RegimeLaw const& law)
{
    std::vector<double> point;
    for (std::size_t r = 0; r < 2; ++r) {
        point.push_back(std::log(law.stay[r] / (1 - law.stay[r])));
        for (std::size_t a = 0; a < law.sd[r].size(); ++a) {
            point.push_back(std::log(law.sd[r][a]));
            for (std::size_t b = 0; b < a; ++b)
                point.push_back(std::atanh(law.correlation[r][a][b]));
        }
    }
    return point;
}

RegimeLaw regime_law(std::vector<double> const& point, std::size_t num_assets)
{
    RegimeLaw law;
    auto next = point.begin();
    for (std::size_t r = 0; r < 2; ++r) {
        law.stay[r] = 1 / (1 + std::exp(-*next++));
        law.correlation[r].assign(num_assets, std::vector<double>(num_assets, 1.0));
        for (std::size_t a = 0; a < num_assets; ++a) {
            law.sd[r].push_back(std::exp(*next++));
            for (std::size_t b = 0; b < a; ++b)
                law.correlation[r][a][b] = law.correlation[r][b][a] = std::tanh(*next++);
        }
    }
    return law;
}

/// [s] mean durations of the chain in continuous time whose transition matrix over an interval is
/// the law's: the rates add up to -ln(p_00 + p_11 - 1) / interval.
double mean_duration(RegimeLaw const& law, std::size_t r, double interval)
{
    double const leave[2] = {1 - law.stay[0], 1 - law.stay[1]};
    double const both = leave[0] + leave[1];
    double const rates = -std::log(std::max(1 - both, 1e-12)) / interval;
    return 1 / (rates * leave[r] / both);
}

}  // namespace

RegimeFilter filter_regimes(RegimeLaw const& law, std::vector<std::vector<double>> const& returns)
{
    Forward const forward = run_forward(law, log_densities(law, centred(returns)));
    RegimeFilter filter;
    filter.log_likelihood = forward.log_likelihood;
    filter.crash.assign(forward.filtered.row(1).begin(), forward.filtered.row(1).end());
    return filter;
}

RegimeFit fit_regimes(std::vector<std::vector<double>> const& returns, double interval)
{
    ReturnMatrix const matrix = centred(returns);
    Climb best;
    best.log_likelihood = -std::numeric_limits<double>::infinity();
    for (double const share : {0.05, 0.2, 0.4}) {
        Climb const found = climb(starting_law(matrix, share), matrix);
        if (std::isfinite(found.log_likelihood) && found.log_likelihood > best.log_likelihood)
            best = found;
    }
    if (!std::isfinite(best.log_likelihood))
        throw std::runtime_error{"no two regimes can be told apart in these returns"};
    put_calmer_first(best.law);
    std::size_t const p = returns.size();
    auto const at = parameters_of(best.law);
    LogLikelihood const likelihood = [&](std::vector<double> const& point) {
        RegimeLaw const law = regime_law(point, p);
        return run_forward(law, log_densities(law, matrix)).log_likelihood;
    };
    auto const covariance = observed_covariance(likelihood, at, regime_step);
    auto const fitted = [&](auto const& value) {
        std::function<double(std::vector<double> const&)> const of =
            [&](std::vector<double> const& point) { return value(regime_law(point, p)); };
        return FittedValue{of(at), delta_error(of, at, covariance)};
    };
    RegimeFit fit;
    fit.law = best.law;
    fit.log_likelihood = best.log_likelihood;
    fit.num_parameters = static_cast<int>(at.size() + p);  // and the means
    fit.iterations = best.iterations;
    Smoothed const smoothed =
        smooth(best.law, run_forward(best.law, log_densities(best.law, matrix)));
    double const years = interval / seconds_per_year;
    for (std::size_t r = 0; r < 2; ++r) {
        FittedRegime& regime = fit.regimes[r];
        regime.occupancy = smoothed.probability.row(eigen_index(r)).mean();
        regime.mean_duration =
            fitted([&](RegimeLaw const& law) { return mean_duration(law, r, interval); });
        for (std::size_t a = 0; a < p; ++a) {
            regime.volatility.push_back(
                fitted([&](RegimeLaw const& law) { return law.sd[r][a] / std::sqrt(years); }));
            auto& row = regime.correlation.emplace_back();
            for (std::size_t b = 0; b < a; ++b)
                row.push_back(
                    fitted([&](RegimeLaw const& law) { return law.correlation[r][a][b]; }));
        }
    }
    return fit;
}

}  // namespace brink
