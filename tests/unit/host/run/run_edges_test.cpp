// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "host/run/limits.hpp"
#include "host/run/output_path.hpp"
#include "host/run/scenario_engine.hpp"

namespace brink {
namespace {

/// A result with one scope and one outcome: ES 99 % = 100 in [90, 110].
Result result_of(std::string const& scope)
{
    Estimate const shortfall{"es_0.99", 100, 5, 90, 110, 10, {}};
    Estimate const absent{"q_0.5", not_available, not_available, not_available, not_available, 0,
                          {}};
    OutcomeResult outcome;
    outcome.outcome = "loss";
    outcome.statistics = {shortfall, absent};
    ScopeResult entry;
    entry.scope = scope;
    entry.outcomes = {outcome};
    Result result;
    result.scopes = {entry};
    return result;
}

LimitConfig limit_of(std::string statistic, double threshold, bool confident = false)
{
    LimitConfig limit;
    limit.statistic = std::move(statistic);
    limit.threshold = threshold;
    limit.confident = confident;
    return limit;
}

std::size_t num_breached(LimitConfig const& limit, std::string const& scope = "book")
{
    return judge_limits({limit}, result_of(scope)).breached.size();
}

TEST(Limits, AreBreachedAboveAndNotAtTheThreshold)
{
    EXPECT_EQ(num_breached(limit_of("book.loss.es_0.99", 100)), 0);
    EXPECT_EQ(num_breached(limit_of("book.loss.es_0.99", 99.999)), 1);
    EXPECT_EQ(num_breached(limit_of("book.loss.es_0.990", 99)), 1);
}

TEST(Limits, AskForTheNearEndWhereConfident)
{
    EXPECT_EQ(num_breached(limit_of("book.loss.es_0.99", 95, true)), 0);
    EXPECT_EQ(num_breached(limit_of("book.loss.es_0.99", 90, true)), 0);
    EXPECT_EQ(num_breached(limit_of("book.loss.es_0.99", 89, true)), 1);
}

TEST(Limits, FindAccountsWithDotsInTheirNames)
{
    EXPECT_EQ(num_breached(limit_of("account:a.loss.b.loss.es_0.99", 1), "account:a.loss.b"), 1);
}

TEST(Limits, AreUndecidedWithoutAValue)
{
    LimitReport const report = judge_limits({limit_of("book.loss.q_0.5", 1)}, result_of("book"));

    EXPECT_TRUE(report.breached.empty());
    EXPECT_EQ(report.undecided.size(), 1);
}

TEST(Limits, SayWhatIsNotFinite)
{
    double const infinity = std::numeric_limits<double>::infinity();
    Result result = result_of("book");
    result.scopes[0].outcomes[0].statistics = {
        {"es_0.99", infinity, not_available, not_available, not_available, 10, {}},
        {"mean", 7, not_available, not_available, not_available, 10, {}}};

    LimitReport const report =
        judge_limits({limit_of("book.loss.es_0.99", 5), limit_of("book.loss.mean", 5),
                      limit_of("book.loss.mean", 5, true)},
                     result);

    ASSERT_EQ(report.breached.size(), 2);
    EXPECT_EQ(report.breached[0], "book.loss.es_0.99 is infinite and exceeds 5");
    EXPECT_EQ(report.breached[1], "book.loss.mean = 7 (error unknown) exceeds 5");
    ASSERT_EQ(report.undecided.size(), 1);
    EXPECT_EQ(report.undecided[0],
              "limit book.loss.mean is undecided: the estimate has no interval");
}

TEST(OutputPath, ReplacesThePlaceholders)
{
    OutputNames const names{"fund/one", 1'751'328'000, "0123456789abcdef0123"};

    EXPECT_EQ(output_path("", names), "out/fund_one.h5");
    EXPECT_EQ(output_path("x/{as_of}-{hash}.h5", names), "x/20250701T000000Z-0123456789abcdef.h5");
    EXPECT_EQ(output_path("plain", names), "plain");
}

TEST(OutputPath, NeverHidesOrLeavesTheFolder)
{
    EXPECT_EQ(output_path("", {"../x", 0, ""}), "out/_.._x.h5");
    EXPECT_EQ(output_path("{name}", {"", 0, ""}), "_");
}

TEST(OutputPath, RefusesUnknownPlaceholders)
{
    EXPECT_THROW(static_cast<void>(output_path("{seed}.h5", {})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(output_path("{name", {})), std::invalid_argument);
}

TEST(DeviceChoice, ReadsDevicesAndIndices)
{
    EXPECT_EQ(DeviceChoice::parse("auto").kind, DeviceChoice::Kind::automatic);
    EXPECT_EQ(DeviceChoice::parse("cpu").kind, DeviceChoice::Kind::cpu);
    EXPECT_TRUE(DeviceChoice::parse("cuda").cuda_devices.empty());
    EXPECT_EQ(DeviceChoice::parse("cuda:0,12").cuda_devices, (std::vector<int>{0, 12}));
}

TEST(DeviceChoice, RefusesWhatIsNone)
{
    for (char const* text :
         {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:0,,1", "cuda:0 1", "CPU"})
        EXPECT_THROW(static_cast<void>(DeviceChoice::parse(text)), std::invalid_argument) << text;
}

}  // namespace
}  // namespace brink
