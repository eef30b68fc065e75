// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/band_liquidator.hpp"
#include "models/liquidation/collateral_auctioneer.hpp"
#include "models/liquidation/collateral_seizer.hpp"
#include "models/liquidation/debt_offsetter.hpp"
#include "models/liquidation/debt_repayer.hpp"
#include "models/liquidation/position_reducer.hpp"

BRINK_BEGIN_ISA

/// Forced reduction of one account by its venue's policy: `Liquidator{event, account}()`.
///
/// First what PositionReducer does short of closing the account. What that leaves uncured is closed
/// at market, or the account is taken over at its bankruptcy price: that forfeits what is left of
/// it to the fund, or leaves it the deficit (Binance: insurance clearance). Where liquidators buy
/// collateral at a bonus, it is done by CollateralSeizer; by auction, by CollateralAuctioneer;
/// where a stability pool takes the account over, by DebtOffsetter; out of bands, by
/// BandLiquidator.
template<int N>
class Liquidator {
    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
    Venue const& venue_;

  public:
    BRINK_FN Liquidator(PathEvent<N>& event, std::int32_t account)
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          venue_{event.venue_of(account)}
    {}

    BRINK_HD void operator()()
    {
        if (venue_.price == LiquidationPriceRule::bonus
            && !CollateralSeizer<N>{event_, idx_}.finds_liquidator())
            return;
        if (venue_.price == LiquidationPriceRule::auction
            && !CollateralAuctioneer<N>{event_, idx_}.finds_buyer())
            return;
        if (venue_.price == LiquidationPriceRule::pool && !DebtOffsetter<N>{event_, idx_}.acts())
            return;
        if (venue_.price == LiquidationPriceRule::bands
            && !BandLiquidator<N>{event_, idx_}.finds_liquidator())
            return;
        if (!PositionReducer<N>{event_, idx_}.acts())
            return;
        mark_liquidated();
        double const receipts = event_.fund_receipts(state_, idx_);
        liquidate();
        double const inflow = event_.fund_receipts(state_, idx_) - receipts;
        if (inflow > 0.0)
            event_.note({.kind = EventKind::fund_inflow,
                         .account = idx_,
                         .item = state_.account().venue,
                         .value = inflow});
    }

  private:
    /// Whether no action of the policy answers in this episode.
    BRINK_HD bool is_owner_silent() const
    {
        auto const drawn = static_cast<std::uint64_t>(state_[AccountField::episode_drawn]);
        auto const silent = static_cast<std::uint64_t>(state_[AccountField::episode_silent]);
        return silent != 0 && (drawn & ~silent) == 0;
    }

    BRINK_HD void mark_liquidated()
    {
        if (state_[AccountField::liquidated] == 0.0) {
            state_[AccountField::liquidated] = 1.0;
            state_[AccountField::first_liquidation_time] = event_.time;
        }
        bool const later = event_.step > state_[AccountField::episode_step];
        bool const unanswered = is_owner_silent() || state_[AccountField::episode_short] != 0.0
                                || state_[AccountField::episode_first_due] <= event_.time;
        if (later && unanswered)
            state_[AccountField::defaulted] = 1.0;
        event_.note({.kind = EventKind::liquidated,
                     .account = idx_,
                     .value = event_.net_asset_value(state_)});
    }

    BRINK_HD void liquidate()
    {
        if (venue_.price == LiquidationPriceRule::bonus) {
            CollateralSeizer<N>{event_, idx_}();
            return;
        }
        if (venue_.price == LiquidationPriceRule::auction) {
            CollateralAuctioneer<N>{event_, idx_}();
            return;
        }
        if (venue_.price == LiquidationPriceRule::pool) {
            DebtOffsetter<N>{event_, idx_}();
            return;
        }
        if (venue_.price == LiquidationPriceRule::bands) {
            BandLiquidator<N>{event_, idx_}();
            return;
        }
        if (!is_due_for_takeover() && PositionReducer<N>{event_, idx_}() != Reduced::exhausted)
            return;
        if (venue_.price == LiquidationPriceRule::bankruptcy || is_due_for_takeover())
            take_over();
        else
            close_at_market();
        state_[AccountField::closed] = 1.0;
    }

    /// Below this health nothing more is reduced: the fund takes what there is (Hyperliquid: the
    /// liquidator vault below two thirds of the maintenance margin).
    BRINK_HD bool is_due_for_takeover() const
    {
        return venue_.takeover_health > 0.0
               && health_of(event_.assess(state_.account(), state_, event_.price))
                      <= venue_.takeover_health;
    }

    BRINK_HD void close_at_market()
    {
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            if (state_.fraction(p) > 0.0)
                PositionCloser<N>{event_, idx_}.liquidate(p, 1.0);
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            if (state_.owes(h))
                DebtRepayer<N>{event_, idx_}(h);
        if (state_.has_debt())
            leave_deficit();
        else if (venue_.residual == ResidualRule::fund)
            forfeit();
    }

    /// What is still owed with nothing left to sell. Without recourse the debt is the venue's.
    BRINK_HD void leave_deficit()
    {
        double const nav = event_.net_asset_value(state_);
        if (nav >= 0.0)
            return;
        state_[AccountField::deficit] += -nav;
        event_.note({.kind = EventKind::deficit, .account = idx_, .value = -nav});
        if (venue_.recourse != 0)
            return;
        state_[AccountField::interest] += state_.accrued_interest(event_.price);
        state_.clear();
    }

    BRINK_HD void forfeit()
    {
        double const nav = event_.net_asset_value(state_);
        event_.book_liquidation(state_, {.kind = EventKind::forfeited,
                                         .account = idx_,
                                         .value = nav,
                                         .forfeited = vmax(nav, 0.0)});
        state_.clear();
    }

    /// The fund takes the whole account at the price where it is worth nothing.
    BRINK_HD void take_over()
    {
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            state_[AccountField::liquidated_notional] += event_.value(state_, p).notional;
        double const nav = event_.net_asset_value(state_);
        note_takeover(nav);
        if (nav < 0.0) {
            for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
                if (state_.fraction(p) > 0.0)
                    realise(p);
            leave_deficit();
            return;
        }
        state_[AccountField::interest] += state_.accrued_interest(event_.price);
        forfeit();
    }

    /// The bankruptcy price of each position: `nav` falls on the positions in proportion to their
    /// notional. What the owner goes on owing is no part of the price.
    BRINK_HD void note_takeover(double nav) const
    {
        double notional = 0.0;
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            notional += event_.value(state_, p).notional;
        double const rate = nav < 0.0 && venue_.recourse != 0 ? 0.0 : nav / notional;
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            if (state_.fraction(p) > 0.0)
                event_.note({.kind = EventKind::position_taken_over,
                             .account = idx_,
                             .item = state_.positions()[p].instrument,
                             .amount = state_.contracts(p),
                             .value = event_.value(state_, p).notional,
                             .price = event_.fill_price(state_.positions()[p], rate)});
    }

    /// Book the position's P&L at mark, without cost: the fund bears what follows.
    BRINK_HD void realise(std::int32_t p)
    {
        std::int32_t const settlement = state_.positions()[p].settlement;
        double const price = event_.price_of(state_, settlement);
        double const pnl = event_.value(state_, p).pnl;
        state_.set_fraction(p, 0.0);
        state_.credit(settlement, pnl / price, price);
    }
};

BRINK_END_ISA
