// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <limits>

#include <gtest/gtest.h>

#include "models/margin/grid_search.hpp"
#include "tests/unit/models/margin/random_grid.hpp"

namespace brink {
namespace {

template<class T>
GridSearch<T> search_of(test::BuiltGrid<T> const& grid, test::RandomUnit<T> const& unit)
{
    GridSearch<T> search{grid.tables(), grid.grid};
    for (GridPosition<T> const& position : unit.positions)
        search.add(position);
    return search;
}

template<class T>
GridUnit<T> all_of(test::BuiltGrid<T> const& grid, test::RandomUnit<T> const& unit)
{
    GridUnit<T> all{grid.tables(), grid.grid};
    for (GridPosition<T> const& position : unit.positions)
        all.add(position);
    return all;
}

/// Of `num_units` units: the search's worst loss against that of all scenarios, and its bound of
/// every scenario against the loss in it.
template<class T>
void expect_the_same_bits(int num_units, unsigned seed)
{
    test::Draws draws{seed};
    for (int i = 0; i < num_units; ++i) {
        test::BuiltGrid<T> const grid{i % 2 == 0 ? test::grid_of_26() : test::random_grid(draws)};
        auto const unit = test::random_unit<T>(draws, max_searched_legs);
        GridUnit<T> const all = all_of(grid, unit);
        GridSearch<T> search = search_of(grid, unit);

        T const found = search.requirement(grid.tables());
        T const required = all.requirement(grid.tables());

        ASSERT_TRUE(search.is_proven());
        ASSERT_EQ(std::bit_cast<bits_t<T>>(found), std::bit_cast<bits_t<T>>(required))
            << "unit " << i << ": " << found << ", not " << required;
        for (std::int32_t j = 0; j < grid.spots().size(); ++j)
            for (std::int32_t s = grid.spots()[j].first, n = 0; n < grid.spots()[j].count; ++n)
                ASSERT_GE(search.greatest_loss(j),
                          -grid.scenarios()[s + n].weight * all.profit(s + n))
                    << "unit " << i << ", scenario " << s + n;
    }
}

TEST(GridSearch, FindsTheWorstLossToTheBitInFloat)
{
    expect_the_same_bits<float>(60'000, 1);
}

TEST(GridSearch, FindsTheWorstLossToTheBitInDouble)
{
    expect_the_same_bits<double>(60'000, 2);
}

/// Options of a month near the money on a grid of 26, hedged or not.
double revalued_share(double share_sold, double hedge, unsigned seed)
{
    test::Draws draws{seed};
    test::BuiltGrid<float> const grid{test::grid_of_26()};
    constexpr int num_units = 500;
    int revalued = 0;
    for (int i = 0; i < num_units; ++i) {
        test::RandomUnit<float> unit;
        unit.contracts.reserve(4);
        for (int p = 0; p < 4; ++p) {
            float const strike = static_cast<float>(test::draw(draws, 80, 125));
            unit.contracts.push_back({0, 0, 1, -1,
                                      p % 2 == 0 ? ContractKind::call : ContractKind::put, strike,
                                      0, 1, 0});
            ContractTerms<float> const terms{0.8f,
                                             static_cast<float>(test::draw(draws, 0.02, 0.2))};
            Contract<float> const& contract = unit.contracts.back();
            float const size = test::draw(draws, 0, 1) < share_sold ? -1.0f : 1.0f;
            unit.positions.push_back({size, 100,
                                      value_contract(contract, 100.0f, 1.0f, terms).value,
                                      &contract, terms, 1});
        }
        unit.positions.push_back({static_cast<float>(hedge), 100, 100, nullptr, {0.0f, 0.0f}, 0});
        GridSearch<float> search = search_of(grid, unit);
        search.worst_loss();
        revalued += search.num_revalued();
    }
    return revalued / (26.0 * num_units);
}

/// What the bounds are for; that they hold is the test above.
TEST(GridSearch, RevaluesFewScenarios)
{
    EXPECT_LT(revalued_share(1.0, 0.3, 1), 0.35) << "sold";
    EXPECT_LT(revalued_share(0.0, -0.3, 2), 0.4) << "bought";
    EXPECT_LT(revalued_share(0.5, 0.0, 3), 0.5) << "both";
}

TEST(GridSearch, OfOneLinearPositionLooksAtTheFarthestMoves)
{
    GridConfig config;
    GridScenarioConfig row;
    row.spot = {-0.1, 0.0, 0.05, 0.2};
    row.volatility = {-0.2, 0.3};
    config.scenarios.push_back(row);
    row.spot = {-0.5, 0.4};
    row.volatility = {0.0};
    row.weight = 0.5;
    config.scenarios.push_back(row);
    test::BuiltGrid<double> const grid{config};
    for (double const size : {3.0, -3.0}) {
        GridSearch<double> search{grid.tables(), grid.grid};
        search.add({size, 100, 100, nullptr, {0, 0}, 0});

        // down: 0.5 x 50 %; up: 20 % and 0.5 x 40 %, which tie; volatility does not matter
        EXPECT_DOUBLE_EQ(search.worst_loss(), size > 0 ? 75 : 60);
        EXPECT_EQ(search.num_revalued(), 3);
    }
}

TEST(GridSearch, SaysSoWhereANumberIsNotFinite)
{
    test::BuiltGrid<double> const grid{test::grid_of_26()};
    for (double const bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        test::Draws draws{5};
        auto unit = test::random_unit<double>(draws, 1);
        unit.positions.push_back({1, bad, bad, nullptr, {0, 0}, 0});
        GridSearch<double> search = search_of(grid, unit);

        search.worst_loss();

        EXPECT_FALSE(search.is_proven());
    }
}

TEST(GridSearch, RefusesMorePositionsThanItHolds)
{
    test::BuiltGrid<double> const grid{test::grid_of_26()};
    GridSearch<double> search{grid.tables(), grid.grid};
    GridPosition<double> const perpetual{1, 100, 100, nullptr, {0, 0}, 0};

    for (int i = 0; i < max_searched_legs; ++i)
        EXPECT_TRUE(search.add(perpetual));

    EXPECT_FALSE(search.add(perpetual));
}

}  // namespace
}  // namespace brink
