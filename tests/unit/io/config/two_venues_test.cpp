// SPDX-License-Identifier: Apache-2.0
// One name of an instrument at two venues.
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace brink {
namespace {

using test::messages_for;
using test::read_good;
using test::replaced;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

/// BTCUSDT at two exchanges, in USDT at one and in USDC at the other; `rules` of either.
std::string two_exchanges(std::string const& rules)
{
    std::string text = R"(
[run]
as_of = 2025-07-01T00:00:00Z
horizon = "P1D"
step = "PT1H"
[[asset]]
name = "BTC"
price = 100_000
volatility = 0.6
[[asset]]
name = "USDT"
model = "fixed"
price = 1.0
[[asset]]
name = "USDC"
model = "fixed"
price = 1.0
)";
    for (std::string const which : {"one", "two"})
        text += "[[venue]]\nname = \"" + which + "\"\n" + rules
                + "[[instrument]]\nname = \"BTCUSDT\"\nvenue = \"" + which
                + "\"\nkind = \"linear_perp\"\nbase = \"BTC\"\nquote = \""
                + (which == "one" ? "USDT" : "USDC") + "\"\n[[account]]\nname = \"at_" + which
                + "\"\nvenue = \"" + which
                + "\"\nbalances = { USDT = 20_000 }\npositions = [{ instrument = \"BTCUSDT\", "
                  "size = 1, entry_price = 100_000, leverage = 10 }]\n";
    return text;
}

std::string const own_rules = R"(collateral = [
    { asset = "USDT", tiers = [{ floor = 0, ratio = 1 }] },
    { asset = "USDC", tiers = [{ floor = 0, ratio = 1 }] },
]
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]
)";

TEST(TwoVenues, HaveOneSymbolEach)
{
    Scenario const scenario = read_good(two_exchanges(own_rules)).scenario;

    ASSERT_EQ(scenario.instruments.size(), 2U);
    EXPECT_EQ(scenario.instruments[0].settlement, "USDT");
    EXPECT_EQ(scenario.instruments[1].settlement, "USDC");
    EXPECT_EQ(scenario.venues[1].schedules[0].instruments, std::vector<std::string>{"BTCUSDT"});
}

TEST(TwoVenues, LeaveOutIncludedRowsOfWhatOnlyTheOtherOneTrades)
{
    test::TemporaryFolder const folder;
    std::ofstream{folder.path() / "rules.toml"} << R"([[collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1 }]
[[collateral]]
asset = "USDC"
tiers = [{ floor = 0, ratio = 1 }]
[[schedules]]
instruments = ["BTCUSDT", "BTCPERP"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]
)";
    std::string const text =
        two_exchanges("include = \"rules.toml\"\n")
        + "[[instrument]]\nname = \"BTCPERP\"\nvenue = \"two\"\nkind = \"linear_perp\"\nbase = "
          "\"BTC\"\nquote = \"USDC\"\n";

    Scenario const scenario = read_good(text, {}, (folder.path() / "test.toml").string()).scenario;

    EXPECT_EQ(scenario.venues[0].schedules[0].instruments, std::vector<std::string>{"BTCUSDT"});
    EXPECT_EQ(scenario.venues[1].schedules[0].instruments,
              (std::vector<std::string>{"BTCUSDT", "BTCPERP"}));
}

TEST(TwoVenues, AreToldApartInOptions)
{
    Scenario const scenario =
        read_good(two_exchanges(own_rules), {"instrument.two/BTCUSDT.contract_size=0.001",
                                             "account.at_two.positions.BTCUSDT.size=7"})
            .scenario;

    EXPECT_EQ(scenario.instruments[0].contract_size, 1);
    EXPECT_EQ(scenario.instruments[1].contract_size, 0.001);
    EXPECT_EQ(scenario.accounts[0].positions[0].size, 1);
    EXPECT_EQ(scenario.accounts[1].positions[0].size, 7);
    EXPECT_THAT(
        messages_for(two_exchanges(own_rules), {"instrument.BTCUSDT.contract_size=0.001"}),
        HasSubstr("\"BTCUSDT\" trades at several venues; write one of one/BTCUSDT, two/BTCUSDT"));
}

TEST(TwoVenues, AreToldApartInWhatARunIsKnownBy)
{
    ReadResult const two = read_good(two_exchanges(own_rules));
    ReadResult const one = read_good(test::small_scenario);

    EXPECT_THAT(two.effective, Contains(Pair("instrument.\"one/BTCUSDT\".quote", "\"USDT\"")));
    EXPECT_THAT(two.effective, Contains(Pair("instrument.\"two/BTCUSDT\".quote", "\"USDC\"")));
    EXPECT_THAT(one.effective, Contains(Pair("instrument.BTCUSDT.quote", "\"USDT\"")));
    EXPECT_EQ(read_good(two.scenario.canonical).effective, two.effective);
}

TEST(TwoVenues, MayNotListOneNameTwice)
{
    std::string const text =
        replaced(two_exchanges(own_rules), "name = \"BTCUSDT\"\nvenue = \"two\"",
                 "name = \"BTCUSDT\"\nvenue = \"one\"");

    std::string const messages = messages_for(text);

    EXPECT_THAT(messages, HasSubstr("instrument \"BTCUSDT\" is defined twice"));
    EXPECT_THAT(messages, HasSubstr("\"BTCUSDT\" trades at \"one\", the account is at \"two\""));
}

}  // namespace
}  // namespace brink
