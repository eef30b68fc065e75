// SPDX-License-Identifier: Apache-2.0
#include "models/market/path_stepper.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "host/run/mixing_fit.hpp"
#include "models/market/price_range.hpp"
#include "tests/support/market_samples.hpp"

namespace brink {
namespace {

using testing::fix_price;
using testing::make_market;

constexpr RandomKey key{20, 26};

/// Counts the blocks that are asked for, and gives words of 0.
template<class F>
struct BlockCounter {
    std::multiset<std::uint32_t>* blocks;

    PhiloxWords<bits_t<F>> words(DrawPosition at) const
    {
        blocks->insert(at.block);
        return {0, 0, 0, 0};
    }
};

template<class F, int N>
MarketState<F, N> walk(MarketView<F, N> const& market, std::uint64_t path, std::uint32_t steps)
{
    PathRandom<F> const random(key, path);
    PathStepper<F, N> const step_path(market);
    auto state = step_path.start(random);
    for (std::uint32_t k = 0; k < steps; ++k)
        step_path(state, random, k);
    return state;
}

/// [numeraire] price of asset i.
template<class F, int N>
F price(MarketView<F, N> const& market, MarketState<F, N> const& state, int i)
{
    return PathStepper<F, N>(market).price(state, i);
}

template<class T>
class PathSteps : public ::testing::Test {};
using PathTypes = ::testing::Types<float, double>;
TYPED_TEST_SUITE(PathSteps, PathTypes);

TYPED_TEST(PathSteps, FixedPriceNeverMoves)
{
    auto market = make_market<TypeParam, 4>(0.05, 0.3, 0.001);
    fix_price(market, 2);
    auto mixed = market;
    mixed.mixed_mask = 0b1011;
    mixed.mixing = make_mixing_view<TypeParam>(fit_mixing(3, mixing_tolerance_float), 1);

    for (auto const& view : {market, mixed}) {
        auto const state = walk(view, 5, 500);
        EXPECT_EQ(price(view, state, 2), TypeParam(102));
        EXPECT_NE(price(view, state, 1), TypeParam(101));
    }
}

TYPED_TEST(PathSteps, WithoutVolatilityPriceGrowsByDrift)
{
    auto const market = make_market<TypeParam, 2>(0.0, 0.0, 0.01);

    auto const state = walk(market, 1, 100);

    // 100 additions of a number below 2: each rounds by at most half an epsilon of the sum.
    double const expected = 100 * std::exp(1.0);
    double const bound = 100 * std::numeric_limits<TypeParam>::epsilon();
    EXPECT_NEAR(price(market, state, 0) / expected, 1.0, bound);
}

TYPED_TEST(PathSteps, OneStepIsDriftPlusLoadedNormals)
{
    auto const market = make_market<TypeParam, 3>(0.02, 0.5, 0.003);
    PathRandom<TypeParam> const random(key, 77);
    auto const words = random.words({0, Stream::diffusion, 0});
    auto const first = normal_pair<TypeParam>(words.w0, words.w1);
    auto const second = normal_pair<TypeParam>(words.w2, words.w3);

    auto const state = walk(market, 77, 1);

    double const expected = double{market.net_drift[2]}
                            + double{market.loading[2][0]} * double{first.cosine}
                            + double{market.loading[2][1]} * double{first.sine}
                            + double{market.loading[2][2]} * double{second.cosine};
    // three fused roundings of numbers below 1/4
    EXPECT_NEAR(state.log_price[2], expected, std::numeric_limits<TypeParam>::epsilon());
}

TYPED_TEST(PathSteps, AppendedAssetMovesNobody)
{
    auto const small = make_market<TypeParam, 4>(0.02, 0.5, 0.0);
    auto const large = make_market<TypeParam, 7>(0.02, 0.5, 0.0);

    auto const few = walk(small, 9, 50);
    auto const many = walk(large, 9, 50);

    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(few.log_price[i], many.log_price[i]) << "asset " << i;
}

TYPED_TEST(PathSteps, BlocksThatNobodyNeedsAreNotDrawn)
{
    std::multiset<std::uint32_t> blocks;
    BlockCounter<TypeParam> const counter{&blocks};

    FactorDraw<TypeParam, 10>(counter, 0, 0b10'0000'0011);
    EXPECT_EQ(blocks, (std::multiset<std::uint32_t>{0, 2}));

    blocks.clear();
    FactorDraw<TypeParam, 10>(counter, 0, 0);
    EXPECT_TRUE(blocks.empty());
}

TYPED_TEST(PathSteps, NormalsDoNotDependOnWhoElseIsDrawn)
{
    PathRandom<TypeParam> const random(key, 3);

    FactorDraw<TypeParam, 6> const all(random, 8, 0b111111);
    FactorDraw<TypeParam, 6> const some(random, 8, 0b100000);

    EXPECT_EQ(all.normal[5], some.normal[5]);
    EXPECT_NE(all.normal[2], TypeParam(0));
    EXPECT_EQ(some.normal[2], TypeParam(0)) << "of a block that no moving asset needs";
}

TYPED_TEST(PathSteps, MultiplierIsHeldForItsPeriod)
{
    auto market = make_market<TypeParam, 2>(0.02, 0.5, 0.0);
    market.mixed_mask = 3;
    market.mixing = make_mixing_view<TypeParam>(fit_mixing(4, mixing_tolerance_float), 3);
    PathRandom<TypeParam> const random(key, 11);
    PathStepper<TypeParam, 2> const step_path(market);
    auto state = step_path.start(random);

    for (std::uint32_t k = 0; k < 9; ++k) {
        step_path(state, random, k);
        auto const words = random.words({k / 3, Stream::mixing, 0});
        auto const z = normal_pair<TypeParam>(words.w0, words.w1).cosine;
        EXPECT_EQ(state.mixing, MixingDrawer<TypeParam>(market.mixing).multiplier(z)) << k;
    }
}

TYPED_TEST(PathSteps, MultiplierScalesShockAndCompensatorOfStudentAssetsOnly)
{
    auto normal = make_market<TypeParam, 2>(0.02, 0.5, 0.004);
    auto mixed = normal;
    mixed.mixed_mask = 0b10;
    mixed.mixing = make_mixing_view<TypeParam>(fit_mixing(4, mixing_tolerance_float), 1);

    auto const plain = walk(normal, 13, 1);
    auto const state = walk(mixed, 13, 1);

    double const m = state.mixing;
    double const shock = double{plain.log_price[1]} - double{normal.net_drift[1]};
    double const expected =
        double{normal.drift[1]} - m * m * double{normal.half_variance[1]} + m * shock;
    double const bound = 4 * std::numeric_limits<TypeParam>::epsilon() * (1 + m);
    EXPECT_NEAR(state.log_price[1], expected, bound);
    EXPECT_NEAR(state.log_price[0], plain.log_price[0], bound);
    EXPECT_NE(state.mixing, TypeParam(1));
}

TYPED_TEST(PathSteps, LogPriceStaysWithinItsLimits)
{
    auto falling = make_market<TypeParam, 2>(0.02, 0.0, -5.0);
    auto rising = make_market<TypeParam, 2>(0.02, 0.0, 5.0);

    EXPECT_EQ(walk(falling, 1, 40).log_price[0], -max_log_price);
    EXPECT_EQ(walk(rising, 1, 40).log_price[1], max_log_price);
}

TYPED_TEST(PathSteps, NanStaysNan)
{
    auto market = make_market<TypeParam, 2>(0.02, 0.0, 0.0);
    market.net_drift[1] = std::numeric_limits<TypeParam>::quiet_NaN();

    auto const state = walk(market, 1, 3);

    EXPECT_FALSE(is_finite(price(market, state, 1)));
    EXPECT_TRUE(is_finite(price(market, state, 0)));
}

TYPED_TEST(PathSteps, PricesTogetherAreThePricesOneByOne)
{
    auto const market = make_market<TypeParam, 5>(0.02, 0.4, 0.0);
    auto const state = walk(market, 21, 20);

    Prices<TypeParam, 5> const prices(market, state);

    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(prices.value[i], price(market, state, i)) << "asset " << i;
}

TYPED_TEST(PathSteps, OnlyMarketsFarFromTheLimitStayInRange)
{
    // Half of the limit is 32 ln 2 = 22.18 in natural logs. The second asset, of volatility 0.022,
    // reaches it where 12 * 0.022 sqrt(k) + 0.022^2 / 2 k = 22.18: at k = 6148.
    auto market = make_market<TypeParam, 2>(0.02, 0.0, 0.0);
    EXPECT_TRUE(stays_in_range(market, 6100));
    EXPECT_FALSE(stays_in_range(market, 6200));

    market.mixed_mask = 1;
    EXPECT_FALSE(stays_in_range(market, 1));

    market = make_market<TypeParam, 2>(0.02, 0.0, 0.0);
    market.net_drift[0] = std::numeric_limits<TypeParam>::quiet_NaN();
    EXPECT_FALSE(stays_in_range(market, 1));
}

}  // namespace
}  // namespace brink
