// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

inline constexpr int max_depegs_per_step = 24;

/// An asset that follows another, or the numeraire, through an exchange rate that accrues:
///   ln S = ln S_reference + ln(exchange rate) + d - g.
/// Deviation d is an Ornstein-Uhlenbeck process, dd = -kappa d dt + sigma dW: O. Vasicek, "An
/// equilibrium characterization of the term structure", J. Financial Economics 5 (1977), eq. 24-26
/// for its exact step. Gap g >= 0 rises by exponential sizes at Poisson times and decays. A path
/// keeps two fields for each peg.
/// The host validates: 0 < keep, gap_keep < 1; depegs a step <= 1; rise > 0 where depegs happen;
/// `reference` has no peg of its own. The row of the market's loading is that of d over a step.
template<class T>
struct PegProcess {
    std::int32_t asset;
    std::int32_t reference;  ///< index of the asset; -1: the numeraire
    T initial;               ///< [log2] d at t_0
    T keep;                  ///< exp(-kappa dt)
    T gap_keep;              ///< of g over a step
    T growth;                ///< [log2 per step] of the exchange rate
    T depegs;                ///< expected a step
    T chance;                ///< 1 - exp(-depegs)
    T rise;                  ///< [log2] mean of a depeg

    bool operator==(PegProcess const&) const = default;
};

}  // namespace brink
