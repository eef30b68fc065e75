// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/execution.hpp"
#include "models/margin/assess.hpp"
#include "models/path/account_state.hpp"
#include "models/path/event_log.hpp"

BRINK_BEGIN_ISA

/// The world of one path at one step as its events see it: prices, time, what has been sent to the
/// market in this step, and the exact rules. Lives for one call of the owner's event function.
template<int N>
struct PathEvent {
    Tables tables;
    Entries<Asset> assets;
    Entries<Instrument> instruments;
    Entries<Venue> venues;
    Entries<BonusTerms> bonuses;  ///< one per collateral curve
    Entries<Account<double>> accounts;
    AccountAssessor<N, double> assessor;
    RandomKey key;
    std::uint32_t replicate;
    std::uint64_t path;
    std::int32_t step;
    double time;  ///< [s] since t_0
    double step_seconds;
    std::int64_t as_of;  ///< [s] Unix time of t_0
    LaneFields<double>
        multiplier;             ///< this lane's multipliers at this step: volatilities [N], depth
    double price[N];            ///< [numeraire] marks, and what oracles say
    double sent[N];             ///< [numeraire] notional sent in this step per asset
    LaneFields<double> record;  ///< this lane's
    LaneFields<double> carry;   ///< this lane's {units, value} pairs and growths
    EventLog* log;              ///< null: no ledger

    BRINK_FN AccountState state(std::int32_t account) const
    {
        return {tables, accounts[account], record, carry, time};
    }
    BRINK_FN Venue const& venue_of(std::int32_t account) const
    {
        return venues[accounts[account].venue];
    }
    BRINK_FN Ladder<double> const& ladder_of(std::int32_t account) const
    {
        return assessor.ladder(accounts[account]);
    }

    /// [s] that the account has been in breach of its liquidation level.
    BRINK_FN double time_in_breach(AccountState const& state) const
    {
        return vmax(0.0, time - state[AccountField::breached_at]);
    }

    /// [numeraire] value of holding h at its mark.
    BRINK_FN double price_of(AccountState const& state, std::int32_t h) const
    {
        return price[state.holdings()[h].asset];
    }
    /// [numeraire] the same at the venue's own price.
    BRINK_FN double margin_price_of(AccountState const& state, std::int32_t h) const
    {
        return price[state.holdings()[h].margin_row];
    }
    BRINK_EVENT PositionValue<double> value(AccountState const& state, std::int32_t p) const
    {
        Position<double> const& position = state.positions()[p];
        return value_position<N, double>(instruments[position.instrument], ChargeBasis::mark,
                                         position, state.fraction(p), Listed<double>{price});
    }

    template<class Source>
    BRINK_EVENT Assessment<double> assess(Account<double> const& account, Source const& source,
                                          double const (&at)[N],
                                          Margins margins = Margins::decisive) const
    {
        return assessor(account, source, Listed<double>{at}, margins);
    }

    /// Balances and unrealised P&L at mark less debt, no haircut, [numeraire].
    BRINK_FN double net_asset_value(AccountState const& state) const
    {
        return net_asset_value(state, state);
    }
    /// The same with what `source` says the account holds.
    template<class Source>
    BRINK_EVENT double net_asset_value(AccountState const& state, Source const& source) const
    {
        double nav = 0.0;
        for (std::int32_t p = 0; p < state.layout().num_positions; ++p)
            nav += value(state, p).pnl;
        for (std::int32_t h = 0; h < state.layout().num_holdings; ++h) {
            Held<double> const held = source.held(h);
            double const coins = held.balance + state.stable_in_bands(h);
            nav += (held.owes ? coins - held.owed : coins) * price_of(state, h);
        }
        return nav;
    }

    /// The order that closes `notional` of a position.
    BRINK_FN Order closing_order(Position<double> const& position, double notional) const
    {
        return {notional, position.leg_a > 0.0 ? Side::sell : Side::buy,
                instruments[position.instrument].payoff};
    }
    /// Cost of trading `asset` now; it counts as sent.
    BRINK_FN double trade(Execution const& terms, std::int32_t asset, Order const& order)
    {
        double const cost = quote(terms, asset, order);
        sent[asset] += order.notional;
        return cost;
    }
    /// The same without sending.
    BRINK_EVENT double quote(Execution const& terms, std::int32_t asset, Order const& order) const
    {
        return ExecutionCost{terms, volatility_multiplier(asset), depth_multiplier()}(order,
                                                                                      sent[asset]);
    }
    /// Volatility of an asset at this step over what it was at t_0.
    BRINK_FN double volatility_multiplier(std::int32_t asset) const
    {
        return *multiplier.field(asset);
    }
    /// Depth at this step over that of the config.
    BRINK_FN double depth_multiplier() const { return *multiplier.field(N); }

    /// [quote per base] average price of closing a position where that costs `rate` of its notional
    /// at mark.
    BRINK_FN double fill_price(Position<double> const& position, double rate) const
    {
        Instrument const& instrument = instruments[position.instrument];
        double const mark = price[instrument.asset_a] / price[instrument.asset_b];
        double const loss = position.leg_a > 0.0 ? rate : -rate;
        return instrument.payoff == Payoff::linear ? mark * (1.0 - loss) : mark / (1.0 + loss);
    }

    /// [numeraire] what the venue's fund has had from an account: margin, and fees where they are
    /// not the liquidators', or its share of those.
    BRINK_FN double fund_receipts(AccountState const& state, std::int32_t account) const
    {
        bool const fee_to_fund = ladder_of(account).health == HealthRule::margin;
        return state[AccountField::forfeited] + state[AccountField::protocol_fee]
               + (fee_to_fund ? state[AccountField::liquidation_fee] : 0.0);
    }

    /// Count the costs of what an owner does, and note it.
    BRINK_FN void book_response(AccountState const& state, EventRow const& row) const
    {
        state[AccountField::response_fee] += row.fee;
        state[AccountField::response_slippage] += row.slippage;
        note(row);
    }
    /// Count the costs of what is done by force, and note it.
    BRINK_FN void book_liquidation(AccountState const& state, EventRow const& row) const
    {
        state[AccountField::liquidation_slippage] += row.slippage;
        state[AccountField::liquidation_fee] += row.fee;
        state[AccountField::forfeited] += row.forfeited;
        note(row);
    }

    /// Into the ledger, at this step. Inlined, so that runs without a ledger do not make the row.
    BRINK_FN void note(EventRow const& row) const
    {
        if (log == nullptr)
            return;
        EventRow dated = row;
        dated.step = step;
        log->push(dated);
    }
};

BRINK_END_ISA
