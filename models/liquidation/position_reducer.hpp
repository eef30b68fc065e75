// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/least_amount.hpp"
#include "models/liquidation/position_closer.hpp"

BRINK_BEGIN_ISA

/// What a reduction left of the breach.
enum class Reduced : std::uint8_t {
    cured,
    waiting,    ///< more is to come, but not in this step
    exhausted,  ///< the account must be closed
};

/// An account with a part of one position closed, for looking only: a source for AccountAssessor.
class TrialClose {
    AccountState const& state_;
    std::int32_t position_;
    std::int32_t settlement_;
    double open_;      ///< fraction of the position that stays
    double received_;  ///< [coin] of settlement, below zero: paid

  public:
    BRINK_FN TrialClose(AccountState const& state, std::int32_t position, double open,
                        double received)
        : state_{state},
          position_{position},
          settlement_{state.positions()[position].settlement},
          open_{open},
          received_{received}
    {}
    BRINK_HD Held<double> held(std::int32_t h) const
    {
        if (h != settlement_)
            return state_.held(h);
        double const left = state_.balance(h) - state_.owed(h) + received_;
        return {vmax(left, 0.0), vmax(-left, 0.0), left < 0.0};
    }
    BRINK_HD double fraction(std::int32_t p) const
    {
        return p == position_ ? open_ : state_.fraction(p);
    }
    BRINK_HD double band_value() const { return state_.band_value(); }
};

/// Closes parts of an account's positions at market: `PositionReducer{event, account}()` by the
/// venue's policy until the account is cured.
///
/// tier_by_tier: the position with the largest maintenance margin goes down `tiers_down` brackets,
/// again and again (Bybit and OKX help pages on partial liquidation). target_health: the least of
/// it that lifts health to the target, then of the next (Deribit: small orders until the account is
/// above its maintenance margin; Drift: what covers the shortage). slices: a share of it at a time,
/// as often as the time between slices lets, at this step's mark (dYdX v4, Hyperliquid).
template<int N>
class PositionReducer {
    static constexpr std::int32_t max_slices = 4096;  ///< in one step; the rest waits for the next

    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
    Venue const& venue_;
    PositionCloser<N> closer_;

  public:
    BRINK_FN PositionReducer(PathEvent<N>& event, std::int32_t account)
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          venue_{event.venue_of(account)},
          closer_{event, account}
    {}

    /// Whether anything is closed in this step, here or, where this is exhausted, after it.
    BRINK_HD bool acts() const
    {
        if (venue_.reduction != ReductionRule::slices)
            return true;
        if (!(first_slice_at() < end_of_step()))
            return false;
        Assessment<double> const now = assess();
        std::int32_t const p = next_position();
        return p < 0 || closes_all_now() || is_due_for_takeover(now) || !(now.margin_equity > 0.0)
               || fills(p, now);
    }

    BRINK_HD Reduced operator()()
    {
        switch (venue_.reduction) {
            case ReductionRule::tier_by_tier:
                return reduce_by_tiers();
            case ReductionRule::target_health:
                return reduce_to_target();
            case ReductionRule::slices:
                return reduce_by_slices();
            default:
                return Reduced::exhausted;
        }
    }

  private:
    BRINK_HD Assessment<double> assess() const
    {
        return event_.assess(state_.account(), state_, event_.price);
    }

    BRINK_HD bool is_cured(Assessment<double> const& now) const
    {
        Ladder<double> const& ladder = event_.ladder_of(idx_);
        return !breaches(ladder, now, liquidation_level(ladder, now));
    }

    /// The position that is reduced next; -1: none is open.
    BRINK_HD std::int32_t next_position() const
    {
        return venue_.order == LiquidationOrderRule::as_listed ? first_open()
                                                               : closer_.largest_requirement();
    }

    BRINK_HD std::int32_t first_open() const
    {
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            if (state_.fraction(p) > 0.0)
                return p;
        return -1;
    }

    BRINK_HD Reduced reduce_by_tiers()
    {
        for (;;) {
            if (is_cured(assess()))
                return Reduced::cured;
            std::int32_t const p = next_position();
            if (p < 0 || !lower_bracket(p))
                return Reduced::exhausted;
        }
    }

    /// Reduce position p to the top of the bracket `tiers_down` lower. \return false: there is none
    BRINK_HD bool lower_bracket(std::int32_t p)
    {
        RequirementChecker<double> const require{event_.tables, closer_.schedule_of(p)};
        PositionValue<double> const value = closer_.charged_value(p);
        std::int32_t const tier = require.tier_of(value.charged, value.unit_value);
        if (tier < venue_.tiers_down)
            return false;
        double const target = require.floor_of(tier - venue_.tiers_down + 1) * value.unit_value;
        double const kept = target / value.charged;
        double const left = state_.fraction(p) * kept;
        closer_.liquidate(p, 1.0 - kept);
        state_.set_fraction(p, left);  // at the floor: 1 - (1 - kept) would lose digits
        return true;
    }

    BRINK_HD Reduced reduce_to_target()
    {
        for (std::int32_t p = next_position(); p >= 0; p = next_position()) {
            if (is_cured(assess()))
                return Reduced::cured;
            closer_.liquidate(p, share_to_target(p));
        }
        return is_cured(assess()) ? Reduced::cured : Reduced::exhausted;
    }

    /// Least share of position p that lifts health to the target with its costs; 1 where none does.
    BRINK_HD double share_to_target(std::int32_t p) const
    {
        PositionValue<double> const value = event_.value(state_, p);
        double const price = event_.price_of(state_, state_.positions()[p].settlement);
        double const fee_rate = closer_.fee_rate(p);
        auto const lack_after = [&](double share) {
            double const notional = value.notional * share;
            double const paid = closer_.cost_of(p, notional) + fee_rate * notional;
            TrialClose const trial{state_, p, state_.fraction(p) * (1.0 - share),
                                   (value.pnl * share - paid) / price};
            Assessment<double> const a = event_.assess(state_.account(), trial, event_.price);
            return venue_.seizure.target_health * a.maintenance_margin - a.margin_equity;
        };
        double const share = least_amount(lack_after, 1.0);
        return share > 0.0 && lack_after(share) <= 0.0 ? share : 1.0;
    }

    BRINK_HD Reduced reduce_by_slices()
    {
        double at = first_slice_at();
        for (std::int32_t i = 0; i < max_slices && at < end_of_step(); ++i) {
            Assessment<double> const now = assess();
            if (is_cured(now)) {
                state_[AccountField::sliced] = 0.0;
                return Reduced::cured;
            }
            if (is_due_for_takeover(now))
                return Reduced::exhausted;
            std::int32_t const p = next_position();
            if (p < 0 || closes_all_now())
                return Reduced::exhausted;
            if (!fills(p, now))
                return now.margin_equity > 0.0 ? Reduced::waiting : Reduced::exhausted;
            close_slice(p);
            at += venue_.slices.interval;
            state_[AccountField::sliced] = 1.0;
            state_[AccountField::slice_due] = at;
        }
        return is_cured(assess()) ? Reduced::cured : Reduced::waiting;
    }

    BRINK_HD bool is_due_for_takeover(Assessment<double> const& now) const
    {
        return venue_.takeover_health > 0.0 && health_of(now) <= venue_.takeover_health;
    }

    BRINK_FN double end_of_step() const { return event_.time + event_.step_seconds; }
    BRINK_FN double first_slice_at() const
    {
        return vmax(event_.time, state_[AccountField::slice_due]);
    }
    BRINK_FN bool closes_all_now() const
    {
        return venue_.slices.then == AfterSlice::all && state_[AccountField::sliced] != 0.0;
    }

    /// Whether the market pays what the order for the next slice of position p asks for, which is
    /// less than the venue's price, not the market's.
    BRINK_HD bool fills(std::int32_t p, Assessment<double> const& now) const
    {
        if (!(venue_.fillable.adjustment > 0.0))
            return true;
        double const notional = event_.value(state_, p).notional;
        double const slice = slice_notional(venue_.slices, notional);
        double const discount =
            fillable_discount(venue_.fillable, health_of(now),
                              closer_.requirement(p) / closer_.charged_value(p).notional);
        double const asked = slice * closer_.venue_price_ratio(p);
        double const gap = state_.positions()[p].leg_a > 0.0 ? asked - slice : slice - asked;
        return closer_.cost_of(p, slice) + gap <= discount * asked;
    }

    BRINK_HD void close_slice(std::int32_t p)
    {
        double const notional = event_.value(state_, p).notional;
        double const slice = slice_notional(venue_.slices, notional);
        closer_.liquidate(p, slice >= notional ? 1.0 : slice / notional);
    }
};

BRINK_END_ISA
