// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/owner_step.hpp"
#include "models/path/workspace.hpp"

BRINK_BEGIN_ISA

/// Writes what a replayed path has at one step, once its events are over, into its trace:
/// `PathTracer{event, trace, num_assets}(owners)`. Changes nothing: carry that is not settled is
/// only looked at.
template<int N>
class PathTracer {
    PathEvent<N> event_;
    PathTrace const& trace_;
    std::int64_t num_assets_;

  public:
    BRINK_HD PathTracer(PathEvent<N> const& event, PathTrace const& trace, std::int32_t num_assets)
        : event_{event}, trace_{trace}, num_assets_{num_assets}
    {}

    BRINK_HD void operator()(Entries<Owner> owners)
    {
        for (std::int32_t i = 0; i < num_assets_; ++i)
            trace_.prices[row() * num_assets_ + i] = event_.price[i];
        for (std::int32_t o = 0; o < owners.size(); ++o)
            record_owner(row() * owners.size() + o, owners[o]);
        for (std::int32_t a = 0; a < event_.accounts.size(); ++a)
            trace_.accounts[row() * event_.accounts.size() + a] = trace_row(a);
        record_contents();
    }

  private:
    BRINK_HD std::int64_t row() const { return event_.step; }

    BRINK_HD void record_owner(std::int64_t at, Owner const& owner)
    {
        OwnerStep<N> const step{event_, owner, static_cast<std::int32_t>(num_assets_)};
        trace_.outside[at] = step.value_outside_accounts();
        for (std::int32_t i = 0; i < num_assets_; ++i)
            trace_.outside_coins[at * num_assets_ + i] = step.coins_outside_accounts(i);
    }

    BRINK_HD TraceRow trace_row(std::int32_t a) const
    {
        AccountState const s = event_.state(a);
        CarriedSource const carried{s};
        Listed<double> const price{event_.price};
        Assessment<double> const now = event_.assessor(s.account(), carried, price, Margins::all);
        TraceRow row{};
        for (std::int32_t p = 0; p < s.layout().num_positions; ++p)
            row.unrealised_pnl += event_.value(s, p).pnl;
        for (std::int32_t h = 0; h < s.layout().num_holdings; ++h) {
            row.collateral_at_market +=
                (carried.held(h).balance + s.stable_in_bands(h)) * event_.price_of(s, h);
            row.debt += carried.held(h).owed * event_.price_of(s, h);
        }
        row.collateral = event_.assessor.collateral_value(s.account(), carried, price);
        row.margin_equity = now.margin_equity;
        row.initial_margin = now.initial_margin;
        row.maintenance_margin = now.maintenance_margin;
        row.nav = event_.net_asset_value(s, carried);
        row.health = health_of(now);
        row.topup_total = s[AccountField::topup_total];
        row.fees = s[AccountField::response_fee] + s[AccountField::liquidation_fee];
        row.slippage = s[AccountField::response_slippage] + s[AccountField::liquidation_slippage];
        row.forfeited = s[AccountField::forfeited];
        row.funding = s[AccountField::funding] + s.unsettled_funding() + s[AccountField::interest]
                      + s.accrued_interest(event_.price);
        row.closed = s[AccountField::closed];
        return row;
    }

    /// Balances, debts and positions of every account.
    BRINK_HD void record_contents() const
    {
        std::int64_t num_holdings = 0;
        std::int64_t num_positions = 0;
        for (Account<double> const& account : event_.accounts) {
            num_holdings += account.holdings.size;
            num_positions += account.positions.size;
        }
        HoldingRow* holding = trace_.holdings + row() * num_holdings;
        double* contracts = trace_.contracts + row() * num_positions;
        for (std::int32_t a = 0; a < event_.accounts.size(); ++a) {
            AccountState const s = event_.state(a);
            CarriedSource const carried{s};
            for (std::int32_t h = 0; h < s.layout().num_holdings; ++h)
                *holding++ = {carried.held(h).balance + s.stable_in_bands(h), carried.held(h).owed};
            for (std::int32_t p = 0; p < s.layout().num_positions; ++p)
                *contracts++ = s.contracts(p);
        }
    }
};

BRINK_END_ISA
