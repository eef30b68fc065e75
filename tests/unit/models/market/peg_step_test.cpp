// SPDX-License-Identifier: Apache-2.0
#include "models/market/peg_step.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/market/path_stepper.hpp"
#include "tests/support/market_samples.hpp"

namespace brink::testing {
namespace {

/// Asset 1 follows asset 0, or the numeraire.
MarketView<double, 2> pegged_market(std::int32_t reference, double volatility)
{
    auto market = make_market<double, 2>(volatility, 0.3, 0);
    make_pegged(market, 1,
                PegSample{.reference = reference,
                          .initial = 0.25,
                          .keep = 0.5,
                          .gap_keep = 0.75,
                          .growth = 0.125,
                          .depegs = 0,
                          .rise = 0});
    return market;
}

struct Walked {
    MarketState<double, 2> state;
    double fields[4];  ///< MarketLayout, and room behind it
};

Walked walk_path(MarketView<double, 2> const& market, std::uint64_t path, std::uint32_t steps)
{
    Walked walked{};
    PathStepper<double, 2> const step_path(market, {{walked.fields, 1}});
    PathRandom<double> const random({7, 8}, path);
    walked.state = step_path.start(random);
    for (std::uint32_t step = 0; step < steps; ++step)
        step_path(walked.state, random, step);
    return walked;
}

TEST(PegStep, WithoutNoiseADeviationDecaysAndTheExchangeRateGrows)
{
    auto const walked = walk_path(pegged_market(-1, 0), 0, 2);

    EXPECT_DOUBLE_EQ(walked.fields[0], 0.0625);
    EXPECT_DOUBLE_EQ(walked.state.log_price[1], 2 * 0.125 + 0.0625 - 0.25);
    EXPECT_EQ(walked.state.log_price[0], 0);
}

TEST(PegStep, APegMovesAsFarAsItsReference)
{
    auto const on_asset = walk_path(pegged_market(0, 0.02), 3, 10);
    auto const on_numeraire = walk_path(pegged_market(-1, 0.02), 3, 10);

    EXPECT_NE(on_asset.state.log_price[0], 0);
    EXPECT_EQ(on_asset.state.log_price[0], on_numeraire.state.log_price[0]);
    EXPECT_DOUBLE_EQ(on_asset.state.log_price[1] - on_asset.state.log_price[0],
                     on_numeraire.state.log_price[1]);
}

TEST(PegStep, AJumpOfTheReferenceReachesThePegInTheSameStep)
{
    auto market = pegged_market(0, 0);
    market.num_jumps = 1;
    market.jumps[0].survival[0] = 1;
    market.jumps[0].num_levels = 1;
    market.jumps[0].law = JumpLaw::normal;
    market.jumps[0].mean = -0.5;
    market.jumps[0].mask = 1;
    market.jumps[0].loading[0] = 1;

    auto const walked = walk_path(market, 0, 1);

    EXPECT_DOUBLE_EQ(walked.state.log_price[0], -0.5);
    EXPECT_DOUBLE_EQ(walked.state.log_price[1], -0.5 + 0.125 + 0.125 - 0.25);
}

TEST(PegStep, DepegsAddUpAndTheGapDecaysBetweenThem)
{
    auto market = pegged_market(-1, 0);
    market.pegs[0].rise = 0.01;
    market.pegs[0].depegs = 0.2;
    market.pegs[0].chance = -std::expm1(-0.2);
    int depegs = 0;
    double before = 0;
    for (std::uint32_t steps = 1; steps <= 100; ++steps) {
        double const gap = walk_path(market, 5, steps).fields[1];
        ASSERT_GE(gap, 0.75 * before);
        depegs += gap > 0.75 * before ? 1 : 0;
        before = gap;
    }
    // 100 steps of chance 0.18: five standard deviations are 19.
    EXPECT_GT(depegs, 2);
    EXPECT_LT(depegs, 38);
}

TEST(PegStep, LeavesTheBitsOfOtherAssets)
{
    auto const alone = make_market<double, 2>(0.02, 0.3, 0);
    auto market = pegged_market(0, 0.02);
    market.pegs[0].rise = 0.1;
    market.pegs[0].depegs = 0.2;
    market.pegs[0].chance = -std::expm1(-0.2);

    EXPECT_EQ(walk_path(market, 9, 50).state.log_price[0],
              walk_path(alone, 9, 50).state.log_price[0]);
}

TEST(PegStep, ANanStaysOne)
{
    auto market = pegged_market(0, 0.02);
    market.drift[0] = market.net_drift[0] = std::nan("");

    EXPECT_TRUE(std::isnan(walk_path(market, 1, 2).state.log_price[1]));
}

}  // namespace
}  // namespace brink::testing
