// SPDX-License-Identifier: Apache-2.0
#include "host/program/market_builder.hpp"
#include "host/program/correlation_factor.hpp"
#include "host/program/nearest_correlation.hpp"
#include "tests/unit/host/program/built_scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace brink::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string three_assets(std::string const& market, std::string const& matrix)
{
    return R"(
[run]
name = "test"
as_of = 2025-01-01T00:00:00Z
horizon = "P10D"
step = "PT1H"
[market]
)" + market + R"(
[market.correlation]
assets = ["A", "B", "C"]
matrix = )" + matrix
           + R"(
[[asset]]
name = "C"
price = 3
volatility = 0.3
drift = 0.1
[[asset]]
name = "D"
price = 0.1
model = "fixed"
[[asset]]
name = "A"
price = 1
volatility = 1.0
[[asset]]
name = "B"
price = 2
volatility = 0.5
[[venue]]
name = "v"
[[venue.collateral]]
asset = "A"
tiers = [{ floor = 0, ratio = 1 }]
[[account]]
name = "main"
venue = "v"
balances = { A = 1 }
)";
}

std::string const good_matrix = "[[1, 0.8, 0.5], [0.8, 1, 0.4], [0.5, 0.4, 1]]";

TEST(MarketBuilder, LoadingsReproduceVolatilitiesAndCorrelationsPerStep)
{
    BuiltScenario<> const scenario{three_assets("", good_matrix)};
    ASSERT_TRUE(scenario.built) << scenario.said();
    WideMarket const& market = scenario.built->market;
    // Order of the config: C, D, A, B.
    double const expected[4][4] = {
        {1, 0, 0.5, 0.4}, {0, 0, 0, 0}, {0.5, 0, 1, 0.8}, {0.4, 0, 0.8, 1}};
    double const volatility[4] = {0.3, 0.0, 1.0, 0.5};
    double const years = 3'600.0 / (365.0 * 86'400.0);

    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) {
            double covariance = 0.0;
            for (int k = 0; k < 32; ++k)
                covariance += market.loading[i][k] * market.loading[j][k];
            double const sought = expected[i][j] * volatility[i] * volatility[j] * years
                                  / (std::numbers::ln2 * std::numbers::ln2);
            // A few roundings of numbers below the largest variance.
            EXPECT_NEAR(covariance, sought, 1e-15 * years) << i << j;
            EXPECT_TRUE(j <= i || market.loading[i][j] == 0.0) << i << j;
        }
    EXPECT_EQ(market.factor_mask, 0b1101u);
    EXPECT_EQ(market.mixed_mask, 0u);
    EXPECT_EQ(market.is_bounded, 1u);
}

TEST(MarketBuilder, DriftAndCompensatorAreInBaseTwoPerStep)
{
    BuiltScenario<> const scenario{three_assets("", good_matrix)};
    ASSERT_TRUE(scenario.built) << scenario.said();
    WideMarket const& market = scenario.built->market;
    double const years = 3'600.0 / (365.0 * 86'400.0);

    EXPECT_DOUBLE_EQ(market.drift[0], 0.1 * years / std::numbers::ln2);
    EXPECT_DOUBLE_EQ(market.half_variance[2], 0.5 * years / std::numbers::ln2);
    EXPECT_DOUBLE_EQ(market.net_drift[2], -market.half_variance[2]);
    EXPECT_EQ(market.initial_price[1], 0.1);
    EXPECT_EQ(market.loading[1][1], 0.0);
    EXPECT_EQ(market.initial_price[4], 0.0);  // padding
}

TEST(MarketBuilder, OpeningPricesAreRoundedToTheNumberTypeOfPaths)
{
    BuiltScenario<float> const scenario{three_assets("", good_matrix)};
    ASSERT_TRUE(scenario.built) << scenario.said();

    EXPECT_EQ(scenario.built->market.initial_price[1], static_cast<double>(0.1f));
}

TEST(MarketBuilder, FixedPricesAreRecordedAsAssumptions)
{
    BuiltScenario<> const scenario{three_assets("", good_matrix)};
    ASSERT_TRUE(scenario.built) << scenario.said();

    EXPECT_THAT(scenario.built->assumptions, Contains("the price of D stays at 0.1 USD"));
}

/// `three_assets` with `keys` added to asset A, of volatility 1.
BuiltScenario<> with_keys(std::string const& keys, std::string const& market = "")
{
    std::string text = three_assets(market, good_matrix);
    std::string const place = "name = \"A\"\n";
    text.insert(text.find(place) + place.size(), keys);
    return BuiltScenario<>{text};
}

TEST(MarketBuilder, JumpsTakeTheirShareOfVolatilityAndDrift)
{
    auto const scenario = with_keys(
        "model = \"merton\"\njumps = { rate = 10, mean = -0.1, sd = 0.2 }\n",
        "common_jumps = [{ rate = 0.5, size = \"double_exponential\", up_probability = 0.25, "
        "up_mean = 0.1, down_mean = 0.2, loadings = { B = 0.5, C = -1 } }]\n");
    ASSERT_TRUE(scenario.built) << scenario.said();
    WideMarket const& market = scenario.built->market;
    double const years = 3'600.0 / (365.0 * 86'400.0);

    // Order of the config: C, D, A, B; common jumps come first.
    ASSERT_EQ(market.num_jumps, 2);
    EXPECT_EQ(market.jumps[0].mask, 0b1001u);
    EXPECT_EQ(market.jumps[0].loading[0], -1.0);
    EXPECT_EQ(market.jumps[1].mask, 0b0100u);
    EXPECT_DOUBLE_EQ(market.jumps[1].survival[0], -std::expm1(-10 * years));
    EXPECT_EQ(market.is_bounded, 0u);
    // A: 1 - 10 (0.01 + 0.04) = 0.5 of the variance is diffusion.
    EXPECT_NEAR(market.half_variance[2], 0.25 * years / std::numbers::ln2, 1e-15);
    // E exp(J) = exp(-0.1 + 0.02).
    EXPECT_NEAR(market.drift[2], -10 * std::expm1(-0.08) * years / std::numbers::ln2, 1e-15);
    // B: loading 0.5 makes means of 0.05 up and 0.1 down.
    double const growth = 0.25 / (1 - 0.05) + 0.75 / (1 + 0.1) - 1;
    EXPECT_NEAR(market.drift[3], -0.5 * growth * years / std::numbers::ln2, 1e-15);
    double const variance = 0.25 - 0.5 * 2 * (0.25 * 0.0025 + 0.75 * 0.01);
    EXPECT_NEAR(market.half_variance[3], variance / 2 * years / std::numbers::ln2, 1e-15);
}

TEST(MarketBuilder, RefusesJumpsThatNoReturnsCanHave)
{
    EXPECT_THAT(with_keys("model = \"merton\"\njumps = { rate = 100, sd = 0.2 }\n").said(),
                HasSubstr("its jumps alone make 2"));
    EXPECT_THAT(with_keys("model = \"merton\"\njumps = { rate = 1e6, sd = 1e-4 }\n").said(),
                HasSubstr("114.2 jumps are expected in one step"));
    EXPECT_THAT(with_keys("model = \"kou\"\njumps = { rate = 0.1, up_probability = 0.5, up_mean = "
                          "1, down_mean = 0.1 }\n")
                    .said(),
                HasSubstr("the expected price does not exist"));
}

TEST(MarketBuilder, StochasticVariancesAreThoseOfAStepAndScaleTheFactorItself)
{
    auto const scenario = with_keys(
        "model = \"heston\"\nheston = { mean_reversion = 4, long_run_volatility = 0.5, vol_of_vol "
        "= "
        "2, spot_vol_correlation = -0.6 }\n",
        "common_jumps = [{ rate = 1, sd = 0.3, loadings = { A = 1 } }]\n");
    ASSERT_TRUE(scenario.built) << scenario.said();
    WideMarket const& market = scenario.built->market;
    double const years = 3'600.0 / (365.0 * 86'400.0);
    double const e = std::exp(-4 * years);

    // Order of the config: C, D, A, B.
    EXPECT_EQ(market.variance_mask, 0b0100u);
    ASSERT_EQ(market.num_variances, 1);
    EXPECT_EQ(scenario.built->tables.view().market_fields, 2);
    EXPECT_EQ(market.is_bounded, 0u);
    EXPECT_DOUBLE_EQ(market.loading[2][0], 0.5);
    EXPECT_DOUBLE_EQ(market.loading[2][2], std::sqrt(0.75));
    EXPECT_EQ(market.half_variance[2], 0.0);
    VarianceProcess<double> const& process = market.variances[0];
    EXPECT_EQ(process.asset, 2);
    // Jumps make 0.09 of both variances.
    EXPECT_DOUBLE_EQ(process.initial, 0.91);
    EXPECT_NEAR(process.reversion, 0.16 * (1 - e), 1e-15);
    EXPECT_NEAR(process.slope, 4 * e * (1 - e) / 4, 1e-15);
    EXPECT_NEAR(process.offset, 0.16 * 4 * (1 - e) * (1 - e) / 8, 1e-15);
    EXPECT_DOUBLE_EQ(process.complement, 0.8);
    EXPECT_DOUBLE_EQ(process.share, 0.32 * years);
    EXPECT_NEAR(process.tilt, -0.3 * (1 + 2 * years) - 0.09 * years, 1e-15);
}

TEST(MarketBuilder, GarchBarsSetTheMixingDrawAndOmega)
{
    auto const scenario = with_keys(
        "model = \"gjr_garch\"\ngarch = { interval = \"PT6H\", alpha = 0.06, gamma = 0.04, beta = "
        "0.9, long_run_volatility = 0.5 }\n",
        "degrees_of_freedom = 6\n");
    ASSERT_TRUE(scenario.built) << scenario.said();
    WideMarket const& market = scenario.built->market;
    double const scale = 3'600.0 / (365.0 * 86'400.0) / (std::numbers::ln2 * std::numbers::ln2);

    EXPECT_EQ(market.mixing.hold_steps, 6u);
    EXPECT_EQ(market.mixed_mask, 0b0100u);
    VarianceProcess<double> const& process = market.variances[0];
    EXPECT_EQ(process.law, VarianceLaw::gjr_garch);
    EXPECT_EQ(process.bar_steps, 6u);
    EXPECT_DOUBLE_EQ(process.initial, scale);
    EXPECT_NEAR(process.omega, 0.02 * 0.25 * scale, 1e-15 * scale);
    EXPECT_DOUBLE_EQ(process.alpha, 0.01);
    EXPECT_DOUBLE_EQ(process.gamma, 0.04 / 6);
    EXPECT_EQ(process.beta, 0.9);
}

TEST(MarketBuilder, RefusesJumpsThatTakeAllOfAVariance)
{
    EXPECT_THAT(
        with_keys("model = \"heston\"\nheston = { mean_reversion = 4, long_run_volatility = 0.2, "
                  "vol_of_vol = 1, spot_vol_correlation = -0.6 }\n",
                  "common_jumps = [{ rate = 1, sd = 0.3, loadings = { A = 1 } }]\n")
            .said(),
        HasSubstr("long_run_volatility: 0.2 must exceed what the asset's jumps alone make, 0.3"));
}

TEST(MarketBuilder, MixingDrawsHoldForWholeSteps)
{
    std::string const t = "model = \"student_t\"\ndegrees_of_freedom = 4\nmixing = ";

    BuiltScenario<> const daily{three_assets(t + "\"P1D\"", good_matrix)};
    BuiltScenario<> const per_step{three_assets(t + "\"step\"", good_matrix)};
    BuiltScenario<> const per_path{three_assets(t + "\"path\"", good_matrix)};
    BuiltScenario<> const broken{three_assets(t + "\"PT90M\"", good_matrix)};

    ASSERT_TRUE(daily.built && per_step.built && per_path.built) << daily.said();
    EXPECT_EQ(daily.built->market.mixing.hold_steps, 24u);
    EXPECT_EQ(per_step.built->market.mixing.hold_steps, 1u);
    EXPECT_EQ(per_path.built->market.mixing.hold_steps, 240u);
    EXPECT_EQ(daily.built->market.mixed_mask, 0b1101u);
    EXPECT_EQ(daily.built->market.is_bounded, 0u);
    EXPECT_FALSE(broken.built);
    EXPECT_THAT(broken.said(), HasSubstr("is no whole number of steps of \"PT1H\""));
    EXPECT_THAT(per_step.said(), HasSubstr("spans 240 mixing draws"));
}

TEST(MarketBuilder, AnIndefiniteCorrelationIsRefusedWithItsEigenvalues)
{
    // Characteristic polynomial of [[1,a,b],[a,1,c],[b,c,1]] with a = b = 0.9, c = -0.9: the
    // eigenvalues are 1.9, 1.9 and -0.8.
    BuiltScenario<> const scenario{
        three_assets("", "[[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]")};

    EXPECT_FALSE(scenario.built);
    EXPECT_EQ(scenario.problems.exit_code(), ExitCode::config);
    EXPECT_THAT(scenario.said(), HasSubstr("eigenvalues: -0.8, 1.9, 1.9"));
    EXPECT_THAT(scenario.said(), HasSubstr("test.toml:11:1: error: market.correlation.matrix"));
    // (1 - s) (-0.8) + s = 0 at s = 0.8 / 1.8, and 1 - s = 0.5555...
    EXPECT_THAT(scenario.said(), HasSubstr("by 0.5555 or less"));
}

TEST(MarketBuilder, AnIndefiniteCorrelationIsRepairedOnRequestAndTheRepairReported)
{
    // By symmetry the nearest matrix has entries t, t, -t; its eigenvalues are 1 + t, 1 + t and
    // 1 - 2 t, so t = 0.5: a change of 0.4 in six entries.
    BuiltScenario<> const scenario{
        three_assets("", "[[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]\nrepair = \"higham\"")};
    BuiltScenario<> const by_hand{
        three_assets("", "[[1, 0.5, 0.5], [0.5, 1, -0.5], [0.5, -0.5, 1]]")};

    ASSERT_TRUE(scenario.built) << scenario.said();
    ASSERT_TRUE(by_hand.built) << by_hand.said();
    ASSERT_EQ(scenario.built->correlation_repairs.size(), 1u);
    MatrixRepair const& repair = scenario.built->correlation_repairs.front();
    EXPECT_EQ(repair.method, "higham");
    EXPECT_EQ(repair.assets, (std::vector<std::string>{"A", "B", "C"}));
    EXPECT_NEAR(repair.used[1][2], -0.5, 1e-9);
    EXPECT_NEAR(repair.smallest_eigenvalue, -0.8, 1e-12);
    EXPECT_NEAR(repair.frobenius_distance, std::sqrt(6 * 0.16), 1e-9);
    EXPECT_NEAR(repair.largest_change, 0.4, 1e-9);
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j <= i; ++j)
            EXPECT_NEAR(scenario.built->market.loading[i][j], by_hand.built->market.loading[i][j],
                        1e-6);
    EXPECT_THAT(scenario.said(), HasSubstr("(smallest eigenvalue -0.8)"));
    EXPECT_THAT(scenario.said(), HasSubstr("Frobenius distance of 0.9798; the largest change is "));
    EXPECT_THAT(scenario.built->warnings, Contains(HasSubstr("from 0.9 to 0.5")));
}

TEST(MarketBuilder, AnIndefiniteCorrelationOfARegimeIsRepairedOnce)
{
    std::string const regimes = R"(
[[market.regimes]]
name = "calm"
mean_duration = "P30D"
[[market.regimes]]
name = "crash"
mean_duration = "P2D"
[market.regimes.correlation]
assets = ["A", "B", "C"]
matrix = [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]
repair = "higham"
[[market.shocks]]
begin = "P1D"
depth = 0.5
)";
    BuiltScenario<> const scenario{three_assets(regimes, "[[1, 0, 0], [0, 1, 0], [0, 0, 1]]")};

    ASSERT_TRUE(scenario.built) << scenario.said();
    ASSERT_EQ(scenario.built->correlation_repairs.size(), 1u);  // in two phases
    MatrixRepair const& repair = scenario.built->correlation_repairs.front();
    EXPECT_EQ(repair.regime, "crash");
    EXPECT_NEAR(repair.used[1][2], -0.5, 1e-9);
    // C, A: 0.5 in the regime, in both phases; the market's own correlation is 0.
    auto const program = scenario.built->tables.view();
    auto const terms = program.tables[program.regimes];
    ASSERT_EQ(terms.size(), 4);
    for (int phase = 0; phase < 2; ++phase) {
        EXPECT_EQ(terms[2 * phase].loading[triangle_place(2, 0)], 0);
        double const loaded = terms[2 * phase + 1].loading[triangle_place(2, 0)];
        double const alone = terms[2 * phase + 1].loading[triangle_place(2, 2)];
        EXPECT_NEAR(loaded / std::hypot(loaded, alone), 0.5, 1e-6);
    }
}

TEST(MarketBuilder, ASemidefiniteCorrelationIsUsedAsWrittenWhateverRepairSays)
{
    std::string const matrix = "[[1, 0.5, 0], [0.5, 1, 0.2], [0, 0.2, 1]]";
    BuiltScenario<> const plain{three_assets("", matrix)};
    BuiltScenario<> const repairing{three_assets("", matrix + "\nrepair = \"higham\"")};

    ASSERT_TRUE(plain.built && repairing.built) << repairing.said();
    EXPECT_TRUE(repairing.built->correlation_repairs.empty());
    EXPECT_THAT(repairing.said(), Not(HasSubstr("semidefinite")));
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j <= i; ++j)
            EXPECT_EQ(repairing.built->market.loading[i][j], plain.built->market.loading[i][j]);
}

// Higham, IMA J. Numer. Anal. 22 (2002), section 4: four published digits.
TEST(NearestCorrelation, IsThatOfThePublishedExample)
{
    auto const nearest = nearest_correlation({{1, 1, 0}, {1, 1, 1}, {0, 1, 1}});

    ASSERT_TRUE(nearest);
    EXPECT_NEAR((*nearest)[0][1], 0.7607, 5e-5);
    EXPECT_NEAR((*nearest)[1][2], 0.7607, 5e-5);
    EXPECT_NEAR((*nearest)[0][2], 0.1573, 5e-5);
    EXPECT_EQ((*nearest)[1][1], 1.0);
    EXPECT_EQ((*nearest)[2][0], (*nearest)[0][2]);
    EXPECT_GE(factor_correlation(*nearest).eigenvalues.front(), -1e-10);
    EXPECT_FALSE(factor_correlation(*nearest).lower.empty());
}

TEST(NearestCorrelation, KeepsEigenvaluesAboveABound)
{
    auto const nearest = nearest_correlation({{1, 1, 0}, {1, 1, 1}, {0, 1, 1}}, 1e-4);

    ASSERT_TRUE(nearest);
    EXPECT_NEAR((*nearest)[0][1], 0.7607, 2e-4);
    EXPECT_NEAR(factor_correlation(*nearest).eigenvalues.front(), 1e-4, 1e-8);
}

TEST(MarketBuilder, ARepairedCorrelationServesACopula)
{
    BuiltScenario<> const repaired{
        three_assets("copula = \"student_t\"\ndegrees_of_freedom = 5",
                     "[[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]\nrepair = \"higham\"")};

    ASSERT_TRUE(repaired.built) << repaired.said();
    ASSERT_EQ(repaired.built->correlation_repairs.size(), 1u);
}

TEST(MarketBuilder, AssetsThatAlwaysMoveTogetherAreNotRefused)
{
    CorrelationFactor const factor = factor_correlation({{1, 1, 0.5}, {1, 1, 0.5}, {0.5, 0.5, 1}});

    ASSERT_EQ(factor.lower.size(), 3u);
    EXPECT_EQ(factor.lower[1][0], 1.0);
    EXPECT_EQ(factor.lower[1][1], 0.0);
    EXPECT_DOUBLE_EQ(factor.lower[2][2], std::sqrt(0.75));
}

TEST(MarketBuilder, UncorrelatedAssetsHaveTheExactIdentityAsFactor)
{
    CorrelationFactor const factor = factor_correlation({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});

    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            EXPECT_EQ(factor.lower[i][j], i == j ? 1.0 : 0.0);
}

}  // namespace
}  // namespace brink::test
