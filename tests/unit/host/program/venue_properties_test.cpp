// SPDX-License-Identifier: Apache-2.0
// What holds at every venue whatever its tables say.
#include "host/program/book_state.hpp"
#include "models/liquidation/liquidator.hpp"
#include "tests/unit/host/program/venue_portfolios.hpp"

#include <gtest/gtest.h>

namespace brink::test {
namespace {

constexpr int num_pairs = 150;

template<class T>
std::vector<double> opening_prices(Program<T> const& program)
{
    std::vector<double> prices;
    for (Asset const& asset : program.tables[program.assets])
        prices.push_back(asset.opening_price);
    return prices;
}

/// An account as it opens, in any number type.
template<class T>
struct AsOpened {
    Entries<Holding<T>> holdings;
    T bands;  ///< [debt coin]

    [[nodiscard]] Held<T> held(std::int32_t h) const
    {
        return {holdings[h].balance, holdings[h].debt, holdings[h].debt > T(0)};
    }
    [[nodiscard]] T fraction(std::int32_t) const { return T(1); }
    [[nodiscard]] T band_value() const { return bands; }
};

template<class T>
Assessment<T> assess_as_opened(Program<T> const& program, std::int32_t a)
{
    Account<T> const& account = program.tables[program.accounts][a];
    T price[max_assets] = {};
    BookState<T> const book{program, opening_prices(program)};
    for (std::int32_t i = 0; i < program.num_assets; ++i)
        price[i] = static_cast<T>(book.price(i));
    return AccountAssessor<max_assets, T>{program, program.rules, book.event().carry}(
        account, AsOpened<T>{program.tables[account.holdings], account.bands.value},
        Listed<T>{price}, Margins::all);
}

class VenueProperties : public testing::TestWithParam<std::string> {
  protected:
    VenuePortfolios const portfolios_{GetParam(), num_pairs};
    BuiltScenario<double> const exact_{portfolios_.text()};

    void SetUp() override { ASSERT_TRUE(exact_.built) << exact_.said(); }
};

TEST_P(VenueProperties, MoreCollateralNeverWorsensHealth)
{
    Program<double> const program = exact_.program();
    BookState<double> const book{program, opening_prices(program)};
    ASSERT_EQ(book.num_accounts(), 2 * num_pairs);

    int improved = 0;
    for (std::int32_t a = 0; a < book.num_accounts(); a += 2) {
        Assessment<double> const less = book.assess(a);
        Assessment<double> const more = book.assess(a + 1);
        EXPECT_EQ(more.maintenance_margin, less.maintenance_margin);
        EXPECT_GE(more.margin_equity - more.initial_margin,  // a haircut may be part of it
                  less.margin_equity - less.initial_margin);
        EXPECT_GE(health_of(more), health_of(less)) << "account " << a;
        improved += health_of(more) > health_of(less);
    }
    EXPECT_GT(improved, num_pairs / 4);  // a venue may count few of its coins, not none
}

/// The guard band of the path program is 1e-5 of the exposure: float, at 1e-6, surer than that
/// where it decides, between half and twice the level.
TEST_P(VenueProperties, FloatIsSurerThanTheGuardBand)
{
    BuiltScenario<float> const single{portfolios_.text()};
    Program<double> const program = exact_.program();

    int near = 0;
    for (std::int32_t a = 0; a < 2 * num_pairs; ++a) {
        Assessment<double> const exact = assess_as_opened(program, a);
        Assessment<float> const rounded = assess_as_opened(single.program(), a);
        auto const& ladder = program.tables[program.exact_rules.ladders][0];
        auto const& float_ladder = single.program().tables[single.program().rules.ladders][0];
        for (double const level : {call_level(ladder, exact), liquidation_level(ladder, exact)}) {
            double const float_level = level == call_level(ladder, exact)
                                           ? call_level(float_ladder, rounded)
                                           : liquidation_level(float_ladder, rounded);
            if (exact.margin_equity > 2.0 * level || exact.margin_equity < 0.5 * level)
                continue;
            ++near;
            EXPECT_NEAR(rounded.margin_equity - float_level, exact.margin_equity - level,
                        1e-6 * exact.exposure)
                << "account " << a;
        }
    }
    EXPECT_GT(near, 10);
}

/// Nothing negative, no position turned round, and no liquidation left that anyone would do.
TEST_P(VenueProperties, ALiquidationEndsCuredOrWithNothingMoreToDo)
{
    Program<double> const program = exact_.program();
    BookState<double> book{program, opening_prices(program)};

    int liquidated = 0;
    for (std::int32_t a = 0; a < book.num_accounts(); ++a) {
        if (!book.is_liquidatable(a))
            continue;
        ++liquidated;
        SCOPED_TRACE(a);
        double const before = book.net_asset_value(a);
        Liquidator<max_assets>{book.event(), a}();
        AccountState const state = book.event().state(a);
        for (std::int32_t h = 0; h < state.layout().num_holdings; ++h) {
            EXPECT_GE(state.balance(h), 0.0);
            EXPECT_GE(state.owed(h), 0.0);
        }
        for (std::int32_t p = 0; p < state.layout().num_positions; ++p) {
            EXPECT_GE(state.fraction(p), 0.0);
            EXPECT_LE(state.fraction(p), 1.0);
        }
        double const forgiven = state[AccountField::deficit];
        EXPECT_LE(book.net_asset_value(a), before + forgiven + 1e-9 * (1.0 + std::abs(before)));
        std::vector<double> once;
        for (std::int32_t h = 0; h < state.layout().num_holdings; ++h)
            once.push_back(state.balance(h) - state.owed(h));
        if (book.is_liquidatable(a))
            Liquidator<max_assets>{book.event(), a}();
        for (std::int32_t h = 0; h < state.layout().num_holdings; ++h)
            EXPECT_EQ(state.balance(h) - state.owed(h), once[static_cast<std::size_t>(h)]);
    }
    EXPECT_GT(liquidated, 10);
}

/// Marginal and affine schedules have no jump at a floor, whole-position ones that of the rates.
TEST_P(VenueProperties, RequirementsJumpAtFloorsOnlyWhereTheRateIsOfTheWholePosition)
{
    Program<double> const program = exact_.program();
    auto const schedules = program.tables[program.exact_rules.schedules];
    bool const lends =
        program.tables[program.exact_rules.ladders][0].health == HealthRule::collateral_over_debt;
    ASSERT_EQ(schedules.size() == 0, lends);
    for (MarginSchedule<double> const& schedule : schedules) {
        RequirementChecker<double> const require{program.tables, schedule};
        Entries<MarginTier<double>> const tiers = program.tables[schedule.tiers];
        for (std::int32_t k = 1; k < tiers.size(); ++k) {
            double const floor = tiers[k].floor;
            double const above = floor * (1.0 + 1e-9);
            double const jump = require.maintenance(above, 1.0) - require.maintenance(floor, 1.0);
            double const stated = schedule.shape == ScheduleShape::whole_position
                                      ? floor * (tiers[k].rate - tiers[k - 1].rate)
                                      : 0.0;
            EXPECT_NEAR(jump, stated, 1e-8 * floor) << "bracket " << k + 1;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, VenueProperties, testing::ValuesIn(venue_files()),
                         [](auto const& venue) { return venue.param; });

}  // namespace
}  // namespace brink::test
