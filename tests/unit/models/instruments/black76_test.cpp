// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "models/instruments/contract.hpp"

namespace brink {
namespace {

constexpr OptionRight call = OptionRight::call;
constexpr OptionRight put = OptionRight::put;

/// E. G. Haug, The Complete Guide to Option Pricing Formulas (2007), 1.1.3: F = X = 19, T = 0.75,
/// r = 10 %, volatility 28 %: call and put 1.7011, discounted.
TEST(Black76, GivesThePublishedValue)
{
    double const deviation = 0.28 * std::sqrt(0.75);
    double const discount = std::exp(-0.1 * 0.75);

    EXPECT_NEAR(discount * black76(call, 19.0, 19.0, deviation).value, 1.7011, 5e-5);
    EXPECT_NEAR(discount * black76(put, 19.0, 19.0, deviation).value, 1.7011, 5e-5);
}

TEST(Black76, KeepsPutCallParityAndTheDeltaOfItsOwnSlope)
{
    for (double const strike : {20.0, 80.0, 100.0, 130.0, 900.0})
        for (double const deviation : {0.01, 0.2, 1.5}) {
            auto const c = black76(call, 100.0, strike, deviation);
            auto const p = black76(put, 100.0, strike, deviation);
            EXPECT_NEAR(c.value - p.value, 100.0 - strike, 1e-11 * (100.0 + strike));
            EXPECT_NEAR(c.delta - p.delta, 1.0, 1e-14);
            double const h = 1e-4;
            double const slope = (black76(call, 100.0 + h, strike, deviation).value
                                  - black76(call, 100.0 - h, strike, deviation).value)
                                 / (2 * h);
            EXPECT_NEAR(c.delta, slope, 1e-6);
        }
}

TEST(Black76, PaysTheIntrinsicValueWithoutTimeOrVolatility)
{
    EXPECT_DOUBLE_EQ(black76(call, 120.0, 100.0, 0.0).value, 20.0);
    EXPECT_DOUBLE_EQ(black76(call, 80.0, 100.0, 0.0).value, 0.0);
    EXPECT_DOUBLE_EQ(black76(put, 80.0, 100.0, 0.0).value, 20.0);
    EXPECT_NEAR(black76(call, 100.0, 100.0, 0.0).value, 0.0, 1e-10);
    EXPECT_EQ(black76(put, 80.0f, 100.0f, 0.0f).value, 20.0f);
    EXPECT_EQ(black76(call, 80.0f, 100.0f, 0.0f).value, 0.0f);
}

/// Relative to forward and strike, whose difference the value is.
TEST(Black76, OfFloatsIsThatOfDoubles)
{
    for (double const strike : {50'000.0, 100'000.0, 150'000.0})
        for (double const deviation : {0.02, 0.1, 0.5}) {
            double const exact = black76(call, 104'321.0, strike, deviation).value;
            float const rounded =
                black76(call, 104'321.0f, static_cast<float>(strike), static_cast<float>(deviation))
                    .value;
            EXPECT_NEAR(rounded, exact, 4e-7 * (104'321.0 + strike));
        }
}

Contract<double> contract_of(ContractKind kind)
{
    return {3, 0, 1, -1, kind, 100.0, 0.1, 0.8, 86'400.0};
}

TEST(Contract, AFutureGrowsFromSpotByItsBasis)
{
    ContractTerms<double> const half_a_year{0.0, 0.5};

    EXPECT_NEAR(value_contract(contract_of(ContractKind::forward), 90.0, 1.0, half_a_year).value,
                90.0 * std::exp(0.05), 1e-11);
    EXPECT_NEAR(value_contract(contract_of(ContractKind::discount), 90.0, 2.0, half_a_year).value,
                2.0 * std::exp(-0.05), 1e-13);
}

/// The strike is in quote, the value in the numeraire.
TEST(Contract, AnOptionIsOnTheForwardAtTheStrikeInQuote)
{
    ContractTerms<double> const now{0.6, 0.25};
    auto const expected = black76(put, 180.0 * std::exp(0.025), 200.0, 0.3);

    auto const found = value_contract(contract_of(ContractKind::put), 180.0, 2.0, now);

    EXPECT_NEAR(found.value, expected.value, 1e-11);
    EXPECT_NEAR(found.delta, expected.delta * std::exp(0.025), 1e-13);
}

TEST(Black76, VegaIsTheDerivativeInVolatility)
{
    for (double const strike : {60.0, 100.0, 140.0})
        for (double const years : {0.02, 0.5, 2.0}) {
            double const root = std::sqrt(years);
            auto const value = [&](double volatility) {
                return black76(OptionRight::put, 100.0, strike, volatility * root).value;
            };

            EXPECT_NEAR(black76_vega(100.0, strike, 0.7, root),
                        (value(0.7 + 1e-5) - value(0.7 - 1e-5)) / 2e-5, 1e-6);
        }
}

}  // namespace
}  // namespace brink
