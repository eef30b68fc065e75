// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/t_copula_fit.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include "host/calibrate/likelihood.hpp"

namespace brink {
namespace {

constexpr double curvature_step = 0.05;  ///< of log nu
constexpr int most_reweightings = 100;
constexpr double correlation_tolerance = 1e-8;

/// Places 0, 1, ... of each asset's values in their order; of equal ones, the middle.
std::vector<std::vector<std::size_t>> places_of(std::vector<std::vector<double>> const& factors)
{
    std::vector<std::vector<std::size_t>> places;
    for (auto const& values : factors) {
        std::vector<std::size_t> order(values.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(),
                  [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
        auto& own = places.emplace_back(values.size());
        for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
            while (last < order.size() && values[order[last]] == values[order[first]])
                ++last;
            for (std::size_t i = first; i < last; ++i)
                own[order[i]] = (first + last - 1) / 2;
        }
    }
    return places;
}

/// Quantiles of a law that is symmetric about 0 at 1 / (n + 1), ..., n / (n + 1).
template<class Law>
std::vector<double> rank_quantiles(Law const& law, std::size_t n)
{
    std::vector<double> quantiles(n, 0.0);
    for (std::size_t i = 0; i < n / 2; ++i) {
        double const u = static_cast<double>(i + 1) / static_cast<double>(n + 1);
        quantiles[i] = quantile(law, u);
        quantiles[n - 1 - i] = -quantiles[i];
    }
    return quantiles;
}

/// Log-likelihood of the ranks at degrees of freedom, over the correlations.
class CopulaProfile {
    std::vector<std::vector<std::size_t>> places_;
    Eigen::Index n_;
    Eigen::MatrixXd x_;            ///< [assets][n]
    Eigen::MatrixXd correlation_;  ///< [assets][assets]; where the next fixed point is sought from

  public:
    explicit CopulaProfile(std::vector<std::vector<double>> const& factors)
        : places_{places_of(factors)}, n_{static_cast<Eigen::Index>(factors.front().size())}
    {}

    Eigen::MatrixXd const& correlation() const { return correlation_; }

    double student_t(double nu)
    {
        boost::math::students_t const law{nu};
        auto const p = static_cast<double>(places_.size());
        double own = take(rank_quantiles(law, static_cast<std::size_t>(n_)),
                          [&](double x) { return std::log(pdf(law, x)); });
        if (correlation_.size() == 0)
            correlation_ = normalised(x_ * x_.transpose());
        Eigen::VectorXd distance;
        for (int i = 0; i < most_reweightings; ++i) {
            distance = distances();
            Eigen::VectorXd const weight = (nu + p) / (nu + distance.array());
            Eigen::MatrixXd const next = normalised(x_ * weight.asDiagonal() * x_.transpose());
            double const change = (next - correlation_).cwiseAbs().maxCoeff();
            correlation_ = next;
            if (change < correlation_tolerance)
                break;
        }
        distance = distances();
        double const constant = std::lgamma((nu + p) / 2) - std::lgamma(nu / 2)
                                - p / 2 * std::log(nu * std::numbers::pi) - log_root();
        return static_cast<double>(n_) * constant
               - (nu + p) / 2 * (distance.array() / nu).log1p().sum() - own;
    }

    double gaussian()
    {
        boost::math::normal const law;
        double const own = take(rank_quantiles(law, static_cast<std::size_t>(n_)),
                                [&](double x) { return std::log(pdf(law, x)); });
        correlation_ = normalised(x_ * x_.transpose());
        auto const p = static_cast<double>(places_.size());
        double const constant = -p / 2 * std::log(2 * std::numbers::pi) - log_root();
        return static_cast<double>(n_) * constant - distances().sum() / 2 - own;
    }

  private:
    /// Puts the quantiles in their places. \return the sum of their own log densities
    template<class LogDensity>
    double take(std::vector<double> const& quantiles, LogDensity log_density)
    {
        std::vector<double> densities;
        for (double const x : quantiles)
            densities.push_back(log_density(x));
        double sum = 0;
        x_.resize(static_cast<Eigen::Index>(places_.size()), n_);
        for (std::size_t a = 0; a < places_.size(); ++a)
            for (std::size_t i = 0; i < places_[a].size(); ++i) {
                x_(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(i)) =
                    quantiles[places_[a][i]];
                sum += densities[places_[a][i]];
            }
        return sum;
    }

    static Eigen::MatrixXd normalised(Eigen::MatrixXd const& scatter)
    {
        Eigen::VectorXd const scale = scatter.diagonal().array().rsqrt();
        return scale.asDiagonal() * scatter * scale.asDiagonal();
    }

    Eigen::LLT<Eigen::MatrixXd> factor() const
    {
        Eigen::LLT<Eigen::MatrixXd> const found{correlation_};
        if (found.info() != Eigen::Success)
            throw std::runtime_error{"the ranks of the assets' returns are linearly dependent"};
        return found;
    }
    Eigen::VectorXd distances() const
    {
        return factor().matrixL().solve(x_).colwise().squaredNorm().transpose();
    }
    double log_root() const
    {
        return Eigen::MatrixXd(factor().matrixL()).diagonal().array().log().sum();
    }
};

}  // namespace

TCopulaFit fit_t_copula(std::vector<std::vector<double>> const& factors)
{
    CopulaProfile profile{factors};
    LogLikelihood const likelihood = [&](std::vector<double> const& log_nu) {
        return profile.student_t(std::exp(log_nu[0]));
    };
    Maximum const best = maximise(likelihood, {std::log(5.0)},
                                  {{std::log(lowest_degrees)}, {std::log(highest_degrees)}});
    double const nu = std::exp(best.at[0]);
    TCopulaFit fit;
    fit.degrees_of_freedom.value = nu;
    fit.edge = edge_of(best.at[0]);
    if (fit.edge == FitEdge::inside)
        if (auto const covariance = observed_covariance(likelihood, best.at, curvature_step);
            !covariance.empty())
            fit.degrees_of_freedom.se = nu * std::sqrt(covariance[0][0]);
    fit.gaussian_log_likelihood = profile.gaussian();
    fit.log_likelihood = profile.student_t(nu);
    for (Eigen::Index i = 0; i < profile.correlation().rows(); ++i) {
        auto& row = fit.correlation.emplace_back();
        for (Eigen::Index j = 0; j < profile.correlation().cols(); ++j)
            row.push_back(i == j ? 1.0 : profile.correlation()(i, j));
    }
    return fit;
}

}  // namespace brink
