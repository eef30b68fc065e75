// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"
#include "models/market/variance_process.hpp"

BRINK_BEGIN_ISA

/// One step of a GJR-GARCH(1,1) asset: `advance(h, so_far, factor, mixing, step)`.
/// The step's shock is sqrt(h) m e, with e the asset's factor and m the Student-t multiplier of the
/// market, drawn once a bar: the shock of a bar is t. Its compensator is that of the variance given
/// h and m, h m^2 / 2, since E exp of a t variable does not exist. Where a regime multiplies the
/// volatility of returns by c, the price moves by c times the shock, which feeds h as ever.
template<class F>
class GarchStep {
    using T = value_t<F>;
    VarianceProcess<T> const& process_;

  public:
    struct Step {
        F variance;    ///< [log2^2 per step] h in force at the next step
        F so_far;      ///< [log2] shocks of the bar under way
        F log_return;  ///< [log2] without drift
    };

    BRINK_FN explicit GarchStep(VarianceProcess<T> const& process) : process_{process} {}

    BRINK_FN Step operator()(F h, F so_far, F factor, F mixing, std::uint32_t step) const
    {
        F const shock = vsqrt(h) * (mixing * factor);
        F const compensated = madd(F(T(-0.34657359027997265)) * (mixing * mixing), h, shock);
        return advance(h, so_far, shock, compensated, step);
    }
    /// \param multiple of the volatility of returns
    BRINK_FN Step operator()(F h, F so_far, F factor, F mixing, F multiple,
                             std::uint32_t step) const
    {
        F const shock = vsqrt(h) * (mixing * factor);
        F const scaled = multiple * mixing;
        F const compensated =
            madd(F(T(-0.34657359027997265)) * (scaled * scaled), h, multiple * shock);
        return advance(h, so_far, shock, compensated, step);
    }

  private:
    BRINK_FN Step advance(F h, F so_far, F shock, F compensated, std::uint32_t step) const
    {
        F const r = so_far + shock;
        if ((step + 1) % process_.bar_steps != 0)
            return {h, r, compensated};
        F const weight = F(process_.alpha) + select(r < F(T(0)), F(process_.gamma), F(T(0)));
        F const next = madd(weight * r, r, madd(h, F(process_.beta), F(process_.omega)));
        return {next, F(T(0)), compensated};
    }
};

BRINK_END_ISA
