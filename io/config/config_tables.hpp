// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"
#include "io/config/table_visitor.hpp"

namespace brink {

// The keys of each table: name, unit, range and need. TOML key = struct member. These functions are
// both the reader's and the writer's list; docs/config-reference.md describes each key (a test
// compares the two).

void visit_keys(TableVisitor& visitor, RunConfig& run);
void visit_keys(TableVisitor& visitor, StatisticsConfig& statistics);
void visit_keys(TableVisitor& visitor, StopConfig& stop);
void visit_keys(TableVisitor& visitor, OutputConfig& output);

void visit_keys(TableVisitor& visitor, MarketConfig& market);
void visit_keys(TableVisitor& visitor, CorrelationConfig& correlation);
void visit_keys(TableVisitor& visitor, JumpConfig& jumps);
void visit_keys(TableVisitor& visitor, CommonJumpConfig& jumps);
void visit_keys(TableVisitor& visitor, RegimeConfig& regime);
void visit_keys(TableVisitor& visitor, HistoryConfig& history);
void visit_keys(TableVisitor& visitor, FailureConfig& failure);
void visit_keys(TableVisitor& visitor, ShockConfig& shock);
void visit_keys(TableVisitor& visitor, StressConfig& stress);
void visit_keys(TableVisitor& visitor, HestonConfig& heston);
void visit_keys(TableVisitor& visitor, GarchConfig& garch);
void visit_keys(TableVisitor& visitor, PegConfig& peg);
void visit_keys(TableVisitor& visitor, CarryFactorConfig& factor);
void visit_keys(TableVisitor& visitor, AssetConfig& asset);
void visit_keys(TableVisitor& visitor, ExecutionConfig& execution);
void visit_keys(TableVisitor& visitor, InstrumentConfig& instrument);

void visit_keys(TableVisitor& visitor, VenueConfig& venue);
void visit_keys(TableVisitor& visitor, LiquidationConfig& liquidation);
void visit_keys(TableVisitor& visitor, BandsConfig& bands);
void visit_keys(TableVisitor& visitor, RecoveryConfig& recovery);
void visit_keys(TableVisitor& visitor, AutoExchangeConfig& exchange);
void visit_keys(TableVisitor& visitor, ScheduleConfig& schedule);
void visit_keys(TableVisitor& visitor, TierConfig& tier);
void visit_keys(TableVisitor& visitor, OptionMarginConfig& margin);
void visit_keys(TableVisitor& visitor, GridConfig& grid);
void visit_keys(TableVisitor& visitor, GridScenarioConfig& scenario);
void visit_keys(TableVisitor& visitor, ContingencyConfig& contingency);
void visit_keys(TableVisitor& visitor, ScalingTierConfig& tier);
void visit_keys(TableVisitor& visitor, CollateralConfig& collateral);
void visit_keys(TableVisitor& visitor, LiquidityConfig& terms);
void visit_keys(TableVisitor& visitor, CollateralTierConfig& tier);
void visit_keys(TableVisitor& visitor, BorrowConfig& borrow);
void visit_keys(TableVisitor& visitor, OracleConfig& oracle);
void visit_keys(TableVisitor& visitor, RateCurveConfig& curve);

void visit_keys(TableVisitor& visitor, OwnerConfig& owner);
void visit_keys(TableVisitor& visitor, ResponseConfig& response);
void visit_keys(TableVisitor& visitor, AccountConfig& account);
void visit_keys(TableVisitor& visitor, PositionConfig& position);
void visit_keys(TableVisitor& visitor, LoanConfig& loan);

void visit_front(TableVisitor& visitor, Scenario& scenario);  ///< [run] and [market]
void visit_rest(TableVisitor& visitor, Scenario& scenario);   ///< everything else

}  // namespace brink
