// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

namespace brink {

/// Log-likelihood of a point of the parameter space; finite inside the box.
using LogLikelihood = std::function<double(std::vector<double> const&)>;

/// Where a search may go: lower < upper, one each per parameter.
struct ParameterBox {
    std::vector<double> lower, upper;
};

struct Maximum {
    std::vector<double> at;
    double value{0};
};

/// Climb from `start` to a local maximum inside the box without derivatives: BOBYQA, or Subplex for
/// one parameter (NLopt; M. J. D. Powell, report NA2009/06, Cambridge 2009).
/// \throw std::runtime_error where NLopt fails
[[nodiscard]] Maximum maximise(LogLikelihood const& likelihood, std::vector<double> const& start,
                               ParameterBox const& box);

/// Inverse of the observed information: minus the matrix of second differences at a maximum. Empty
/// where that is not positive definite: then the data do not determine all parameters.
/// \param step distance of the differences, the same for all parameters
[[nodiscard]] std::vector<std::vector<double>> observed_covariance(LogLikelihood const& likelihood,
                                                                   std::vector<double> const& at,
                                                                   double step);

/// The same, and empty where the maximum stands at an edge of the box: the likelihood goes on
/// rising there, and its curvature says nothing of an error.
[[nodiscard]] std::vector<std::vector<double>> covariance_inside(LogLikelihood const& likelihood,
                                                                 std::vector<double> const& at,
                                                                 ParameterBox const& box,
                                                                 double step);

/// Standard error of a function of the parameters by the delta method, with central differences;
/// NaN where the covariance is empty.
[[nodiscard]] double delta_error(std::function<double(std::vector<double> const&)> const& value,
                                 std::vector<double> const& at,
                                 std::vector<std::vector<double>> const& covariance);

}  // namespace brink
