// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/market/market_memory.hpp"
#include "models/rng/normal.hpp"

BRINK_BEGIN_ISA

/// Carry factors of a path. The own normal of kind k of asset i is factor num_carry_kinds i + k of
/// stream `carry`, so that a factor more moves no other.
template<class F, int N>
class CarryStep {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;
    MarketLayout layout_;

  public:
    /// \param market outlives the step
    BRINK_FN CarryStep(MarketView<T, N> const& market, MarketMemory<T> memory)
        : market_{market}, memory_{memory}, layout_{market}
    {}

    /// Memory as of t_0.
    BRINK_FN void start() const
    {
        for (std::int32_t p = 0; p < market_.num_carry; ++p)
            store(F(factor(p).initial), memory_.fields.field(layout_.carry(p)));
    }

    /// From t_step to t_step+1. \param unit_factor `unit_factor(asset)` is e
    template<class UnitFactor, class Random>
    BRINK_FN void advance(UnitFactor unit_factor, Random const& random, std::uint32_t step) const
    {
        for (std::int32_t p = 0; p < market_.num_carry; ++p) {
            CarryFactor<T> const& of = factor(p);
            F const rest = F(of.keep) * (state(p) - F(of.mean)) + F(of.mean);
            F const shocks =
                madd(F(of.shared), unit_factor(of.asset), F(of.own) * normal(of, random, step));
            store(rest + shocks, memory_.fields.field(layout_.carry(p)));
        }
    }

    /// The rate [1/year] or the implied volatility in force.
    BRINK_FN F level(std::int32_t p) const
    {
        CarryFactor<T> const& of = factor(p);
        if (of.kind == CarryKind::implied_volatility)
            return exp2_(state(p));
        return vmin(F(of.cap), vmax(F(of.floor), state(p)));
    }

  private:
    BRINK_FN CarryFactor<T> const& factor(std::int32_t p) const { return memory_.tables.carry[p]; }
    BRINK_FN F state(std::int32_t p) const
    {
        return load<F>(memory_.fields.field(layout_.carry(p)));
    }

    template<class Random>
    static BRINK_FN F normal(CarryFactor<T> const& of, Random const& random, std::uint32_t step)
    {
        auto const place = static_cast<std::uint32_t>(num_carry_kinds * of.asset)
                           + static_cast<std::uint32_t>(of.kind);
        auto const words = random.words({step, Stream::carry, place / 4});
        auto const pair =
            place % 4 < 2 ? normal_pair<F>(words.w0, words.w1) : normal_pair<F>(words.w2, words.w3);
        return place % 2 == 0 ? pair.cosine : pair.sine;
    }
};

BRINK_END_ISA
