// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "io/results/outcomes.hpp"
#include "io/results/result.hpp"

namespace brink {

/// One outcome of one scope on every path of a run. View.
struct PathValues {
    std::span<double const> values;       ///< shape [paths], unit of the outcome
    std::span<std::uint8_t const> marks;  ///< PathMark, shape [paths]
};

/// Give each statistic of `point` its difference from the same one of `base`, and the standard
/// error of that difference over paths of the same random numbers.
///
/// Each estimate is, to first order, its true value plus the mean over paths of its influence
/// function (Hampel, J. Am. Stat. Assoc. 69, 1974); the error of a difference is the standard
/// deviation of the difference of the two influences on the same path, over the root of the number
/// of paths. Influences, with p the share of paths observed:
/// - mean: (x - mean) / p
/// - sd: ((x - mean)^2 - sd^2) / (2 sd p)
/// - prob: (1{event} - prob) / p
/// - es_a: ((x - VaR)+ - its mean) / ((1 - a) p), as the estimate's own error
/// - var_a, q_a: (F(q) - 1{x <= q}) / (f(q) p), with the density f that makes the marginal standard
///   error that of the estimate: the difference rests on the paths on which one run is beyond its
///   quantile and the other is not. Where many paths have the value q exactly, x < q stands for
///   x <= q if its share is nearer to a.
/// NaN where an estimate has no error, is infinite, or is missing in one of the two.
void add_differences(OutcomeKind kind, OutcomeResult& point, PathValues const& point_values,
                     OutcomeResult const& base, PathValues const& base_values);

}  // namespace brink
