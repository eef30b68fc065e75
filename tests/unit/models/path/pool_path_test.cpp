// SPDX-License-Identifier: Apache-2.0
// What a stability pool, the other borrowers and recovery mode make of a loan at t_0.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// One loan of USD against COIN, liquidated below 125 % (a ratio of 0.8), for one step in which
/// nothing moves.
struct PooledDebt {
    double coins{1'000};
    double price{1};
    double debt{850};
    double pool{1e6};
    std::string liquidation{};  ///< keys of [venue.liquidation]
    std::string venue{};        ///< tables of the venue
    std::string precision{"double"};

    [[nodiscard]] std::string text() const
    {
        return fmt::format(R"(
[run]
name = "pooled"
as_of = 2025-01-06T00:00:00Z
horizon = "PT1H"
step = "PT1H"
precision = "{}"
[[asset]]
name = "COIN"
price = {}
volatility = 0.0000001
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
[[venue]]
name = "system"
health = "collateral_over_debt"
call_health = 1.0
liquidation = {{ price = "pool", pool = {}{} }}
collateral = [
    {{ asset = "COIN", tiers = [{{ floor = 0, ratio = 0.8 }}] }},
    {{ asset = "USD", tiers = [{{ floor = 0, ratio = 0.0 }}] }},
]
borrow = [{{ asset = "USD", rate = 0 }}]
{}
[[account]]
name = "loan"
venue = "system"
balances = {{ COIN = {} }}
loans = [{{ asset = "USD", amount = {} }}]
)",
                           precision, price, pool, liquidation, venue, coins, debt);
    }

    [[nodiscard]] OutcomeRow row() const
    {
        return precision == "double" ? row_of(test::ScenarioRunner<double>{text()}.run(1))
                                     : row_of(test::ScenarioRunner<float>{text()}.run(1));
    }
    template<class Outcomes>
    [[nodiscard]] static OutcomeRow row_of(Outcomes const& outcomes)
    {
        OutcomeRow row{};
        for (std::int32_t i = 0; i < num_columns; ++i)
            row.value[i] = outcomes.at(static_cast<Column>(i));
        return row;
    }
    [[nodiscard]] double operator()(Column column) const { return row()[column]; }
};

/// `coins` against a debt of 1 for all borrowers, in recovery below 150 %.
std::string recovery_below_150(double coins)
{
    return fmt::format(
        "[venue.recovery]\ncritical_ratio = 1.5\nasset = \"COIN\"\nsystem_collateral = {}\n"
        "system_debt = 1\n",
        coins);
}

constexpr double rounding = 1e-9;

TEST(StabilityPool, TakesAllCollateralForTheDebt)
{
    OutcomeRow const row = PooledDebt{}.row();

    EXPECT_EQ(row[Column::liquidated], 1);
    EXPECT_NEAR(row[Column::liquidated_notional], 850, rounding);
    EXPECT_NEAR(row[Column::liquidation_cost], 150, rounding);
    EXPECT_NEAR(row[Column::loss], 150, 1e-3);
    EXPECT_EQ(row[Column::deficit], 0);
}

TEST(StabilityPool, DoesNothingAtExactlyTheMinimumRatio)
{
    EXPECT_EQ((PooledDebt{.debt = 800}(Column::liquidated)), 0);
    EXPECT_EQ((PooledDebt{.debt = 800.001}(Column::liquidated)), 1);
}

TEST(StabilityPool, PenaltiesLeaveASurplusToTheOwner)
{
    std::string const keys = ", pool_penalty = 0.05, redistribution_penalty = 0.1";

    EXPECT_NEAR((PooledDebt{.liquidation = keys}(Column::liquidation_cost)), 42.5, rounding);
    EXPECT_NEAR((PooledDebt{.pool = 850, .liquidation = keys}(Column::liquidation_cost)), 42.5,
                rounding);
    EXPECT_NEAR((PooledDebt{.pool = 0, .liquidation = keys}(Column::liquidation_cost)), 85,
                rounding);
    EXPECT_NEAR((PooledDebt{.pool = 425, .liquidation = keys}(Column::liquidation_cost)),
                21.25 + 42.5, rounding);
}

/// The cap is reached at debt x 1.05 = collateral: from there on all of it goes.
TEST(StabilityPool, APenaltyThatTheCollateralDoesNotPayTakesAllOfIt)
{
    std::string const keys = ", pool_penalty = 0.05";

    EXPECT_NEAR((PooledDebt{.debt = 1'000 / 1.05, .liquidation = keys}(Column::liquidation_cost)),
                1'000 - 1'000 / 1.05, rounding);
    EXPECT_NEAR((PooledDebt{.debt = 980, .liquidation = keys}(Column::liquidation_cost)), 20,
                rounding);
}

TEST(StabilityPool, BearsWhatItLacksAndTheOthersTheRest)
{
    OutcomeRow const pooled = PooledDebt{.debt = 1'200}.row();
    EXPECT_NEAR(pooled[Column::deficit], 200, rounding);
    EXPECT_NEAR(pooled[Column::fund_draw], 200, rounding);
    EXPECT_EQ(pooled[Column::bad_debt], 0);
    EXPECT_NEAR(pooled[Column::loss], 0, 1e-3);  // nothing was the owner's

    OutcomeRow const shared = PooledDebt{.debt = 1'200, .pool = 300}.row();
    EXPECT_NEAR(shared[Column::deficit], 200, rounding);
    EXPECT_NEAR(shared[Column::fund_draw], 50, rounding);
    EXPECT_NEAR(shared[Column::bad_debt], 150, rounding);

    OutcomeRow const others = PooledDebt{.debt = 1'200, .pool = 0}.row();
    EXPECT_EQ(others[Column::fund_draw], 0);
    EXPECT_NEAR(others[Column::bad_debt], 200, rounding);
}

TEST(StabilityPool, PaysGasOutOfTheCollateral)
{
    std::string const keys = ", gas_compensation = 0.01, pool_penalty = 0.05";
    EXPECT_NEAR((PooledDebt{.liquidation = keys}(Column::liquidation_cost)), 10 + 42.5, rounding);
    std::string const capped =
        keys + ", gas_compensation_of = \"offset\", gas_compensation_most = 4";
    EXPECT_NEAR((PooledDebt{.liquidation = capped}(Column::liquidation_cost)), 4 + 42.5, rounding);

    // The gas is what the pool lacks.
    OutcomeRow const even =
        PooledDebt{.debt = 1'000, .liquidation = ", gas_compensation = 0.01"}.row();
    EXPECT_NEAR(even[Column::deficit], 10, rounding);
    EXPECT_NEAR(even[Column::fund_draw], 10, rounding);
}

TEST(StabilityPool, TheDepositForGasIsLostWithTheLoanOnly)
{
    PooledDebt loan{.liquidation = ", gas_deposit = 20"};
    OutcomeRow const row = loan.row();
    EXPECT_NEAR(row[Column::loss], 170, 1e-3);
    EXPECT_NEAR(row[Column::loss_account], 170, 1e-3);
    EXPECT_NEAR(row[Column::liquidation_cost], 170, rounding);
    EXPECT_NEAR(row[Column::fees], 170, rounding);

    loan.debt = 700;
    EXPECT_NEAR(loan(Column::loss), 0, 1e-3);

    loan.debt = 1'200;
    EXPECT_NEAR(loan(Column::loss), 20, 1e-3);  // it is not the account's, so nothing spares it
}

/// 140 % of collateral: safe in normal mode, liquidated where all borrowers have less than 150 %
/// but more than that.
TEST(RecoveryMode, LiquidatesBelowTheSystemsRatio)
{
    PooledDebt const above{.coins = 1'400, .debt = 1'000};
    auto const liquidated = [&](double system, double pool = 1e6) {
        PooledDebt loan = above;
        loan.pool = pool;
        loan.venue = recovery_below_150(system);
        return loan(Column::liquidated);
    };

    EXPECT_EQ(above(Column::liquidated), 0);
    EXPECT_EQ(liquidated(1.500001), 0);
    EXPECT_EQ(liquidated(1.499999), 1);
    EXPECT_EQ(liquidated(1.400001), 1);
    EXPECT_EQ(liquidated(1.399999), 0);
    EXPECT_EQ(liquidated(1.45, 1'000), 1);
    EXPECT_EQ(liquidated(1.45, 999.999), 0);
}

/// 125 % of the debt at most, before its gas; the rest is the owner's.
TEST(RecoveryMode, TakesAtMostTheMinimumRatio)
{
    PooledDebt const loan{.coins = 1'400,
                          .debt = 1'000,
                          .liquidation = ", gas_compensation = 0.01",
                          .venue = recovery_below_150(1.45)};

    EXPECT_NEAR(loan(Column::liquidation_cost), 250, rounding);
    EXPECT_NEAR(loan(Column::loss), 250, 1e-3);
}

TEST(RecoveryMode, RedistributesWhatIsSunkWhateverThePoolHas)
{
    PooledDebt sunk{.debt = 1'100, .venue = recovery_below_150(1.45)};
    OutcomeRow const row = sunk.row();
    EXPECT_EQ(row[Column::fund_draw], 0);
    EXPECT_NEAR(row[Column::bad_debt], 100, rounding);

    sunk.debt = 990;  // 101 %: the pool first, as in normal mode
    EXPECT_NEAR(sunk(Column::liquidation_cost), 10, rounding);
    sunk.venue.clear();
    sunk.debt = 1'100;
    EXPECT_NEAR(sunk(Column::fund_draw), 100, rounding);
}

TEST(RecoveryMode, IsDecidedInDoubleWhereFloatRounds)
{
    // Of 8 digits a float keeps 7: only double tells these systems from one at 150 %.
    for (double const system : {1.49999999, 1.50000001}) {
        PooledDebt loan{.coins = 1'400, .debt = 1'000, .venue = recovery_below_150(system)};
        double const exact = loan(Column::liquidated);
        loan.precision = "float";
        EXPECT_EQ(loan(Column::liquidated), exact);
    }
}

}  // namespace
}  // namespace brink
