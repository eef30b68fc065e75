// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/correlation_estimate.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace brink {
namespace {

/// Returns of mean 0 and mean square 1, [return][asset].
Eigen::MatrixXd standardised(std::vector<std::vector<double>> const& returns)
{
    auto const n = static_cast<Eigen::Index>(returns.front().size());
    Eigen::MatrixXd x(n, static_cast<Eigen::Index>(returns.size()));
    for (Eigen::Index a = 0; a < x.cols(); ++a) {
        Eigen::Map<Eigen::VectorXd const> const r(returns[static_cast<std::size_t>(a)].data(), n);
        x.col(a) = r.array() - r.mean();
        x.col(a) /= std::sqrt(x.col(a).squaredNorm() / static_cast<double>(n));
    }
    return x;
}

/// b^2 / d^2 of the source, at most 1.
double find_shrinkage(Eigen::MatrixXd const& x, Eigen::MatrixXd const& r)
{
    auto const n = static_cast<double>(x.rows());
    double const distance = (r - Eigen::MatrixXd::Identity(r.rows(), r.cols())).squaredNorm();
    if (distance == 0.0)
        return 0.0;
    double noise = 0;
    for (Eigen::Index k = 0; k < x.rows(); ++k)
        noise += (x.row(k).transpose() * x.row(k) - r).squaredNorm();
    return std::min(noise / (n * n) / distance, 1.0);
}

/// Standard deviation over sqrt(n) of the influence u v - r (u^2 + v^2) / 2.
double robust_error(Eigen::VectorXd const& u, Eigen::VectorXd const& v, double r)
{
    auto const n = static_cast<double>(u.size());
    Eigen::ArrayXd const influence =
        u.array() * v.array() - r / 2.0 * (u.array().square() + v.array().square());
    return std::sqrt(influence.square().mean() / n);
}

std::vector<std::vector<double>> zeros(std::size_t n)
{
    return std::vector<std::vector<double>>(n, std::vector<double>(n, 0.0));
}

}  // namespace

CorrelationEstimate estimate_correlation(std::vector<std::vector<double>> const& returns,
                                         CorrelationMethod method)
{
    Eigen::MatrixXd const x = standardised(returns);
    auto const n = static_cast<double>(x.rows());
    Eigen::MatrixXd const r = x.transpose() * x / n;
    std::size_t const size = returns.size();
    CorrelationEstimate found{zeros(size), zeros(size), zeros(size), 0.0};
    if (method == CorrelationMethod::ledoit_wolf)
        found.shrinkage = find_shrinkage(x, r);
    for (std::size_t i = 0; i < size; ++i) {
        found.matrix[i][i] = 1.0;
        for (std::size_t j = 0; j < i; ++j) {
            auto const a = static_cast<Eigen::Index>(i), b = static_cast<Eigen::Index>(j);
            double const rho = std::clamp(r(a, b), -1.0, 1.0), kept = 1.0 - found.shrinkage;
            found.matrix[i][j] = found.matrix[j][i] = kept * rho;
            found.fisher_se[i][j] = found.fisher_se[j][i] =
                kept * (1.0 - rho * rho) / std::sqrt(n - 3.0);
            found.robust_se[i][j] = found.robust_se[j][i] =
                kept * robust_error(x.col(a), x.col(b), rho);
        }
    }
    return found;
}

}  // namespace brink
