// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/bridge_crossing.hpp"
#include "models/path/pack_events.hpp"
#include "models/path/sources.hpp"

BRINK_BEGIN_ISA

/// Breaches between two steps, where the program has a bridge: `look_between(k, mixing, price)`
/// before the assessment at step k. For every lane and account that may have crossed a level, and
/// whose draw is below a bound of the probability, BridgeCrossing decides, in double.
template<class F, int N>
class PackBridge : public PackEvents<F, N> {
    using Base = PackEvents<F, N>;

  protected:
    using Base::accounts_;
    using Base::busy;
    using Base::event_of;
    using Base::is_touched;
    using Base::lanes;
    using Base::mirror_lane;
    using Base::owners_;
    using Base::path_of;
    using Base::paths_;
    using Base::program_;
    using Base::tables_;
    using Base::time;
    using Base::touch;
    using Base::watch_lane;
    using Base::widen;
    using Base::workspace_;
    using typename Base::T;

    AccountAssessor<N, F> assess_;

    BRINK_FN PackBridge(Program<T> const& program, MarketView<T, N> const& market,
                        Workspace<T> const& workspace, OutcomeSink const& sink, Tables tables)
        : Base{program, market, workspace, sink, tables},
          assess_{program, program.rules, workspace.carry, tables}
    {}

    /// Breaches since the last step of accounts that are clear of their levels at both ends.
    BRINK_FN void look_between(std::int32_t k, F mixing, F const (&price)[N]) const
    {
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            store(price[i], workspace_.bridge.field(N + i));
        if (k > 0) {
            widen(k, mixing, price);
            PackBridge(*this).bridge_step(k);
        }
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            store(price[i], workspace_.bridge.field(i));
    }

  private:
    BRINK_HD BRINK_COLD void bridge_step(std::int32_t k) const
    {
        F before[N], after[N];
        for (int i = 0; i < N; ++i) {
            before[i] = load<F>(workspace_.bridge.field(i));
            after[i] = load<F>(workspace_.bridge.field(N + i));
        }
        StepSpread const spread = spread_of_step();
        for (std::int32_t o = 0; o < owners_.size(); ++o) {
            std::uint32_t bits = 0;
            Owner const& owner = owners_[o];
            for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts;
                 ++a) {
                F const exponent =
                    is_touched(o)
                        ? log_bound(accounts_[a],
                                    MirrorSource<F>{tables_, accounts_[a], workspace_, time(k)},
                                    before, after, spread)
                        : log_bound(accounts_[a],
                                    OpeningSource<F>{tables_, accounts_[a], workspace_, time(k)},
                                    before, after, spread);
                bits |= drawn_below(exponent, a, k);
            }
            if (bits != 0)
                PackBridge(*this).handle_between(o, k, bits);
        }
    }

    /// Standard deviations of the log returns of this step, by asset; 0: not bridged.
    struct StepSpread {
        F deviation[N];
        F widest;
    };

    BRINK_FN StepSpread spread_of_step() const
    {
        constexpr double ln2 = 0.69314718055994530942;
        Entries<double> const covariance = tables_[program_.bridge];
        StepSpread spread;
        spread.widest = F(T(0));
        for (std::int32_t i = 0; i < N; ++i) {
            std::int32_t const row = program_.num_assets + 1;
            double const deviation =
                i < program_.num_assets ? ln2 * vsqrt(covariance[i * row]) : 0.0;
            spread.deviation[i] =
                F(static_cast<T>(deviation)) * load_narrow<F>(workspace_.multiplier.field(i));
            spread.widest = vmax(spread.widest, spread.deviation[i]);
        }
        return spread;
    }

    /// [log2] bound of the probability that the account, clear of a level at both ends of the step,
    /// crosses it in between; -inf where it is clear of none. Its distance to a level changes by no
    /// more per log return than what it has at stake and twice the requirement; a tenth is added
    /// for the curvature of moves within a step.
    template<class Source>
    BRINK_FN F log_bound(Account<T> const& account, Source const& source, F const (&before)[N],
                         F const (&after)[N], StepSpread const& spread) const
    {
        Assessment<F> const first = assess_(account, source, before);
        Assessment<F> const last = assess_(account, source, after);
        Ladder<T> const& ladder = assess_.ladder(account);
        F const gross = vmax(assess_.gross_value(account, source, before, spread.deviation),
                             assess_.gross_value(account, source, after, spread.deviation));
        auto const bound = [&](F first_level, F last_level) {
            F const x = first.margin_equity - first_level;
            F const y = last.margin_equity - last_level;
            F const level = vmax(first_level, last_level);
            F const reach = madd(level + level, spread.widest, gross) * F(T(1.1));
            F const exponent = F(T(-2.0 * 1.4426950408889634)) * (x / reach) * (y / reach);
            return select((x > F(T(0))) & (y > F(T(0))), exponent, F(T(-__builtin_huge_val())));
        };
        return vmax(bound(call_level<F>(ladder, first), call_level<F>(ladder, last)),
                    bound(liquidation_level<F>(ladder, first), liquidation_level<F>(ladder, last)));
    }

    /// Lanes whose draw is below 2^exponent.
    BRINK_FN std::uint32_t drawn_below(F exponent, std::int32_t a, std::int32_t k) const
    {
        std::uint32_t const likely = lane_bits(exponent > F(T(-40.0))) & paths_.valid;
        if (likely == 0)
            return 0;
        alignas(64) double exponents[lanes];
        store_as_double(exponent, exponents);
        std::uint32_t bits = 0;
        for (int l = 0; l < lanes; ++l)
            if ((likely >> l & 1u) != 0
                && bridge_draw(program_.key, program_.replicate, path_of(l), k, a)
                       < exp2_(exponents[l]))
                bits |= 1u << l;
        return bits;
    }

    /// Accounts of the owner that may have been in breach between the last step and this one:
    /// drawn, and acted upon at the prices of the breach.
    BRINK_HD BRINK_COLD void handle_between(std::int32_t o, std::int32_t k,
                                            std::uint32_t bits) const
    {
        if (!is_touched(o))
            touch(o);
        busy() |= bits;
        Owner const& owner = owners_[o];
        for (int l = 0; l < lanes; ++l) {
            if ((bits >> l & 1u) == 0)
                continue;
            PathEvent<N> event = event_of(l, k);
            double before[N], after[N];
            for (int i = 0; i < N; ++i) {
                before[i] = static_cast<double>(workspace_.bridge.at(i, l));
                after[i] = event.price[i];
            }
            std::int32_t const end = owner.first_account + owner.num_accounts;
            for (std::int32_t a = owner.first_account; a < end; ++a)
                event.state(a).settle_carry(event.price);
            for (std::int32_t a = owner.first_account; a < end; ++a) {
                BridgeCrossing<N> crosses{event, a, before, tables_[program_.bridge],
                                          program_.num_assets};
                if (crosses())
                    OwnerStep<N>{event, owner, program_.num_assets}();
                for (int i = 0; i < N; ++i)
                    event.price[i] = after[i];
            }
            mirror_lane(o, l);
            watch_lane(o, l);
        }
    }
};

BRINK_END_ISA
