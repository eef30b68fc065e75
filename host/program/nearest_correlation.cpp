// SPDX-License-Identifier: Apache-2.0
#include "host/program/nearest_correlation.hpp"

#include <Eigen/Dense>

#include "host/program/dense_matrix.hpp"

namespace brink {
namespace {

constexpr int most_projections = 20'000;
constexpr double projection_tolerance = 1e-12;

/// Nearest with no eigenvalue below `least`.
Eigen::MatrixXd nearest_definite(Eigen::MatrixXd const& symmetric, double least)
{
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> const solver{symmetric};
    Eigen::MatrixXd const& vectors = solver.eigenvectors();
    return vectors * solver.eigenvalues().cwiseMax(least).asDiagonal() * vectors.transpose();
}

}  // namespace

std::optional<std::vector<std::vector<double>>> nearest_correlation(
    std::vector<std::vector<double>> const& matrix, double least_eigenvalue)
{
    Eigen::MatrixXd unit_diagonal = to_dense(matrix);
    Eigen::MatrixXd correction = Eigen::MatrixXd::Zero(unit_diagonal.rows(), unit_diagonal.cols());
    for (int i = 0; i < most_projections; ++i) {
        Eigen::MatrixXd const from = unit_diagonal - correction;
        Eigen::MatrixXd const definite = nearest_definite(from, least_eigenvalue);
        correction = definite - from;
        unit_diagonal = (definite + definite.transpose()) / 2.0;
        unit_diagonal.diagonal().setOnes();
        if ((unit_diagonal - definite).norm() <= projection_tolerance * unit_diagonal.norm())
            return to_rows(unit_diagonal);
    }
    return std::nullopt;
}

}  // namespace brink
