// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "host/program/correlation_factor.hpp"
#include "io/config/scenario.hpp"
#include "io/results/result.hpp"

namespace brink {

/// What `repair` of [market.correlation] does to a matrix that is not semidefinite; its distance
/// and the matrix in use are warned of.
/// \param factor of the matrix as written
/// \param copula a Student-t copula needs a matrix that is definite, and gets one
/// \return nothing where a problem was added: no repair is asked for, or none is found
[[nodiscard]] std::optional<MatrixRepair> repair_correlation(CorrelationConfig const& config,
                                                             CorrelationFactor const& factor,
                                                             std::optional<Copula> copula,
                                                             Problems& problems);

}  // namespace brink
