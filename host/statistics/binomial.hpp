// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "host/statistics/decimal_level.hpp"

namespace brink {

/// Two-sided z of a confidence level: 1.96 for 0.95.
double normal_z(double confidence);

/// Two-sided t of a confidence level; normal_z for large samples.
/// \param degrees_of_freedom > 0
double student_t(double confidence, double degrees_of_freedom);

struct Interval {
    double lo;
    double hi;
};

/// Exact interval of a probability after k events in n > 0 trials (Clopper and Pearson, Biometrika
/// 26, 1934). With events seen and missed it is two-sided. At k = 0 one end is certain, so the
/// other is the one-sided bound 1 - (1 - confidence)^(1/n), of which the rule of three, 3/n at 95
/// %, is the approximation; k = n mirrors it.
Interval clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence);

/// Ranks (1-based from the smallest) whose order statistics enclose the a-quantile with at least
/// the stated confidence, whatever the distribution: each side misses with at most half of the
/// rest. lo = 0 or hi = n + 1 where the sample is too small for that side. Source: David and
/// Nagaraja, Order Statistics (3rd ed. 2003), section 7.1.
struct RankInterval {
    std::uint64_t lo;
    std::uint64_t hi;
};
/// \param n > 0
RankInterval quantile_ranks(DecimalLevel const& level, std::uint64_t n, double confidence);

}  // namespace brink
