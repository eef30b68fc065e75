// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/program/built_scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace brink::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string const plain_account = R"(
[[account]]
name = "main"
owner = "fund"
venue = "exchange"
balances = { USDT = 10_000 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 20_000 }]
)";

TEST(BuilderErrors, APostThatCountsForNothingAtAnAccountIsRefused)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[asset]]
name = "ETH"
price = 1_000
volatility = 0.8
[[venue]]
name = "other"
[[venue.collateral]]
asset = "ETH"
tiers = [{ floor = 0, ratio = 1 }]
[[owner]]
name = "fund"
reserve = { ETH = 5 }
[[owner.response]]
action = "post"
asset = "ETH"
target_health = 2
[[account]]
name = "elsewhere"
owner = "fund"
venue = "other"
balances = { ETH = 1 }
)" + plain_account};

    EXPECT_FALSE(scenario.built);
    EXPECT_THAT(scenario.said(),
                HasSubstr("posts ETH into \"main\", where \"exchange\" counts it for nothing"));
    EXPECT_EQ(scenario.problems.exit_code(), ExitCode::config);
}

TEST(BuilderErrors, APostInTheSettlementCoinCountsWithoutACollateralRatio)
{
    std::string text = market_and_venue + R"(
[[owner]]
name = "fund"
reserve = { USDT = 5 }
[[owner.response]]
action = "post"
asset = "USDT"
target_health = 2
)" + plain_account;
    BuiltScenario<> const scenario{text};

    EXPECT_TRUE(scenario.built) << scenario.said();
}

/// A loan of 1,000 USDT against 1 BTC in bands, whose owner answers as `response` says.
std::string band_loan(std::string const& response)
{
    return R"(
[run]
as_of = 2025-01-01T00:00:00Z
horizon = "P1D"
step = "PT15M"
[[asset]]
name = "BTC"
price = 20_000
volatility = 0.5
[[asset]]
name = "USDT"
price = 1.0
model = "fixed"
[[venue]]
name = "pool"
health = "collateral_over_debt"
call_health = 1.05
liquidation = { price = "bands" }
bands = { amplification = 100, count = 4, fee = 0.006 }
collateral = [
    { asset = "BTC", tiers = [{ floor = 0, ratio = 0.94 }] },
    { asset = "USDT", tiers = [{ floor = 0, ratio = 0 }] },
]
borrow = [{ asset = "USDT", rate = 0 }]
[[owner]]
name = "fund"
reserve = { USDT = 500, BTC = 1 }
[[owner.response]]
target_health = 1.2
)" + response
           + R"(
[[account]]
name = "loan"
owner = "fund"
venue = "pool"
balances = { BTC = 1 }
loans = [{ asset = "USDT", amount = 1_000 }]
)";
}

TEST(BuilderErrors, ResponsesThatCanNeverActAreWarnedOf)
{
    auto const said = [](std::string const& response) {
        BuiltScenario<> const scenario{band_loan(response)};
        EXPECT_TRUE(scenario.built) << scenario.said();
        return scenario.said();
    };

    EXPECT_THAT(said("action = \"post\"\nasset = \"BTC\""),
                HasSubstr("can never act: \"loan\" has its BTC in bands"));
    EXPECT_THAT(said("action = \"swap\"\nfrom = \"BTC\"\nasset = \"USDT\""),
                HasSubstr("can never act: \"loan\" has its BTC in bands"));
    EXPECT_THAT(said("action = \"reduce\""), HasSubstr("can never act: \"loan\" has no positions"));
    EXPECT_THAT(said("action = \"post\"\nasset = \"USDT\""), Not(HasSubstr("can never act")));
}

/// What can act at one of the accounts is a policy of all of them.
TEST(BuilderErrors, AResponseThatActsAtAnotherAccountOfTheOwnerIsNotWarnedOf)
{
    BuiltScenario<> const scenario{band_loan("action = \"reduce\"") + R"(
[[venue]]
name = "exchange"
collateral = [{ asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] }]
schedules = [{ instruments = ["P"], tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }] }]
[[instrument]]
name = "P"
venue = "exchange"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
[[account]]
name = "perps"
owner = "fund"
venue = "exchange"
balances = { USDT = 10_000 }
positions = [{ instrument = "P", size = 1, entry_price = 20_000 }]
)"};
    ASSERT_TRUE(scenario.built) << scenario.said();

    EXPECT_THAT(scenario.said(), Not(HasSubstr("can never act")));
}

TEST(BuilderErrors, MoreThanEightResponsesAreRefused)
{
    std::string text = market_and_venue + "[[owner]]\nname = \"fund\"\nreserve = { USDT = 5 }\n";
    for (int i = 0; i < 9; ++i)
        text += "[[owner.response]]\naction = \"post\"\nasset = \"USDT\"\ntarget_health = 2\n";
    BuiltScenario<> const scenario{text + plain_account};

    EXPECT_FALSE(scenario.built);
    EXPECT_THAT(scenario.said(), HasSubstr("9 responses of one owner; 8 is the most"));
}

TEST(BuilderErrors, MoreThanThirtyTwoAssetsAreRefused)
{
    std::string text = market_and_venue + "[[owner]]\nname = \"fund\"\n";
    for (int i = 0; i < 31; ++i)
        text += "[[asset]]\nname = \"X" + std::to_string(i) + "\"\nprice = 1\nvolatility = 0.5\n";
    BuiltScenario<> const scenario{text + plain_account};

    EXPECT_FALSE(scenario.built);
    EXPECT_THAT(scenario.said(), HasSubstr("33 assets; 32 is the most"));
}

TEST(BuilderErrors, TwoRatesForOneDebtAreRefused)
{
    BuiltScenario<> const scenario{market_and_venue + R"(
[[venue.borrow]]
asset = "USDT"
rate = 0.1
initial_rate = 0.1
[[account]]
name = "main"
venue = "exchange"
balances = { BTC = 1 }
loans = [{ asset = "USDT", amount = 1, rate = 0.1 }, { asset = "USDT", amount = 1, rate = 0.2 }]
)"};

    EXPECT_FALSE(scenario.built);
    EXPECT_THAT(scenario.said(), HasSubstr("owes USDT at two rates, 0.1 and 0.2"));
}

TEST(BuilderErrors, AnEntryPriceInAnotherUnitIsWarnedOf)
{
    std::string text = market_and_venue + "[[owner]]\nname = \"fund\"\n" + plain_account;
    text.replace(text.find("entry_price = 20_000"), 20, "entry_price = 20.000");
    BuiltScenario<> const scenario{text};

    EXPECT_TRUE(scenario.built) << scenario.said();
    EXPECT_THAT(scenario.said(), HasSubstr("20 is far from the mark 20000 of BTCUSDT"));
}

TEST(BuilderErrors, GroupsBeyondTheMostAreWarnedOfAndCannotBeLimited)
{
    std::string text = market_and_venue + "[[owner]]\nname = \"fund\"\n" + plain_account;
    text += "groups = { ";
    for (int i = 10; i < 10 + static_cast<int>(max_groups) + 3; ++i)
        text += "column" + std::to_string(i) + " = \"x\", ";
    text.replace(text.size() - 2, 2, " }");
    BuiltScenario<> const scenario{text};
    BuiltScenario<> const last{text + "\n[limits]\n\"group:column73=x.called.prob\" = 0.5\n"};
    BuiltScenario<> const beyond{text + "\n[limits]\n\"group:column74=x.called.prob\" = 0.5\n"};

    ASSERT_TRUE(scenario.built) << scenario.said();
    EXPECT_THAT(scenario.said(),
                HasSubstr("3 groups get no statistics of their own: 64 is the most"));
    EXPECT_EQ(scenario.built->names.scopes.back(), "group:column73=x");
    EXPECT_TRUE(last.built) << last.said();
    EXPECT_THAT(beyond.said(), HasSubstr("this group has no statistics of its own"));
}

TEST(BuilderErrors, AnAccountInBreachAtTheStartIsWarnedOf)
{
    std::string text = market_and_venue + "[[owner]]\nname = \"fund\"\n" + plain_account;
    text.replace(text.find("USDT = 10_000"), 13, "USDT = 100");
    BuiltScenario<> const scenario{text};

    ASSERT_TRUE(scenario.built) << scenario.said();
    EXPECT_THAT(scenario.said(), HasSubstr("\"main\" is liquidatable at t_0 already (health 0.5)"));
    EXPECT_THAT(scenario.built->warnings, Contains(HasSubstr("liquidatable at t_0")));
}

TEST(BuilderErrors, ATargetBelowTheCallByInitialMarginIsWarnedOf)
{
    // IM 2 % and MM 1 % of the notional: called at health 2.
    BuiltScenario<> const scenario{market_and_venue + R"(
[[owner]]
name = "fund"
reserve = { USDT = 5 }
[[owner.response]]
action = "post"
asset = "USDT"
target_health = 1.5
)" + plain_account};

    ASSERT_TRUE(scenario.built) << scenario.said();
    EXPECT_THAT(
        scenario.built->warnings,
        Contains(HasSubstr("1.5 is below 2, the health at which \"main\" is called at t_0")));
}

TEST(BuilderErrors, ALowTargetIsThatOfTheAccountsOwnerInWhateverOrderOwnersStand)
{
    std::string const responses = R"(
[[owner.response]]
action = "post"
asset = "USDT"
target_health = )";
    // "fund" comes before "patient" by name: its target of 1.5 is below the call at health 2.
    BuiltScenario<> const scenario{
        market_and_venue + "[[owner]]\nname = \"patient\"\nreserve = { USDT = 5 }" + responses
        + "3\n[[owner]]\nname = \"fund\"\nreserve = { USDT = 5 }" + responses + "1.5\n"
        + plain_account + R"([[account]]
name = "other"
owner = "patient"
venue = "exchange"
balances = { USDT = 10_000 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 20_000, leverage = 40 }]
)"};

    // "patient" is called at health 2.5, below its target of 3.
    ASSERT_TRUE(scenario.built) << scenario.said();
    EXPECT_THAT(scenario.said(), HasSubstr("owner[1].response[0].target_health: 1.5 is below 2, "
                                           "the health at which \"main\" is called"));
    EXPECT_THAT(scenario.said(), Not(HasSubstr("\"other\" is called")));
}

TEST(BuilderErrors, AnAccountExactlyAtTheLiquidationLevelIsBreachedOnlyWhereNotStrict)
{
    // MM = 0.01 x 20,000 = 200, margin equity 200; the call level 400 is breached in both.
    std::string text = market_and_venue + "[[owner]]\nname = \"fund\"\n" + plain_account;
    text.replace(text.find("USDT = 10_000"), 13, "USDT = 200");
    std::string lenient = text;
    lenient.replace(lenient.find("name = \"exchange\"\n"), 18,
                    "name = \"exchange\"\ncomparison = \"non_strict\"\n");

    BuiltScenario<> const strict{text};
    BuiltScenario<> const non_strict{lenient};

    EXPECT_THAT(strict.said(), HasSubstr("\"main\" is called at t_0"));
    EXPECT_THAT(non_strict.said(), HasSubstr("\"main\" is liquidatable at t_0"));
}

TEST(BuilderErrors, InterestThatNobodyWroteDownIsAnAssumption)
{
    BuiltScenario<> const scenario{market_and_venue + "[[owner]]\nname = \"fund\"\n"
                                   + plain_account};

    ASSERT_TRUE(scenario.built) << scenario.said();
    EXPECT_THAT(scenario.built->assumptions,
                Contains("exchange charges no interest on a negative USDT balance"));
}

TEST(BuilderErrors, ALimitOnAnAccountWithoutStatisticsOfItsOwnIsRefused)
{
    std::string text = market_and_venue + "[limits]\n\"account:a40.loss.es_0.99\" = 1\n";
    for (int i = 10; i <= 42; ++i)
        text += "[[account]]\nname = \"a" + std::to_string(i)
                + "\"\nvenue = \"exchange\"\nbalances = { USDT = 1 }\n";
    BuiltScenario<> const in_time{text};
    text.replace(text.find("a40"), 3, "a42");
    BuiltScenario<> const too_late{text};

    EXPECT_TRUE(in_time.built) << in_time.said();
    EXPECT_THAT(in_time.said(), HasSubstr("1 accounts get no statistics of their own"));
    EXPECT_EQ(in_time.program().num_scopes, 33);
    EXPECT_EQ(in_time.program().account_table, 1);
    EXPECT_FALSE(too_late.built);
    EXPECT_THAT(too_late.said(), HasSubstr("this account has no statistics of its own"));
}

TEST(BuilderErrors, AnOrdinaryScenarioSaysNothingButItsUncorrelatedAssets)
{
    BuiltScenario<> const scenario{market_and_venue + "[[owner]]\nname = \"fund\"\n"
                                   + plain_account};

    ASSERT_TRUE(scenario.built) << scenario.said();
    EXPECT_THAT(scenario.said(), Not(HasSubstr("error")));
    EXPECT_EQ(scenario.program().key.lo, 7u);  // seed 2^32 + 7
    EXPECT_EQ(scenario.program().key.hi, 1u);
    EXPECT_EQ(scenario.program().num_steps, 3);
    EXPECT_EQ(scenario.program().fan_times, 4);
}

}  // namespace
}  // namespace brink::test
