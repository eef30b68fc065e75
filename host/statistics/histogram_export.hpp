// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "host/statistics/body_histogram.hpp"
#include "io/results/result.hpp"

namespace brink {

/// A histogram for output: bins of uneven width, narrow where many paths are and where an atom
/// begins, wide in the tails, so that both can be read from one picture. Counts are exact; a value
/// x is in bin i where edge i <= x < edge i + 1. Infinite values are in no bin. \param smallest of
/// all values; the first edge \param max_bins >= 3
Histogram compact_histogram(BodyHistogram const& histogram, double smallest,
                            std::uint32_t max_bins = 200);

}  // namespace brink
