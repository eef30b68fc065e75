// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/exchange_watch.hpp"
#include "models/path/pack_bridge.hpp"

BRINK_BEGIN_ISA

/// Which lanes of an account the hot way must let an event look at exactly: those near a level, and
/// of sleeping or indebted ones those where something may have changed.
/// \tparam F number type of the hot way; \tparam N assets, padded
template<class F, int N>
class PackWatch : public PackBridge<F, N> {
    using Base = PackBridge<F, N>;

  protected:
    using Base::accounts_;
    using Base::assess_;
    using Base::covered;
    using Base::is_touched;
    using Base::lanes;
    using Base::owing;
    using Base::owners_;
    using Base::program_;
    using Base::stuck;
    using Base::tables_;
    using Base::time;
    using Base::waiting;
    using Base::workspace_;
    using typename Base::T;
    static constexpr double guard_band = 1e-5;  ///< of gross notional + debt; float rounding < 1e-6

    using Base::Base;

    /// Lanes of the owner on which a post under way has arrived.
    BRINK_FN std::uint32_t due_lanes(std::int32_t o, std::int32_t k) const
    {
        std::uint32_t due = 0;
        for (std::uint32_t left = waiting(o); left != 0; left &= left - 1) {
            std::uint32_t const bit = left & (~left + 1u);
            for (int l = 0; l < lanes; ++l)
                if (bit == 1u << l && next_due(o, l) <= time(k))
                    due |= bit;
        }
        return due;
    }

    BRINK_FN double next_due(std::int32_t o, int l) const
    {
        OwnerLayout const layout{program_.num_assets};
        LaneFields<double> const record = workspace_.record.from(owners_[o].record).lane(l);
        double due = __builtin_huge_val();
        auto const count = static_cast<std::int32_t>(*record.field(OwnerLayout::num_transfers()));
        for (std::int32_t i = 0; i < count; ++i)
            due = vmin(*record.field(layout.transfer(i, TransferField::due)), due);
        return due;
    }

    /// Lanes whose margin equity is not clear of `level`; NaN never is.
    /// \param side +1: clear above, -1: not clearly below
    BRINK_FN std::uint32_t below(Assessment<F> const& a, F level, int side) const
    {
        F const band = F(T(side * guard_band)) * a.exposure;
        return lane_bits(!(a.margin_equity - level >= band));
    }

    /// Sleeping lanes that may be cured or liquidatable, or whose posts under way may fall short.
    BRINK_SELDOM std::uint32_t wake(std::int32_t a, std::int32_t k, Assessment<F> now,
                                    F const (&price)[N]) const
    {
        if ((covered(a) | stuck(a)) == 0)
            return 0;
        Account<T> const& account = accounts_[a];
        Ladder<T> const& ladder = assess_.ladder(account);
        Assessment<F> normal = now;  // whatever mode rounding may see
        normal.recovery_level = F(T(0));
        std::uint32_t const cured = ~below(now, call_level<F>(ladder, normal), -1);
        std::uint32_t const liquidatable = below(now, liquidation_level<F>(ladder, now), 1);
        std::uint32_t woken = (cured | liquidatable) & (covered(a) | stuck(a));
        if ((covered(a) & ~woken) != 0) {
            Assessment<F> const later =
                assess_(account, InboundSource<F>{tables_, account, workspace_, time(k)}, price);
            woken |= covered(a) & below(later, call_level<F>(ladder, later), 1);
        }
        return woken;
    }

    /// Lanes on which the first band, or a lower one, may be traded.
    template<class Source>
    BRINK_FN std::uint32_t in_reach_of_bands(Account<T> const& account, Source const& source,
                                             F const (&price)[N]) const
    {
        LoanBands<T> const& bands = account.bands;
        F const top = F(bands.top * T(1.0 + guard_band)) * pick<N>(price, bands.debt);
        return lane_bits(!(pick<N>(price, bands.asset) > top))
               & lane_bits(source.held(bands.holding).balance > F(T(0)));
    }

    /// Lanes whose debt to the venue may be beyond what it leaves alone.
    BRINK_SELDOM std::uint32_t to_exchange(std::int32_t a, std::int32_t o, std::int32_t k,
                                           Assessment<F> now, F const (&price)[N]) const
    {
        if (owing(a) == 0)
            return 0;
        Account<T> const& account = accounts_[a];
        Entries<Holding<T>> const holdings = tables_[account.holdings];
        ExchangeWatch<F, N> const watch{tables_[program_.venues][account.venue].exchange,
                                        guard_band};
        std::uint32_t const due =
            is_touched(o)
                ? watch(account, holdings, MirrorSource<F>{tables_, account, workspace_, time(k)},
                        price, now)
                : watch(account, holdings, OpeningSource<F>{tables_, account, workspace_, time(k)},
                        price, now);
        return due & owing(a);
    }
};

BRINK_END_ISA
