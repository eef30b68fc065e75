// SPDX-License-Identifier: Apache-2.0
#include "host/program/correlation_factor.hpp"

#include <Eigen/Dense>
#include <cmath>

#include "host/program/dense_matrix.hpp"

namespace brink {
namespace {

constexpr double eigenvalue_rounding = 1e-10;

/// Cholesky without pivoting, so that factor j belongs to asset j; Eigen's LLT refuses matrices
/// that are only semidefinite, such as two assets that always move together.
Eigen::MatrixXd lower_triangle(Eigen::MatrixXd const& matrix)
{
    Eigen::Index const n = matrix.rows();
    Eigen::MatrixXd lower = Eigen::MatrixXd::Zero(n, n);
    for (Eigen::Index j = 0; j < n; ++j) {
        double const pivot = matrix(j, j) - lower.row(j).head(j).squaredNorm();
        if (pivot <= eigenvalue_rounding)
            continue;
        lower(j, j) = std::sqrt(pivot);
        for (Eigen::Index i = j + 1; i < n; ++i)
            lower(i, j) =
                (matrix(i, j) - lower.row(i).head(j).dot(lower.row(j).head(j))) / lower(j, j);
    }
    return lower;
}

}  // namespace

CorrelationFactor factor_correlation(std::vector<std::vector<double>> const& rows)
{
    CorrelationFactor factor;
    if (rows.empty())
        return factor;
    Eigen::MatrixXd const matrix = to_dense(rows);
    Eigen::VectorXd const eigenvalues =
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>{matrix, Eigen::EigenvaluesOnly}
            .eigenvalues();
    factor.eigenvalues.assign(eigenvalues.begin(), eigenvalues.end());
    double const smallest = eigenvalues(0);
    if (!(smallest >= -eigenvalue_rounding)) {
        factor.shrinkage = -smallest / (1.0 - smallest);
        return factor;
    }
    factor.lower = to_rows(lower_triangle(matrix));
    return factor;
}

}  // namespace brink
