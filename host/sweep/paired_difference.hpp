// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "io/results/outcomes.hpp"
#include "io/results/result.hpp"

namespace brink {

/// One outcome of one scope on every path of a run. View.
struct PathValues {
    std::span<double const> values;       ///< shape [paths], unit of the outcome
    std::span<std::uint8_t const> marks;  ///< PathMark, shape [paths]
};

/// What the influence of a path on one estimate is made of: `factor` times the form's number,
/// measured from `centre`, less `offset`.
struct InfluenceTerms {
    enum class Form : std::uint8_t { none, mean, sd, event, excess, below, strictly_below };
    Form form{Form::none};
    double centre{0};
    double offset{0};
    double factor{0};
};

/// An outcome that others are compared with: `ComparedOutcome{kind, outcome, values}` once, then
/// `give_differences` for each of them, from any thread.
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
class ComparedOutcome {
    OutcomeKind kind_;
    std::vector<Estimate> statistics_;
    std::vector<InfluenceTerms> terms_;  ///< shape [statistics]
    PathValues values_;

  public:
    /// \param values of the outcome; what they are views of outlives this object
    ComparedOutcome(OutcomeKind kind, OutcomeResult const& outcome, PathValues values);

    /// Give each statistic of `point` its difference from the same one here, and the standard error
    /// of that difference over paths of the same random numbers. NaN where an estimate has no
    /// error, is infinite, or is missing in one of the two.
    /// \param values of `point`
    void give_differences(OutcomeResult& point, PathValues const& values) const;
};

}  // namespace brink
