// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

namespace brink {

/// Coefficients of the polynomial through `num_nodes` Chebyshev nodes of a function on [-1, 1]
/// (discrete orthogonality); the highest are dropped while their absolute sum, which bounds the
/// change, is at most `tolerance`. sum_k coefficient[k] T_k(t).
[[nodiscard]] std::vector<double> fit_chebyshev(std::function<double(double)> const& function,
                                                int num_nodes, double tolerance);

/// Sum of such a series at t.
[[nodiscard]] double sum_series(std::vector<double> const& coefficients, double t);

}  // namespace brink
