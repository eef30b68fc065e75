// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace brink {

/// What is known about a correlation matrix once it has been tested.
struct CorrelationFactor {
    std::vector<double> eigenvalues;         ///< ascending
    std::vector<std::vector<double>> lower;  ///< L with L L^T = matrix; empty: not semidefinite
    double shrinkage{0};  ///< where not semidefinite: least s so that (1 - s) matrix + s 1 is
};

/// Factor a symmetric matrix with unit diagonal into a lower triangle, semidefinite ones too: a
/// factor that the earlier ones explain in full gets a column of zeros. Eigenvalues down to -1e-10
/// count as rounding of the written digits.
[[nodiscard]] CorrelationFactor factor_correlation(std::vector<std::vector<double>> const& matrix);

}  // namespace brink
