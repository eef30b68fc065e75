// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/program/built_scenario.hpp"

#include <gtest/gtest.h>

namespace brink::test {
namespace {

Position<double> first_position(BuiltScenario<double> const& scenario)
{
    Program<double> const program = scenario.program();
    return program.tables[program.tables[program.accounts][0].positions][0];
}

std::string account_with(std::string const& position)
{
    return market_and_venue + R"(
[[account]]
name = "main"
venue = "exchange"
balances = { USDT = 10_000 }
positions = [)"
           + position + "]\n";
}

TEST(PositionMapping, LinearLegsAreSizeAndSizeTimesEntry)
{
    BuiltScenario<> const scenario{
        account_with("{ instrument = \"BTCUSDT\", size = -3, entry_price = 21_000 }")};
    ASSERT_TRUE(scenario.built) << scenario.said();

    Position<double> const position = first_position(scenario);

    EXPECT_EQ(position.leg_a, -3.0);
    EXPECT_EQ(position.leg_b, -63'000.0);
    EXPECT_EQ(position.contracts, 3.0);
    EXPECT_EQ(position.initial_rate, 0.0);
    // P&L = -3 x 20,000 + 63,000 = 3,000, so nav = 13,000.
    EXPECT_EQ(scenario.built->opening.nav_of_accounts.at(0), 13'000.0);
}

TEST(PositionMapping, InverseLegsAreCoinsAtEntryAndQuoteAtMark)
{
    // 400 contracts of 100: C = 40,000; P&L = 40,000 (1/25,000 - 1/20,000) = -0.4 BTC = -8,000.
    BuiltScenario<> const scenario{account_with(
        "{ instrument = \"BTCUSD\", size = 400, entry_price = 25_000, leverage = 4 }")};
    ASSERT_TRUE(scenario.built) << scenario.said();

    Position<double> const position = first_position(scenario);

    EXPECT_EQ(position.leg_a, 1.6);
    EXPECT_EQ(position.leg_b, 40'000.0);
    EXPECT_EQ(position.initial_rate, 0.25);
    EXPECT_EQ(scenario.built->opening.nav_of_accounts.at(0), 2'000.0);
}

/// Replaces the venue's only schedule.
std::string with_schedule(std::string const& keys, std::string const& position)
{
    std::string text = account_with(position);
    std::string const old = "instruments = [\"BTCUSDT\", \"BTCUSD\"]\n";
    text.replace(text.find(old), old.size(), old + keys);
    return text;
}

struct UnitCase {
    char const* keys;
    char const* instrument;
    char const* unit_asset;
    double x;  ///< position in units of the floors at t_0
};

class TierUnits : public testing::TestWithParam<UnitCase> {};

TEST_P(TierUnits, DivideTheChargedLegIntoTheUnitsOfTheFloors)
{
    UnitCase const& c = GetParam();
    // Linear: 3 contracts of 1 BTC; inverse: 400 contracts of 100 USD. Entry 25,000, mark 20,000.
    bool const linear = std::string{c.instrument} == "BTCUSDT";
    BuiltScenario<> const scenario{
        with_schedule(c.keys, std::string{"{ entry_price = 25_000, instrument = \""} + c.instrument
                                  + (linear ? "\", size = 3 }" : "\", size = 400 }"))};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    Position<double> const position = first_position(scenario);
    double const price[2] = {20'000.0, 1.0};

    Instrument const& instrument = program.tables[program.instruments][position.instrument];
    ChargeBasis const basis =
        program.tables[program.exact_rules.schedules][instrument.schedule].basis;
    auto const value = value_position<2, double>(instrument, basis, position, 1.0, price);

    EXPECT_DOUBLE_EQ(value.charged / value.unit_value, c.x);
    EXPECT_EQ(scenario.built->names.assets[static_cast<std::size_t>(position.unit_asset)],
              c.unit_asset);
}

INSTANTIATE_TEST_SUITE_P(
    All, TierUnits,
    testing::Values(UnitCase{"unit = \"notional\"\n", "BTCUSDT", "USDT", 60'000.0},
                    UnitCase{"unit = \"base\"\n", "BTCUSDT", "BTC", 3.0},
                    UnitCase{"unit = \"contracts\"\n", "BTCUSDT", "BTC", 3.0},
                    UnitCase{"unit = \"notional\"\n", "BTCUSD", "BTC", 2.0},
                    UnitCase{"unit = \"base\"\n", "BTCUSD", "BTC", 2.0},
                    UnitCase{"unit = \"contracts\"\n", "BTCUSD", "USDT", 400.0},
                    UnitCase{"basis = \"entry\"\n", "BTCUSDT", "USDT", 75'000.0},
                    UnitCase{"basis = \"entry\"\nunit = \"base\"\n", "BTCUSDT", "USDT", 3.0},
                    UnitCase{"basis = \"entry\"\nunit = \"contracts\"\n", "BTCUSDT", "USDT", 3.0},
                    UnitCase{"basis = \"entry\"\n", "BTCUSD", "BTC", 1.6},
                    UnitCase{"basis = \"entry\"\nunit = \"contracts\"\n", "BTCUSD", "BTC", 400.0}));

TEST(PositionMapping, FundingIsPaidByLongsOnTheMarkLegInTheSettlementCoin)
{
    std::string text = account_with(
        "{ instrument = \"BTCUSDT\", size = 3, entry_price = 20_000 },"
        "{ instrument = \"BTCUSD\", size = -400, entry_price = 20_000 }");
    text.replace(text.find("quote = \"USDT\"\n"), 15,
                 "quote = \"USDT\"\nfunding_rate_per_interval = 0.001\n");
    text.replace(text.find("contract_size = 100"), 19,
                 "contract_size = 100\nfunding_rate_per_interval = 0.002\n");
    BuiltScenario<> const scenario{text};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const& account = program.tables[program.accounts][0];
    auto const slots = program.tables[program.carry_slots];
    auto const terms = program.tables[account.carry_terms];

    // Slot 0: S_BTC / S_USDT per time, slot 1: S_USDT / S_BTC. The balance falls by coefficient x
    // carry: the long pays 0.001 x 3 x 20,000 = 60 USDT, the short gets 0.002 x 40,000 / 20,000
    // BTC.
    ASSERT_EQ(slots.size(), 2);
    EXPECT_EQ(slots[0].mark_asset, 0);
    EXPECT_EQ(slots[0].settlement_asset, 1);
    EXPECT_EQ(slots[1].mark_asset, 1);
    EXPECT_EQ(slots[1].settlement_asset, 0);
    EXPECT_EQ(slots[0].interval_seconds, 28'800);
    ASSERT_EQ(terms.size(), 2);
    auto const holdings = program.tables[account.holdings];
    EXPECT_EQ(terms[holdings[1].carry_first].coefficient, 0.003);  // USDT
    EXPECT_EQ(terms[holdings[0].carry_first].coefficient, -80.0);  // BTC
    EXPECT_EQ(holdings[0].carry_count, 1);
}

TEST(PositionMapping, PositionsOfOneMarkLegAndClockShareACarrySlot)
{
    std::string text = account_with("{ instrument = \"BTCUSDT\", size = 3, entry_price = 20_000 }");
    text.replace(text.find("quote = \"USDT\"\n"), 15,
                 "quote = \"USDT\"\nfunding_rate_per_interval = 0.001\n");
    text += R"(
[[instrument]]
name = "BTCUSDT2"
venue = "exchange"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
funding_rate_per_interval = -0.0005
[[venue]]
name = "unused"
)";
    text.replace(text.find("[\"BTCUSDT\", \"BTCUSD\"]"), 21,
                 "[\"BTCUSDT\", \"BTCUSD\", \"BTCUSDT2\"]");
    BuiltScenario<> const scenario{text};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();

    EXPECT_EQ(program.carry_slots.size, 1);
    auto const instruments = program.tables[program.instruments];
    EXPECT_EQ(instruments[0].carry_slot, instruments[2].carry_slot);
    EXPECT_EQ(instruments[1].carry_slot, -1);
}

/// Another exchange with a BTCUSDT of its own: ten coins a contract, five times the requirement.
std::string const second_exchange = R"(
[[venue]]
name = "second"
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1 }]
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [{ floor = 0, maintenance_rate = 0.05, max_leverage = 10 }]
[[instrument]]
name = "BTCUSDT"
venue = "second"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
contract_size = 10
[[account]]
name = "other"
venue = "second"
balances = { USDT = 100_000 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 20_000 }]
)";

TEST(PositionMapping, AnInstrumentIsThatOfItsAccountsVenue)
{
    BuiltScenario<> const scenario{
        account_with("{ instrument = \"BTCUSDT\", size = 1, entry_price = 20_000 }")
        + second_exchange};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const position_of = [&](std::int32_t account) {
        return program.tables[program.tables[program.accounts][account].positions][0];
    };
    auto const maintenance_rate_of = [&](Position<double> const& position) {
        Instrument const& instrument = program.tables[program.instruments][position.instrument];
        return program.tables[program.tables[program.rules.schedules][instrument.schedule].tiers][0]
            .rate;
    };

    EXPECT_EQ(position_of(0).leg_a, 1.0);
    EXPECT_EQ(position_of(1).leg_a, 10.0);
    EXPECT_EQ(maintenance_rate_of(position_of(0)), 0.01);
    EXPECT_EQ(maintenance_rate_of(position_of(1)), 0.05);
}

/// Of whichever account is called.
TEST(PositionMapping, AReductionNamesTheInstrumentsOfAllVenues)
{
    std::string const owner = "owner = \"fund\"\n";
    BuiltScenario<> const scenario{
        account_with("{ instrument = \"BTCUSDT\", size = 1, entry_price = 20_000 }") + owner
        + second_exchange + owner + R"(
[[owner]]
name = "fund"
[[owner.response]]
action = "reduce"
from = "BTCUSDT"
target_health = 3
)"};
    ASSERT_TRUE(scenario.built) << scenario.said();
    Program<double> const program = scenario.program();
    auto const rules = program.tables[program.tables[program.owners][0].responses];
    auto const instruments = program.tables[program.instruments];

    ASSERT_EQ(rules.size(), 1);
    ASSERT_EQ(instruments.size(), 3);
    EXPECT_EQ(instruments[0].symbol, rules[0].from);
    EXPECT_NE(instruments[1].symbol, rules[0].from);
    EXPECT_EQ(instruments[2].symbol, rules[0].from);
    EXPECT_EQ(scenario.said().find("no account of this owner"), std::string::npos);
}

/// Futures of one name and other terms have prices of their own; of the same terms, one price.
TEST(PositionMapping, DatedContractsOfOneNameArePricedByTheirTerms)
{
    auto const with_futures = [](std::string const& basis) {
        std::string text = market_and_venue;
        for (std::string const venue : {"exchange", "second"})
            text += (venue == "second" ? second_exchange : "") + "[[instrument]]\nname = \"BTCZ5\"\nvenue = \"" + venue
                    + "\"\nkind = \"linear_future\"\nbase = \"BTC\"\nquote = \"USDT\"\nexpiry = "
                      "2025-12-26T08:00:00Z\nbasis = "
                    + (venue == "second" ? basis : "0.05") + "\n";
        for (std::string const venue : {"exchange", "second"})
            text.insert(text.find("\"BTCUSDT\"", text.find("name = \"" + venue + "\"")),
                        "\"BTCZ5\", ");
        return text;
    };
    BuiltScenario<> const apart{with_futures("0.10")};
    BuiltScenario<> const alike{with_futures("0.05")};
    ASSERT_TRUE(apart.built) << apart.said();
    ASSERT_TRUE(alike.built) << alike.said();

    EXPECT_EQ(apart.built->names.assets,
              (std::vector<std::string>{"BTC", "USDT", "exchange/BTCZ5", "second/BTCZ5"}));
    EXPECT_EQ(alike.built->names.assets, (std::vector<std::string>{"BTC", "USDT", "BTCZ5"}));
}

}  // namespace
}  // namespace brink::test
