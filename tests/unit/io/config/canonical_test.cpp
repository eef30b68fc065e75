// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <string>

namespace brink {
namespace {

using test::read_good;
using test::replaced;
using test::small_scenario;

std::string const configs = std::string{BRINK_SOURCE_DIR} + "/configs/";

ReadResult read_file(std::string const& path)
{
    Problems problems;
    ReadResult result = read_scenario(path, {}, problems);
    EXPECT_TRUE(problems.empty()) << test::all_messages(problems);
    return result;
}

TEST(Canonical, IsTheSameForTheSameValuesHoweverWritten)
{
    std::string const spelled =
        replaced(replaced(replaced(small_scenario, "paths = 1000", "paths = 1_000 # few\nseed = 1"),
                          "horizon = \"P1D\"", "horizon = \"PT24H\""),
                 "2025-07-01T00:00:00Z", "2025-07-01T02:00:00+02:00");

    EXPECT_EQ(read_good(small_scenario).scenario.canonical, read_good(spelled).scenario.canonical);
}

TEST(Canonical, DiffersWhereAValueDiffers)
{
    auto const plain = read_good(small_scenario);
    auto const changed = read_good(small_scenario, {"asset.BTC.volatility=0.6000000000000001"});

    EXPECT_NE(plain.scenario.canonical, changed.scenario.canonical);
    EXPECT_EQ(plain.effective.at("asset.BTC.volatility"), "0.6");
    EXPECT_EQ(changed.effective.at("asset.BTC.volatility"), "0.6000000000000001");
}

TEST(Canonical, WritesOptionsInForceAndDefaults)
{
    auto const effective = read_good(small_scenario, {"run.paths=5"}).effective;

    EXPECT_EQ(effective.at("run.paths"), "5");
    EXPECT_EQ(effective.at("run.precision"), "\"float\"");
    EXPECT_EQ(effective.at("venue.exchange.liquidation.reduction"), "\"full\"");
    EXPECT_EQ(effective.at("account.main.positions.BTCUSDT.size"), "2.0");
    EXPECT_EQ(effective.at("account.main.balances.USDT"), "20000.0");
}

TEST(Canonical, EscapesText)
{
    std::string const name = "a\\\"b\\\\c\\u0001";
    auto const result = read_good(small_scenario, {"run.name=\"" + name + "\""});

    EXPECT_EQ(result.scenario.run.name, "a\"b\\c\x01");
    EXPECT_EQ(read_good(result.scenario.canonical).scenario.run.name, result.scenario.run.name);
}

/// Every scenario that is shipped: correct, and its canonical text stands for it without any file.
class ShippedScenario : public testing::TestWithParam<std::string> {};

TEST_P(ShippedScenario, ReadsBackFromItsCanonicalTextAlone)
{
    ReadResult const first = read_file(configs + GetParam());

    ReadResult const again = read_good(first.scenario.canonical, {}, "elsewhere/stored");

    EXPECT_EQ(again.scenario.canonical, first.scenario.canonical);
    EXPECT_EQ(again.effective, first.effective);
    EXPECT_EQ(again.scenario.sources.size(), 1U);
}

TEST_P(ShippedScenario, SaysFirstWhichQuestionItAnswers)
{
    std::string const text = read_file(configs + GetParam()).scenario.sources.front().text;

    std::string const comment = text.substr(0, text.find("\n["));
    EXPECT_THAT(comment, testing::HasSubstr("?"));
}

std::vector<std::string> shipped()
{
    std::vector<std::string> names{"quickstart.toml"};
    for (auto const& entry : std::filesystem::directory_iterator{configs + "examples"})
        if (entry.path().extension() == ".toml")
            names.push_back("examples/" + entry.path().filename().string());
    return names;
}

INSTANTIATE_TEST_SUITE_P(Configs, ShippedScenario, testing::ValuesIn(shipped()));

}  // namespace
}  // namespace brink
