// SPDX-License-Identifier: Apache-2.0
// When liquidators act on a loan that is in breach at t_0, and how far.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// One loan of USD against COIN with a ratio of 0.8 and a bonus of 5 %, for one step in which
/// nothing moves.
struct Loan {
    double coins{1'000};
    double price{1};
    double debt{850};
    std::string collateral{};   ///< keys of the collateral's row
    std::string liquidation{};  ///< keys of [venue.liquidation]
    std::string execution{};    ///< of COIN
    std::string kind{"bonus"};  ///< price of the liquidation

    [[nodiscard]] std::string text() const
    {
        return fmt::format(R"(
[run]
name = "loan"
as_of = 2025-01-06T00:00:00Z
horizon = "PT1H"
step = "PT1H"
precision = "double"
[[asset]]
name = "COIN"
price = {}
volatility = 0.000001
execution = {{ {} }}
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
[[venue]]
name = "pool"
health = "collateral_over_debt"
call_health = 1.1
liquidation = {{ price = "{}"{} }}
collateral = [
    {{ asset = "COIN", tiers = [{{ floor = 0, ratio = 0.8 }}], {}{} }},
    {{ asset = "USD", tiers = [{{ floor = 0, ratio = 0.0 }}] }},
]
borrow = [{{ asset = "USD", rate = 0 }}]
[[account]]
name = "loan"
venue = "pool"
balances = {{ COIN = {} }}
loans = [{{ asset = "USD", amount = {} }}]
)",
                           price, execution, kind, liquidation,
                           kind == "bonus" ? "liquidation_bonus = 0.05" : "unit = \"usd\"",
                           collateral, coins, debt);
    }

    [[nodiscard]] double operator()(Column column) const
    {
        return test::ScenarioRunner<double>{text()}.run(1).at(column);
    }
};

TEST(Seizure, RepaysAllAtABonusWhereTheSizeIsNotBounded)
{
    Loan const loan;

    EXPECT_EQ(loan(Column::liquidated), 1);
    EXPECT_NEAR(loan(Column::liquidated_notional), 850, 1e-9);
    EXPECT_NEAR(loan(Column::liquidation_cost), 42.5, 1e-9);
    EXPECT_NEAR(loan(Column::loss), 42.5, 1e-3);
    EXPECT_EQ(loan(Column::bad_debt), 0);
}

TEST(Seizure, NobodyActsWhereTheCallCostsMoreThanTheBonus)
{
    EXPECT_EQ((Loan{.liquidation = ", call_cost = 42"}(Column::liquidated)), 1);
    Loan const dear{.liquidation = ", call_cost = 43"};
    EXPECT_EQ(dear(Column::liquidated), 0);
    EXPECT_EQ(dear(Column::called), 1);
    EXPECT_EQ(dear(Column::liquidation_cost), 0);
}

TEST(Seizure, TheVenuesShareIsNotTheLiquidators)
{
    Loan const half{.collateral = ", protocol_share = 0.5", .liquidation = ", call_cost = 22"};
    EXPECT_EQ(half(Column::liquidated), 0);
    Loan const cheaper{.collateral = ", protocol_share = 0.5", .liquidation = ", call_cost = 21"};
    EXPECT_EQ(cheaper(Column::liquidated), 1);
}

/// At par the venue hands out 1.05 coins for a dollar, whatever they are worth.
TEST(Seizure, NobodyBuysACoinAtParThatIsWorthLessThanTheBonusMakesUpFor)
{
    Loan coin{.price = 0.95, .collateral = ", valuation = \"par\""};
    EXPECT_EQ(coin(Column::liquidated), 0);

    coin.price = 0.97;
    EXPECT_EQ(coin(Column::liquidated), 1);
    EXPECT_NEAR(coin(Column::liquidation_cost), 850 * (1.05 * 0.97 - 1), 1e-3);
}

/// The profit b R - 0.02 (1.05 R)^2 / depth is largest at R = b depth / (0.04 x 1.05^2), once a
/// step: at t_0 and at t_1.
TEST(Seizure, ThinMarketBoundsWhatIsLiquidatedInAStep)
{
    Loan const thin{.coins = 1e6, .debt = 850'000, .execution = "depth_2pct_usd = 100_000"};

    EXPECT_NEAR(thin(Column::liquidated_notional), 2 * 0.05 * 100'000 / (0.04 * 1.1025), 1);
}

TEST(Seizure, DeficitIsWhatTheCollateralDoesNotPayFor)
{
    Loan const loan{.debt = 1'000};

    EXPECT_NEAR(loan(Column::liquidated_notional), 1'000 / 1.05, 1e-9);
    EXPECT_NEAR(loan(Column::deficit), 1'000 - 1'000 / 1.05, 1e-9);
    EXPECT_NEAR(loan(Column::bad_debt), 1'000 - 1'000 / 1.05, 1e-9);
    EXPECT_NEAR(loan(Column::loss), 0, 1e-9);  // without recourse nothing was its own
}

TEST(Seizure, CloseFactorHalvesUntilTheAccountIsCured)
{
    // Health 0.96: half of 100,000 is repaid, which leaves 67,500 x 0.8 against 50,000.
    Loan const loan{.coins = 120'000,
                    .debt = 100'000,
                    .liquidation =
                        ", reduction = \"close_factor\", close_factor = 0.5, "
                        "full_below_health = 0.95"};

    EXPECT_NEAR(loan(Column::liquidated_notional), 50'000, 1e-6);
}

TEST(Seizure, TargetHealthIsReachedByOneCall)
{
    Loan const loan{.coins = 120'000,
                    .debt = 100'000,
                    .liquidation = ", reduction = \"target_health\", target_health = 1.05"};

    EXPECT_NEAR(loan(Column::liquidated_notional), 100'000 * (1.05 - 0.96) / (1.05 - 1.05 * 0.8),
                1e-6);
}

/// From 1.2 down by 1 % a stair: 0.99^19 x 1.2 = 0.9914 is the first below the mark.
constexpr double sold_at = 1.2 * 0.826168623835586;
constexpr char const* auctioned = ", fee = 0.13, auction_start = 1.2, auction_interval = \"PT90S\"";

TEST(Auction, RaisesDebtAndPenaltyAtTheFirstStairThatPays)
{
    Loan const loan{.liquidation = auctioned, .kind = "auction"};

    double const coins = 850 * 1.13 / sold_at;
    EXPECT_NEAR(loan(Column::liquidated_notional), 850, 1e-9);
    EXPECT_NEAR(loan(Column::liquidation_cost), coins - 850, 1e-3);
    EXPECT_EQ(loan(Column::deficit), 0);
}

TEST(Auction, WaitsForAPriceThatPaysForTheCall)
{
    // The 969 coins gain 8.35 on the first stair below the mark.
    std::string const keys = auctioned;
    Loan const cheap{.liquidation = keys + ", call_cost = 8", .kind = "auction"};
    Loan const dear{.liquidation = keys + ", call_cost = 9", .kind = "auction"};

    EXPECT_NEAR(cheap(Column::liquidation_cost), 850 * 1.13 / sold_at - 850, 1e-3);
    EXPECT_NEAR(dear(Column::liquidation_cost), 850 * 1.13 / (0.99 * sold_at) - 850, 1e-3);
}

TEST(Auction, LeavesWhatTheCollateralDoesNotRaise)
{
    Loan const loan{.debt = 1'000, .liquidation = auctioned, .kind = "auction"};

    double const repaid = 1'000 * sold_at / 1.13;
    EXPECT_NEAR(loan(Column::liquidated_notional), repaid, 1e-3);
    EXPECT_NEAR(loan(Column::deficit), 1'000 - repaid, 1e-3);
    EXPECT_NEAR(loan(Column::fund_draw), repaid * 0.13, 1e-3);  // the penalty
}

TEST(Auction, NobodyBuysBeforeItIsOver)
{
    std::string const keys = auctioned;
    Loan const brief{.liquidation = keys + ", auction_tail = \"PT20M\"", .kind = "auction"};
    Loan const shallow{.liquidation = keys + ", auction_cusp = 0.9", .kind = "auction"};

    EXPECT_EQ(brief(Column::liquidated), 0);
    EXPECT_EQ(shallow(Column::liquidated), 0);
}

TEST(Auction, PutsUpWhatThereIsRoomForAndAllRatherThanLeaveDust)
{
    std::string const keys = std::string{auctioned} + ", auction_room = 565, min_leftover = 100";
    Loan loan{.liquidation = keys, .kind = "auction"};
    // 500 at t_0; what is left, 350 of debt against some 430 coins, is in breach at t_1 again.
    EXPECT_NEAR(loan(Column::liquidated_notional), 850, 1e-6);

    loan.debt = 599;
    loan.coins = 740;
    EXPECT_NEAR(loan(Column::liquidated_notional), 599, 1e-6);
}

}  // namespace
}  // namespace brink
