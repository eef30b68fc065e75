// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/liquidation/soft_bands.hpp"
#include "models/path/path_event.hpp"

BRINK_BEGIN_ISA

/// Soft liquidation: traders take the bands of one account to this step's price, as it has moved
/// there from the price of their last trade, in moves of `arbitrage_move`:
/// `BandTrader{event, account}()`. What the price does between two steps beside that is not seen.
/// Their gain, at the prices at which they trade, is slippage of the owner; that the trades were
/// made on the way and not at the step's price is part of the market's move. A step that moves by
/// more than `leap` is a leap: nobody pays more than the price after it, nor sells for less. A loan
/// that is repaid is out of its bands.
template<int N>
class BandTrader {
    static constexpr std::int32_t max_moves = 256;  ///< in one step

    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
    LoanBands<double> const& bands_;
    BandTerms const& terms_;

    struct Holdings {
        double stable{0.0};
        double collateral{0.0};
        double value{0.0};
    };

  public:
    BRINK_FN BandTrader(PathEvent<N>& event, std::int32_t account)
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          bands_{event.accounts[account].bands},
          terms_{event.venue_of(account).bands}
    {}

    BRINK_HD void operator()() const
    {
        double const coin = event_.price[bands_.debt];
        double const now = event_.price[bands_.asset] / coin;
        bool const is_collateral = state_.raw(state_.layout().band_stable()) == 0.0;
        if (!state_.has_debt() || !has_anything() || (is_collateral && now > bands_.top))
            return;
        double const last = state_.raw(state_.layout().band_price());
        double const gain = follow(is_collateral ? bands_.top : last, now);
        note(settle(now), gain * coin);
    }

    /// Bands that have sold are traded at every step, and those of a called account watched.
    BRINK_HD void stay_awake() const
    {
        double& watch = state_[AccountField::watch];
        bool const is_traded = state_.has_debt() && holds_stable();
        if (watch != static_cast<double>(Watch::healthy) || is_traded)
            watch = static_cast<double>(Watch::awake);
    }

  private:
    BRINK_HD bool holds_stable() const { return state_.raw(state_.layout().band_stable()) > 0.0; }
    BRINK_HD bool has_anything() const
    {
        return state_.balance(bands_.holding) > 0.0 || holds_stable();
    }
    BRINK_FN Band band(std::int32_t k) const
    {
        return {state_.raw(state_.layout().stable_of_band(k)),
                state_.raw(state_.layout().collateral_of_band(k))};
    }
    BRINK_FN BandEdges edges(std::int32_t k) const
    {
        return band_edges(bands_.top, terms_.amplification, k);
    }

    /// \return [debt coin] what traders gain
    BRINK_HD double follow(double from, double to) const
    {
        double const way = log2_(to / from);
        if (vabs(way) > log2_(1.0 + terms_.leap))
            return leap_to(to);
        double const moves = vabs(way) / log2_(1.0 + terms_.arbitrage_move);
        std::int32_t const count =
            moves < max_moves ? static_cast<std::int32_t>(moves) + 1 : max_moves;
        double gain = 0.0;
        for (std::int32_t i = 1; i <= count; ++i)
            gain += trade_at(i == count ? to : from * exp2_(way * i / count));
        return gain;
    }

    /// Whether nobody has anything to trade with a band at this price.
    static BRINK_FN bool is_settled(Band const& band, BandEdges at, double oracle)
    {
        return (band.stable == 0.0 && oracle >= at.up)
               || (band.collateral == 0.0 && oracle <= at.down);
    }

    /// Every band as slow trades would leave it, for what the market pays after the leap.
    /// \return 0: traders pay the market's price
    BRINK_HD double leap_to(double to) const
    {
        for (std::int32_t k = 0; k < bands_.count; ++k) {
            Band const before = band(k);
            if (is_settled(before, edges(k), to))
                continue;
            Band after = trade_band(before, edges(k), terms_.amplification, 0.0, to).after;
            double const sold = before.collateral - after.collateral;
            if (sold > 0.0)
                after.stable = before.stable + sold * to;
            else
                after.collateral = before.collateral + vmax(before.stable - after.stable, 0.0) / to;
            state_.raw(state_.layout().stable_of_band(k)) = after.stable;
            state_.raw(state_.layout().collateral_of_band(k)) = after.collateral;
        }
        return 0.0;
    }

    BRINK_HD double trade_at(double oracle) const
    {
        double gain = 0.0;
        for (std::int32_t k = 0; k < bands_.count; ++k) {
            Band const before = band(k);
            BandEdges const at = edges(k);
            if (is_settled(before, at, oracle))
                continue;
            BandTrade const trade =
                trade_band(before, at, terms_.amplification, terms_.fee, oracle);
            state_.raw(state_.layout().stable_of_band(k)) = trade.after.stable;
            state_.raw(state_.layout().collateral_of_band(k)) = trade.after.collateral;
            gain += trade.gain;
        }
        return gain;
    }

    /// Totals of the bands at their new price. \return what the totals were
    BRINK_HD Holdings settle(double now) const
    {
        Holdings after;
        for (std::int32_t k = 0; k < bands_.count; ++k) {
            after.stable += band(k).stable;
            after.collateral += band(k).collateral;
            after.value += band_value_down(band(k), edges(k), terms_.amplification, now);
        }
        AccountLayout const layout = state_.layout();
        Holdings const before{state_.raw(layout.band_stable()), state_.balance(bands_.holding),
                              state_.raw(layout.band_value())};
        state_.raw(layout.band_price()) = now;
        state_.raw(layout.band_stable()) = after.stable;
        state_.raw(layout.band_value()) = after.value;
        state_.raw(layout.balance(bands_.holding)) = after.collateral;
        return before;
    }

    /// \param gain [numeraire] of the traders
    BRINK_HD void note(Holdings const& before, double gain) const
    {
        double const sold = before.collateral - state_.balance(bands_.holding);
        if (sold == 0.0)
            return;
        double const received = state_.raw(state_.layout().band_stable()) - before.stable;
        double const value = vabs(sold) * event_.price[bands_.asset];
        if (sold > 0.0)
            state_[AccountField::liquidated_notional] += value;
        event_.book_liquidation(state_,
                                {.kind = sold > 0.0 ? EventKind::band_sold : EventKind::band_bought,
                                 .account = idx_,
                                 .item = bands_.asset,
                                 .amount = vabs(sold),
                                 .value = value,
                                 .price = received / sold * event_.price[bands_.debt],
                                 .slippage = gain});
    }
};

BRINK_END_ISA
