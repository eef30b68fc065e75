// SPDX-License-Identifier: Apache-2.0
// When liquidators of a loan act, with how much, in which units; what is socialised of what they
// leave; and what fees of positions grow to. Prices stay where they are.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cmath>

#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// 1,000 COIN at 1, a ratio of 0.8 and a bonus of 5 %, against USD: in breach from t_0 on.
struct SlowLoan {
    double debt{850};
    std::string liquidation{};  ///< keys of [venue.liquidation]
    std::string horizon{"PT5H"};
    std::string asset{};  ///< keys of COIN
    std::string coin{};   ///< keys of USD
    double rate{0};

    [[nodiscard]] std::string text() const
    {
        return fmt::format(R"(
[run]
name = "loan"
as_of = 2025-01-06T00:00:00Z
horizon = "{}"
step = "PT1H"
precision = "double"
[[asset]]
name = "COIN"
price = 1.0
volatility = 1e-9
{}
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
{}
[[venue]]
name = "pool"
health = "collateral_over_debt"
call_health = 1.1
liquidation = {{ price = "bonus"{} }}
collateral = [
    {{ asset = "COIN", tiers = [{{ floor = 0, ratio = 0.8 }}], liquidation_bonus = 0.05 }},
    {{ asset = "USD", tiers = [{{ floor = 0, ratio = 0.0 }}] }},
]
borrow = [{{ asset = "USD", rate = {} }}]
[[account]]
name = "loan"
venue = "pool"
balances = {{ COIN = 1_000 }}
loans = [{{ asset = "USD", amount = {} }}]
)",
                           horizon, asset, coin, liquidation, rate, debt);
    }

    [[nodiscard]] double operator()(Column column) const
    {
        return test::ScenarioRunner<double>{text()}.run(1).at(column);
    }
};

constexpr double tolerated = 1e-4;

TEST(Latency, IsOverAtTheFirstAssessmentAtOrAfterIt)
{
    auto const first = [](std::string const& latency) {
        return SlowLoan{.liquidation =
                            ", latency = \"" + latency + "\""}(Column::first_liquidation_time);
    };

    EXPECT_EQ(SlowLoan{}(Column::first_liquidation_time), 0);
    EXPECT_EQ(first("PT1S"), 3'600);
    EXPECT_EQ(first("PT2H"), 7'200);
    EXPECT_EQ(first("PT2H1S"), 10'800);
    EXPECT_TRUE(std::isnan(first("PT6H")));
}

TEST(Latency, HoldsForTheVenueThatAbsorbsAsWell)
{
    SlowLoan const absorbed{.liquidation = ", reduction = \"absorb\", latency = \"PT3H\""};

    EXPECT_EQ(absorbed(Column::first_liquidation_time), 3 * 3'600);
}

/// Health 680 / 850 = 0.94 rises with 100 repaid a step to 464 / 450 after the fourth.
TEST(Capacity, BoundsWhatIsRepaidInAStep)
{
    auto const repaid = [](std::string const& horizon) {
        return SlowLoan{.liquidation = ", capacity = 100",
                        .horizon = horizon}(Column::liquidated_notional);
    };

    EXPECT_NEAR(repaid("PT1H"), 200, tolerated);
    EXPECT_NEAR(repaid("PT2H"), 300, tolerated);
    EXPECT_NEAR(repaid("PT5H"), 400, tolerated);
}

TEST(Capacity, IsEnoughWhereItIsAllOfTheDebt)
{
    auto const repaid = [](std::string const& capacity) {
        return SlowLoan{.liquidation = ", min_leftover = 10, capacity = "
                                       + capacity}(Column::liquidated_notional);
    };

    EXPECT_NEAR(repaid("850"), 850, tolerated);
    EXPECT_NEAR(repaid("849.9"), 840, tolerated);  // all but the least that may be left
}

/// The debt outlives the collateral; interest of 100 % a year stops where the venue books it.
TEST(LeastSocialised, IsOfTheDebtBeforeTheLastCall)
{
    double const left = 1'000 - 1'000 / 1.05;
    auto const deficit = [](std::string const& least) {
        return SlowLoan{.debt = 1'000,
                        .liquidation = ", least_socialised = " + least,
                        .horizon = "P10D",
                        .rate = 1}(Column::deficit);
    };

    EXPECT_NEAR(deficit("0"), left, tolerated);
    EXPECT_NEAR(deficit("1_000"), left, tolerated);
    EXPECT_NEAR(deficit("1_000.01"), left * std::exp(10.0 / 365), tolerated);
}

/// 100.4 are repaid as 101; for the 100 whole ones of them 105 coins are due, which is 100 in tens.
TEST(SmallestUnit, RoundsTheDebtUpAndWhatIsSeizedDown)
{
    SlowLoan const whole{.liquidation = ", capacity = 100.4",
                         .horizon = "PT1H",
                         .asset = "smallest_unit = 10",
                         .coin = "smallest_unit = 1"};

    EXPECT_NEAR(whole(Column::liquidated_notional), 2 * 101, tolerated);
    EXPECT_NEAR(whole(Column::liquidation_cost), 2 * (100 - 101), tolerated);
}

/// Long 10 COIN at 100, maintenance margin 5 %, a spread of 1 %: 20 short of it.
struct ShortPerp {
    std::string liquidation{};
    std::string horizon{"PT1H"};
    double half_spread{0.01};

    [[nodiscard]] double operator()(Column column) const
    {
        return test::ScenarioRunner<double>{fmt::format(R"(
[run]
name = "perp"
as_of = 2025-01-06T00:00:00Z
horizon = "{}"
step = "PT1H"
precision = "double"
[[asset]]
name = "COIN"
price = 100
volatility = 1e-9
execution = {{ half_spread = {} }}
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
[[venue]]
name = "exchange"
call = "health"
call_health = 1.0
liquidation = {{ {} }}
collateral = [{{ asset = "USD", tiers = [{{ floor = 0, ratio = 1.0 }}] }}]
schedules = [{{ instruments = ["P"], tiers = [{{ floor = 0, maintenance_rate = 0.05 }}] }}]
borrow = [{{ asset = "USD", rate = 0 }}]
[[instrument]]
name = "P"
venue = "exchange"
kind = "linear_perp"
base = "COIN"
quote = "USD"
[[account]]
name = "a"
venue = "exchange"
balances = {{ USD = 30 }}
positions = [{{ instrument = "P", size = 10, entry_price = 100 }}]
)",
                                                        horizon, half_spread, liquidation)}
            .run(1)
            .at(column);
    }
};

/// Drift: min(5 %, 0.95 (5 % - 1 % - 20 / 1,000)) = 1.9 % of what covers the shortage with it.
TEST(FreedMargin, BoundsTheFeeAndSoHowMuchIsClosed)
{
    ShortPerp const perp{
        "reduction = \"target_health\", target_health = 1, fee = 0.05, fee_of = \"freed_margin\""};
    double const closed = 20 / (0.05 - 0.01 - 0.019);

    EXPECT_NEAR(perp(Column::liquidated_notional), closed, tolerated);
    EXPECT_NEAR(perp(Column::fees), 0.019 * closed, tolerated);
}

/// A hundredth of the position every hour; the fee grows from the second hour on.
TEST(FeeRamp, GrowsWhileTheAccountIsInBreach)
{
    ShortPerp const perp{
        "reduction = \"slices\", slice_share = 0.01, slice_interval = \"PT1H\", fee = 0.001, "
        "fee_growth_hourly = 0.001, fee_most = 0.0035, fee_grace = \"PT2H\"",
        "PT4H", 0};
    double expected = 0, open = 1'000;
    for (double const fee : {0.001, 0.001, 0.003, 0.0035, 0.0035}) {
        expected += fee * 0.01 * open;
        open *= 0.99;
    }

    EXPECT_NEAR(perp(Column::fees), expected, tolerated);
}

}  // namespace
}  // namespace brink
