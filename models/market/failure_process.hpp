// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

inline constexpr std::int32_t max_failures = 8;

/// The end of an issuer, a bridge or a peg: at an exponential time, once a path, prices fall to a
/// fraction of what they were, for good, and go on from there: R. C. Merton, "Option pricing when
/// underlying stock returns are discontinuous", J. Financial Economics 3 (1976), section 4, with a
/// recovery. A path keeps one field for each.
template<class T, int N>
struct FailureProcess {
    T mean_steps;        ///< [steps] of the time until it
    std::uint32_t mask;  ///< bit i: asset i falls
    T fall[N];           ///< [log2] < 0

    bool operator==(FailureProcess const&) const = default;
};

}  // namespace brink
