// SPDX-License-Identifier: Apache-2.0
// Regimes from config to returns, against the laws of the chain.
#include <gtest/gtest.h>

#include <cmath>

#include "host/program/market_builder.hpp"
#include "host/program/regime_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "tests/statistical/models/path_sample.hpp"
#include "tests/support/machine_isa.hpp"

namespace brink::testing {
namespace {

constexpr RandomKey regime_key{77, 5};
constexpr std::size_t num_walks = 200'000;
constexpr int walk_steps = 240;
constexpr double walk_years = 10.0 / 365;

/// Ten days of hours. A and B: volatility and correlation by regime; C jumps by -0.02 and hardly
/// diffuses; D is Student-t; E has a variance of its own.
std::string const switching_head = R"(
[run]
name = "regimes"
as_of = 2025-01-01T00:00:00Z
horizon = "P10D"
step = "PT1H"
[market]
degrees_of_freedom = 8
mixing = "path"
[market.correlation]
assets = ["A", "B", "E"]
matrix = [[1, 0.5, 0.3], [0.5, 1, 0.3], [0.3, 0.3, 1]]
)";
std::string const switching_assets = R"(
[[asset]]
name = "A"
price = 100
volatility = 0.5
drift = 0.2
[[asset]]
name = "B"
price = 100
volatility = 0.8
[[asset]]
name = "C"
price = 100
model = "merton"
volatility = 0.40001
jumps = { rate = 400, mean = -0.02 }
[[asset]]
name = "D"
price = 100
model = "student_t"
volatility = 0.6
[[asset]]
name = "E"
price = 100
model = "heston"
volatility = 0.6
heston = { mean_reversion = 4, vol_of_vol = 0.5, spot_vol_correlation = -0.4 }
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
std::string const two_regimes = R"(
[[market.regimes]]
name = "calm"
mean_duration = "P6D"
jump_rate = 0.25
volatilities = { C = 0.20001 }
[[market.regimes]]
name = "crash"
mean_duration = "P2D"
volatility = 3
volatilities = { B = 2.0, C = 0.40001 }
correlation = { assets = ["A", "B"], matrix = [[1, 0.9], [0.9, 1]] }
)";

struct Switching {
    WideMarket market;
    MarketNotes notes;
    PathSample sample;
    RegimeFields fields;

    /// [0, 1] share of the steps of a path that regime r governs
    double share(std::size_t r, std::size_t path) const
    {
        auto const field = [&](std::int32_t f) {
            return sample.memory[static_cast<std::size_t>(f)][path];
        };
        auto const place = static_cast<std::int32_t>(r);
        double const under_way =
            field(fields.regime()) == place ? walk_steps - field(fields.since()) : 0.0;
        return (field(fields.steps_in(place)) + under_way) / walk_steps;
    }

    std::vector<double> shares(std::size_t r) const
    {
        std::vector<double> list;
        for (std::size_t path = 0; path < num_walks; ++path)
            list.push_back(share(r, path));
        return list;
    }

    /// Returns of the paths that regime r governs throughout.
    std::vector<double> returns_within(std::size_t asset, std::size_t r) const
    {
        std::vector<double> list;
        for (std::size_t path = 0; path < num_walks; ++path)
            if (share(r, path) == 1.0)
                list.push_back(sample.returns[asset][path]);
        return list;
    }
};

Switching walk_text(std::string const& text)
{
    Problems problems;
    ReadResult const read = read_scenario_text(text, "regimes.toml", {}, problems);
    MarketNotes notes;
    auto wide = build_market<float>(read.scenario, problems, notes);
    for (Problem const& problem : problems.problems())
        ADD_FAILURE() << format_problem(problem, "error");
    std::vector<RegimeTerms<float>> terms;
    for (RegimeTerms<double> const& of : notes.regimes)
        terms.push_back(narrow_regime<float>(of));
    auto const market = narrow_market<float, probe_assets>(wide.value());
    std::vector<float> const history(notes.history.begin(), notes.history.end());
    PathSample sample = sample_paths(market, regime_key, num_walks, walk_steps,
                                     {terms.data(), nullptr, 0, nullptr, history.data()});
    return {*wide, std::move(notes), std::move(sample), MarketLayout{market}.regimes()};
}

Switching walk_regimes(std::string const& regimes)
{
    return walk_text(switching_head + regimes + switching_assets);
}

double value_itself(double x)
{
    return x;
}

class Regimes : public ::testing::Test {
  protected:
    static inline Switching const* two = nullptr;

    static void SetUpTestSuite()
    {
        if (machine_has_v3())
            two = new Switching(walk_regimes(two_regimes));
    }
    static void TearDownTestSuite() { delete two; }
    void SetUp() override
    {
        if (two == nullptr)
            GTEST_SKIP() << "the lanes need x86-64-v3";
    }
};

/// A chain that starts from its stationary law stays in it, whatever the step.
TEST_F(Regimes, OccupyTheStationaryLaw)
{
    Estimated const calm = estimate_mean(two->shares(0), &value_itself);
    Estimated const crash = estimate_mean(two->shares(1), &value_itself);

    EXPECT_NEAR(calm.value, 0.75, k * calm.standard_error);
    EXPECT_NEAR(calm.value + crash.value, 1.0, 1e-9);
    EXPECT_LT(calm.standard_error, 0.001);
}

/// P(no switch within t) = exp(-t / mean duration); the last hour's switch takes effect at t.
TEST_F(Regimes, LastForExponentialTimes)
{
    double const hours = walk_steps - 1;
    double const calm = 0.75 * std::exp(-hours / (6 * 24.0));
    double const crash = 0.25 * std::exp(-hours / (2 * 24.0));
    auto const n = static_cast<double>(num_walks);

    EXPECT_NEAR(static_cast<double>(two->returns_within(0, 0).size()) / n, calm,
                k * std::sqrt(calm * (1 - calm) / n));
    EXPECT_NEAR(static_cast<double>(two->returns_within(0, 1).size()) / n, crash,
                k * std::sqrt(crash * (1 - crash) / n));
}

/// A, B: annual volatility by regime, as multiple and as number.
TEST_F(Regimes, SwitchVolatility)
{
    double const expected[2][2] = {{0.5, 1.5}, {0.8, 2.0}};
    for (std::size_t asset : {0u, 1u})
        for (std::size_t r : {0u, 1u}) {
            auto const returns = two->returns_within(asset, r);
            double const variance = expected[asset][r] * expected[asset][r] * walk_years;
            auto const n = static_cast<double>(returns.size());
            EXPECT_NEAR(central_moment(returns, 2), variance, k * variance * std::sqrt(2 / n))
                << asset << ", " << r;
            double const fourth = central_moment(returns, 4) / (variance * variance);
            EXPECT_NEAR(fourth, 3, k * std::sqrt(96 / n)) << asset << ", " << r;
        }
}

/// E V = the variances weighted by occupancy; the compensator's scatter comes on top.
TEST_F(Regimes, MixVariancesByOccupancy)
{
    std::vector<double> variance = two->shares(1);
    for (double& share : variance)
        share = (0.25 + share * (2.25 - 0.25)) * walk_years;
    double const expected =
        (0.75 * 0.25 + 0.25 * 2.25) * walk_years + central_moment(variance, 2) / 4;
    Estimated const measured = estimate_by_batches(
        two->sample.returns[0], [](auto const& x) { return central_moment(x, 2); });

    EXPECT_NEAR(measured.value, expected, k * measured.standard_error);

    // Kurtosis of a normal mixture: 3 E V^2 / (E V)^2.
    double const mean = mean_of(variance);
    double const kurtosis = 3 * (1 + central_moment(variance, 2) / (mean * mean));
    Estimated const fourth = estimate_by_batches(two->sample.returns[0], [](auto const& x) {
        return central_moment(x, 4) / std::pow(central_moment(x, 2), 2);
    });
    EXPECT_NEAR(fourth.value, kurtosis, k * fourth.standard_error);
    EXPECT_GT(kurtosis, 3.9);
}

TEST_F(Regimes, SwitchCorrelation)
{
    double const expected[2] = {0.5, 0.9};
    for (std::size_t r : {0u, 1u}) {
        auto const a = two->returns_within(0, r), b = two->returns_within(1, r);
        double const rho = expected[r];
        double const error = (1 - rho * rho) / std::sqrt(static_cast<double>(a.size()));
        EXPECT_NEAR(correlation_of(a, b), rho, k * error) << r;
    }
    // E, whose variance moves by itself, correlates with A by regime too.
    auto const a = two->returns_within(0, 0), e = two->returns_within(4, 0);
    EXPECT_NEAR(correlation_of(a, e), 0.3, 0.01 + k / std::sqrt(static_cast<double>(a.size())));
    auto const crash_a = two->returns_within(0, 1), crash_e = two->returns_within(4, 1);
    EXPECT_NEAR(correlation_of(crash_a, crash_e), 0.0,
                k / std::sqrt(static_cast<double>(crash_a.size())));
}

/// Given its regimes, C jumps a Poisson number of times: at rate 100 a year when calm, else at 400.
TEST_F(Regimes, SwitchHowOftenPricesJump)
{
    std::vector<double> counts, calm_counts;
    double const drift[2] = {100 * (1 - std::exp(-0.02)), 400 * (1 - std::exp(-0.02))};
    for (std::size_t path = 0; path < num_walks; ++path) {
        double const share = two->share(1, path);
        double const grown = (drift[0] + share * (drift[1] - drift[0])) * walk_years;
        double const count = (two->sample.returns[2][path] - grown) / -0.02;
        counts.push_back(count - (100 + share * 300) * walk_years);
        if (share == 0.0)
            calm_counts.push_back(count);
    }
    Estimated const excess = estimate_mean(counts, &value_itself);
    EXPECT_NEAR(excess.value, 0.0, k * excess.standard_error);
    Estimated const calm = estimate_mean(calm_counts, &value_itself);
    EXPECT_NEAR(calm.value, 100 * walk_years, k * calm.standard_error);
    double const variance = central_moment(calm_counts, 2);
    EXPECT_NEAR(variance, 100 * walk_years,
                0.02 + k * 100 * walk_years * std::sqrt(2.5 / static_cast<double>(counts.size())));
}

/// E S_T = S_0 exp(drift T), whatever the regime does.
TEST_F(Regimes, KeepTheExpectedPrice)
{
    double const growth[probe_assets] = {std::exp(0.2 * walk_years), 1, 1, 1, 1};
    for (std::size_t asset = 0; asset < probe_assets; ++asset) {
        Estimated const price =
            estimate_mean(two->sample.returns[asset], [](double x) { return std::exp(x); });
        EXPECT_NEAR(price.value, growth[asset], k * price.standard_error) << asset;
    }
}

/// Twice the volatility for good, on assets whose variance moves by itself and on one that history
/// moves; jumps come three times as often.
TEST_F(Regimes, MultiplyReturnsOfMovingVariances)
{
    std::string const assets = R"(
[run]
name = "multiplied"
as_of = 2025-01-01T00:00:00Z
horizon = "P10D"
step = "PT1H"
[market]
degrees_of_freedom = 100
[[market.common_jumps]]
rate = 20
mean = -0.05
sd = 0.02
loadings = { H = 1 }
[market.history]
assets = ["P"]
interval = "PT1H"
returns = [[0.01], [-0.01], [0.02], [-0.02]]
block_length = "PT1H"
[[asset]]
name = "H"
price = 100
model = "heston"
volatility = 0.8
drift = 0.3
heston = { mean_reversion = 5, vol_of_vol = 2, spot_vol_correlation = -0.7 }
[[asset]]
name = "G"
price = 100
model = "gjr_garch"
volatility = 0.6
garch = { alpha = 0.05, gamma = 0.05, beta = 0.9 }
[[asset]]
name = "P"
price = 100
model = "historical"
[[venue]]
name = "v"
[[venue.collateral]]
asset = "H"
tiers = [{ floor = 0, ratio = 1 }]
[[account]]
name = "main"
venue = "v"
balances = { H = 1 }
)";
    Switching const plain = walk_text(assets);
    Switching const doubled =
        walk_text(assets + "[[market.shocks]]\nbegin = \"PT0S\"\nvolatility = 2\njump_rate = 3\n");

    Estimated const price =
        estimate_mean(doubled.sample.returns[0], [](double x) { return std::exp(x); });
    EXPECT_NEAR(price.value, std::exp(0.3 * walk_years), k * price.standard_error);
    // Four times the variance of the diffusion, three times that of the jumps.
    double const jumps = 20 * (0.05 * 0.05 + 0.02 * 0.02) * walk_years;
    auto const variance_of = [](Switching const& walk, std::size_t asset) {
        return estimate_by_batches(walk.sample.returns[asset],
                                   [](auto const& x) { return central_moment(x, 2); });
    };
    for (std::size_t asset : {0u, 1u, 2u}) {
        double const jumped = asset == 0 ? jumps : 0;
        Estimated const one = variance_of(plain, asset), two_fold = variance_of(doubled, asset);
        // The compensator's own scatter, c^2 v / 2 of each path, is of another order in c.
        double const slack = asset == 0 ? 0.02 * one.value : 0;
        EXPECT_NEAR(two_fold.value, 4 * (one.value - jumped) + 3 * jumped,
                    slack + k * std::hypot(4 * one.standard_error, two_fold.standard_error))
            << asset;
    }
}

/// Three regimes, one of which is met by one way only, from a written start.
TEST_F(Regimes, FollowTheirTransitionProbabilities)
{
    Switching const three = walk_regimes(R"(
[[market.regimes]]
name = "calm"
mean_duration = "PT6H"
next = { stressed = 0.8, crash = 0.2 }
[[market.regimes]]
name = "stressed"
mean_duration = "PT3H"
next = { calm = 0.7, crash = 0.3 }
volatility = 2
[[market.regimes]]
name = "crash"
start = 1
mean_duration = "PT1H"
next = { stressed = 1 }
volatility = 4
)");
    // Visits: calm : stressed : crash = 0.7 : 1 : 0.44; times mean durations 6, 3 and 1 h.
    double const total = 0.7 * 6 + 1 * 3 + 0.44 * 1;
    double const law[3] = {4.2 / total, 3 / total, 0.44 / total};
    std::vector<double> at_end(3, 0.0);
    for (double const regime : three.sample.memory[static_cast<std::size_t>(three.fields.regime())])
        at_end[static_cast<std::size_t>(regime)] += 1.0 / static_cast<double>(num_walks);

    for (std::size_t r = 0; r < 3; ++r)
        EXPECT_NEAR(at_end[r], law[r],
                    k * std::sqrt(law[r] * (1 - law[r]) / static_cast<double>(num_walks)))
            << r;
    for (std::size_t path = 0; path < 1'000; ++path)
        EXPECT_GT(three.share(2, path), 0.0);
}

}  // namespace
}  // namespace brink::testing
