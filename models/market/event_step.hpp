// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/failure_step.hpp"
#include "models/market/peg_step.hpp"
#include "models/market/price_shock.hpp"

BRINK_BEGIN_ISA

/// What comes after the models and their jumps: failures and dated shocks of assets, then pegs,
/// which follow where their references have gone, then failures and shocks of the pegs themselves,
/// which stay with them. It works on copies, so that what the loop over steps holds in registers
/// has no address.
template<class F, int N>
class EventStep {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;

  public:
    /// \param market outlives the step
    BRINK_FN EventStep(MarketView<T, N> const& market, MarketMemory<T> memory)
        : market_{market}, memory_{memory}
    {}

    /// Whether there is anything to do.
    static BRINK_FN bool needed(MarketView<T, N> const& market)
    {
        return (market.num_shocks | market.num_pegs | market.num_failures) != 0;
    }

    /// Memory and prices as of t_0.
    template<class Random>
    BRINK_FN void start(F (&log_price)[N], Random const& random) const
    {
        PegStep<F, N>{market_, memory_}.start();
        FailureStep<F, N>{market_, memory_}.start(random);
        ShockStep<F, N> const shock{memory_.tables.shocks, market_.num_shocks};
        shock(log_price, 0, ~market_.peg_mask);
        settle_pegs(log_price, 0, [&] { shock(log_price, 0, market_.peg_mask); });
    }

    /// From t_k to t_k+1, k = `step`.
    template<class Random>
    BRINK_FN void operator()(F (&log_price)[N], Random const& random, std::uint32_t step) const
    {
        Random const lent = random;
        F moved[N];
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            moved[i] = log_price[i];
        advance(market_, memory_, moved, lent, step);
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            log_price[i] = moved[i];
    }

  private:
    template<class Random>
    static BRINK_HD BRINK_APART void advance(MarketView<T, N> const& market, MarketMemory<T> memory,
                                             F (&log_price)[N], Random const& random,
                                             std::uint32_t step)
    {
        EventStep const self{market, memory};
        ShockStep<F, N> const shock{memory.tables.shocks, market.num_shocks};
        FailureStep<F, N> const fail{market, memory};
        auto const happen = [&](std::uint32_t assets) {
            fail(log_price, step, assets);
            shock(log_price, step + 1, assets);
        };
        happen(~market.peg_mask);
        PegStep<F, N>{market, memory}.close_gaps(random, step);
        self.settle_pegs(log_price, step + 1, [&] { happen(market.peg_mask); });
    }

    /// \param happen what moves pegs of itself
    template<class Happen>
    BRINK_FN void settle_pegs(F (&log_price)[N], std::uint32_t k, Happen happen) const
    {
        if (market_.num_pegs == 0)
            return;
        PegStep<F, N> const pegs{market_, memory_};
        pegs.follow(log_price, k);
        F before[N];
        for (int i = 0; i < N; ++i)
            before[i] = log_price[i];
        happen();
        pegs.keep_levels(before, log_price);
    }
};

BRINK_END_ISA
