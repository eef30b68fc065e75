// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

namespace brink {

/// The correlation matrix that is nearest in the Frobenius norm to a symmetric matrix with unit
/// diagonal: alternating projections with Dykstra's correction, Higham, "Computing the nearest
/// correlation matrix", IMA Journal of Numerical Analysis 22 (2002), algorithm 3.3.
/// \param matrix [n][n], n >= 1
/// \param least_eigenvalue in [0, 1): no eigenvalue of the result is below it
/// \return symmetric, unit diagonal, semidefinite to 1e-11; nothing where that takes too long
[[nodiscard]] std::optional<std::vector<std::vector<double>>> nearest_correlation(
    std::vector<std::vector<double>> const& matrix, double least_eigenvalue = 0.0);

}  // namespace brink
