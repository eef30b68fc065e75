// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "host/statistics/decimal_level.hpp"

namespace brink {

/// A quantile at one time.
struct FanPoint {
    double value;
    double lo;  ///< interval of binomial ranks; -inf or +inf where the sample is too small
    double hi;
};

/// The fan at one time.
struct FanRow {
    std::uint64_t count{0};        ///< paths with a value
    std::uint64_t num_invalid{0};  ///< flagged or NaN
    std::vector<FanPoint> points;  ///< shape [levels]; NaN where count is 0
};

/// Quantiles over paths at each recorded time, from the first path ids of a run. Exact order
/// statistics ceil(p N) of the float values; +inf (no requirement) is a value like any other.
class FanStatistics {
    std::vector<DecimalLevel> levels_;
    double confidence_;
    std::vector<std::uint32_t> keys_;     ///< scratch
    std::vector<std::uint32_t> swapped_;  ///< scratch

  public:
    /// \param confidence of the intervals, two-sided
    FanStatistics(std::vector<DecimalLevel> levels, double confidence);

    std::vector<DecimalLevel> const& levels() const { return levels_; }

    /// \param values shape [num_paths], one time
    /// \param invalid shape [num_paths], not 0 = invalid; empty = none
    FanRow row(std::span<float const> values, std::span<std::uint8_t const> invalid = {});

    /// \param values shape [num_times][num_paths]
    /// \return shape [num_times]
    std::vector<FanRow> rows(std::span<float const> values, std::size_t num_paths,
                             std::span<std::uint8_t const> invalid = {});
};

}  // namespace brink
