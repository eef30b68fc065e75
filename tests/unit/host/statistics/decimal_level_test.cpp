// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/decimal_level.hpp"

#include <gtest/gtest.h>

namespace brink {
namespace {

TEST(DecimalLevel, RankIsThatOfTheDecimalNotOfTheBinaryNumber)
{
    // In binary, 0.99 * 100 rounds to 99 but 0.07 * 100 to 7.000000000000001 and 0.999 * 1000 to
    // 999.0000000000001-like products elsewhere; none may add a rank.
    for (char const* text :
         {"0.07", "0.14", "0.28", "0.29", "0.55", "0.56", "0.57", "0.58", "0.99"}) {
        auto const level = DecimalLevel::parse(text).value();
        auto const hundredths = static_cast<std::uint64_t>(std::stoi(std::string(text).substr(2)));
        EXPECT_EQ(level.rank(100), hundredths) << text;
        EXPECT_EQ(level.rank(100'000'000'000), hundredths * 1'000'000'000) << text;
    }
}

TEST(DecimalLevel, RankRoundsUp)
{
    auto const level = DecimalLevel::parse("0.99").value();

    EXPECT_EQ(level.rank(0), 0U);
    EXPECT_EQ(level.rank(1), 1U);
    EXPECT_EQ(level.rank(101), 100U);  // 99.99
    EXPECT_EQ(level.rank(150), 149U);  // 148.5
    EXPECT_EQ(level.tail_count(100), 1U);
    EXPECT_EQ(level.tail_count(150), 2U);
    EXPECT_DOUBLE_EQ(level.tail_mass(150), 1.5);
}

TEST(DecimalLevel, NearlyOneAndNearlyNoneKeepAllDigits)
{
    auto const high = DecimalLevel::parse("0.999999999999999999").value();
    auto const low = DecimalLevel::parse("0.000000000000000001").value();

    EXPECT_EQ(high.rank(1'000'000'000'000), 1'000'000'000'000U);
    EXPECT_EQ(low.rank(1'000'000'000'000), 1U);
    EXPECT_DOUBLE_EQ(high.complement(), 1e-18);
}

TEST(DecimalLevel, EveryWayToWriteANumberHasOneName)
{
    for (char const* text : {"0.99", ".99", "0.990", "00.99", "9.9e-1", "99E-2", "0.099e1"})
        EXPECT_EQ(DecimalLevel::parse(text).value().text(), "0.99") << text;
    EXPECT_EQ(DecimalLevel::parse("0.05").value().text(), "0.05");
}

TEST(DecimalLevel, RefusesWhatIsNotBetweenZeroAndOne)
{
    for (char const* text : {"",
                             "0",
                             "1",
                             "1.0",
                             "0.0",
                             "-0.5",
                             "+0.5",
                             "1.5",
                             "99",
                             "abc",
                             "0.9x",
                             "0..9",
                             ".",
                             "e-1",
                             "0.5e",
                             "0.5e-",
                             "0.5e99",
                             "nan",
                             "0.1234567890123456789",
                             " 0.5",
                             "0,5"})
        EXPECT_FALSE(DecimalLevel::parse(text).has_value()) << "'" << text << "'";
}

TEST(DecimalLevel, ComparesAsNumbers)
{
    auto const a = DecimalLevel::parse("0.5").value();
    auto const b = DecimalLevel::parse("0.4999").value();

    EXPECT_TRUE(b < a);
    EXPECT_FALSE(a < b);
    EXPECT_TRUE(a == DecimalLevel::parse("0.50").value());
}

}  // namespace
}  // namespace brink
