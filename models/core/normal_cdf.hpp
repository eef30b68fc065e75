// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// Standard normal distribution function. With a = |z| and t = c / (c + a), the upper tail is
/// t P(2 t - 1) exp(-a^2 / 2); P is a Chebyshev fit of relative error below 1.2e-8 (float) and
/// 5e-17 (double). Relative error of the smaller tail: a few units in the last place times
/// 1 + a^2 / 2. Beyond |z| = 12 (float) or 37 (double) the tail is that of 12 or 37: as good as 0.
template<class F>
BRINK_FN F normal_cdf(F z)
{
    using T = value_t<F>;
    constexpr T farthest = is_single<F> ? T(12) : T(37);
    constexpr T c = is_single<F> ? T(3.5) : T(5);
    F const a = vmin(vabs(z), F(farthest));
    F const t = F(c) / (F(c) + a);
    F const u = t + t - F(T(1));
    F p;
    if constexpr (is_single<F>)
        p = horner<F>(u, F(-1.4219111e-05f), -9.895772e-06f, 0.00012934112f, 0.000119362456f,
                      -0.0009082817f, -0.0018472098f, 0.0049731596f, 0.03315687f, 0.09012145f,
                      0.16158912f, 0.21269031f);
    else
        p = horner<F>(u, F(-1.6332385248857972e-10), -1.0074604252759712e-10,
                      1.8893655039354733e-09, 1.0031299879715714e-09, -1.356511062658231e-08,
                      -7.163680103086447e-09, 8.68052518965955e-08, 6.621396143053724e-08,
                      -5.538675742087709e-07, -7.955825281186485e-07, 3.3362198231726934e-06,
                      9.952354237958437e-06, -1.1875134657297732e-05, -0.000108979766180186,
                      -0.00015957388189616128, 0.000598675347644644, 0.004159013360188323,
                      0.013823727741762866, 0.033004073234068565, 0.06270663133424276,
                      0.09906112319399536, 0.13307650057801154, 0.15383860995001258);
    F const tail = t * p * exp2_in_range(a * a * F(T(-0.72134752044448170)));
    return select(z > F(T(0)), F(T(1)) - tail, tail);
}

BRINK_END_ISA
