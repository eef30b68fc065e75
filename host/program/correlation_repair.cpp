// SPDX-License-Identifier: Apache-2.0
#include "host/program/correlation_repair.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <string>

#include "host/program/nearest_correlation.hpp"

namespace brink {
namespace {

/// A factor's own part of its variance is at least this, far from where a copula gives up.
constexpr double least_eigenvalue_of_copulas = 1e-4;

void report_indefinite(CorrelationConfig const& config, CorrelationFactor const& factor,
                       Problems& problems)
{
    std::vector<std::string> eigenvalues;
    for (double const value : factor.eigenvalues)
        eigenvalues.push_back(fmt::format("{:.6g}", value));
    problems.add(
        config.at("matrix"),
        fmt::format("is not positive semidefinite, so no returns have these correlations; "
                    "eigenvalues: {}",
                    fmt::join(eigenvalues, ", ")),
        fmt::format("estimate all entries over one window, multiply those off the diagonal "
                    "by {:.4f} or less, or write repair = \"higham\" for the nearest "
                    "matrix that is",
                    std::floor((1.0 - factor.shrinkage) * 1e4) / 1e4));
}

struct Entry {
    std::size_t row{0}, column{0};
};

/// Distance of what is used from what was written. \return the entry that changes most
Entry measure(MatrixRepair& repair)
{
    Entry largest;
    double squares = 0.0;
    for (std::size_t i = 0; i < repair.written.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            double const change = repair.used[i][j] - repair.written[i][j];
            squares += 2.0 * change * change;
            if (std::abs(change) > repair.largest_change) {
                repair.largest_change = std::abs(change);
                largest = {i, j};
            }
        }
    repair.frobenius_distance = std::sqrt(squares);
    return largest;
}

}  // namespace

std::optional<MatrixRepair> repair_correlation(CorrelationConfig const& config,
                                               CorrelationFactor const& factor,
                                               std::optional<Copula> copula, Problems& problems)
{
    if (config.repair != CorrelationRepair::higham) {
        report_indefinite(config, factor, problems);
        return std::nullopt;
    }
    double const least = copula == Copula::student_t ? least_eigenvalue_of_copulas : 0.0;
    auto const used = nearest_correlation(config.matrix, least);
    if (!used) {
        problems.add(config.at("repair"), "finds no nearest correlation matrix",
                     "estimate all entries over one window");
        return std::nullopt;
    }
    MatrixRepair repair;
    repair.method = "higham";
    repair.assets = config.assets;
    repair.written = config.matrix;
    repair.used = *used;
    repair.smallest_eigenvalue = factor.eigenvalues.front();
    auto const [i, j] = measure(repair);
    problems.warn(
        config.at("matrix"),
        fmt::format("is not positive semidefinite (smallest eigenvalue {:.4g}): the "
                    "nearest matrix that is takes its place, at a Frobenius distance of "
                    "{:.4g}; the largest change is that of {}, {} from {:.4g} to {:.4g}",
                    repair.smallest_eigenvalue, repair.frobenius_distance, repair.assets[j],
                    repair.assets[i], repair.written[i][j], repair.used[i][j]),
        "the summary and /correlation_repair of the result hold the matrix in use");
    return repair;
}

}  // namespace brink
