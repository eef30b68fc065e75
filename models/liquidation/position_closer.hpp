// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/fees.hpp"
#include "models/liquidation/slices.hpp"
#include "models/path/path_event.hpp"

BRINK_BEGIN_ISA

/// Closes parts of an account's positions at market, and says what they require and cost.
template<int N>
class PositionCloser {
    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
    Venue const& venue_;

  public:
    BRINK_FN PositionCloser(PathEvent<N>& event, std::int32_t account)
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          venue_{event.venue_of(account)}
    {}

    /// Close `share` of what is open of position p at market; P&L, cost and fee reach the
    /// settlement balance. \param fee [numeraire] \return the cost of trading [numeraire], fee
    /// apart
    BRINK_HD double close(std::int32_t p, double share, double fee)
    {
        Position<double> const& position = state_.positions()[p];
        Instrument const& instrument = event_.instruments[position.instrument];
        PositionValue<double> const value = event_.value(state_, p);
        double const notional = value.notional * share;
        double const cost = event_.trade(instrument.execution, instrument.asset_a,
                                         event_.closing_order(position, notional));
        double const price = event_.price_of(state_, position.settlement);
        state_.set_fraction(p, share == 1.0 ? 0.0 : state_.fraction(p) * (1.0 - share));
        state_.credit(position.settlement, (value.pnl * share - cost - fee) / price, price);
        return cost;
    }

    /// The same by force, at the venue's fee, into the ledger.
    BRINK_HD void liquidate(std::int32_t p, double share)
    {
        Position<double> const& position = state_.positions()[p];
        double const notional = event_.value(state_, p).notional * share;
        double const fee = fee_of(p, share, notional);
        double const contracts = state_.contracts(p) * share;
        double const cost = close(p, share, fee);
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

    BRINK_HD MarginSchedule<double> const& schedule_of(std::int32_t p) const
    {
        return event_.assessor.schedule(event_.instruments[state_.positions()[p].instrument]);
    }

    BRINK_HD PositionValue<double> charged_value(std::int32_t p) const
    {
        Position<double> const& position = state_.positions()[p];
        return value_for_margin<N, double>(event_.instruments[position.instrument],
                                           schedule_of(p).basis, position, state_.fraction(p),
                                           Listed<double>{event_.price});
    }

    /// The venue's price of position p over that of the market.
    BRINK_HD double venue_price_ratio(std::int32_t p) const
    {
        Position<double> const& position = state_.positions()[p];
        Instrument const& instrument = event_.instruments[position.instrument];
        double const* const price = event_.price;
        return price[position.margin.a] / price[position.margin.b]
               / (price[instrument.asset_a] / price[instrument.asset_b]);
    }

    /// Of a venue with a grid, where no position has one of its own: what it stands for.
    BRINK_HD double requirement(std::int32_t p) const
    {
        Position<double> const& position = state_.positions()[p];
        Ladder<double> const& ladder = event_.ladder_of(idx_);
        bool const option = event_.instruments[position.instrument].is_option != 0;
        if (option || ladder.requirement != RequirementRule::schedules) {
            GridPosition<double> const now = event_.assessor.grid().position(
                position, state_.fraction(p), Listed<double>{event_.price});
            if (ladder.requirement != RequirementRule::schedules)
                return vabs(now.size) * now.spot;
            return event_.assessor.option_maintenance(position, now);
        }
        PositionValue<double> const value = charged_value(p);
        return RequirementChecker<double>{event_.tables, schedule_of(p)}.maintenance(
            value.charged, value.unit_value);
    }

    /// [numeraire] of closing `notional` of position p now, without sending.
    BRINK_HD double cost_of(std::int32_t p, double notional) const
    {
        Position<double> const& position = state_.positions()[p];
        Instrument const& instrument = event_.instruments[position.instrument];
        return event_.quote(instrument.execution, instrument.asset_a,
                            event_.closing_order(position, notional));
    }

    /// Fee of closing some of position p now, of its notional; with `surplus` that at most.
    BRINK_HD double fee_rate(std::int32_t p) const
    {
        double const rate =
            ramped_fee(venue_.fee_rate, venue_.fee_ramp, event_.time_in_breach(state_));
        if (venue_.fee_base != FeeBase::freed_margin)
            return rate;
        double const target = venue_.seizure.target_health;
        double const notional = event_.value(state_, p).notional;
        Assessment<double> const now = event_.assess(state_.account(), state_, event_.price);
        return freed_margin_fee(rate, target * requirement(p) / notional,
                                cost_of(p, notional) / notional,
                                target * now.maintenance_margin - now.margin_equity, notional);
    }

  private:
    BRINK_HD double fee_of(std::int32_t p, double share, double notional) const
    {
        double const rate = fee_rate(p);
        if (venue_.fee_base != FeeBase::surplus)
            return rate * notional;
        Assessment<double> const now = event_.assess(state_.account(), state_, event_.price);
        double const margin_share =
            now.maintenance_margin > 0.0 ? requirement(p) / now.maintenance_margin * share : share;
        double const cost = cost_of(p, notional);
        double const filled = state_.positions()[p].leg_a > 0.0 ? notional - cost : notional + cost;
        return surplus_fee(rate, filled, slice_surplus(now.margin_equity, margin_share, cost));
    }
};

BRINK_END_ISA
