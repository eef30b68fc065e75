// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/copula_terms.hpp"

namespace brink {

/// Normal score of a Student-t variable of unit variance, Phi^-1(T_nu(v sqrt(nu / (nu - 2)))).
/// \param nu > 2
[[nodiscard]] double normal_score(double nu, double v);

/// The score as the path functors evaluate it, for every v up to the largest that the generator
/// makes.
/// \param tolerance largest relative error, found on a grid
/// \throws std::invalid_argument where nu <= 2 or is not finite; std::runtime_error where the
/// largest degree does not reach the tolerance
[[nodiscard]] CopulaTerms<double> fit_copula(double nu, double tolerance);

}  // namespace brink
