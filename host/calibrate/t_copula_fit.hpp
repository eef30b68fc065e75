// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/calibrate/estimate.hpp"
#include "host/calibrate/student_t_fit.hpp"

namespace brink {

/// A Student-t copula fitted to what several assets do together, whatever each one's own law.
struct TCopulaFit {
    FittedValue degrees_of_freedom;
    FitEdge edge{FitEdge::inside};
    std::vector<std::vector<double>> correlation;  ///< of the t variables, [assets][assets]
    double log_likelihood{0};                      ///< of the ranks
    double gaussian_log_likelihood{0};             ///< of the same under a Gaussian copula
};

/// Maximum pseudo-likelihood of ranks over n + 1: C. Genest, K. Ghoudi and L.-P. Rivest, "A
/// semiparametric estimation procedure of dependence parameters in multivariate families of
/// distributions", Biometrika 82 (1995). At each of the degrees of freedom that the search tries
/// the correlation is the fixed point of the t law's reweighted scatter; the error is that of the
/// profile's curvature, as if the margins were known.
/// \param factors [assets][n], two assets or more, with a scatter of full rank
/// \throw std::runtime_error where the scatter has not
[[nodiscard]] TCopulaFit fit_t_copula(std::vector<std::vector<double>> const& factors);

}  // namespace brink
