// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

/// Count, sum and central moments of a sample. A chunk's come from fixed-tree sums about the
/// chunk's own mean, so that a mean far above the spread costs no digits; chunks are then combined
/// in chunk order, which fixes the bits.
struct Moments {
    std::uint64_t count{0};
    double sum{0};
    double m2{0};  ///< sum of (x - mean)^2
    double m3{0};  ///< sum of (x - mean)^3
    double m4{0};  ///< sum of (x - mean)^4

    /// NaN for an empty sample.
    double mean() const;
    /// Divides by count - 1; NaN below two values.
    double variance() const;
    double sd() const;
    /// sd / sqrt(count); NaN below two values.
    double se_of_mean() const;
    /// From the sampling variance of s^2, (mu4 - sigma^4 (n-3)/(n-1)) / n, by the delta method;
    /// holds for any distribution with a fourth moment. NaN below two values, 0 where all are
    /// equal. Source: Kenney and Keeping, Mathematics of Statistics II (1951), section 7.
    double se_of_sd() const;

    /// Append a later sample. Source: Pebay, SAND2008-6212, equations 1.1 to 1.6.
    void append(Moments const& later);
};

/// Moments of `values` at their places in the chunk's tree.
/// \param values shape [num_paths], any finite number where not present; overwritten
/// \param present shape [num_paths], 0 or 1; nullptr = all
/// \param num_present number of ones
Moments chunk_moments(double* values, std::uint8_t const* present, std::uint64_t num_paths,
                      std::uint64_t num_present);

}  // namespace brink
