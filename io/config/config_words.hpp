// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/table_visitor.hpp"

#include <string_view>

// What each value of an enumeration is called in the configuration, in the order of the
// enumeration.
#define BRINK_WORDS(Enum, ...)                                                       \
    template<>                                                                       \
    struct brink::Words<Enum> {                                                      \
        static constexpr auto list = std::to_array<std::string_view>({__VA_ARGS__}); \
    }

BRINK_WORDS(brink::Precision, "float", "double");
BRINK_WORDS(brink::MarginalModel, "gbm", "student_t", "fixed", "merton", "kou", "heston",
            "gjr_garch", "peg", "historical");
BRINK_WORDS(brink::Copula, "gaussian", "student_t");
BRINK_WORDS(brink::HistoryMethod, "bootstrap", "replay");
BRINK_WORDS(brink::MissingPrices, "drop", "carry", "refuse");
BRINK_WORDS(brink::CorrelationRepair, "refuse", "higham");
BRINK_WORDS(brink::JumpSize, "normal", "double_exponential");
BRINK_WORDS(brink::InstrumentKind, "linear_perp", "inverse_perp", "linear_future", "inverse_future",
            "call", "put");
BRINK_WORDS(brink::ScheduleKind, "marginal", "whole_position", "affine", "square_root",
            "short_option");
BRINK_WORDS(brink::ContingencyOf, "net_delta", "hedged_delta", "short_options", "futures",
            "hedged_vega_days");
BRINK_WORDS(brink::ContingencyUse, "added", "least");
BRINK_WORDS(brink::Requirement, "schedules", "grid", "larger");
BRINK_WORDS(brink::OptionEquity, "counted", "ignored");
BRINK_WORDS(brink::ScheduleUnit, "notional", "base", "contracts");
BRINK_WORDS(brink::MarginBasis, "mark", "entry");
BRINK_WORDS(brink::CollateralUnit, "usd", "coin");
BRINK_WORDS(brink::Valuation, "market", "par");
BRINK_WORDS(brink::CollateralScope, "both", "initial");
BRINK_WORDS(brink::OracleReads, "market", "reference");
BRINK_WORDS(brink::HealthMetric, "margin", "collateral_over_debt");
BRINK_WORDS(brink::CallRule, "initial_margin", "health");
BRINK_WORDS(brink::Comparison, "strict", "non_strict");
BRINK_WORDS(brink::UnrealisedPnl, "face", "collateral");
BRINK_WORDS(brink::Reduction, "full", "tier_by_tier", "close_factor", "target_health", "absorb",
            "slices");
BRINK_WORDS(brink::LiquidationPrice, "market", "bankruptcy", "bonus", "auction", "pool", "bands");
BRINK_WORDS(brink::AuctionShape, "stairstep", "exponential", "linear");
BRINK_WORDS(brink::LiquidationBonus, "constant", "linear_in_health", "health_discount",
            "from_ratio");
BRINK_WORDS(brink::AfterFirstSlice, "slice", "all");
BRINK_WORDS(brink::FeeOf, "notional", "surplus", "freed_margin");
BRINK_WORDS(brink::CloseFactorOf, "position", "debt");
BRINK_WORDS(brink::ProtocolShareOf, "bonus", "seized");
BRINK_WORDS(brink::GasOf, "collateral", "offset");
BRINK_WORDS(brink::BalanceSales, "in_order", "pro_rata");
BRINK_WORDS(brink::Residual, "owner", "fund");
BRINK_WORDS(brink::LiquidationOrder, "largest_maintenance_margin", "as_listed");
BRINK_WORDS(brink::DelayKind, "fixed", "uniform", "exponential", "lognormal");
BRINK_WORDS(brink::ResponseAction, "post", "reduce", "swap");
BRINK_WORDS(brink::MarginMode, "cross", "isolated");
BRINK_WORDS(brink::SweepKind, "grid", "zip", "latin_hypercube");
BRINK_WORDS(brink::AxisScale, "linear", "log");
BRINK_WORDS(brink::OutcomeColumns, "none", "tail", "all");

#undef BRINK_WORDS
