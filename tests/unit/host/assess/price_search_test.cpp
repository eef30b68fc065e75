// SPDX-License-Identifier: Apache-2.0
#include "host/assess/price_search.hpp"
#include "tests/unit/host/program/built_scenario.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace brink::test {
namespace {

/// Index of an account and the search at the scenario's prices.
class Searched {
    BuiltScenario<> scenario_;
    std::optional<BookState<double>> book_;

  public:
    explicit Searched(std::string const& text) : scenario_{text}
    {
        EXPECT_TRUE(scenario_.built) << scenario_.said();
        book_.emplace(scenario_.program(), scenario_.built->market.initial_price);
    }
    BookState<double>& book() { return *book_; }
    NearestPrices nearest(Threshold threshold, std::int32_t asset = 0)
    {
        return PriceSearch{*book_}(0, asset, threshold);
    }
};

std::string account(std::string const& keys)
{
    return market_and_venue + "[[account]]\nname = \"main\"\nvenue = \"exchange\"\n" + keys;
}

/// Bisection has ended on adjacent doubles; the engine's sums round a few times on the way there.
void expect_price(std::optional<double> found, double exact)
{
    ASSERT_TRUE(found);
    EXPECT_NEAR(*found, exact, 1e-12 * exact);
}

TEST(PriceSearch, LongPositionIsLiquidatedBelowAndCalledBeforeThat)
{
    // Equity 2,000 + p - 20,000; MM = 0.01 p, IM = 0.02 p.
    Searched search{account(R"(
balances = { USDT = 2_000 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 20_000 }]
)")};

    NearestPrices const call = search.nearest(Threshold::call);
    NearestPrices const liquidation = search.nearest(Threshold::liquidation);

    expect_price(liquidation.below, 18'000 / 0.99);
    expect_price(call.below, 18'000 / 0.98);
    EXPECT_FALSE(liquidation.above);
    EXPECT_FALSE(call.above);
}

TEST(PriceSearch, TheBreachStandsAtTheFoundPriceAndNotOneStepInside)
{
    Searched search{account(R"(
balances = { USDT = 2_000 }
positions = [{ instrument = "BTCUSDT", size = -1, entry_price = 20_000 }]
)")};

    double const at = search.nearest(Threshold::liquidation).above.value();

    expect_price(at, 22'000 / 1.01);
    search.book().set_price(0, at);
    EXPECT_TRUE(search.book().is_liquidatable(0));
    search.book().set_price(0, std::nextafter(at, 0.0));
    EXPECT_FALSE(search.book().is_liquidatable(0));
}

TEST(PriceSearch, LeavesThePricesOfTheBookAsTheyWere)
{
    Searched search{account(R"(
balances = { USDT = 2_000 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 20_000 }]
)")};

    (void)search.nearest(Threshold::call);

    EXPECT_EQ(search.book().price(0), 20'000.0);
}

TEST(PriceSearch, InversePositionWithCoinMarginHasItsPublishedPrice)
{
    // 0.9 x 0.1 p + 10,000 (p / 20,000 - 1) = 0.01 x 10,000: p = 10,100 / 0.59.
    Searched search{account(R"(
balances = { BTC = 0.1 }
positions = [{ instrument = "BTCUSD", size = 100, entry_price = 20_000 }]
)")};

    expect_price(search.nearest(Threshold::liquidation).below, 10'100 / 0.59);
}

TEST(PriceSearch, AHedgedAccountHasPricesOnBothSides)
{
    // Long 1 BTC collateral at 90 %, short 1: equity 0.9 p + 20,000 - p, MM = 0.01 p.
    Searched search{account(R"(
balances = { BTC = 1 }
positions = [{ instrument = "BTCUSDT", size = -1, entry_price = 20_000 }]
)")};

    NearestPrices const liquidation = search.nearest(Threshold::liquidation);

    expect_price(liquidation.above, 20'000 / 0.11);
    EXPECT_FALSE(liquidation.below);
}

TEST(PriceSearch, FindsANarrowBreachBetweenTwoKinks)
{
    // Whole-position brackets: at a notional of 30,000 the rate jumps from 1 % to 40 %, so that a
    // position which gains all the way is in breach just above 30,000 only: equity p - 8,200 - ...
    std::string text = account(R"(
balances = { USDT = 1_900 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 20_000 }]
)");
    std::string const tiers = "tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]";
    text.replace(text.find(tiers), tiers.size(),
                 "kind = \"whole_position\"\ntiers = [{ floor = 0, maintenance_rate = 0.01, "
                 "max_leverage = 50 }, { floor = 30_000, maintenance_rate = 0.4, "
                 "max_leverage = 2.5 }]");
    Searched search{text};

    NearestPrices const liquidation = search.nearest(Threshold::liquidation);

    // Above 30,000: p - 18,100 < 0.4 p while p < 30,166.67: a breach of half a percent.
    expect_price(liquidation.above, 30'000);
    EXPECT_GT(*liquidation.above, 30'000.0);
    expect_price(liquidation.below, 18'100 / 0.99);
    search.book().set_price(0, 30'100);
    expect_price(search.nearest(Threshold::liquidation).above, 18'100 / 0.6);
}

TEST(PriceSearch, AnAssetThatDoesNotMatterHasNone)
{
    Searched search{account(R"(
balances = { USDT = 2_000 }
)")};

    NearestPrices const call = search.nearest(Threshold::call);

    EXPECT_FALSE(call.below);
    EXPECT_FALSE(call.above);
}

TEST(PriceSearch, AHaircutCurveKinksAreFollowed)
{
    // Loan: collateral 10 BTC, of which 5 count in full and the rest at half: 7.5 p against 75,000.
    std::string const text = market_and_venue + R"(
[[venue]]
name = "lender"
health = "collateral_over_debt"
call_health = 1.25
[[venue.collateral]]
asset = "BTC"
unit = "coin"
tiers = [{ floor = 0, ratio = 1 }, { floor = 5, ratio = 0.5 }]
[[venue.borrow]]
asset = "USDT"
rate = 0.0
[[account]]
name = "loan"
venue = "lender"
balances = { BTC = 10 }
loans = [{ asset = "USDT", amount = 75_000 }]
)";
    Searched search{text};

    expect_price(search.nearest(Threshold::liquidation).below, 10'000);
    expect_price(search.nearest(Threshold::call).below, 12'500);
    EXPECT_FALSE(search.nearest(Threshold::call).above);
}

TEST(PriceSearch, MoreMarginNeverBringsTheLiquidationPriceCloser)
{
    double last = 1e9;
    for (int margin = 500; margin < 20'000; margin += 500) {
        Searched search{account("balances = { USDT = " + std::to_string(margin)
                                + " }\npositions = [{ instrument = \"BTCUSDT\", size = 1, "
                                  "entry_price = 20_000 }]\n")};
        double const below = search.nearest(Threshold::liquidation).below.value();
        EXPECT_LT(below, last);
        last = below;
    }
}

}  // namespace
}  // namespace brink::test
