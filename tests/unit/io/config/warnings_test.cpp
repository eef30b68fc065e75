// SPDX-License-Identifier: Apache-2.0
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <ostream>

namespace brink {
namespace {

using test::all_messages;
using test::replaced;
using test::small_scenario;
using testing::HasSubstr;

/// All warnings of a scenario that must be accepted.
std::string warnings_for(std::string const& text, std::vector<std::string> const& options = {})
{
    Problems problems;
    (void)read_scenario_text(text, "test.toml", options, problems);
    EXPECT_TRUE(problems.empty()) << all_messages(problems);
    std::string said;
    for (Problem const& warning : problems.warnings())
        said += format_problem(warning, "warning") + '\n';
    return said;
}

struct Warned {
    std::string name;
    std::vector<std::string> options;
    std::string message;  ///< of the only warning, without its place
};

void PrintTo(Warned const& warned, std::ostream* out)
{
    *out << warned.name;
}

class Warning : public testing::TestWithParam<Warned> {};

TEST_P(Warning, IsTheOnlyOneAndRefusesNothing)
{
    Warned const& warned = GetParam();
    std::string const said = warnings_for(small_scenario, warned.options);

    EXPECT_THAT(said, HasSubstr(warned.message));
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
}

std::vector<Warned> const idle_settings{
    {"residual_of_a_takeover",
     {"venue.exchange.liquidation.price=bankruptcy", "venue.exchange.liquidation.residual=owner"},
     "venue[0].liquidation.residual: \"owner\" has no effect with price = \"bankruptcy\": at that "
     "price nothing is left for the owner (write residual = \"fund\", or price = \"market\")"},
    {"fee_of_a_takeover",
     {"venue.exchange.liquidation.price=bankruptcy", "venue.exchange.liquidation.fee=0.01"},
     "venue[0].liquidation.fee: is never charged: every account is taken over at the bankruptcy "
     "price (remove it, or write price = \"market\")"},
    {"bid_haircut_of_a_takeover",
     {"venue.exchange.liquidation.price=bankruptcy", "venue.exchange.liquidation.bid_haircut=0.02"},
     "venue[0].liquidation.bid_haircut: has no effect with price = \"bankruptcy\": no balance is "
     "sold"},
    {"spread_of_a_takeover",
     {"venue.exchange.liquidation.price=bankruptcy", "asset.BTC.execution.half_spread=0.001"},
     "asset[0].execution: has no effect: accounts are taken over at the bankruptcy price, and "
     "nobody trades"},
    {"tiers_down_of_a_full_reduction",
     {"venue.exchange.liquidation.tiers_down=2"},
     "venue[0].liquidation.tiers_down: reduction = \"full\" does not use it"},
    {"slices_that_nobody_closes",
     {"venue.exchange.liquidation.slice_then=all"},
     "venue[0].liquidation.slice_then: has no effect without reduction = \"slices\""},
    {"spread_without_a_limit",
     {"venue.exchange.liquidation.reduction=slices", "venue.exchange.liquidation.slice_share=0.1",
      "venue.exchange.liquidation.fillable_spread=2"},
     "venue[0].liquidation.fillable_spread: has no effect without fillable_adjustment"},
    {"start_of_no_auction",
     {"venue.exchange.liquidation.auction_start=1.3"},
     "venue[0].liquidation.auction_start: has no effect without price = \"auction\""},
    {"call_cost_of_a_market_sale",
     {"venue.exchange.liquidation.call_cost=20"},
     "venue[0].liquidation.call_cost: has no effect without liquidators who repay at a bonus"},
    {"capacity_of_a_market_sale",
     {"venue.exchange.liquidation.capacity=1e6"},
     "venue[0].liquidation.capacity: has no effect without liquidators who repay at a bonus"},
    {"latency_of_a_market_sale",
     {"venue.exchange.liquidation.latency=PT1M"},
     "venue[0].liquidation.latency: has no effect without price = \"bonus\""},
    {"debt_that_nobody_socialises",
     {"venue.exchange.liquidation.least_socialised=100"},
     "venue[0].liquidation.least_socialised: has no effect without liquidators who repay at a "
     "bonus"},
    {"bound_of_a_fee_that_stays",
     {"venue.exchange.liquidation.fee_most=0.05"},
     "venue[0].liquidation.fee_most: has no effect without fee_growth_hourly"},
    {"grace_of_a_fee_that_stays",
     {"venue.exchange.liquidation.fee_grace=PT10M"},
     "venue[0].liquidation.fee_grace: has no effect without fee_growth_hourly"},
    {"fee_without_a_pool",
     {"asset.BTC.execution.amm_fee=0.003"},
     "asset[0].execution.amm_fee: has no effect without amm_depth_usd: it is of a pool (write "
     "amm_depth_usd = <USD on one side>, or half_spread)"},
    {"bonus_cursor_of_a_constant_bonus",
     {"venue.exchange.liquidation.bonus_cursor=0.2"},
     "venue[0].liquidation.bonus_cursor: has no effect without bonus = \"from_ratio\""},
    {"bonus_of_collateral_that_is_sold",
     {"venue.exchange.collateral.BTC.liquidation_bonus=0.05"},
     "venue[0].collateral[0].liquidation_bonus: has no effect without price = \"bonus\""},
    {"order_of_a_full_reduction",
     {"venue.exchange.liquidation.order=as_listed"},
     "venue[0].liquidation.order: reduction = \"full\" does not use it: all positions close at "
     "once"},
    {"brackets_that_nobody_can_go_down",
     {"venue.exchange.liquidation.reduction=tier_by_tier",
      "venue.exchange.liquidation.tiers_down=3"},
     "venue[0].liquidation.reduction: \"tier_by_tier\" has no effect: no schedule has more than 3 "
     "brackets, so nothing can go down 3 (write reduction = \"full\", or the venue's brackets)"},
    {"tier_above_the_cap",
     {"venue.exchange.collateral.BTC.cap=1e6"},
     "venue[0].collateral[0].tiers[1].floor: 1000000 is not below the cap 1000000: the tier "
     "has no effect"},
    {"impact_without_turnover",
     {"asset.BTC.execution.impact_coefficient=0.5"},
     "asset[0].execution.impact_coefficient: has no effect without adv_usd: it is of the "
     "square-root impact (write adv_usd = <USD a day>)"},
    {"exceedances_without_a_book",
     {"statistics.exceedances=[1000]"},
     "statistics.exceedances: has no effect: they are counted for accounts of a book"},
    {"delay_beyond_the_horizon",
     {"owner.fund.response.post.delay=P2D"},
     "owner[0].response[0].delay: nothing arrives within the horizon: \"P2D\" at least, after "
     "\"P1D\" (write a shorter delay or a longer horizon)"},
    {"outage_before_the_horizon",
     {"owner.fund.response.post.outages=[{ from = 2025-06-01T00:00:00Z, until = "
      "2025-06-02T00:00:00Z }]"},
     "owner[0].response[0].outages[0]: is outside of the horizon: it has no effect"},
    {"outage_after_the_horizon",
     {"owner.fund.response.post.outages=[{ from = 2025-07-02T00:00:01Z, until = "
      "2025-07-03T00:00:00Z }]"},
     "owner[0].response[0].outages[0]: is outside of the horizon: it has no effect"},
    {"responses_to_no_call",
     {"account.main.positions=[]"},
     "owner[0].response[0]: \"fund\" is never called: its accounts have neither positions nor "
     "debts"},
};

std::vector<Warned> const magnitudes{
    {"volatility",
     {"asset.BTC.volatility=60"},
     "asset[0].volatility: 60 is 6000 % a year: a fraction is expected (if 60 % is meant, write "
     "0.6)"},
    {"drift",
     {"asset.BTC.drift=-20"},
     "asset[0].drift: -20 is -2000 % a year: a fraction is expected (if -20 % is meant, write "
     "-0.2)"},
    {"jumps",
     {"asset.BTC.model=merton", "asset.BTC.jumps={ rate = 0.01, mean = -3 }"},
     "asset[0].jumps.mean: -3 is -300 %: a fraction is expected (if -3 % is meant, write -0.03)"},
    {"variance_that_reaches_zero",
     {"asset.BTC.model=heston",
      "asset.BTC.heston={ mean_reversion = 2, vol_of_vol = 1.5, spot_vol_correlation = -0.3 }"},
     "asset[0].heston.vol_of_vol: the variance of BTC reaches 0 (Feller's condition): 2 "
     "mean_reversion long_run_volatility^2 = 1.44 is below vol_of_vol^2 = 2.25"},
    {"variance_that_reverts_within_a_step",
     {"asset.BTC.model=heston",
      "asset.BTC.heston={ mean_reversion = 4380, vol_of_vol = 1, "
      "spot_vol_correlation = -0.3 }"},
     "asset[0].heston.mean_reversion: a step of \"PT1H\" is 0.5 of the variance's time of "
     "reversion: the error of the scheme is of the order of the step (shorten run.step)"},
    {"funding",
     {"instrument.BTCUSDT.funding_rate_per_interval=0.01"},
     "instrument[0].funding_rate_per_interval: 0.01 every \"PT8H\" is 1095 % a year: a fraction of "
     "the notional is expected (if 0.01 % is meant, write 0.0001)"},
    {"half_spread",
     {"asset.BTC.execution.half_spread=0.5"},
     "asset[0].execution.half_spread: 0.5 is 50 %: a fraction is expected (if 0.5 % is meant, "
     "write 0.005)"},
    {"liquidation_fee",
     {"venue.exchange.liquidation.fee=0.5"},
     "venue[0].liquidation.fee: 0.5 is 50 %: a fraction is expected"},
    {"response_fee",
     {"owner.fund.response.post.fee=0.3"},
     "owner[0].response[0].fee: 0.3 is 30 %: a fraction is expected"},
    {"response_slippage",
     {"owner.fund.response.0={ action = \"reduce\", target_health = 2, slippage = 0.4 }"},
     "owner[0].response[0].slippage: 0.4 is 40 %: a fraction is expected (if 0.4 % is meant, write "
     "0.004)"},
    {"borrow_rate",
     {"venue.exchange.borrow=[{ asset = \"USDT\", rate = 8 }]"},
     "venue[0].borrow[0].rate: 8 is 800 % a year: a fraction is expected (if 8 % is meant, write "
     "0.08)"},
    {"par_of_a_coin_that_floats",
     {"venue.exchange.collateral.BTC.valuation=par"},
     "venue[0].collateral[0].valuation: \"par\" counts BTC as 1 USD; its price is 100000 (par is "
     "for coins pegged to the numeraire; write \"market\")"},
    {"slabs_in_another_currency",
     {"run.numeraire=EUR"},
     "venue[0].collateral[0].unit: \"usd\" is taken as the numeraire EUR: floors and cap of BTC "
     "are not converted (write them in EUR, or unit = \"coin\")"},
};

auto const name_of_case = [](auto const& tested) { return tested.param.name; };
INSTANTIATE_TEST_SUITE_P(OfIdleSettings, Warning, testing::ValuesIn(idle_settings), name_of_case);
INSTANTIATE_TEST_SUITE_P(OfMagnitudes, Warning, testing::ValuesIn(magnitudes), name_of_case);

TEST(Warnings, NameFileLineAndColumn)
{
    EXPECT_THAT(warnings_for(replaced(small_scenario, "volatility = 0.6", "volatility = 60")),
                HasSubstr("test.toml:11:"));
}

TEST(Warnings, AreNotGivenForCommonScenarios)
{
    EXPECT_EQ(warnings_for(small_scenario), "");
    // A takeover after brackets: fee and bid haircut are of the brackets; the residual is unsaid.
    EXPECT_EQ(warnings_for(small_scenario, {"venue.exchange.liquidation.reduction=tier_by_tier",
                                            "venue.exchange.liquidation.price=bankruptcy",
                                            "venue.exchange.liquidation.fee=0.01"}),
              "");
    EXPECT_EQ(warnings_for(small_scenario, {"venue.exchange.liquidation.price=bankruptcy"}), "");
    EXPECT_EQ(warnings_for(small_scenario, {"asset.BTC.volatility=5"}), "");
    EXPECT_EQ(warnings_for(small_scenario, {"owner.fund.response.post.delay=P1D"}), "");
    EXPECT_EQ(warnings_for(small_scenario,
                           {"run.numeraire=EUR", "venue.exchange.collateral.BTC.unit=coin"}),
              "");
}

TEST(Warnings, OfAnAssetThatNobodyHas)
{
    EXPECT_THAT(
        warnings_for(small_scenario
                     + "\n[[asset]]\nname = \"DOGE\"\nprice = 0.2\n"
                       "model = \"fixed\"\n"),
        HasSubstr("asset[2].name: no account, reserve, response or instrument has DOGE: it is "
                  "simulated for nothing (remove it, or check the names"));
}

TEST(Warnings, OfACopulaOfOneAsset)
{
    std::vector<std::string> const options{"market.copula=student_t",
                                           "market.degrees_of_freedom=4"};
    std::string const two_assets =
        small_scenario + "\n[[asset]]\nname = \"ETH\"\nprice = 3_000\nvolatility = 0.8\n";
    EXPECT_THAT(warnings_for(small_scenario, options),
                HasSubstr("market.copula: ties nothing: fewer than two assets are moved by a "
                          "factor (remove it; rows of history hang together by themselves)"));
    EXPECT_THAT(warnings_for(two_assets, options), testing::Not(HasSubstr("ties nothing")));
}

TEST(Warnings, OfAVenueWhereNobodyIs)
{
    EXPECT_THAT(warnings_for(small_scenario + "\n[[venue]]\nname = \"other\"\n"),
                HasSubstr("venue[1].name: no account is at \"other\""));
}

TEST(Warnings, OfRulesThatALendingVenueDoesNotUse)
{
    std::string const said = warnings_for(small_scenario + R"(
[[venue]]
name = "desk"
health = "collateral_over_debt"
call_health = 1.2
unrealised_pnl = "collateral"
liquidation = { reduction = "tier_by_tier" }
collateral = [{ asset = "BTC", tiers = [{ floor = 0, ratio = 0.8 }] }, { asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] }]
borrow = [{ asset = "USDT", rate = 0.1, maintenance_rate = 0.1 }]
[[account]]
name = "loan"
venue = "desk"
balances = { BTC = 1 }
loans = [{ asset = "USDT", amount = 1_000, rate = 10 }]
)");

    EXPECT_THAT(said, HasSubstr("venue[1].liquidation.reduction: \"tier_by_tier\" has no effect at "
                                "a lending venue: loans have no brackets"));
    EXPECT_THAT(said, HasSubstr("venue[1].unrealised_pnl: a lending venue does not use it"));
    EXPECT_THAT(said, HasSubstr("venue[1].borrow[0].maintenance_rate: a lending venue does not "
                                "use it: its requirement is the debt itself"));
    EXPECT_THAT(said, HasSubstr("account[1].loans[0].rate: 10 is 1000 % a year"));
}

TEST(Warnings, OfAnOracleThatSaysNothing)
{
    auto const with = [](std::string const& row) {
        return warnings_for(replaced(small_scenario, "[[venue.schedules]]",
                                     "oracle = [" + row + "]\n[[venue.schedules]]"));
    };

    EXPECT_THAT(with("{ asset = \"BTC\" }"),
                HasSubstr("venue[0].oracle[0].asset: has no effect: an oracle without a rule"));
    EXPECT_EQ(with("{ asset = \"BTC\", deviation = 0.005 }"), "");
}

TEST(Warnings, OfSchedulesAtALendingVenue)
{
    std::string const text =
        small_scenario
        + "\n[[venue]]\nname = \"desk\"\nhealth = \"collateral_over_debt\"\ncall_health = 1.2\n"
          "[[venue.schedules]]\ninstruments = [\"BTCPERP\"]\n"
          "tiers = [{ floor = 0, maintenance_rate = 0.01 }]\n"
          "[[instrument]]\nname = \"BTCPERP\"\nvenue = \"desk\"\nkind = \"linear_perp\"\n"
          "base = \"BTC\"\nquote = \"USDT\"\n";

    EXPECT_THAT(warnings_for(text),
                HasSubstr("venue[1].schedules: a lending venue does not use it: it has no "
                          "positions"));
}

TEST(Warnings, OfASnapshotThatPricesNothing)
{
    test::TemporaryFolder const folder;
    std::ofstream{folder.path() / "prices.csv"} << "asset,price,time\n"
                                                   "BTC,100000,2025-07-01T00:00:00Z\n";
    Problems problems;
    (void)read_scenario_text(small_scenario + "\n[market]\nprices = \"prices.csv\"\n",
                             (folder.path() / "s.toml").string(), {}, problems);

    EXPECT_TRUE(problems.empty()) << all_messages(problems);
    ASSERT_EQ(problems.warnings().size(), 1U);
    EXPECT_EQ(problems.warnings()[0].where.key, "market.prices");
    EXPECT_EQ(problems.warnings()[0].reason, "is not used: every asset has a price of its own");
}

TEST(Warnings, OfTurnoverInAnotherCurrency)
{
    std::string const said =
        warnings_for(small_scenario, {"run.numeraire=EUR", "asset.BTC.execution.adv_usd=1e9"});

    EXPECT_THAT(said, HasSubstr("asset[0].execution.adv_usd: is compared with amounts in the "
                                "numeraire EUR: nothing is converted from USD (write it in EUR)"));
}

TEST(Warnings, ATakeoverWithoutAWrittenResidualGivesItToTheFund)
{
    auto const read =
        test::read_good(small_scenario, {"venue.exchange.liquidation.price=bankruptcy"});

    EXPECT_EQ(read.scenario.venues[0].liquidation.residual, Residual::fund);
    EXPECT_EQ(warnings_for(read.scenario.canonical), "");
}

}  // namespace
}  // namespace brink
