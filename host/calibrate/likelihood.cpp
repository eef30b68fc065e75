// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/likelihood.hpp"

#include <nlopt.h>

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>

namespace brink {
namespace {

/// Of the parameters, which are of order one; and calls at most.
constexpr double parameter_tolerance = 1e-7;
constexpr int most_evaluations = 20'000;
constexpr double first_step = 0.25;
constexpr double delta_step = 1e-5;

struct Objective {
    LogLikelihood const& likelihood;
    std::vector<double> point;
};

double evaluate(unsigned n, double const* x, double* /*gradient*/, void* data)
{
    auto& objective = *static_cast<Objective*>(data);
    objective.point.assign(x, x + n);
    return objective.likelihood(objective.point);
}

}  // namespace

Maximum maximise(LogLikelihood const& likelihood, std::vector<double> const& start,
                 ParameterBox const& box)
{
    auto const n = static_cast<unsigned>(start.size());
    std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> const search{
        nlopt_create(n == 1 ? NLOPT_LN_SBPLX : NLOPT_LN_BOBYQA, n), &nlopt_destroy};
    Objective objective{likelihood, {}};
    nlopt_set_max_objective(search.get(), evaluate, &objective);
    nlopt_set_lower_bounds(search.get(), box.lower.data());
    nlopt_set_upper_bounds(search.get(), box.upper.data());
    nlopt_set_initial_step1(search.get(), first_step);
    nlopt_set_xtol_abs1(search.get(), parameter_tolerance);
    nlopt_set_maxeval(search.get(), most_evaluations);
    Maximum found{start, 0};
    nlopt_result const status = nlopt_optimize(search.get(), found.at.data(), &found.value);
    if (status < 0 && status != NLOPT_ROUNDOFF_LIMITED)
        throw std::runtime_error{std::string{"the likelihood cannot be maximised: "}
                                 + nlopt_result_to_string(status)};
    return found;
}

std::vector<std::vector<double>> observed_covariance(LogLikelihood const& likelihood,
                                                     std::vector<double> const& at, double step)
{
    auto const n = static_cast<Eigen::Index>(at.size());
    auto const shifted = [&](Eigen::Index i, double by_i, Eigen::Index j, double by_j) {
        std::vector<double> point = at;
        point[static_cast<std::size_t>(i)] += by_i;
        point[static_cast<std::size_t>(j)] += by_j;
        return likelihood(point);
    };
    Eigen::MatrixXd information(n, n);
    for (Eigen::Index i = 0; i < n; ++i)
        for (Eigen::Index j = 0; j <= i; ++j)
            information(i, j) = information(j, i) =
                -(shifted(i, step, j, step) - shifted(i, step, j, -step)
                  - shifted(i, -step, j, step) + shifted(i, -step, j, -step))
                / (4.0 * step * step);
    Eigen::LLT<Eigen::MatrixXd> const factor{information};
    if (!information.allFinite() || factor.info() != Eigen::Success)
        return {};
    Eigen::MatrixXd const inverse = factor.solve(Eigen::MatrixXd::Identity(n, n));
    std::vector<std::vector<double>> covariance;
    for (Eigen::Index i = 0; i < n; ++i)
        covariance.emplace_back(inverse.col(i).begin(), inverse.col(i).end());
    return covariance;
}

std::vector<std::vector<double>> covariance_inside(LogLikelihood const& likelihood,
                                                   std::vector<double> const& at,
                                                   ParameterBox const& box, double step)
{
    constexpr double margin = 1e-3;  // of the box
    for (std::size_t i = 0; i < at.size(); ++i) {
        double const width = margin * (box.upper[i] - box.lower[i]);
        if (at[i] < box.lower[i] + width || at[i] > box.upper[i] - width)
            return {};
    }
    return observed_covariance(likelihood, at, step);
}

double delta_error(std::function<double(std::vector<double> const&)> const& value,
                   std::vector<double> const& at,
                   std::vector<std::vector<double>> const& covariance)
{
    if (covariance.empty())
        return std::numeric_limits<double>::quiet_NaN();
    std::vector<double> gradient;
    for (std::size_t i = 0; i < at.size(); ++i) {
        std::vector<double> above = at, below = at;
        above[i] += delta_step;
        below[i] -= delta_step;
        gradient.push_back((value(above) - value(below)) / (2.0 * delta_step));
    }
    double variance = 0;
    for (std::size_t i = 0; i < at.size(); ++i)
        for (std::size_t j = 0; j < at.size(); ++j)
            variance += gradient[i] * covariance[i][j] * gradient[j];
    return std::sqrt(variance);
}

}  // namespace brink
