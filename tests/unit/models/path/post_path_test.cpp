// SPDX-License-Identifier: Apache-2.0
// How much an owner sends who cannot reach its target.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// 10 COIN at 100, counted at 80 %, against USD and ETH (at 100): health = 800 / debt, called below
/// 1.2. Prices stay; the reserve is all USD.
struct Borrower {
    double usd{500};
    double eth{300};  ///< [USD]
    std::string usd_collateral{"tiers = [{ floor = 0, ratio = 0 }]"};
    double reserve{100'000};
    std::string responses{"action = \"post\"\nasset = \"USD\"\ntarget_health = 10"};
    std::string balances{"COIN = 10"};

    [[nodiscard]] std::string text() const
    {
        return fmt::format(R"(
[run]
name = "borrower"
as_of = 2025-01-06T00:00:00Z
horizon = "PT2H"
step = "PT1H"
precision = "double"
[[asset]]
name = "COIN"
price = 100
volatility = 0.000001
[[asset]]
name = "ETH"
price = 100
volatility = 0.000001
[[asset]]
name = "USD"
price = 1.0
model = "fixed"
[[venue]]
name = "pool"
health = "collateral_over_debt"
call_health = 1.2
liquidation_health = 0.5
collateral = [
    {{ asset = "COIN", tiers = [{{ floor = 0, ratio = 0.8 }}] }},
    {{ asset = "USD", {} }},
]
borrow = [{{ asset = "USD", rate = 0 }}, {{ asset = "ETH", rate = 0 }}]
[[owner]]
name = "fund"
reserve = {{ USD = {} }}
[[owner.response]]
{}
[[account]]
name = "loan"
owner = "fund"
venue = "pool"
balances = {{ {} }}
loans = [{{ asset = "USD", amount = {} }}, {{ asset = "ETH", amount = {} }}]
)",
                           usd_collateral, reserve, responses, balances, usd, eth / 100);
    }

    [[nodiscard]] double operator()(Column column) const
    {
        return test::ScenarioRunner<double>{text()}.run(1).at(column);
    }
};

constexpr double near = 0.01;  // prices move by less than 1e-6 of themselves

TEST(UnreachableTarget, TakesADebtAndNoMore)
{
    Borrower const borrower{};  // 800 / 300 without the USD

    EXPECT_NEAR(borrower(Column::topup_total), 500, near);
    EXPECT_EQ(borrower(Column::topup_count), 1);
    EXPECT_EQ(borrower(Column::called), 1);
}

TEST(UnreachableTarget, TakesACoinUpToWhatCountsOfIt)
{
    Borrower const borrower{.usd_collateral = "tiers = [{ floor = 0, ratio = 0.5 }], cap = 400"};

    EXPECT_NEAR(borrower(Column::topup_total), 500 + 400, near);  // then (800 + 200) / 300
}

TEST(UnreachableTarget, TakesTheWholeReserveWhereAllOfItHelps)
{
    Borrower const borrower{.reserve = 450};

    EXPECT_EQ(borrower(Column::topup_total), 450);
}

TEST(ReachableTarget, TakesTheLeastThatReachesIt)
{
    Borrower borrower{};
    borrower.responses = "action = \"post\"\nasset = \"USD\"\ntarget_health = 1.6";

    EXPECT_NEAR(borrower(Column::topup_total), 300, near);  // 800 / 500
}

/// What is bought beyond the debt counts for nothing, and what is sold for it counted.
TEST(UnreachableTarget, SellsForADebtAndNoMore)
{
    Borrower borrower{.usd = 200, .eth = 500};
    borrower.responses =
        "action = \"swap\"\nfrom = \"COIN\"\nasset = \"USD\"\ntarget_health = 10\n"
        "slippage = 0.01";

    EXPECT_NEAR(borrower(Column::part_response_cost), 0.01 * 200 / 0.99, near);  // of 1,000
}

}  // namespace
}  // namespace brink
