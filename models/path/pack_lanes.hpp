// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/path_stepper.hpp"
#include "models/path/owner_step.hpp"
#include "models/path/workspace.hpp"

BRINK_BEGIN_ISA

/// Which paths a pack has: lane l has path first + l, or, where they are listed, first + places[l].
struct PackPaths {
    std::uint64_t first{0};  ///< a multiple of the lanes
    std::uint32_t valid{0};  ///< bit l: lane l is asked for; others are computed and not written
    std::uint32_t const* places{nullptr};  ///< shape [lanes]; none crosses a multiple of 2^32
};

/// What all parts of the path program share: the program, its market, the workspace of one pack of
/// paths and the lane bits in it. The parts build on each other: CarryMirror pays funding,
/// PackEvents runs events lane by lane, PathProgram is the loop over steps.
template<class F, int N>
class PackLanes {
  protected:
    using T = value_t<F>;
    static constexpr int lanes = num_lanes<F>;
    /// A pack reads the opening tables until an event touches one of its lanes. Neighbours on the
    /// device, one path each, would seldom agree on that, so a single path reads its mirror
    /// throughout.
    static constexpr bool opens_touched = lanes == 1;

    Program<T> const& program_;
    MarketView<T, N> const& market_;
    Workspace<T> workspace_;
    Tables tables_;
    Entries<Owner> owners_;
    Entries<Account<T>> accounts_;
    Entries<CarrySlot> carry_slots_;
    PackPaths paths_{};

    BRINK_FN PackLanes(Program<T> const& program, MarketView<T, N> const& market,
                       Workspace<T> const& workspace, Tables tables)
        : program_{program},
          market_{market},
          workspace_{workspace},
          tables_{tables},
          owners_{tables_[program.owners]},
          accounts_{tables_[program.accounts]},
          carry_slots_{tables_[program.carry_slots]}
    {}

    BRINK_FN std::uint32_t& busy() const { return *workspace_.masks.field(MaskLayout::busy()); }
    BRINK_FN std::uint32_t& touched(std::int32_t o) const
    {
        return *workspace_.masks.field(MaskLayout::touched(o));
    }
    BRINK_FN bool is_touched(std::int32_t o) const { return opens_touched || touched(o) != 0; }
    BRINK_FN std::uint32_t& awake(std::int32_t o) const
    {
        return *workspace_.masks.field(MaskLayout::awake(o));
    }
    BRINK_FN std::uint32_t& waiting(std::int32_t o) const
    {
        return *workspace_.masks.field(MaskLayout::waiting(o));
    }
    BRINK_FN std::uint32_t& covered(std::int32_t a) const
    {
        return *workspace_.masks.field(MaskLayout{program_}.covered(a));
    }
    BRINK_FN std::uint32_t& stuck(std::int32_t a) const
    {
        return *workspace_.masks.field(MaskLayout{program_}.stuck(a));
    }
    BRINK_FN std::uint32_t& owing(std::int32_t a) const
    {
        return *workspace_.masks.field(MaskLayout{program_}.owing(a));
    }
    BRINK_FN double time(std::int32_t k) const { return k * program_.step_seconds; }

    /// Place of lane l's path among those from `paths_.first` on.
    BRINK_FN std::int64_t place_of(int l) const
    {
        if constexpr (lanes > 1)
            if (paths_.places != nullptr)
                return paths_.places[l];
        return l;
    }
    BRINK_FN std::uint64_t path_of(int l) const
    {
        return paths_.first + static_cast<std::uint64_t>(place_of(l));
    }

    /// \param k step of the prices
    BRINK_FN void widen(std::int32_t k, F mixing, F const (&price)[N]) const
    {
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            store_as_double(price[i], workspace_.price.field(i));
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            store_as_double(select((market_.mixed_mask >> i & 1u) != 0, mixing, F(T(1))),
                            workspace_.multiplier.field(i));
        store_as_double(F(T(1)), workspace_.multiplier.field(N));
        if (market_.is_varying != 0) [[unlikely]]
            scale_multipliers(market_, market_memory(), workspace_.multiplier,
                              static_cast<std::uint32_t>(k));
    }

    BRINK_FN MarketMemory<T> market_memory() const { return market_memory(workspace_.market); }
    /// \param fields the pack's, or one lane's
    BRINK_FN MarketMemory<T> market_memory(LaneFields<T> fields) const
    {
        return {fields,
                {tables_[program_.regimes].begin(), tables_[program_.phases].begin(),
                 program_.phases.size, tables_[program_.shocks].begin(),
                 tables_[program_.history].begin(), tables_[program_.mixings].begin(),
                 tables_[program_.copula].begin(), tables_[program_.carry_factors].begin()}};
    }

    /// Multipliers of further degrees of freedom, times what the volatilities of assets of
    /// stochastic variance are now, over those at t_0, and by regime.
    static BRINK_HD BRINK_APART void scale_multipliers(MarketView<T, N> const& market,
                                                       MarketMemory<T> memory,
                                                       LaneFields<double> multiplier,
                                                       std::uint32_t step)
    {
        MarketLayout const layout{market};
        for (int i = 0; i < N; ++i)
            if (market.mixing_of[i] != 0)
                store_as_double(
                    load<F>(memory.fields.field(layout.multiplier(market.mixing_of[i] - 1))),
                    multiplier.field(i));
        for (std::int32_t p = 0; p < market.num_variances; ++p) {
            F const now = load<F>(memory.fields.field(layout.variance(p)));
            scale(vsqrt(now / F(market.variances[p].initial)),
                  multiplier.from(market.variances[p].asset));
        }
        if (market.num_regimes == 0)
            return;
        RegimeClock<F> const clock{market, memory, step};
        for (int i = 0; i < N; ++i)
            scale(clock.pick([i](RegimeTerms<T> const& terms) { return terms.volatility[i]; }),
                  multiplier.from(i));
        scale(clock.pick([](RegimeTerms<T> const& terms) { return terms.depth; }),
              multiplier.from(N));
    }

    static BRINK_FN void scale(F factor, LaneFields<double> multiplier)
    {
        alignas(64) double by[lanes];
        store_as_double(factor, by);
        for (int l = 0; l < lanes; ++l)
            multiplier.at(0, l) *= by[l];
    }

    BRINK_FN PathEvent<N> event_of(int lane, std::int32_t k) const
    {
        PathEvent<N> event{tables_,
                           tables_[program_.assets],
                           tables_[program_.instruments],
                           tables_[program_.venues],
                           tables_[program_.bonuses],
                           tables_[program_.exact_accounts],
                           AccountAssessor<N, double>{program_, program_.exact_rules,
                                                      workspace_.carry.lane(lane), tables_},
                           program_.key,
                           program_.replicate,
                           path_of(lane),
                           k,
                           time(k),
                           program_.step_seconds,
                           program_.as_of,
                           workspace_.multiplier.lane(lane),
                           {},
                           {},
                           workspace_.record.lane(lane),
                           workspace_.carry.lane(lane),
                           nullptr};
        for (int i = 0; i < N; ++i)
            event.price[i] = workspace_.price.at(i, lane);
        if (workspace_.trace != nullptr && workspace_.trace->lane == lane)
            event.log = &workspace_.trace->log;
        return event;
    }
};

BRINK_END_ISA
