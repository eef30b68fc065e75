// SPDX-License-Identifier: Apache-2.0
#include "host/program/rules_builder.hpp"
#include "host/program/tier_window.hpp"
#include "models/margin/collateral.hpp"
#include "tests/unit/host/program/built_scenario.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace brink::test {
namespace {

CollateralConfig curve_of(std::vector<std::pair<double, double>> const& tiers,
                          std::optional<double> cap = {})
{
    CollateralConfig config;
    for (auto const& [floor, ratio] : tiers) {
        CollateralTierConfig tier;
        tier.floor = floor;
        tier.ratio = ratio;
        config.tiers.push_back(tier);
    }
    config.cap = cap;
    return config;
}

TEST(RulesMapping, SlabsAreTheTangentsOfTheTieredCurve)
{
    auto const slabs = make_slabs(curve_of({{0, 0.98}, {10, 0.95}, {20, 0.9}}));

    ASSERT_EQ(slabs.size(), 3u);
    EXPECT_EQ(slabs[0].offset, 0.0);
    // Differences of ratios below 1 are off by one rounding of 1, times the floors.
    EXPECT_NEAR(slabs[1].offset, 10 * 0.03, 10 * 1.2e-16);
    EXPECT_NEAR(slabs[2].offset, 10 * 0.03 + 20 * 0.05, 30 * 1.2e-16);
}

TEST(RulesMapping, ACapIsALastSlabOfSlopeZeroAtTheValueOfTheCap)
{
    auto const slabs = make_slabs(curve_of({{0, 0.9}, {100, 0.5}}, 150));

    ASSERT_EQ(slabs.size(), 3u);
    EXPECT_EQ(slabs[2].slope, 0.0);
    EXPECT_DOUBLE_EQ(slabs[2].offset, 90 + 25);  // 100 at 0.9, 50 at 0.5
}

TEST(RulesMapping, AVenueWithoutTheAssetGivesItNoCollateralValue)
{
    std::string text = market_and_venue + R"(
[[venue]]
name = "other"
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1 }]
valuation = "par"
[[account]]
name = "main"
venue = "other"
balances = { USDT = 10 }
)";
    BuiltScenario<> const scenario{text};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const account = program.tables[program.accounts][0];

    auto const curves = program.tables[program.rules.curves];
    EXPECT_EQ(curves.size(), 3);
    EXPECT_EQ(program.tables[account.holdings][0].curve, 2);
    EXPECT_EQ(curves[2].par, 1);
    EXPECT_EQ(curves[0].par, 0);
}

std::string exchanging_venue(std::string const& keys)
{
    std::string text = market_and_venue + R"(
[[account]]
name = "main"
venue = "exchange"
balances = { BTC = 1, USDT = -6_000 }
)";
    std::string const named = "name = \"exchange\"\n";
    return text.replace(
        text.find(named), named.size(),
        named + "auto_exchange = { " + keys + " }\nborrow = [{ asset = \"USDT\", rate = 0 }]\n");
}

TEST(RulesMapping, BalancesAreSoldInTheWrittenOrderAndThenInThatOfTheConfig)
{
    BuiltScenario<> const scenario{
        exchanging_venue("threshold = 10_000, bid_haircut = 0.025, order = [\"USDT\"]")};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    Venue const& venue = program.tables[program.venues][0];

    auto const order = program.tables[venue.sale.order];
    EXPECT_EQ(std::vector(order.begin(), order.end()), (std::vector<std::int32_t>{1, 0}));
    EXPECT_EQ(venue.exchange.threshold, 10'000);
    EXPECT_EQ(venue.exchange.loan_to_value, no_exchange);
    EXPECT_EQ(venue.exchange.bid_haircut, 0.025);
    EXPECT_EQ(program.tables[program.accounts][0].watches_debts, 2);
    EXPECT_EQ(scenario.said().find("beyond the threshold"), std::string::npos);
}

TEST(RulesMapping, ADebtThatIsExchangedAtOnceIsWarnedOf)
{
    BuiltScenario<> const scenario{exchanging_venue("threshold = 5_000")};

    ASSERT_TRUE(scenario.built) << scenario.said();
    EXPECT_NE(
        scenario.said().find("\"main\" owes 6000 of USDT at t_0, beyond the threshold 5000 of "
                             "auto_exchange"),
        std::string::npos)
        << scenario.said();
}

TEST(RulesMapping, LaddersFollowTheVenuesCallRule)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[venue]]
name = "lender"
health = "collateral_over_debt"
call_health = 1.3
liquidation_health = 1.1
comparison = "non_strict"
insurance_fund = 77
liquidation = { fee = 0.05, residual = "fund", price = "bankruptcy" }
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1 }]
[[account]]
name = "main"
venue = "exchange"
balances = { USDT = 10 }
)"};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const ladders = program.tables[program.exact_rules.ladders];
    auto const venues = program.tables[program.venues];

    EXPECT_EQ(ladders[0].call, CallTrigger::initial_margin);
    EXPECT_EQ(ladders[0].health, HealthRule::margin);
    EXPECT_EQ(ladders[0].strict, 1);
    EXPECT_EQ(ladders[1].call, CallTrigger::health);
    EXPECT_EQ(ladders[1].call_health, 1.3);
    EXPECT_EQ(ladders[1].liquidation_health, 1.1);
    EXPECT_EQ(ladders[1].health, HealthRule::collateral_over_debt);
    EXPECT_EQ(ladders[1].strict, 0);
    EXPECT_EQ(venues[1].insurance_fund, 77.0);
    EXPECT_EQ(venues[1].fee_rate, 0.05);
    EXPECT_EQ(venues[1].residual, ResidualRule::fund);
    EXPECT_EQ(venues[1].price, LiquidationPriceRule::bankruptcy);
}

TEST(RulesMapping, AStorefrontSharesTheDiscountUntilReservesReachTheirTarget)
{
    auto const share_with = [](std::string const& reserves) {
        BuiltScenario<> const scenario{market_and_venue + R"(
[[venue]]
name = "lender"
health = "collateral_over_debt"
call_health = 1.3
insurance_fund = )" + reserves + R"(
liquidation = { price = "bonus", reduction = "absorb", storefront_price_factor = 0.6, target_reserves = 100 }
[[venue.collateral]]
asset = "BTC"
tiers = [{ floor = 0, ratio = 0.8 }]
liquidation_factor = 0.95
[[account]]
name = "main"
venue = "exchange"
balances = { USDT = 10 }
)"};
        EXPECT_TRUE(scenario.built) << scenario.said();
        Program<double> const program = scenario.program();
        auto const bonuses = program.tables[program.bonuses];
        return bonuses[bonuses.size() - 1].protocol_share;
    };

    EXPECT_DOUBLE_EQ(share_with("99.99"), 0.4);
    EXPECT_EQ(share_with("100"), 1.0);
}

TEST(RulesMapping, TheWindowOfBracketsNeverChangesTheRequirement)
{
    // Continuous at the floors 100 and 1000: amounts 100 x 0.01 and 1 + 1000 x 0.05.
    std::vector<MarginTier<double>> const tiers{
        {0, 0.01, 0, 0.02}, {100, 0.02, 1, 0.04}, {1'000, 0.07, 51, 0.1}};
    TableBlock block;
    MarginSchedule<double> const schedule{block.append(tiers), ScheduleShape::marginal,
                                          TierUnit::notional, ChargeBasis::mark, 0.0};
    Tables const tables{block.data()};
    RequirementChecker<double> const all{tables, schedule};

    for (double const opening : {0.0, 50.0, 99.9, 100.0, 300.0, 999.0, 5'000.0}) {
        RequirementChecker<double> const windowed{tables, schedule,
                                                  make_tier_window(tiers, opening, 1.5)};
        for (double x = 0.01; x < 1e5; x *= 1.01) {
            EXPECT_EQ(windowed.maintenance(x, 1.0), all.maintenance(x, 1.0)) << opening << ' ' << x;
            EXPECT_EQ(windowed.initial(x, 1.0, 0.0), all.initial(x, 1.0, 0.0)) << x;
        }
    }
}

TEST(RulesMapping, TheWindowHoldsTheBracketsWithinReach)
{
    std::vector<MarginTier<double>> const tiers{
        {0, 0.01, 0, 0}, {100, 0.02, 1, 0}, {1'000, 0.07, 51, 0}};

    TierWindow<double> const middle = make_tier_window(tiers, 400, 2);
    TierWindow<double> const upper = make_tier_window(tiers, 900, 2);

    EXPECT_EQ(middle.first, 1);
    EXPECT_EQ(middle.count, 1);
    EXPECT_DOUBLE_EQ(middle.low, 100.1);
    EXPECT_DOUBLE_EQ(middle.high, 999.0);
    EXPECT_EQ(upper.count, 2);
    EXPECT_TRUE(std::isinf(upper.high));
}

TEST(RulesMapping, ExecutionUsesTheDailyVolatilityOfTheBaseAsset)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[account]]
name = "main"
venue = "exchange"
balances = { USDT = 10 }
)"};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    Execution const& execution = program.tables[program.instruments][0].execution;

    EXPECT_DOUBLE_EQ(execution.sigma_day, 0.5 / std::sqrt(365.0));
    EXPECT_EQ(execution.half_spread, 0.001);
    EXPECT_EQ(execution.adv, 1e9);
    EXPECT_EQ(execution.impact_coefficient, 1.0);
    EXPECT_EQ(program.tables[program.assets][1].execution.sigma_day, 0.0);
}

}  // namespace
}  // namespace brink::test
