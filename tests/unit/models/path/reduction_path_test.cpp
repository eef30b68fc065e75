// SPDX-License-Identifier: Apache-2.0
// How venues reduce a position that is in breach at t_0 and whose price then stays.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// Long 10 COIN at 100: notional 1,000, maintenance margin 10 %, that is 100.
struct Perp {
    double balance{95};
    std::string liquidation{};  ///< keys of [venue.liquidation]
    double half_spread{0};
    std::string horizon{"PT1H"};

    [[nodiscard]] std::string text() const
    {
        return fmt::format(R"(
[run]
name = "perp"
as_of = 2025-01-06T00:00:00Z
horizon = "{}"
step = "PT1H"
precision = "double"
[[asset]]
name = "COIN"
price = 100
volatility = 0.000001
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
schedules = [{{ instruments = ["P"], tiers = [{{ floor = 0, maintenance_rate = 0.1 }}] }}]
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
balances = {{ USD = {} }}
positions = [{{ instrument = "P", size = 10, entry_price = 100 }}]
)",
                           horizon, half_spread, liquidation, balance);
    }

    [[nodiscard]] double operator()(Column column) const
    {
        return test::ScenarioRunner<double>{text()}.run(1).at(column);
    }
};

constexpr double near = 0.01;  // prices move by less than 1e-6 of themselves

TEST(TargetHealth, ClosesTheLeastThatReachesItWithItsCosts)
{
    // 95 - 10 s = 105 (1 - s)
    Perp const perp{.liquidation =
                        "reduction = \"target_health\", target_health = 1.05, fee = 0.01"};

    EXPECT_NEAR(perp(Column::liquidated_notional), 1'000 * 10.0 / 95, near);
    EXPECT_NEAR(perp(Column::fees), 10 * 10.0 / 95, near);
}

TEST(TargetHealth, ClosesTheAccountWhereNothingLessCures)
{
    Perp const perp{
        .balance = 5,
        .liquidation = "reduction = \"target_health\", target_health = 1.05, fee = 0.01"};

    EXPECT_NEAR(perp(Column::liquidated_notional), 1'000, near);
    EXPECT_NEAR(perp(Column::deficit), 5, near);
}

constexpr char const* a_fifth =
    "reduction = \"slices\", slice_share = 0.2, slice_whole_below = 500, "
    "slice_interval = \"PT30S\", slice_then = \"all\"";

TEST(Slices, AreEnoughWhereTheFirstCures)
{
    EXPECT_NEAR((Perp{.liquidation = a_fifth}(Column::liquidated_notional)), 200, near);
}

TEST(Slices, AreFollowedByAllWhereTheVenueSaysSo)
{
    EXPECT_NEAR((Perp{.balance = 70, .liquidation = a_fifth}(Column::liquidated_notional)), 1'000,
                near);
}

TEST(Slices, WaitForTheirInterval)
{
    std::string const slow =
        "reduction = \"slices\", slice_share = 0.2, slice_interval = \"PT2H\", "
        "slice_then = \"all\"";

    EXPECT_NEAR((Perp{.balance = 70, .liquidation = slow}(Column::liquidated_notional)), 200, near);
    Perp const later{.balance = 70, .liquidation = slow, .horizon = "PT2H"};
    EXPECT_NEAR(later(Column::liquidated_notional), 1'000, near);
}

TEST(Slices, GoOnUntilTheAccountIsCured)
{
    std::string const small = "reduction = \"slices\", slice_share = 0.1, slice_most = 60";

    EXPECT_NEAR((Perp{.liquidation = small}(Column::liquidated_notional)), 60, near);
    EXPECT_NEAR((Perp{.balance = 80, .liquidation = small}(Column::liquidated_notional)), 240,
                near);
}

TEST(Slices, PayNoMoreThanTheirSurplus)
{
    std::string const small =
        "reduction = \"slices\", slice_share = 0.06, slice_interval = \"P1D\", "
        "fee_of = \"surplus\", fee = 0.015";

    EXPECT_NEAR((Perp{.liquidation = small}(Column::fees)), 0.015 * 60, near);
    EXPECT_NEAR((Perp{.balance = 5, .liquidation = small}(Column::fees)), 5 * 0.06, near);
}

TEST(Slices, DoNotFillBelowTheirLimit)
{
    std::string const limited =
        "reduction = \"slices\", slice_share = 0.1, fillable_adjustment = 1, "
        "fillable_spread = 1.5";
    // 0.05 x 1.5 x 10 % is less than the spread of 2 %; 0.9 x 1.5 x 10 % is more.
    Perp const near_health{.liquidation = limited, .half_spread = 0.02};
    EXPECT_EQ(near_health(Column::liquidated), 0);
    EXPECT_EQ(near_health(Column::liquidated_notional), 0);
    Perp const far_below{.balance = 10, .liquidation = limited, .half_spread = 0.02};
    EXPECT_EQ(far_below(Column::liquidated), 1);
    EXPECT_GT(far_below(Column::liquidated_notional), 0);
}

TEST(Takeover, TakesWhatIsLeftBelowItsHealth)
{
    std::string const backstop = std::string{a_fifth} + ", takeover_health = 0.8";

    Perp const deep{.balance = 70, .liquidation = backstop};
    EXPECT_NEAR(deep(Column::liquidation_cost), 70, near);
    EXPECT_NEAR(deep(Column::liquidated_notional), 1'000, near);
    EXPECT_EQ(deep(Column::deficit), 0);
    Perp const shallow{.balance = 95, .liquidation = backstop};
    EXPECT_NEAR(shallow(Column::liquidation_cost), 0, near);
}

}  // namespace
}  // namespace brink
