// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/student_t_fit.hpp"

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "host/calibrate/likelihood.hpp"

namespace brink {
namespace {

constexpr int most_rounds = 500;
/// Of the log-likelihood: far below what its second differences resolve.
constexpr double round_tolerance = 1e-9;
constexpr double difference_step = 0.05;  // in log nu
/// In log nu: closer to an end than this is at the end.
constexpr double edge_tolerance = 1e-3;

/// Location and scatter at given degrees of freedom; remembers both as the next start.
class ScatterFit {
    Eigen::MatrixXd x_;  // [asset][return], scaled to unit mean square
    Eigen::VectorXd location_;
    Eigen::MatrixXd scatter_;
    Eigen::VectorXd distance_;  // Mahalanobis, squared

  public:
    explicit ScatterFit(Eigen::MatrixXd x) : x_{std::move(x)}
    {
        location_ = x_.rowwise().mean();
        Eigen::MatrixXd const centred = x_.colwise() - location_;
        scatter_ = centred * centred.transpose() / static_cast<double>(x_.cols());
    }

    Eigen::VectorXd const& location() const { return location_; }
    Eigen::MatrixXd const& scatter() const { return scatter_; }

    /// Maximum over location and scatter of the log-likelihood.
    double operator()(double nu)
    {
        double value = evaluate(nu);
        for (int round = 0; round < most_rounds; ++round) {
            reweight(nu);
            double const next = evaluate(nu);
            bool const settled = std::abs(next - value) < round_tolerance;
            value = next;
            if (settled)
                break;
        }
        return value;
    }

  private:
    double assets() const { return static_cast<double>(x_.rows()); }

    double evaluate(double nu)
    {
        Eigen::LLT<Eigen::MatrixXd> const factor{scatter_};
        if (factor.info() != Eigen::Success)
            throw std::runtime_error{"the returns of the assets are linearly dependent"};
        distance_ =
            factor.matrixL().solve(x_.colwise() - location_).colwise().squaredNorm().transpose();
        double const log_root = Eigen::MatrixXd(factor.matrixL()).diagonal().array().log().sum();
        double const constant = std::lgamma((nu + assets()) / 2.0) - std::lgamma(nu / 2.0)
                                - assets() / 2.0 * std::log(nu * std::numbers::pi) - log_root;
        return static_cast<double>(x_.cols()) * constant
               - (nu + assets()) / 2.0 * (distance_.array() / nu).log1p().sum();
    }

    void reweight(double nu)
    {
        Eigen::VectorXd const weight = (nu + assets()) / (nu + distance_.array());
        double const sum = weight.sum();
        location_ = x_ * weight / sum;
        Eigen::MatrixXd const centred = x_.colwise() - location_;
        scatter_ = centred * weight.asDiagonal() * centred.transpose() / sum;
    }
};

}  // namespace

FitEdge edge_of(double log_nu)
{
    if (log_nu < std::log(lowest_degrees) + edge_tolerance)
        return FitEdge::lowest;
    return log_nu > std::log(highest_degrees) - edge_tolerance ? FitEdge::highest : FitEdge::inside;
}

StudentTFit fit_student_t(std::vector<std::vector<double>> const& returns)
{
    auto const n = static_cast<Eigen::Index>(returns.front().size());
    Eigen::MatrixXd x(static_cast<Eigen::Index>(returns.size()), n);
    Eigen::VectorXd unit(x.rows());
    for (Eigen::Index a = 0; a < x.rows(); ++a) {
        x.row(a) =
            Eigen::Map<Eigen::RowVectorXd const>(returns[static_cast<std::size_t>(a)].data(), n);
        unit(a) = std::sqrt(x.row(a).squaredNorm() / static_cast<double>(n));
        x.row(a) /= unit(a);
    }
    ScatterFit profile{std::move(x)};
    LogLikelihood const likelihood = [&](std::vector<double> const& log_nu) {
        return profile(std::exp(log_nu[0]));
    };
    Maximum const best = maximise(likelihood, {std::log(5.0)},
                                  {{std::log(lowest_degrees)}, {std::log(highest_degrees)}});
    double const nu = std::exp(best.at[0]);
    StudentTFit fit{{nu, std::numeric_limits<double>::quiet_NaN()}, edge_of(best.at[0]), {}, {}, 0};
    if (fit.edge == FitEdge::inside)
        if (auto const covariance = observed_covariance(likelihood, best.at, difference_step);
            !covariance.empty())
            fit.degrees_of_freedom.se = nu * std::sqrt(covariance[0][0]);
    fit.log_likelihood = profile(nu) - static_cast<double>(n) * unit.array().log().sum();
    for (Eigen::Index a = 0; a < unit.size(); ++a) {
        fit.location.push_back(profile.location()(a) * unit(a));
        fit.scale.push_back(std::sqrt(profile.scatter()(a, a)) * unit(a));
    }
    return fit;
}

}  // namespace brink
