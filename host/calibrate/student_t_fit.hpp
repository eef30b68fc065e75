// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/calibrate/estimate.hpp"

namespace brink {

/// Whether an estimate lies inside its box, or where the likelihood still rises at its edge.
enum class FitEdge { inside, lowest, highest };

/// Multivariate Student-t fitted to joint returns, per return.
struct StudentTFit {
    FittedValue degrees_of_freedom;
    FitEdge edge{FitEdge::inside};
    std::vector<double> location;  ///< [asset]
    std::vector<double> scale;     ///< [asset] sd = scale sqrt(nu / (nu - 2))
    double log_likelihood{0};      ///< joint
};

/// Box of the degrees of freedom: the model needs a variance, and beyond the upper end it is
/// normal for all purposes.
inline constexpr double lowest_degrees = 2.05, highest_degrees = 200.0;

/// Where in that box they are, by their logarithm.
[[nodiscard]] FitEdge edge_of(double log_nu);

/// Maximum likelihood: location and scatter by an expectation-maximisation whose scatter is divided
/// by the sum of the weights, at each of the degrees of freedom that the search tries; their error
/// from the curvature of that profile. Source: J. T. Kent, D. E. Tyler and Y. Vardi, "A curious
/// likelihood identity for the multivariate t-distribution", Communications in Statistics 23
/// (1994). \param returns [asset][return], with a scatter of full rank \throw std::runtime_error
/// where the scatter has not
[[nodiscard]] StudentTFit fit_student_t(std::vector<std::vector<double>> const& returns);

}  // namespace brink
