// SPDX-License-Identifier: Apache-2.0
#include "models/margin/oracle.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace brink {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Numbers that binary fractions hold exactly, so that thresholds are met exactly.
template<class T>
Oracle<T> posting(T deviation, T heartbeat_steps, T keep = T(0))
{
    Oracle<T> oracle{};
    oracle.deviation = deviation;
    oracle.heartbeat_steps = heartbeat_steps;
    oracle.keep = keep;
    return oracle;
}

template<class T>
void expect_posts_at_the_deviation()
{
    constexpr T never = std::numeric_limits<T>::infinity();
    Oracle<T> const oracle = posting<T>(T(0.25), never);
    OracleState<T> const at_100{T(100), T(3), T(100)};

    for (T const price : {T(125), T(75), T(200)}) {
        EXPECT_EQ(post_price(oracle, at_100, price, never).posted, price);
        EXPECT_EQ(post_price(oracle, at_100, price, never).age, T(0));
    }
    for (T const price : {T(124.875), T(75.125), T(100)}) {
        EXPECT_EQ(post_price(oracle, at_100, price, never).posted, T(100));
        EXPECT_EQ(post_price(oracle, at_100, price, never).age, T(4));
    }
}

TEST(Oracle, PostsAtItsDeviationAndNotBelowIt)
{
    expect_posts_at_the_deviation<double>();
    expect_posts_at_the_deviation<float>();
}

TEST(Oracle, PostsAtItsHeartbeatAndNotBeforeIt)
{
    Oracle<double> const oracle = posting(0.25, 4.0);

    EXPECT_EQ(post_price(oracle, {100.0, 2.0, 100.0}, 101.0, infinity).posted, 100.0);
    OracleState<double> const due = post_price(oracle, {100.0, 3.0, 100.0}, 101.0, infinity);
    EXPECT_EQ(due.posted, 101.0);
    EXPECT_EQ(due.age, 0.0);
}

/// The deviation is of what was posted, not of what was read last.
TEST(Oracle, MeasuresTheDeviationFromThePostedPrice)
{
    Oracle<double> const oracle = posting(0.25, infinity);
    OracleState<double> state{100.0, 0.0, 100.0};

    for (double const price : {110.0, 120.0, 124.0})
        state = post_price(oracle, state, price, infinity);
    EXPECT_EQ(state.posted, 100.0);
    EXPECT_EQ(state.age, 3.0);
    EXPECT_EQ(post_price(oracle, state, 125.0, infinity).posted, 125.0);
}

TEST(Oracle, HalvesTheGapOfItsAverageInAHalfLife)
{
    Oracle<double> const oracle = posting(infinity, 1.0, 0.5);
    OracleState<double> state{100.0, 0.0, 100.0};

    for (double const expected : {90.0, 85.0, 82.5}) {
        state = post_price(oracle, state, 80.0, infinity);
        EXPECT_EQ(state.posted, expected);
    }
}

TEST(Oracle, NeverPostsAboveItsCap)
{
    Oracle<double> const oracle = posting(infinity, 1.0);

    EXPECT_EQ(post_price(oracle, {100.0, 0.0, 100.0}, 110.0, 104.0).posted, 104.0);
    EXPECT_EQ(post_price(oracle, {100.0, 0.0, 100.0}, 103.0, 104.0).posted, 103.0);
}

}  // namespace
}  // namespace brink
