// SPDX-License-Identifier: Apache-2.0
// Every shipped market file as it is, with a book that holds all of its assets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "models/market/market_view.hpp"
#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace brink::test {
namespace {

std::vector<std::filesystem::path> market_files()
{
    std::vector<std::filesystem::path> files;
    for (auto const& entry :
         std::filesystem::directory_iterator{std::string{BRINK_SOURCE_DIR} + "/configs/markets"})
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// Names of the [[asset]] tables.
std::vector<std::string> assets_of(std::string const& text)
{
    std::vector<std::string> names;
    std::regex const name{R"re(\[\[asset\]\]\s*\nname = ['"](\w+)['"])re"};
    for (auto at = std::sregex_iterator{text.begin(), text.end(), name};
         at != std::sregex_iterator{}; ++at)
        names.push_back((*at)[1]);
    return names;
}

/// Ten days in steps of a day, or in hours where a draw of the market holds for one.
std::string book_of(std::filesystem::path const& market, std::size_t num_assets)
{
    std::string const text = file_bytes(market);
    bool const hourly = text.find("mixing = 'PT1H'") != std::string::npos;
    std::string config =
        "[run]\nas_of = 2025-07-01T00:00:00Z\npaths = 500\nhorizon = \"P10D\"\n"
        "step = \"";
    config += hourly ? "PT1H" : "P1D";
    config += "\"\n[market]\ninclude = \"" + market.string() + "\"\n";
    std::string balances;
    std::string const venue = "[[venue]]\nname = \"v\"\n";
    std::string collateral;
    auto assets = assets_of(text);
    assets.resize(std::min(assets.size(), num_assets));
    std::smatch reference;  // of a peg: an asset of the scenario
    if (std::regex_search(text, reference, std::regex{R"re(reference = '(\w+)')re"}))
        config += "[[asset]]\nname = \"" + reference[1].str() + "\"\nprice = 1\nvolatility = 0.7\n";
    for (std::string const& asset : assets) {
        config += "[[asset]]\nname = \"" + asset + "\"\nprice = 1\n";
        collateral += "[[venue.collateral]]\nasset = \"" + asset
                      + "\"\ntiers = [{ floor = 0, ratio = 0.9 }]\n";
        balances += (balances.empty() ? "" : ", ") + asset + " = 10";
    }
    return config + venue + collateral + "[[account]]\nname = \"a\"\nvenue = \"v\"\nbalances = { "
           + balances + " }\n";
}

class MarketFile : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(MarketFile, RunsAsItIs)
{
    TemporaryFolder const folder;
    ASSERT_FALSE(assets_of(file_bytes(GetParam())).empty());
    write_bytes(folder / "all.toml", book_of(GetParam(), max_assets));
    write_bytes(folder / "s.toml", book_of(GetParam(), 5));  // any build has kernels for five

    ProgramRun const checked = brink({"validate", (folder / "all.toml").string()});
    ProgramRun const run =
        brink({"run", (folder / "s.toml").string(), "-o", (folder / "s.h5").string()});

    EXPECT_TRUE(checked.status == 0 || checked.status == 69) << checked.err;  // 69: no such kernels
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.out, ::testing::HasSubstr("standard deviation"));
    EXPECT_THAT(run.err, ::testing::Not(::testing::HasSubstr("error")));
}

TEST_P(MarketFile, SaysWhereItsNumbersComeFrom)
{
    std::string const text = file_bytes(GetParam());
    for (char const* part : {"source = ", "date = ", "volatilit"})
        EXPECT_THAT(text, ::testing::HasSubstr(part));
    EXPECT_THAT(text, ::testing::Not(::testing::ContainsRegex("from /|calibrate /")));
}

INSTANTIATE_TEST_SUITE_P(Shipped, MarketFile, ::testing::ValuesIn(market_files()),
                         [](auto const& tested) { return tested.param.stem().string(); });

}  // namespace
}  // namespace brink::test
