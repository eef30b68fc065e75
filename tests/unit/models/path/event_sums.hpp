// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/event_log.hpp"
#include "tests/unit/models/path/bookkeeper.hpp"

namespace brink::test {

/// Sums of the event rows of one account.
struct EventSums {
    double response_cost{0}, liquidation_cost{0}, fees{0}, posts{0}, num_posts{0};
    double liquidated{0}, deficit{0}, fund_draw{0}, bad_debt{0}, fund_inflow{0};
    double others{0};    ///< fees and slippage that neither the owner nor the fund has
    double deposits{0};  ///< lost outside of the account

    void add(EventRow const& e, BookedAccount const& account)
    {
        double const cost = e.fee + e.slippage;
        fees += e.fee;
        switch (e.kind) {
            case EventKind::post_requested:
            case EventKind::reduced:
            case EventKind::swapped:
                response_cost += cost;
                others += cost;
                return;
            case EventKind::position_closed:
            case EventKind::balance_sold:
            case EventKind::balance_exchanged:
            case EventKind::debt_fee_charged:
            case EventKind::forfeited:
                liquidation_cost += cost + e.forfeited;
                others += e.slippage + (account.fee_to_fund ? 0 : e.fee);
                if (e.kind == EventKind::position_closed || e.kind == EventKind::debt_fee_charged)
                    liquidated += e.value;
                return;
            case EventKind::collateral_seized:
                liquidation_cost += cost;
                others += (1 - account.bonus_to_fund) * e.fee;
                return;
            case EventKind::band_sold:
                liquidated += e.value;
                [[fallthrough]];
            case EventKind::band_bought:
                liquidation_cost += cost;
                others += cost;
                return;
            case EventKind::deposit_lost:
                deposits += e.fee;
                [[fallthrough]];
            case EventKind::gas_compensated:
            case EventKind::collateral_redistributed:
                liquidation_cost += cost;
                others += e.fee;
                return;
            case EventKind::debt_offset:
            case EventKind::debt_redistributed:
                liquidated += e.value;
                return;
            case EventKind::debt_repaid:
                others -= account.penalty * e.value;
                liquidated += e.value;
                return;
            case EventKind::position_taken_over:
                liquidated += e.value;
                return;
            case EventKind::post_credited:
                posts += e.value;
                ++num_posts;
                return;
            case EventKind::deficit:
                deficit += e.value;
                return;
            case EventKind::fund_inflow:
                fund_inflow += e.value;
                return;
            case EventKind::fund_draw:
                fund_draw += e.value;
                return;
            case EventKind::bad_debt:
                bad_debt += e.value;
                return;
            default:
                return;
        }
    }
};

}  // namespace brink::test
