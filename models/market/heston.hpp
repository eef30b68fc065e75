// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/market/variance_process.hpp"

BRINK_BEGIN_ISA

/// log2 of P(a standard normal > z), |z| <= 9.6; absolute error below 2e-7, which is the relative
/// error of the probability. In t = 1 / (1 + z / 3.25) the logarithm less that of the tail's
/// asymptote is a polynomial (interpolation at Chebyshev nodes of our own).
template<class F>
BRINK_FN F log2_normal_tail(F z)
{
    using T = value_t<F>;
    F const size = vabs(z);
    F const t = F(T(1)) / madd(size, F(T(1 / 3.25)), F(T(1)));
    F const rest =
        horner<F>(t, F(T(0.289924354)), T(-1.73052425), T(4.20303385), T(-5.2049656), T(3.52083082),
                  T(-1.71486834), T(0.724263545), T(0.485329135), T(1.45369739), T(-3.02672089));
    F const above = madd(size * size, F(T(-0.72134752044448170)), log2_(t) + rest);
    F const below = log2_(F(T(1)) - exp2_(above));
    return select(z > F(T(0)), above, below);
}

/// One step of Heston's variance and of what it does to the price: `advance(v, factor, own)`.
///
/// The variance moves by the quadratic-exponential scheme of L. Andersen, "Simple and efficient
/// simulation of the Heston stochastic volatility model", J. Computational Finance 11 (2008), with
/// gamma_1 = gamma_2 = 1/2, psi_c = 3/2 and the martingale correction, written in deviations from
/// expectations, so that nothing large cancels in float. With w = share (v + v'):
///   ln S'/S = drift dt + [A (v' - m) - ln E exp(A (v' - m))] - w / 2 + sqrt(w) z,   m = E v'.
/// The asset's factor e and an independent normal b of its own are turned into the two independent
/// normals rho e + sqrt(1 - rho^2) b, which moves v, and z = sqrt(1 - rho^2) e - rho b. So e stays
/// the factor of the asset's returns, with the correlations of the market, and without volatility
/// of variance the path is that of GBM.
/// Where a regime multiplies the volatility of returns by c, sqrt(v) is c sqrt(v) in the price and
/// v moves as ever.
/// Both laws of v' take the same normal (the exponential one by its quantile). E S is exact for any
/// length of step; the law of v' has the right mean and variance, the rest is of order dt.
template<class F>
class HestonStep {
    using T = value_t<F>;
    VarianceProcess<T> const& process_;

  public:
    /// What v' comes to, and the compensated move that is due to it alone.
    struct Moved {
        F variance;  ///< [1/year] v' >= 0
        F tilted;    ///< [ln] A (v' - m) - ln E exp(A (v' - m))
    };
    struct Step {
        F variance;    ///< [1/year] v'
        F log_return;  ///< [ln] without drift, E exp(log_return) = 1
    };

    BRINK_FN explicit HestonStep(VarianceProcess<T> const& process) : process_{process} {}

    /// \param v [1/year] \param factor normal of the asset \param own normal of its variance
    BRINK_FN Step operator()(F v, F factor, F own) const
    {
        return advance(v, factor, own, F(process_.tilt), F(process_.share));
    }
    /// \param multiple of the volatility of returns
    BRINK_FN Step operator()(F v, F factor, F own, F multiple) const
    {
        F const tilt = madd(F(T(1)) - multiple, F(process_.bend), F(process_.tilt));
        return advance(v, factor, own, multiple * tilt, multiple * multiple * F(process_.share));
    }

  private:
    BRINK_FN Step advance(F v, F factor, F own, F tilt, F share) const
    {
        F const rho(process_.correlation), complement(process_.complement);
        Moved const moved = move_variance(v, madd(rho, factor, complement * own), tilt);
        F const z = madd(-rho, own, complement * factor);
        F const w = share * (v + moved.variance);
        return {moved.variance, madd(vsqrt(w), z, madd(w, F(T(-0.5)), moved.tilted))};
    }

    BRINK_FN Moved move_variance(F v, F z, F tilt) const
    {
        F const mean = v + madd(-v, F(process_.pull), F(process_.reversion));
        F const inverse = F(T(1)) / mean;
        F const ratio = madd(v, F(process_.slope), F(process_.offset)) * inverse;
        F const psi = ratio * inverse;
        Moved const quadratic = square_of_normal(mean, ratio, psi, z, tilt);
        auto const is_low = psi > F(T(1.5));
        if (!any_lane(is_low)) [[likely]]
            return quadratic;
        Moved const exponential = atom_and_exponential(mean, psi, z, tilt);
        return {select(is_low, exponential.variance, quadratic.variance),
                select(is_low, exponential.tilted, quadratic.tilted)};
    }

    /// v' = a (b + z)^2. With g = psi (1 + b^2) = 2 + sqrt(4 - 2 psi), a = Var / (mean g) and
    /// a b^2 = mean - a. The logarithm of E exp(A v') less A mean, h = 2 a A and y = h / (2 - h),
    /// is
    ///   2 A^2 a (mean - a) / (1 - h) + (-ln(1 - h) - h) / 2,  -ln(1 - h) - h = y h + 2 (artanh y -
    ///   y).
    static BRINK_FN Moved square_of_normal(F mean, F ratio, F psi, F z, F tilt)
    {
        F const one(T(1)), two(T(2));
        F const g = two + vsqrt(vmax(F(T(0)), madd(psi, -two, F(T(4)))));
        F const a = ratio / g;
        F const cross = a * (mean - a);
        F const root = vsqrt(vmax(F(T(0)), cross));
        F const deviation = madd(root + root, z, a * madd(z, z, -one));
        F const h = two * a * tilt;
        F const y = h / (two - h);
        F const square = y * y;
        F const series =
            horner<F>(square, F(T(1.0 / 11)), T(1.0 / 9), T(1.0 / 7), T(0.2), T(1.0 / 3));
        F const compensator =
            madd(two * tilt * tilt, cross / (one - h), y * madd(square, series, F(T(0.5)) * h));
        return {vmax(F(T(0)), mean + deviation), madd(tilt, deviation, -compensator)};
    }

    /// v' = 0 with probability p = (psi - 1) / (psi + 1), else exponential: the quantile of
    /// P(Z <= z). A function of its own: few variances are ever so low.
    static BRINK_HD BRINK_APART Moved atom_and_exponential(F mean, F psi, F z, F tilt)
    {
        F const one(T(1));
        F const moves = F(T(2)) / (psi + one);
        F const scale = mean / moves;
        F const excess = (log2_(moves) - log2_normal_tail(z)) * F(T(0.69314718055994531));
        F const variance = vmax(F(T(0)), scale * excess);
        F const linear = tilt * mean;
        F const expected = madd(linear, one / (one - tilt * scale), one);
        F const compensator = log2_(expected) * F(T(0.69314718055994531));
        return {variance, madd(tilt, variance, -compensator)};
    }
};

BRINK_END_ISA
