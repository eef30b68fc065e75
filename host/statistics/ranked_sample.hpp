// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "host/statistics/body_histogram.hpp"

namespace brink {

/// Which end of an outcome is the dangerous one.
enum class RiskyEnd : std::uint8_t { largest, smallest };

/// The exact end of a sample by *risk*: the value where its largest end is risky, else its
/// negative. View of a tail keeper's sorted entries.
struct TailView {
    std::span<double const> risks;  ///< kept risks other than 0, largest first
    std::uint64_t zeros{0};         ///< observations of exactly 0, counted and not stored
    std::uint64_t count{0};         ///< all observations

    bool complete() const { return risks.size() + zeros == count; }
    /// The j-th largest risk, 1 <= j <= count; nothing where it was not kept.
    std::optional<double> from_top(std::uint64_t j) const;
    /// Observations with a risk above a kept one.
    std::uint64_t num_above(double risk) const;
    /// Kept risks above 0, largest first.
    std::span<double const> positive() const;
};

/// A sample as far as it is known: exact at the risky end, binned in the body.
struct RankedSample {
    TailView tail;
    BodyHistogram const* body;  ///< all observations, values as they are
    RiskyEnd risky_end;
    double smallest;  ///< of all observations
    double largest;

    std::uint64_t count() const { return tail.count; }
    /// \param rank 1-based from the smallest value, 1 <= rank <= count()
    OrderStatistic at(std::uint64_t rank) const;
    /// Observations that are riskier than the given order statistic; where that lies in the body,
    /// those of higher rank towards the nearer end.
    std::uint64_t num_beyond(std::uint64_t rank) const;
};

/// Tail index by Hill (Annals of Statistics 3, 1975) over the upper tenth of the tail's positive
/// risks: further down, a threshold near 0 would pass for a heavy tail.
struct TailIndex {
    double alpha;            ///< NaN below 100 positive risks; infinite where all are equal
    std::uint64_t num_used;  ///< order statistics above the threshold
};
/// \param tail_count observations that the tail comprises, kept or not
TailIndex hill_tail_index(TailView const& tail, std::uint64_t tail_count);

}  // namespace brink
