// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace brink {

/// How a correlation matrix is estimated.
enum class CorrelationMethod { sample, ledoit_wolf };

/// A correlation matrix with errors, entries [asset][asset].
struct CorrelationEstimate {
    std::vector<std::vector<double>> matrix;
    std::vector<std::vector<double>> fisher_se;  ///< (1 - r^2) / sqrt(n - 3): of normal returns
    std::vector<std::vector<double>> robust_se;  ///< from the influence function: of any law with
                                                 ///< four moments
    double shrinkage{0};                         ///< share of the identity; 0: the sample matrix
};

/// Pearson correlations, or their mixture with the identity: (1 - shrinkage) R + shrinkage 1, the
/// shrinkage that O. Ledoit and M. Wolf, "A well-conditioned estimator for large-dimensional
/// covariance matrices", Journal of Multivariate Analysis 88 (2004), find for returns scaled to
/// unit variance. Errors are those of the sample matrix, times 1 - shrinkage. \param returns
/// [asset][return], equally many of each, none constant
[[nodiscard]] CorrelationEstimate estimate_correlation(
    std::vector<std::vector<double>> const& returns, CorrelationMethod method);

}  // namespace brink
