// SPDX-License-Identifier: Apache-2.0
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace brink {
namespace {

using testing::HasSubstr;

/// A scenario whose accounts stand in book.csv beside it.
class BookCsv : public testing::Test {
  protected:
    test::TemporaryFolder folder_;
    Problems problems_;

    Scenario read(std::string const& book, std::string const& account_keys)
    {
        std::string text = test::small_scenario;
        text.resize(text.find("[[account]]"));
        text += "[[account]]\nbook = \"book.csv\"\n" + account_keys;
        std::ofstream{folder_.path() / "book.csv"} << book;
        return read_scenario_text(text, (folder_.path() / "s.toml").string(), {}, problems_)
            .scenario;
    }
    std::string messages() const { return test::all_messages(problems_); }
};

TEST_F(BookCsv, MakesAccountsOfRowsAndGroupsOfOtherColumns)
{
    Scenario const scenario = read(
        "account,owner,venue,mode,kind,asset,instrument,amount,size,"
        "entry_price,leverage,margin,desk\n"
        "a,fund,exchange,isolated,balance,USDT,,5000,,,,,asia\n"
        "a,,,,position,,BTCUSDT,,-0.5,101000,10,4000,\n"
        "b,fund,exchange,,balance,BTC,,2,,,,,\n",
        "");

    ASSERT_TRUE(problems_.empty()) << messages();
    ASSERT_EQ(scenario.accounts.size(), 2U);
    AccountConfig const& a = scenario.accounts[0];
    EXPECT_EQ(a.mode, MarginMode::isolated);
    EXPECT_EQ(a.positions.at(0).size, -0.5);
    EXPECT_EQ(a.positions.at(0).margin, 4'000);
    EXPECT_EQ(a.groups.at("desk"), "asia");
    EXPECT_FALSE(a.named);
    EXPECT_EQ(scenario.accounts[1].balances, (Amounts{{"BTC", 2}}));
    EXPECT_EQ(scenario.sources.at(1).role, "book");
}

TEST_F(BookCsv, TakesAssetAndAmountForAPosition)
{
    Scenario const scenario = read(
        "account,kind,asset,amount,entry_price\n"
        "a,balance,USDT,5000,\na,position,BTCUSDT,0.1,100000\n",
        "owner = \"fund\"\nvenue = \"exchange\"\n");

    ASSERT_TRUE(problems_.empty()) << messages();
    EXPECT_EQ(scenario.accounts.at(0).positions.at(0).instrument, "BTCUSDT");
    EXPECT_EQ(scenario.accounts.at(0).owner, "fund");
}

TEST_F(BookCsv, GivesEachAccountAnOwnerWithTheResponsesOfAnother)
{
    Scenario const scenario = read(
        "account,kind,asset,amount\n"
        "a,balance,USDT,5000\na,reserve,USDT,700\nb,balance,USDT,1\n"
        "b,reserve,USDT,0\n",
        "venue = \"exchange\"\nresponse_of = \"fund\"\n");

    ASSERT_TRUE(problems_.empty()) << messages();
    ASSERT_EQ(scenario.owners.size(), 3U);
    EXPECT_EQ(scenario.owners[1].name, "a");
    EXPECT_EQ(scenario.owners[1].reserve, (Amounts{{"USDT", 700}}));
    ASSERT_EQ(scenario.owners[1].response.size(), 1U);
    EXPECT_EQ(scenario.owners[1].response[0].target_health, 2);
}

TEST_F(BookCsv, RefusesAnOwnerThatNobodyDefines)
{
    (void)read("account,owner,kind,asset,amount\na,found,balance,USDT,5000\n",
               "venue = \"exchange\"\n");

    EXPECT_THAT(messages(),
                HasSubstr("book.csv:2:3: error: account[0].owner: unknown owner \"found\" "
                          "(did you mean \"fund\"?)"));
    EXPECT_EQ(problems_.exit_code(), ExitCode::data);
}

TEST_F(BookCsv, ReportsEveryBadCellWithItsPlace)
{
    (void)read(
        "account,kind,asset,amount,entry_price,leverage\n"
        "a,balance,USDT,x,,\n"
        "a,balance,USDT,5,7,\n"
        "a,position,BTCUSDT,0.1,,\n"
        "a,balance,USDT,5,,\n"
        ",balance,USDT,5,,\n"
        "a,position,BTCUSDT,0.1,100000,200\n",
        "owner = \"fund\"\nvenue = \"exchange\"\n");

    std::string const text = messages();
    EXPECT_THAT(text, HasSubstr("book.csv:2:16: error: amount: \"x\" is not a number"));
    EXPECT_THAT(text, HasSubstr("book.csv:3:18: error: entry_price: a balance has no entry_price"));
    EXPECT_THAT(text,
                HasSubstr("book.csv:4:1: error: account[0].positions[0].entry_price: required "
                          "key is missing"));
    EXPECT_THAT(text,
                HasSubstr("book.csv:5:11: error: asset: USDT is listed twice (first in line 3)"));
    EXPECT_THAT(text, HasSubstr("book.csv:6:1: error: account: names no account"));
    EXPECT_THAT(text, HasSubstr("book.csv:7:31: error: account[0].positions[1].leverage: 200x"));
}

TEST_F(BookCsv, WarnsOfAColumnThatIsNearlyAKnownOne)
{
    (void)read("account,kind,asset,amount,leverag\na,balance,USDT,5000,3\n",
               "owner = \"fund\"\nvenue = \"exchange\"\n");

    EXPECT_TRUE(problems_.empty()) << messages();
    EXPECT_THAT(problems_.warnings(), testing::Contains(testing::Field(&Problem::suggestion,
                                                                       "did you mean the column "
                                                                       "leverage?")));
}

TEST_F(BookCsv, ReadsThousandsOfAccounts)
{
    std::string book = "account,kind,asset,amount,entry_price,desk\n";
    for (int i = 0; i < 5'000; ++i) {
        std::string const name = "c" + std::to_string(i);
        book += name + ",balance,USDT,5000,,asia\n";
        book += name + ",position,BTCUSDT,0.1,100000,\n";
    }

    Scenario const scenario = read(book, "owner = \"fund\"\nvenue = \"exchange\"\n");

    EXPECT_TRUE(problems_.empty()) << messages();
    EXPECT_EQ(scenario.accounts.size(), 5'000U);
    EXPECT_EQ(scenario.accounts.back().name, "c4999");
}

}  // namespace
}  // namespace brink
