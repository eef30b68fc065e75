// SPDX-License-Identifier: Apache-2.0
#include "io/config/sweep_points.hpp"
#include "tests/unit/io/config/scenario_text.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

using test::messages_for;
using test::read_good;
using test::small_scenario;
using testing::ElementsAre;
using testing::HasSubstr;

SweepPoints points_of(std::string const& sweep, std::vector<std::string> const& overrides = {})
{
    ReadResult const input = read_good(small_scenario + sweep, overrides);
    return input.scenario.sweep ? expand_sweep(*input.scenario.sweep) : SweepPoints{};
}

std::vector<std::string> options_of(SweepPoint const& point)
{
    std::vector<std::string> options;
    for (Setting const& setting : point.settings)
        options.push_back(setting.option());
    return options;
}

std::vector<double> numbers_of(SweepAxis const& axis)
{
    std::vector<double> numbers;
    for (SweepValue const& value : axis.values)
        numbers.push_back(value.number.value_or(std::nan("")));
    return numbers;
}

TEST(Sweep, GridIsAllCombinationsTheLastAxisFastest)
{
    SweepPoints const sweep = points_of(R"(
[sweep]
[[sweep.axis]]
key = "market.volatility_scale"
values = [1, 1.5]
[[sweep.axis]]
name = "delay"
key = "owner.fund.response.post.delay"
values = ["PT1H", "PT6H", "P1D"]
)");

    ASSERT_EQ(sweep.points.size(), 6u);
    EXPECT_EQ(sweep.axes[0].name, "volatility_scale");
    EXPECT_TRUE(sweep.axes[0].is_numeric());
    EXPECT_FALSE(sweep.axes[1].is_numeric());
    EXPECT_EQ(sweep.points[1].label, "volatility_scale = 1, delay = PT6H");
    EXPECT_EQ(sweep.points[3].label, "volatility_scale = 1.5, delay = PT1H");
    EXPECT_THAT(
        options_of(sweep.points[4]),
        ElementsAre("market.volatility_scale=1.5", "owner.fund.response.post.delay=\"PT6H\""));
}

TEST(Sweep, ZipMovesAllAxesTogether)
{
    SweepPoints const sweep = points_of(R"(
[sweep]
kind = "zip"
[[sweep.axis]]
key = ["asset.BTC.volatility", "asset.BTC.drift"]
values = [0.5, 1.0]
[[sweep.axis]]
key = "owner.fund.reserve.USDT"
values = [1e4, 2e4]
)");

    ASSERT_EQ(sweep.points.size(), 2u);
    EXPECT_THAT(options_of(sweep.points[1]),
                ElementsAre("asset.BTC.volatility=1.0", "asset.BTC.drift=1.0",
                            "owner.fund.reserve.USDT=20000.0"));
}

TEST(Sweep, ValuesMayBeNamedSettings)
{
    SweepPoints const sweep = points_of(R"(
[sweep]
[[sweep.axis]]
name = "policy"
values = [
    { name = "as it is", set = { "run.bridge" = false } },
    { name = "slow and small", set = { owner.fund.response.post.delay = "P1D", "owner.fund.reserve" = { USDT = 5 } } },
]
)");

    ASSERT_EQ(sweep.points.size(), 2u);
    EXPECT_EQ(sweep.points[1].label, "policy = slow and small");
    EXPECT_THAT(options_of(sweep.points[1]), ElementsAre("owner.fund.response.post.delay=\"P1D\"",
                                                         "owner.fund.reserve={ USDT = 5 }"));
}

TEST(Sweep, IntervalsAreLinearOrLogarithmicAndRoundNumbers)
{
    SweepPoints const sweep = points_of(R"(
[sweep]
[[sweep.axis]]
key = "market.volatility_scale"
from = 0.1
to = 0.4
count = 4
[[sweep.axis]]
key = "owner.fund.reserve.USDT"
from = 1e4
to = 1e6
count = 3
scale = "log"
)");

    EXPECT_THAT(numbers_of(sweep.axes[0]), ElementsAre(0.1, 0.2, 0.3, 0.4));
    EXPECT_THAT(numbers_of(sweep.axes[1]), ElementsAre(1e4, 1e5, 1e6));
}

constexpr char const* cube = R"(
[sweep]
kind = "latin_hypercube"
points = 40
[[sweep.axis]]
key = "market.volatility_scale"
from = 1
to = 3
[[sweep.axis]]
key = "owner.fund.reserve.USDT"
from = 1
to = 1e4
scale = "log"
[[sweep.axis]]
name = "step"
key = "run.step"
values = ["PT1H", "PT2H"]
)";

TEST(Sweep, LatinHypercubeHasOnePointInEachPartOfEveryAxis)
{
    SweepPoints const sweep = points_of(cube);

    ASSERT_EQ(sweep.points.size(), 40u);
    std::vector<int> linear(40), logarithmic(40);
    for (double const x : numbers_of(sweep.axes[0]))
        ++linear.at(static_cast<std::size_t>((x - 1) / 2 * 40));
    for (double const x : numbers_of(sweep.axes[1]))
        ++logarithmic.at(static_cast<std::size_t>(std::log10(x) / 4 * 40));
    EXPECT_THAT(linear, testing::Each(1));
    EXPECT_THAT(logarithmic, testing::Each(1));
    EXPECT_EQ(std::count_if(sweep.axes[2].values.begin(), sweep.axes[2].values.end(),
                            [](SweepValue const& value) { return value.label() == "PT1H"; }),
              20);
}

/// Known numbers: the points of a seed are the same on every machine.
TEST(Sweep, LatinHypercubeFollowsItsSeed)
{
    auto const first = [](std::vector<std::string> const& overrides) {
        return numbers_of(points_of(cube, overrides).axes[0]);
    };

    EXPECT_EQ(first({"sweep.seed=7"}), first({"sweep.seed=7", "run.seed=3"}));
    EXPECT_EQ(first({"run.seed=7"}), first({"sweep.seed=7"}));
    EXPECT_NE(first({"sweep.seed=7"}), first({"sweep.seed=8"}));
}

TEST(Sweep, DefaultNamesAreAsShortAsTheyCanBe)
{
    SweepPoints const sweep = points_of(R"(
[sweep]
[[sweep.axis]]
key = "asset.BTC.volatility"
values = [1, 2]
[[sweep.axis]]
key = "asset.USDT.volatility"
values = [1, 2]
[[sweep.axis]]
key = "run.step"
values = ["PT1H"]
)");

    EXPECT_EQ(sweep.axes[0].name, "BTC.volatility");
    EXPECT_EQ(sweep.axes[1].name, "USDT.volatility");
    EXPECT_EQ(sweep.axes[2].name, "step");
}

TEST(Sweep, EffectiveConfigReadsBackToTheSamePoints)
{
    ReadResult const input = read_good(small_scenario + cube);
    ReadResult const again = read_good(input.scenario.canonical);

    EXPECT_EQ(again.scenario.canonical, input.scenario.canonical);
    EXPECT_EQ(numbers_of(expand_sweep(*again.scenario.sweep).axes[0]),
              numbers_of(expand_sweep(*input.scenario.sweep).axes[0]));
    EXPECT_EQ(input.effective.at("sweep.points"), "40");
    EXPECT_EQ(input.effective.at("sweep.axis.step.values"), "[\"PT1H\", \"PT2H\"]");
}

TEST(Sweep, OptionsReachTheSweep)
{
    SweepPoints const sweep = points_of(R"(
[sweep]
[[sweep.axis]]
name = "volatility"
key = "market.volatility_scale"
values = [1, 2]
)",
                                        {"sweep.axis.volatility.values=[3, 4, 5]"});

    EXPECT_THAT(numbers_of(sweep.axes[0]), ElementsAre(3, 4, 5));
}

TEST(Sweep, PointsReadAsWithTheSameOptions)
{
    ReadResult const base = read_good(small_scenario);
    Problems problems;
    ReadResult const point = read_with(
        base, {{"asset.BTC.volatility", "0.9", {}}, {"run.step", "\"PT2H\"", {}}}, problems);

    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(point.effective,
              read_good(small_scenario, {"asset.BTC.volatility=0.9", "run.step=PT2H"}).effective);
}

TEST(Sweep, RefusesWhatMakesNoSweep)
{
    std::string const text = messages_for(small_scenario + R"(
[sweep]
kind = "zip"
points = 3
[[sweep.axis]]
key = "run.paths"
values = [10, 20]
[[sweep.axis]]
name = "value"
key = "asset.BTC.volatility"
values = [0.5, 0.5, 0.7]
[[sweep.axis]]
name = "x"
key = "asset.BTC.volatility"
from = 0
to = 1
scale = "log"
[[sweep.axis]]
values = [{ name = "nothing", set = {} }]
)");

    EXPECT_THAT(text, HasSubstr("sweep.points: the number of points follows from the axes"));
    EXPECT_THAT(text, HasSubstr("run.paths is the same for all points"));
    EXPECT_THAT(text, HasSubstr("\"value\" is a name of the result's own"));
    EXPECT_THAT(text, HasSubstr("0.5 is a value of the axis already"));
    EXPECT_THAT(text, HasSubstr("has 3 values, the first axis 2"));
    EXPECT_THAT(text, HasSubstr("is moved by the axis \"value\" already"));
    EXPECT_THAT(text, HasSubstr("a logarithmic axis has two ends above 0"));
    EXPECT_THAT(text, HasSubstr("sweep.axis[2].count: required key is missing"));
    EXPECT_THAT(text, HasSubstr("the value sets nothing"));
    EXPECT_THAT(text, HasSubstr("sweep.axis[3].name: required key is missing"));
}

TEST(Sweep, RefusesMorePointsThanTheMost)
{
    std::string const axis = "\n[[sweep.axis]]\nfrom = 1\nto = 2\ncount = 101\nkey = ";

    EXPECT_THAT(messages_for(small_scenario + "[sweep]" + axis + "\"market.volatility_scale\""
                             + axis + "\"asset.BTC.drift\""),
                HasSubstr("sweep: 10201 points; 10000 are the most"));
}

}  // namespace
}  // namespace brink
