// SPDX-License-Identifier: Apache-2.0
#include "host/run/chebyshev_fit.hpp"

#include <cmath>
#include <numbers>

namespace brink {
namespace {

void truncate(std::vector<double>& coefficients, double tolerance)
{
    double dropped = std::abs(coefficients.back());
    while (coefficients.size() > 1 && dropped <= tolerance) {
        coefficients.pop_back();
        dropped += std::abs(coefficients.back());
    }
}

}  // namespace

std::vector<double> fit_chebyshev(std::function<double(double)> const& function, int num_nodes,
                                  double tolerance)
{
    auto const angle = [&](int node) { return std::numbers::pi * (node + 0.5) / num_nodes; };
    std::vector<double> values;
    for (int i = 0; i < num_nodes; ++i)
        values.push_back(function(std::cos(angle(i))));
    std::vector<double> coefficients;
    for (int k = 0; k < num_nodes; ++k) {
        double sum = 0.0;
        for (int i = 0; i < num_nodes; ++i)
            sum += values[static_cast<std::size_t>(i)] * std::cos(k * angle(i));
        coefficients.push_back((k == 0 ? 1.0 : 2.0) / num_nodes * sum);
    }
    truncate(coefficients, tolerance);
    return coefficients;
}

double sum_series(std::vector<double> const& coefficients, double t)
{
    double next = 0.0;
    double after_next = 0.0;
    for (std::size_t k = coefficients.size() - 1; k > 0; --k) {
        double const sum = 2.0 * t * next + coefficients[k] - after_next;
        after_next = next;
        next = sum;
    }
    return t * next + coefficients[0] - after_next;
}

}  // namespace brink
