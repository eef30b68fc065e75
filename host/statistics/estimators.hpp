// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "host/statistics/decimal_level.hpp"
#include "host/statistics/estimate_flags.hpp"
#include "host/statistics/moments.hpp"
#include "host/statistics/ranked_sample.hpp"

namespace brink {

/// `mean` with the interval of Student's t; n_tail = observations.
Estimate estimate_mean(Moments const& moments, double confidence);

/// `sd` (divides by N - 1) with a normal interval, cut at 0; n_tail = observations.
Estimate estimate_sd(Moments const& moments, double confidence);

/// `prob` of an event: Clopper-Pearson interval, se = sqrt(p (1 - p) / n). At 0 or n events, where
/// that is no error, se is the interval's length over 2 z. n_tail = events.
Estimate estimate_probability(std::uint64_t events, std::uint64_t n, double confidence);

/// Quantile `q_p`: the order statistic ceil(p N), not interpolated. The interval is that of
/// binomial ranks; se is its length over 2 z, that is the spacing estimate of the inverse density
/// (Bloch and Gastwirth, Ann. Math. Stat. 39, 1968) with a window of z sqrt(N p (1 - p)) ranks.
/// n_tail = observations beyond the value.
Estimate estimate_quantile(RankedSample const& sample, DecimalLevel const& level,
                           double confidence);

/// `var_a`: the same at the risky end of a loss; n_tail = losses above it.
Estimate estimate_value_at_risk(RankedSample const& losses, DecimalLevel const& level,
                                double confidence);

/// `es_a`: (1 / (1-a)) times the integral of VaR_u over (a, 1), in which exactly (1-a) N losses
/// count, the boundary one in part: VaR + sum of (x - VaR)+ / ((1-a) N).
/// se = sd of (x - VaR)+ / ((1-a) sqrt(N)), the asymptotic variance of that integral (Manistre and
/// Hancock, N. Am. Actuarial J. 9(2), 2005; Chen, J. Fin. Econometrics 6(1), 2008, whose section 2
/// shows that smoothing does not improve on it). Interval: Student's t with n_tail - 1 degrees,
/// since the error comes from the losses above VaR. n_tail = losses above VaR.
/// \param losses risky end largest; its tail must reach the level, else the value is NaN
Estimate estimate_expected_shortfall(RankedSample const& losses, DecimalLevel const& level,
                                     double confidence);

}  // namespace brink
