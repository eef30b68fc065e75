// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/price_snapshot.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

constexpr UnixSeconds as_of = 1'751'328'000;  // 2025-07-01T00:00:00Z

PriceSnapshot one_price(char const* time)
{
    Problems problems;
    auto snapshot = parse_price_snapshot(
        "asset,price,time,source\nBTC,100," + std::string{time} + ",x\n", "p.csv", problems);
    EXPECT_TRUE(problems.empty());
    return snapshot;
}

bool accepts(char const* time, Seconds max_age)
{
    Problems problems;
    (void)price_at(one_price(time), "BTC", as_of, max_age, problems);
    return problems.empty();
}

TEST(PriceSnapshot, ReadsPricesAndTheirPlaces)
{
    Problems problems;
    PriceSnapshot const snapshot = one_price("2025-06-30T23:00:00Z");

    SnapshotPrice const* const price = price_at(snapshot, "BTC", as_of, 86'400, problems);

    ASSERT_NE(price, nullptr);
    EXPECT_EQ(price->price, 100);
    EXPECT_EQ(price->where.line, 2);
    EXPECT_EQ(price->where.column, 5);
}

TEST(PriceSnapshot, AcceptsAnAgeExactlyAtTheLimitAndNotBeyond)
{
    EXPECT_TRUE(accepts("2025-06-30T23:00:00Z", 3'600));
    EXPECT_FALSE(accepts("2025-06-30T22:59:59Z", 3'600));
}

TEST(PriceSnapshot, AcceptsPricesOfTheInstantItselfAndNoneFromTheFuture)
{
    EXPECT_TRUE(accepts("2025-07-01T00:00:00Z", 0));
    EXPECT_FALSE(accepts("2025-07-01T00:00:01Z", 86'400));
}

TEST(PriceSnapshot, NamesTheNearestAssetWhereOneIsMissing)
{
    Problems problems;

    EXPECT_EQ(price_at(one_price("2025-06-30T23:00:00Z"), "BTX", as_of, 86'400, problems), nullptr);

    EXPECT_EQ(problems.problems().at(0).suggestion, "did you mean \"BTC\"?");
    EXPECT_EQ(problems.exit_code(), ExitCode::data);
}

TEST(PriceSnapshot, ReportsEveryBadRow)
{
    Problems problems;
    (void)parse_price_snapshot(
        "asset,price,time\n"
        "A,0,2025-06-30T23:00:00Z\n"
        "B,-1,2025-06-30T23:00:00Z\n"
        "C,nan,2025-06-30T23:00:00Z\n"
        "D,1,yesterday\n"
        ",1,2025-06-30T23:00:00Z\n"
        "D,1,2025-06-30T23:00:00Z\n",
        "p.csv", problems);

    ASSERT_EQ(problems.problems().size(), 6U);
    for (std::int32_t i = 0; i < 6; ++i)
        EXPECT_EQ(problems.problems()[static_cast<std::size_t>(i)].where.line, i + 2);
}

}  // namespace
}  // namespace brink
