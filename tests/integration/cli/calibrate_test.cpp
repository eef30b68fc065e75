// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/integration/cli/brink_cli.hpp"
#include "tests/support/file_bytes.hpp"

namespace brink::test {
namespace {

using ::testing::HasSubstr;

/// Daily prices of BTC and ETH with fat tails.
std::string history(int days = 400)
{
    std::mt19937_64 engine{7};
    std::normal_distribution<double> normal;
    std::string text = "time,BTC,ETH\n";
    double btc = 100, eth = 10;
    for (int i = 0; i < days; ++i) {
        double const wide = i % 25 == 0 ? 4 : 1, a = normal(engine), b = normal(engine);
        text += std::to_string(1'609'459'200 + i * 86'400) + "," + std::to_string(btc) + ","
                + std::to_string(eth) + "\n";
        btc *= std::exp(0.02 * wide * a);
        eth *= std::exp(0.03 * wide * (0.7 * a + 0.7 * b));
    }
    return text;
}

constexpr char const* scenario = R"([run]
as_of = 2025-07-01T00:00:00Z
paths = 1000
horizon = "P5D"
step = "P1D"
[market]
include = "m.toml"
[[asset]]
name = "BTC"
price = 100000
[[asset]]
name = "ETH"
price = 2500
[[asset]]
name = "USDT"
model = "fixed"
price = 1
[[instrument]]
name = "BTCUSDT"
venue = "v"
kind = "linear_perp"
base = "BTC"
quote = "USDT"
[[venue]]
name = "v"
call = "health"
call_health = 1.2
[[venue.schedules]]
instruments = ["BTCUSDT"]
tiers = [{ floor = 0, maintenance_rate = 0.01, max_leverage = 50 }]
[[venue.collateral]]
asset = "USDT"
tiers = [{ floor = 0, ratio = 1 }]
[[venue.collateral]]
asset = "ETH"
tiers = [{ floor = 0, ratio = 0.9 }]
[[account]]
name = "a"
venue = "v"
balances = { USDT = 10000, ETH = 4 }
positions = [{ instrument = "BTCUSDT", size = 1, entry_price = 100000 }]
)";

class Calibrate : public ::testing::Test {
  protected:
    TemporaryFolder folder;
    std::string const prices = (folder / "p.csv").string();
    std::string const market = (folder / "m.toml").string();

    Calibrate() { write_bytes(prices, history()); }

    ProgramRun calibrate(std::string const& model, Arguments const& more = {}) const
    {
        Arguments arguments{"calibrate", prices, "--model", model, "-o", market};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return brink(arguments);
    }
};

TEST_F(Calibrate, WritesAMarketThatRunsAsItIs)
{
    write_bytes(folder / "s.toml", scenario);
    for (char const* model : {"gbm", "student_t", "merton", "kou", "gjr_garch"}) {
        ProgramRun const fit = calibrate(model, {"--force"});
        ASSERT_EQ(fit.status, 0) << fit.err;
        EXPECT_THAT(fit.out, HasSubstr("written to " + market));

        ProgramRun const run = brink({"run", (folder / "s.toml").string(), "-q", "-o",
                                      (folder / "s.h5").string(), "--force"});
        EXPECT_EQ(run.status, 0) << model << run.err << file_bytes(market);
        std::string const text = file_bytes(market);
        EXPECT_THAT(text, HasSubstr(std::string{"model = '"} + model + "'")) << text;
        for (char const* part :
             {"+-", "399 log returns over P1D, 2021-01-01T00:00:00Z to 2022-02-04",
              "log-likelihood", "BIC", "Kolmogorov", "Ljung-Box", "sample drift", "drift = 0.0",
              "date = '2022-02-04'"})
            EXPECT_THAT(text, HasSubstr(part));
    }
}

TEST_F(Calibrate, WritesRegimesThatRunAsTheyAre)
{
    write_bytes(folder / "s.toml", scenario);
    ProgramRun const fit = calibrate("gbm", {"--regimes", "2"});
    ASSERT_EQ(fit.status, 0) << fit.err;

    ProgramRun const run =
        brink({"run", (folder / "s.toml").string(), "-o", (folder / "s.h5").string()});
    EXPECT_EQ(run.status, 0) << run.err << file_bytes(market);
    EXPECT_THAT(run.out, HasSubstr("crash"));
    for (char const* part : {"[[regimes]]", "name = 'calm'", "name = 'crash'", "mean_duration = 'P",
                             "volatilities = {", "correlation = {", "mean duration [days]"})
        EXPECT_THAT(file_bytes(market), HasSubstr(part));
    EXPECT_EQ(calibrate("merton", {"--regimes", "2", "--force"}).status, 64);
    EXPECT_EQ(calibrate("gbm", {"--regimes", "3", "--force"}).status, 64);
}

TEST_F(Calibrate, WritesACopulaThatRunsAsItIs)
{
    write_bytes(folder / "s.toml", scenario);
    for (Arguments const& with : {Arguments{}, Arguments{"--regimes", "2"}}) {
        Arguments more{"--copula", "student_t", "--force"};
        more.insert(more.end(), with.begin(), with.end());
        ProgramRun const fit = calibrate("gbm", more);
        ASSERT_EQ(fit.status, 0) << fit.err;
        EXPECT_THAT(fit.out, HasSubstr("copula: degrees of freedom "));
        for (char const* part : {"copula = 'student_t'", "mixing = 'P1D'", "Student-t copula: ",
                                 "of a Gaussian copula", "# Of the t variables of the copula."})
            EXPECT_THAT(file_bytes(market), HasSubstr(part));
        ProgramRun const run = brink({"run", (folder / "s.toml").string(), "-q", "-o",
                                      (folder / "s.h5").string(), "--force"});
        EXPECT_EQ(run.status, 0) << run.err << file_bytes(market);
    }
}

TEST_F(Calibrate, RefusesACopulaBesideWhatHasItsOwnDependence)
{
    for (char const* model : {"student_t", "gjr_garch"})
        EXPECT_EQ(calibrate(model, {"--copula", "student_t"}).status, 64) << model;
    EXPECT_EQ(calibrate("gbm", {"--copula", "clayton"}).status, 64);
    EXPECT_EQ(calibrate("gbm", {"--copula", "student_t", "--correlation", "ledoit-wolf"}).status,
              64);
    ProgramRun const alone = calibrate("gbm", {"--copula", "student_t", "--assets", "BTC"});
    EXPECT_EQ(alone.status, 65);
    EXPECT_THAT(alone.err, HasSubstr("one asset has nothing to hang together with"));
    EXPECT_THAT(files_in(folder.path()), ::testing::ElementsAre("p.csv"));
}

TEST_F(Calibrate, RefusesOptionsOfPegsThatNameNone)
{
    ProgramRun const run = calibrate("peg", {"--assets", "ETH", "--reference", "BTC=ETH", "--ratio",
                                             "X=Y/Z", "--accrual", "SOL"});
    EXPECT_EQ(run.status, 64);
    for (char const* column : {"BTC", "X", "SOL"})
        EXPECT_THAT(run.err, HasSubstr(std::string{column} + " is not among --assets"));
    EXPECT_EQ(calibrate("gbm", {"--accrual", "ETH"}).status, 64);
    EXPECT_THAT(files_in(folder.path()), ::testing::ElementsAre("p.csv"));
}

/// ETH over BTC, as if one were pegged to the other, and a ratio column.
TEST_F(Calibrate, WritesPegsThatRunAsTheyAre)
{
    std::string text = "time,COIN,stCOIN,wst_COIN\n";
    std::mt19937_64 engine{2};
    std::normal_distribution<double> normal;
    double coin = 100, d = 0;
    for (int i = 0; i < 500; ++i) {
        double const gap = i >= 200 && i < 230 ? 0.05 : 0;
        text += std::to_string(1'609'459'200 + i * 3'600) + "," + std::to_string(coin) + ","
                + std::to_string(coin * std::exp(d - gap)) + "," + std::to_string(1.1 + d) + "\n";
        coin *= std::exp(0.01 * normal(engine));
        d = 0.8 * d + 0.0005 * normal(engine);
    }
    write_bytes(prices, text);
    ProgramRun const fit =
        calibrate("peg", {"--assets", "stCOIN,wst_COIN", "--reference", "stCOIN=COIN", "--ratio",
                          "wst_COIN=wstCOIN/COIN", "--accrual", "wst_COIN"});
    ASSERT_EQ(fit.status, 0) << fit.err;
    for (char const* part :
         {"model = 'peg'", "reference = 'COIN'", "depeg_rate", "name = 'wstCOIN'", "half_life = 'P",
          "--ratio wst_COIN=wstCOIN/COIN", ", accrual = ", " at the end, growing by "})
        EXPECT_THAT(file_bytes(market), HasSubstr(part)) << file_bytes(market);

    write_bytes(folder / "s.toml", R"([run]
as_of = 2025-07-01T00:00:00Z
paths = 500
horizon = "P2D"
step = "PT1H"
[market]
include = "m.toml"
[[asset]]
name = "COIN"
price = 100
volatility = 0.9
[[asset]]
name = "stCOIN"
price = 100
[[asset]]
name = "wstCOIN"
price = 110
[[venue]]
name = "v"
[[venue.collateral]]
asset = "stCOIN"
tiers = [{ floor = 0, ratio = 0.9 }]
[[venue.collateral]]
asset = "wstCOIN"
tiers = [{ floor = 0, ratio = 0.9 }]
[[account]]
name = "a"
venue = "v"
balances = { stCOIN = 10, wstCOIN = 10 }
)");
    ProgramRun const run =
        brink({"run", (folder / "s.toml").string(), "-q", "-o", (folder / "s.h5").string()});
    EXPECT_EQ(run.status, 0) << run.err << file_bytes(market);
    EXPECT_EQ(calibrate("peg").status, 64);
    EXPECT_EQ(calibrate("peg", {"--assets", "stCOIN", "--reference", "COIN", "--force"}).status,
              64);
    EXPECT_EQ(calibrate("gbm", {"--reference", "stCOIN=COIN", "--force"}).status, 64);
    EXPECT_EQ(calibrate("peg", {"--assets", "stCOIX", "--force"}).status, 64);
}

TEST_F(Calibrate, LeavesAnExistingFileAlone)
{
    write_bytes(market, "mine");

    EXPECT_EQ(calibrate("gbm").status, 73);
    EXPECT_EQ(file_bytes(market), "mine");
    EXPECT_EQ(calibrate("gbm", {"--force"}).status, 0);
    EXPECT_NE(file_bytes(market), "mine");
    EXPECT_THAT(files_in(folder.path()), ::testing::ElementsAre("m.toml", "p.csv"));
}

TEST_F(Calibrate, RefusesACommandLineThatIsWrong)
{
    EXPECT_EQ(calibrate("garch").status, 64);
    EXPECT_EQ(calibrate("gbm", {"--correlation", "kendall"}).status, 64);
    EXPECT_EQ(calibrate("gbm", {"--volatility", "garch"}).status, 64);
    for (char const* model : {"merton", "kou"})
        EXPECT_EQ(calibrate(model, {"--volatility", "ewma"}).status, 64) << model;
    EXPECT_EQ(calibrate("gbm", {"--from", "soon"}).status, 64);
    EXPECT_EQ(calibrate("gbm", {"--from", "2022-01-01", "--to", "2021-01-01"}).status, 64);
    EXPECT_EQ(calibrate("gbm", {"--assets", "BTC,BTC"}).status, 64);
    EXPECT_EQ(brink({"calibrate", prices, "-o", market}).status, 64);
    ProgramRun const unknown = calibrate("gbm", {"--assets", "BTD"});
    EXPECT_EQ(unknown.status, 64);
    EXPECT_THAT(unknown.err, HasSubstr("no file has prices of BTD (did you mean \"BTC\"?)"));
    EXPECT_THAT(files_in(folder.path()), ::testing::ElementsAre("p.csv"));
}

TEST_F(Calibrate, ReportsAMissingFileAndAPlaceThatCannotBeWritten)
{
    EXPECT_EQ(brink({"calibrate", "/no/such.csv", "--model", "gbm", "-o", market}).status, 66);
    EXPECT_EQ(brink({"calibrate", prices, "--model", "gbm", "-o", "/proc/no/m.toml"}).status, 73);
    EXPECT_THAT(files_in(folder.path()), ::testing::ElementsAre("p.csv"));
}

TEST_F(Calibrate, TakesAssetsWindowAndMethods)
{
    ProgramRun const run =
        calibrate("student_t", {"--assets", "ETH,BTC", "--from", "2021-02-01", "--to", "2021-12-31",
                                "--correlation", "ledoit-wolf", "--volatility", "ewma"});

    ASSERT_EQ(run.status, 0) << run.err;
    std::string const text = file_bytes(market);
    EXPECT_THAT(text, HasSubstr("333 log returns over P1D, 2021-02-01T00:00:00Z to 2021-12-31"));
    EXPECT_THAT(text, HasSubstr("assets = ['ETH', 'BTC']"));
    EXPECT_THAT(text, HasSubstr("Ledoit-Wolf shrinkage"));
    EXPECT_THAT(text, HasSubstr("exponentially weighted, decay 0.94"));
}

TEST_F(Calibrate, NamesTheAssetOfBarsOnRequest)
{
    std::string bars = "time,close\n";
    for (int i = 0; i < 50; ++i)
        bars += std::to_string(1'609'459'200 + i * 3'600) + "," + std::to_string(5 + i % 7) + "\n";
    write_bytes(folder / "x.csv", bars);

    ProgramRun const run =
        brink({"calibrate", "SOL=" + (folder / "x.csv").string(), "--model", "gbm", "-o", market});

    ASSERT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(file_bytes(market), HasSubstr("name = 'SOL'"));
    EXPECT_THAT(file_bytes(market), ::testing::Not(HasSubstr("[correlation]")));
}

}  // namespace
}  // namespace brink::test
