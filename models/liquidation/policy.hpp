// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/liquidation/auction_terms.hpp"
#include "models/liquidation/band_terms.hpp"
#include "models/liquidation/exchange_terms.hpp"
#include "models/liquidation/fee_terms.hpp"
#include "models/liquidation/seizure_terms.hpp"
#include "models/liquidation/slice_terms.hpp"
#include "models/liquidation/stability_pool_terms.hpp"

namespace brink {

enum class ReductionRule : std::int32_t {
    full,
    tier_by_tier,
    close_factor,   ///< liquidators repay a share of the debt
    target_health,  ///< what lifts health to a target: positions closed, or debts repaid
    slices,         ///< a share of a position at a time
    absorb,         ///< the venue takes all collateral and the debt
};
enum class LiquidationPriceRule : std::int32_t {
    market,
    bankruptcy,
    bonus,    ///< collateral changes hands at the venue's price less a bonus
    auction,  ///< collateral is offered at a price that falls until somebody buys
    bands,    ///< what the bands of the loan hold, for the debt
    pool,     ///< a pool and the other borrowers take debt and collateral over
};
enum class ResidualRule : std::int32_t { owner, fund };
enum class LiquidationOrderRule : std::int32_t { largest_maintenance_margin, as_listed };

/// How a venue closes accounts by force, and what its fund can bear.
struct Venue {
    ReductionRule reduction;
    LiquidationPriceRule price;
    ResidualRule residual;
    LiquidationOrderRule order;
    std::int32_t tiers_down;  ///< brackets per reduction, >= 1
    std::int32_t recourse;    ///< 1: the owner owes what the account lacks
    double fee_rate;          ///< of the notional liquidated
    double bid_haircut;       ///< when a liquidation at market sells balances to repay a debt
    double insurance_fund;    ///< [numeraire] at t_0
    double takeover_health;   ///< at or below it the fund takes the account over; 0: never
    FeeBase fee_base;
    FeeRamp fee_ramp;
    SliceTerms slices;
    FillableTerms fillable;
    AuctionTerms auction;
    BandTerms bands;
    PoolTerms pool;
    SeizureTerms seizure;  ///< target_health of positions too, the rest where price = bonus
    SaleTerms sale;
    ExchangeTerms exchange;
};

}  // namespace brink
