// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/collateral_seizer.hpp"
#include "models/liquidation/debt_repayer.hpp"

BRINK_BEGIN_ISA

/// Forced reduction of one account by its venue's policy: `Liquidator{event, account}()`.
///
/// full: everything at market, or the account is taken over at its bankruptcy price. tier_by_tier:
/// the position with the largest maintenance margin goes down `tiers_down` brackets at market,
/// again and again until the account is cured (Bybit and OKX help pages on partial liquidation);
/// where no lower bracket is left the account is closed in full. A takeover forfeits what is left
/// of the account to the fund, or leaves it the deficit (Binance: insurance clearance). Where
/// liquidators buy collateral at a bonus, it is done by CollateralSeizer.
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

    /// Close `share` of what is open of position p at market; P&L, cost and fee reach the
    /// settlement balance. \return the cost of trading [numeraire], fee apart
    BRINK_HD double close(std::int32_t p, double share, double fee_rate)
    {
        Position<double> const& position = state_.positions()[p];
        Instrument const& instrument = event_.instruments[position.instrument];
        PositionValue<double> const value = event_.value(state_, p);
        double const notional = value.notional * share;
        double const cost = event_.trade(instrument.execution, instrument.asset_a,
                                         event_.closing_order(position, notional));
        double const fee = fee_rate * notional;
        double const price = event_.price_of(state_, position.settlement);
        state_.set_fraction(p, share == 1.0 ? 0.0 : state_.fraction(p) * (1.0 - share));
        state_.credit(position.settlement, (value.pnl * share - cost - fee) / price, price);
        return cost;
    }

    /// Position with the largest maintenance margin, ties by order of config; -1: none open.
    BRINK_HD std::int32_t largest_requirement() const
    {
        std::int32_t largest = -1;
        double most = -1.0;
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p) {
            if (!(state_.fraction(p) > 0.0))
                continue;
            double const required = requirement(p);
            if (required > most)
                largest = p, most = required;
        }
        return largest;
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
        if (venue_.reduction == ReductionRule::tier_by_tier && reduce_by_tiers())
            return;
        if (venue_.price == LiquidationPriceRule::bankruptcy)
            take_over();
        else
            close_at_market();
        state_[AccountField::closed] = 1.0;
    }

    BRINK_HD MarginSchedule<double> const& schedule_of(std::int32_t p) const
    {
        return event_.assessor.schedule(event_.instruments[state_.positions()[p].instrument]);
    }

    BRINK_HD PositionValue<double> charged_value(std::int32_t p) const
    {
        Position<double> const& position = state_.positions()[p];
        return value_position<N, double>(event_.instruments[position.instrument],
                                         schedule_of(p).basis, position, state_.fraction(p),
                                         Listed<double>{event_.price});
    }

    BRINK_HD double requirement(std::int32_t p) const
    {
        PositionValue<double> const value = charged_value(p);
        return RequirementChecker<double>{event_.tables, schedule_of(p)}.maintenance(
            value.charged, value.unit_value);
    }

    /// \return true when the account is cured, false when it must be closed in full
    BRINK_HD bool reduce_by_tiers()
    {
        Ladder<double> const& ladder = event_.ladder_of(idx_);
        for (;;) {
            Assessment<double> const now = event_.assess(state_.account(), state_, event_.price);
            if (!breaches(ladder, now, liquidation_level(ladder, now)))
                return true;
            std::int32_t const p = venue_.order == LiquidationOrderRule::as_listed
                                       ? first_open()
                                       : largest_requirement();
            if (p < 0 || !lower_bracket(p))
                return false;
        }
    }

    BRINK_HD std::int32_t first_open() const
    {
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            if (state_.fraction(p) > 0.0)
                return p;
        return -1;
    }

    /// Reduce position p to the top of the bracket `tiers_down` lower. \return false: there is none
    BRINK_HD bool lower_bracket(std::int32_t p)
    {
        RequirementChecker<double> const require{event_.tables, schedule_of(p)};
        PositionValue<double> const value = charged_value(p);
        std::int32_t const tier = require.tier_of(value.charged, value.unit_value);
        if (tier < venue_.tiers_down)
            return false;
        double const target = require.floor_of(tier - venue_.tiers_down + 1) * value.unit_value;
        double const kept = target / value.charged;
        double const left = state_.fraction(p) * kept;
        liquidate_position(p, 1.0 - kept);
        state_.set_fraction(p, left);  // at the floor: 1 - (1 - kept) would lose digits
        return true;
    }

    BRINK_HD void liquidate_position(std::int32_t p, double share)
    {
        double const notional = event_.value(state_, p).notional * share;
        double const fee = venue_.fee_rate * notional;
        double const contracts = state_.contracts(p) * share;
        double const cost = close(p, share, venue_.fee_rate);
        Position<double> const& position = state_.positions()[p];
        state_[AccountField::liquidated_notional] += notional;
        event_.book_liquidation(state_, {.kind = EventKind::position_closed,
                                         .account = idx_,
                                         .item = position.instrument,
                                         .amount = contracts,
                                         .value = notional,
                                         .price = event_.fill_price(position, cost / notional),
                                         .fee = fee,
                                         .slippage = cost});
    }

    BRINK_HD void close_at_market()
    {
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            if (state_.fraction(p) > 0.0)
                liquidate_position(p, 1.0);
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
