// SPDX-License-Identifier: Apache-2.0
// At the edges of every table of every venue file: no jump but those that the rule states. And what
// smaller haircuts do.
#include "host/program/book_state.hpp"
#include "host/program/rules_builder.hpp"
#include "io/config/scenario_checks.hpp"
#include "models/margin/collateral.hpp"
#include "models/margin/requirement.hpp"
#include "tests/support/table_arena.hpp"
#include "tests/unit/host/program/venue_portfolios.hpp"

#include <gtest/gtest.h>

namespace brink::test {
namespace {

constexpr double nudge = 1e-9;  ///< relative: beyond what counts as being at a floor

/// With the maintenance amounts that a file leaves to the program.
VenueConfig venue_of(std::string const& name)
{
    Problems problems;
    Scenario scenario;
    scenario.venues.push_back(read_venue_file(venue_folder + name + ".toml", problems));
    EXPECT_TRUE(problems.empty());
    complete_scenario(scenario);
    return scenario.venues.front();
}

class VenueEdges : public testing::TestWithParam<std::string> {
  protected:
    VenueConfig const venue_{venue_of(GetParam())};
};

/// What a balance of x units of the curve counts for, by the table as written.
double stated_value(CollateralConfig const& row, double x)
{
    double const counted = std::min(x, row.cap.value_or(x));
    double value = 0.0;
    for (std::size_t k = 0; k < row.tiers.size(); ++k) {
        double const end = k + 1 < row.tiers.size() ? row.tiers[k + 1].floor : counted;
        value += row.tiers[k].ratio * std::max(std::min(counted, end) - row.tiers[k].floor, 0.0);
    }
    return value;
}

/// Floors and cap of a curve, and random places between and beyond them.
std::vector<double> places_of(CollateralConfig const& row, std::mt19937_64& random)
{
    std::vector<double> places;
    for (CollateralTierConfig const& tier : row.tiers)
        places.push_back(tier.floor);
    if (row.cap)
        places.push_back(*row.cap);
    double const last = std::max(places.back(), 1.0);
    for (int i = 0; i < 20; ++i)
        places.push_back(last * std::uniform_real_distribution{0.0, 2.0}(random));
    return places;
}

TEST_P(VenueEdges, CollateralIsWorthWhatTheTableSaysAndHasNoJump)
{
    std::mt19937_64 random{11};
    for (CollateralConfig const& row : venue_.collateral) {
        SCOPED_TRACE(row.asset);
        TableArena arena;
        CollateralCurve<double> curve{};
        curve.slabs = arena.put(make_slabs(row));
        CurveUnit const units[] = {CurveUnit::value, CurveUnit::coin};
        for (CurveUnit const unit : units) {
            curve.unit = unit;
            CollateralValuer<double> const value{arena.tables(), curve};
            double const price = unit == CurveUnit::value ? 4.0 : 0.25;
            auto const worth = [&](double x) {  // of x units, in the curve's unit
                return unit == CurveUnit::value ? value(x / price, 0.0, price)
                                                : value(x, 0.0, price) / price;
            };
            for (double const x : places_of(row, random)) {
                EXPECT_NEAR(worth(x), stated_value(row, x), 1e-12 * (1.0 + x)) << x;
                double const step = nudge * (1.0 + x);
                EXPECT_GE(worth(x + step), worth(x) - 1e-14 * x) << x;
                EXPECT_LE(worth(x + step), worth(x) + step + 1e-14 * x) << x;
            }
        }
    }
}

ScheduleShape shape_of(ScheduleKind kind)
{
    switch (kind) {
        case ScheduleKind::marginal:
            return ScheduleShape::marginal;
        case ScheduleKind::whole_position:
            return ScheduleShape::whole_position;
        case ScheduleKind::affine:
            return ScheduleShape::affine;
        case ScheduleKind::square_root:
            return ScheduleShape::square_root;
        case ScheduleKind::short_option:
            break;
    }
    return ScheduleShape::short_option;
}

/// Maintenance and initial margin of one schedule by size, at a unit worth 1.
class Required {
    TableArena arena_;
    MarginSchedule<double> schedule_{};

  public:
    explicit Required(ScheduleConfig const& config)
    {
        schedule_.tiers = arena_.put(make_tiers(config));
        schedule_.shape = shape_of(config.kind);
        schedule_.close_fee_rate = config.close_fee_rate;
    }
    [[nodiscard]] double maintenance(double size) const
    {
        return RequirementChecker<double>{arena_.tables(), schedule_}.maintenance(size, 1.0);
    }
    [[nodiscard]] double initial(double size) const
    {
        return RequirementChecker<double>{arena_.tables(), schedule_}.initial(size, 1.0, 0.0);
    }
};

/// Rate that a bracket of another rate adds to, at this floor, on the whole position.
double jump_of_rate(ScheduleConfig const& schedule, std::size_t k)
{
    return schedule.kind == ScheduleKind::whole_position
               ? schedule.tiers[k].maintenance_rate - schedule.tiers[k - 1].maintenance_rate
               : 0.0;
}

TEST_P(VenueEdges, MaintenanceJumpsAtFloorsOfWholePositionSchedulesAlone)
{
    for (ScheduleConfig const& schedule : venue_.schedules) {
        if (schedule.kind == ScheduleKind::short_option)
            continue;
        SCOPED_TRACE(schedule.instruments.front());
        Required const required{schedule};
        for (std::size_t k = 1; k < schedule.tiers.size(); ++k) {
            double const floor = schedule.tiers[k].floor;
            double const above = floor * (1.0 + nudge);
            double const jump = required.maintenance(above) - required.maintenance(floor);
            EXPECT_NEAR(jump, floor * jump_of_rate(schedule, k), 2.0 * nudge * floor)
                << "bracket " << k + 1;
        }
    }
}

/// Above a floor each further unit of a marginal schedule needs the bracket's rate.
TEST_P(VenueEdges, AMarginalBracketChargesItsRateOnWhatIsInIt)
{
    for (ScheduleConfig const& schedule : venue_.schedules) {
        if (schedule.kind != ScheduleKind::marginal)
            continue;
        SCOPED_TRACE(schedule.instruments.front());
        Required const required{schedule};
        for (std::size_t k = 0; k < schedule.tiers.size(); ++k) {
            double const from = schedule.tiers[k].floor;
            double const to =
                k + 1 < schedule.tiers.size() ? schedule.tiers[k + 1].floor : 2.0 * from + 1.0;
            double const rate = schedule.tiers[k].maintenance_rate + schedule.close_fee_rate;
            EXPECT_NEAR(required.maintenance(to) - required.maintenance(from), rate * (to - from),
                        1e-12 * to)
                << "bracket " << k + 1;
        }
    }
}

/// Of the bracket; where it states none, that of the bracket below, and no less than it maintains.
double initial_rate(ScheduleConfig const& schedule, std::size_t k)
{
    TierConfig const& tier = schedule.tiers[k];
    return tier.max_leverage ? 1.0 / *tier.max_leverage
                             : std::max(initial_rate(schedule, k - 1), tier.maintenance_rate);
}

TEST_P(VenueEdges, InitialMarginJumpsByTheRatesOfTheWholePosition)
{
    for (ScheduleConfig const& schedule : venue_.schedules) {
        if (schedule.kind == ScheduleKind::short_option || !schedule.tiers.front().max_leverage)
            continue;
        SCOPED_TRACE(schedule.instruments.front());
        Required const required{schedule};
        for (std::size_t k = 1; k < schedule.tiers.size(); ++k) {
            double const floor = schedule.tiers[k].floor;
            double const stated = initial_rate(schedule, k) - initial_rate(schedule, k - 1);
            double const jump = required.initial(floor * (1.0 + nudge)) - required.initial(floor);
            EXPECT_NEAR(jump, floor * stated, 2.0 * nudge * floor) << "bracket " << k + 1;
        }
    }
}

/// Never less for more: over floors, and over random pairs of sizes.
TEST_P(VenueEdges, ALargerPositionNeverNeedsLess)
{
    std::mt19937_64 random{13};
    for (ScheduleConfig const& schedule : venue_.schedules) {
        if (schedule.kind == ScheduleKind::short_option)
            continue;
        SCOPED_TRACE(schedule.instruments.front());
        Required const required{schedule};
        double const most = 2.0 * schedule.tiers.back().floor + 1e6;
        for (int i = 0; i < 200; ++i) {
            double const size = most * std::exp(std::uniform_real_distribution{-9.0, 0.0}(random));
            double const more = size * std::exp(std::uniform_real_distribution{0.0, 1.0}(random));
            EXPECT_GE(required.maintenance(more), required.maintenance(size));
            EXPECT_GE(required.initial(more), required.initial(size));
        }
    }
}

/// The scenario with every haircut smaller, by a random share of its own.
Scenario with_smaller_haircuts(Scenario scenario)
{
    std::mt19937_64 random{17};
    for (CollateralConfig& row : scenario.venues[0].collateral) {
        double const share = std::uniform_real_distribution{0.1, 0.9}(random);
        for (CollateralTierConfig& tier : row.tiers)
            tier.ratio += share * (1.0 - tier.ratio);
    }
    return scenario;
}

std::vector<double> prices_of(Program<double> const& program)
{
    std::vector<double> prices;
    for (Asset const& asset : program.tables[program.assets])
        prices.push_back(asset.opening_price);
    return prices;
}

/// Where haircuts are part of the initial margin (`scope = "initial"`: deribit) that falls with
/// them, and margin equity stays; at all other venues collateral is outside of the requirement.
TEST_P(VenueEdges, SmallerHaircutsNeverRaiseWhatIsRequiredNorLowerHealth)
{
    constexpr int num_pairs = 100;
    BuiltScenario<double> const given{VenuePortfolios{GetParam(), num_pairs}.text()};
    ASSERT_TRUE(given.built) << given.said();
    Problems problems;
    auto const milder = build_program<double>(with_smaller_haircuts(given.read.scenario), problems);
    ASSERT_TRUE(milder);
    BookState<double> const before{given.program(), prices_of(given.program())};
    BookState<double> const after{milder->tables.view(), prices_of(given.program())};

    int improved = 0;
    int initial_fell = 0;
    for (std::int32_t a = 0; a < before.num_accounts(); ++a) {
        Assessment<double> const strict = before.assess(a);
        Assessment<double> const mild = after.assess(a);
        double const rounding = 1e-12 * strict.exposure;
        EXPECT_EQ(mild.maintenance_margin, strict.maintenance_margin) << "account " << a;
        EXPECT_LE(mild.initial_margin, strict.initial_margin + rounding) << "account " << a;
        EXPECT_GE(mild.margin_equity, strict.margin_equity - rounding) << "account " << a;
        if (strict.maintenance_margin > 0.0) {
            EXPECT_GE(health_of(mild), health_of(strict) - 1e-12) << "account " << a;
        }
        improved += mild.margin_equity - mild.initial_margin
                    > strict.margin_equity - strict.initial_margin + rounding;
        initial_fell += mild.initial_margin < strict.initial_margin - rounding;
    }
    auto const& rows = given.read.scenario.venues[0].collateral;
    bool const inside = std::any_of(rows.begin(), rows.end(), [](CollateralConfig const& row) {
        return row.scope == CollateralScope::initial;
    });
    bool const cuts = std::any_of(rows.begin(), rows.end(), [](CollateralConfig const& row) {
        return row.tiers.front().ratio < 1.0;
    });
    EXPECT_TRUE(improved > 0 || !cuts);
    EXPECT_EQ(initial_fell > 0, inside);
}

INSTANTIATE_TEST_SUITE_P(Configs, VenueEdges, testing::ValuesIn(venue_files()),
                         [](auto const& venue) { return venue.param; });

}  // namespace
}  // namespace brink::test
