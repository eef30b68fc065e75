// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

namespace brink {

/// \param rows square
[[nodiscard]] inline Eigen::MatrixXd to_dense(std::vector<std::vector<double>> const& rows)
{
    auto const n = static_cast<Eigen::Index>(rows.size());
    Eigen::MatrixXd matrix(n, n);
    for (Eigen::Index i = 0; i < n; ++i)
        for (Eigen::Index j = 0; j < n; ++j)
            matrix(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    return matrix;
}

[[nodiscard]] inline std::vector<std::vector<double>> to_rows(Eigen::MatrixXd const& matrix)
{
    std::vector<std::vector<double>> rows;
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        Eigen::VectorXd const row = matrix.row(i);
        rows.emplace_back(row.begin(), row.end());
    }
    return rows;
}

}  // namespace brink
