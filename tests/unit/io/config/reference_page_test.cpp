// SPDX-License-Identifier: Apache-2.0
#include "io/config/config_tables.hpp"
#include "io/config/table_reader.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

namespace brink {
namespace {

/// Keys that the reader knows in an empty table of this kind.
template<class Config>
std::vector<std::string> keys_of()
{
    ConfigNode const empty;
    Problems problems;
    Located located;
    Config config;
    TableReader reader{empty, located, problems};
    visit_keys(reader, config);
    return reader.known();
}

/// Keys in the first column of the table under the heading `### heading` of the reference page.
std::set<std::string> documented_keys(std::string const& heading)
{
    std::ifstream file{std::string{BRINK_SOURCE_DIR} + "/docs/config-reference.md"};
    std::set<std::string> keys;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("#"))
            inside = line == "### " + heading;
        std::smatch match;
        if (inside && std::regex_search(line, match, std::regex{R"(^\| `([a-z0-9_]+)` \|)"}))
            keys.insert(match[1]);
    }
    return keys;
}

template<class Config>
void expect_documented(std::string const& heading)
{
    auto const known = keys_of<Config>();
    EXPECT_EQ(documented_keys(heading), (std::set<std::string>{known.begin(), known.end()}))
        << heading;
}

TEST(ConfigReference, DescribesEveryKeyAndNoOther)
{
    expect_documented<RunConfig>("`[run]`");
    expect_documented<MarketConfig>("`[market]`");
    expect_documented<CorrelationConfig>("`[market.correlation]`");
    expect_documented<CommonJumpConfig>("`[[market.common_jumps]]`");
    expect_documented<RegimeConfig>("`[[market.regimes]]`");
    expect_documented<HistoryConfig>("`[market.history]`");
    expect_documented<FailureConfig>("`[[market.failures]]`");
    expect_documented<ShockConfig>("`[[market.shocks]]`");
    expect_documented<StressConfig>("`[[scenario]]`");
    expect_documented<SweepConfig>("`[sweep]`");
    expect_documented<SweepAxisConfig>("`[[sweep.axis]]`");
    expect_documented<JumpConfig>("`[asset.jumps]`");
    expect_documented<HestonConfig>("`[asset.heston]`");
    expect_documented<GarchConfig>("`[asset.garch]`");
    expect_documented<PegConfig>("`[asset.peg]`");
    expect_documented<AssetConfig>("`[[asset]]`");
    expect_documented<ExecutionConfig>("`execution`");
    expect_documented<InstrumentConfig>("`[[instrument]]`");
    expect_documented<VenueConfig>("`[[venue]]`");
    expect_documented<LiquidationConfig>("`[venue.liquidation]`");
    expect_documented<BandsConfig>("`[venue.bands]`");
    expect_documented<RecoveryConfig>("`[venue.recovery]`");
    expect_documented<AutoExchangeConfig>("`[venue.auto_exchange]`");
    expect_documented<ScheduleConfig>("`[[venue.schedules]]`");
    expect_documented<OptionMarginConfig>("`option` of a schedule");
    expect_documented<GridConfig>("`[venue.grid]`");
    expect_documented<GridScenarioConfig>("`scenarios` of a grid");
    expect_documented<ContingencyConfig>("`contingencies` of a grid");
    expect_documented<ScalingTierConfig>("`tiers` of a contingency");
    expect_documented<TierConfig>("`tiers` of a schedule");
    expect_documented<CollateralConfig>("`[[venue.collateral]]`");
    expect_documented<CollateralTierConfig>("`tiers` of collateral");
    expect_documented<LiquidityConfig>("`from_liquidity` of collateral");
    expect_documented<BorrowConfig>("`[[venue.borrow]]`");
    expect_documented<OracleConfig>("`[[venue.oracle]]`");
    expect_documented<RateCurveConfig>("`curve` of a borrow row");
    expect_documented<OwnerConfig>("`[[owner]]`");
    expect_documented<ResponseConfig>("`[[owner.response]]`");
    expect_documented<AccountConfig>("`[[account]]`");
    expect_documented<PositionConfig>("`positions`");
    expect_documented<LoanConfig>("`loans`");
    expect_documented<StatisticsConfig>("`[statistics]`");
    expect_documented<OutputConfig>("`[output]`");
}

}  // namespace
}  // namespace brink
