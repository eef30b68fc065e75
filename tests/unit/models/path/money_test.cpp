// SPDX-License-Identifier: Apache-2.0
// Money on replayed paths: every step and every event is booked a second time, from the scenario as
// written and the prices of the path alone.
#include <algorithm>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/unit/models/path/money_dated_scenarios.hpp"
#include "tests/unit/models/path/money_pool_scenarios.hpp"
#include "tests/unit/models/path/money_scenarios.hpp"
#include "tests/unit/models/path/money_walk.hpp"

namespace brink::test {
namespace {

using Runner = ScenarioRunner<float>;
using Events = std::map<EventKind, int>;

struct MoneyCase {
    char const* name;
    std::string text;
    std::vector<EventKind> kinds;  ///< that must have happened on the paths walked
};

void PrintTo(MoneyCase const& money, std::ostream* out)
{
    *out << money.name;
}

class Money : public testing::TestWithParam<MoneyCase> {};

/// The first paths, and the worst of many.
std::vector<std::uint64_t> paths_of(Runner const& runner)
{
    constexpr std::int64_t num_run = 1'024;
    auto const outcomes = runner.run(num_run);
    std::vector<std::uint64_t> paths(num_run);
    std::iota(paths.begin(), paths.end(), 0);
    std::partial_sort(paths.begin() + 50, paths.begin() + 150, paths.end(),
                      [&](std::uint64_t a, std::uint64_t b) {
                          return outcomes.at(Column::loss, static_cast<std::int64_t>(a))
                                 > outcomes.at(Column::loss, static_cast<std::int64_t>(b));
                      });
    paths.resize(150);
    return paths;
}

TEST_P(Money, IsConservedStepByStepAndEventByEvent)
{
    Problems problems;
    Scenario const scenario = read_scenario_text(GetParam().text, "m.toml", {}, problems).scenario;
    Runner runner{GetParam().text};
    MoneyWalk walk{runner, scenario};
    Events seen;

    for (std::uint64_t const path : paths_of(runner)) {
        walk(path);
        for (EventRow const& event : walk.ledger().events)
            ++seen[event.kind];
        if (HasFailure())
            break;
    }

    for (EventKind const kind : GetParam().kinds)
        EXPECT_GE(seen[kind], 5) << "kind " << static_cast<int>(kind);
}

INSTANTIATE_TEST_SUITE_P(
    Scenarios, Money,
    testing::Values(
        MoneyCase{"Cross",
                  money_cross,
                  {EventKind::post_requested, EventKind::post_credited, EventKind::reduced,
                   EventKind::swapped, EventKind::position_closed, EventKind::balance_sold,
                   EventKind::fund_inflow, EventKind::deficit, EventKind::fund_draw,
                   EventKind::bad_debt}},
        MoneyCase{"ExchangeInOrder",
                  money_exchange("order = [\"ETH\"]"),
                  {EventKind::balance_exchanged, EventKind::position_closed,
                   EventKind::post_credited, EventKind::deficit}},
        MoneyCase{"ExchangeProRata",
                  money_exchange("sale = \"pro_rata\", at_liquidation = true"),
                  {EventKind::balance_exchanged, EventKind::position_closed,
                   EventKind::post_credited, EventKind::deficit}},
        MoneyCase{"Recourse",
                  money_recourse(),
                  {EventKind::position_closed, EventKind::balance_sold, EventKind::deficit}},
        MoneyCase{"BoundedFees",
                  money_bounded_fees(),
                  {EventKind::position_closed, EventKind::fund_inflow, EventKind::deficit}},
        MoneyCase{"Inverse",
                  money_inverse,
                  {EventKind::post_credited, EventKind::reduced, EventKind::position_taken_over,
                   EventKind::forfeited, EventKind::deficit, EventKind::fund_inflow,
                   EventKind::fund_draw, EventKind::bad_debt}},
        MoneyCase{"Isolated",
                  money_isolated,
                  {EventKind::position_taken_over, EventKind::forfeited, EventKind::deficit,
                   EventKind::fund_draw, EventKind::bad_debt}},
        MoneyCase{"Loans",
                  money_loans,
                  {EventKind::post_credited, EventKind::swapped, EventKind::balance_sold,
                   EventKind::debt_fee_charged, EventKind::forfeited, EventKind::deficit,
                   EventKind::fund_draw, EventKind::bad_debt}},
        MoneyCase{
            "Dated",
            money_dated,
            {EventKind::post_credited, EventKind::position_closed, EventKind::position_settled,
             EventKind::balance_sold, EventKind::deficit, EventKind::fund_inflow}},
        MoneyCase{"Grid",
                  money_grid,
                  {EventKind::post_credited, EventKind::position_closed,
                   EventKind::position_settled, EventKind::deficit, EventKind::fund_inflow}},
        MoneyCase{"CloseFactor",
                  money_seizures("reduction = \"close_factor\", close_factor = 0.5, "
                                 "full_below_health = 0.95, full_below_value = 2_000, "
                                 "min_leftover = 1_000, call_cost = 50",
                                 "liquidation_bonus = 0.05"),
                  {EventKind::post_credited, EventKind::debt_repaid, EventKind::collateral_seized,
                   EventKind::fund_inflow, EventKind::deficit, EventKind::fund_draw,
                   EventKind::bad_debt}},
        MoneyCase{"TargetHealth",
                  money_seizures("reduction = \"target_health\", target_health = 1.05, "
                                 "bonus = \"linear_in_health\", least_bonus_share = 0.2, "
                                 "full_bonus_health = 0.7, min_leftover = 1_000",
                                 "liquidation_bonus = 0.06"),
                  {EventKind::debt_repaid, EventKind::collateral_seized, EventKind::fund_inflow,
                   EventKind::deficit, EventKind::bad_debt}},
        MoneyCase{"SlowLiquidators",
                  money_seizures("capacity = 90_000, latency = \"P1D\", least_socialised = 40_000",
                                 "liquidation_bonus = 0.06"),
                  {EventKind::debt_repaid, EventKind::collateral_seized, EventKind::fund_inflow,
                   EventKind::deficit, EventKind::bad_debt}},
        MoneyCase{"HealthDiscount",
                  money_seizures("bonus = \"health_discount\"", "liquidation_bonus = 0.15"),
                  {EventKind::debt_repaid, EventKind::collateral_seized, EventKind::deficit}},
        MoneyCase{"Auction",
                  money_seizures("fee = 0.13, auction_start = 1.1, auction_room = 400_000, "
                                 "min_leftover = 1_000, call_cost = 20",
                                 "unit = \"usd\"", "auction"),
                  {EventKind::debt_repaid, EventKind::collateral_seized, EventKind::fund_inflow,
                   EventKind::deficit, EventKind::fund_draw}},
        MoneyCase{"Bands",
                  money_bands,
                  {EventKind::post_credited, EventKind::band_sold, EventKind::band_bought,
                   EventKind::debt_repaid, EventKind::collateral_seized}},
        MoneyCase{"Pool",
                  money_pools("gas_compensation = 0.005, pool_penalty = 0.05, "
                              "redistribution_penalty = 0.2, gas_compensation_of = \"offset\", "
                              "gas_compensation_most = 0.5",
                              ""),
                  {EventKind::post_credited, EventKind::debt_offset, EventKind::collateral_seized,
                   EventKind::debt_redistributed, EventKind::collateral_redistributed,
                   EventKind::gas_compensated, EventKind::deposit_lost, EventKind::fund_inflow,
                   EventKind::deficit, EventKind::fund_draw, EventKind::bad_debt}},
        MoneyCase{
            "Recovery",
            money_pools("gas_compensation = 0.005",
                        "[venue.recovery]\ncritical_ratio = 1.5\nasset = \"ETH\"\n"
                        "system_collateral = 8e5\nsystem_debt = 1e9\n"),
            {EventKind::debt_offset, EventKind::collateral_seized, EventKind::debt_redistributed,
             EventKind::gas_compensated, EventKind::deposit_lost, EventKind::fund_inflow,
             EventKind::deficit, EventKind::bad_debt}},
        MoneyCase{"Absorb",
                  money_seizures("reduction = \"absorb\"", "liquidation_factor = 0.93"),
                  {EventKind::debt_repaid, EventKind::collateral_seized, EventKind::fund_inflow,
                   EventKind::deficit, EventKind::bad_debt}},
        MoneyCase{"OracleCross",
                  with_oracles(money_cross),
                  {EventKind::post_credited, EventKind::reduced, EventKind::swapped,
                   EventKind::position_closed, EventKind::balance_sold, EventKind::deficit}},
        MoneyCase{"OracleCloseFactor",
                  with_oracles(money_seizures("reduction = \"close_factor\", close_factor = 0.5, "
                                              "full_below_health = 0.95, call_cost = 50",
                                              "liquidation_bonus = 0.05")),
                  {EventKind::post_credited, EventKind::debt_repaid, EventKind::collateral_seized,
                   EventKind::fund_inflow, EventKind::deficit, EventKind::bad_debt}},
        MoneyCase{"OracleAuction",
                  with_oracles(money_seizures("fee = 0.13, auction_start = 1.1, call_cost = 20",
                                              "unit = \"usd\"", "auction")),
                  {EventKind::debt_repaid, EventKind::collateral_seized, EventKind::fund_inflow,
                   EventKind::deficit}},
        MoneyCase{
            "OracleAbsorb",
            with_oracles(money_seizures("reduction = \"absorb\"", "liquidation_factor = 0.93")),
            {EventKind::debt_repaid, EventKind::collateral_seized, EventKind::fund_inflow,
             EventKind::deficit, EventKind::bad_debt}}),
    [](auto const& test) { return std::string{test.param.name}; });

/// The fund takes each position at the price where the account is worth nothing.
TEST(Takeover, NamesEachPositionAtItsBankruptcyPrice)
{
    for (std::string const& text : {money_inverse, money_isolated}) {
        Problems problems;
        Scenario const scenario = read_scenario_text(text, "m.toml", {}, problems).scenario;
        Runner runner{text};
        auto const accounts = Bookkeeper{scenario, runner.built().names}.accounts();
        int count = 0;
        for (std::uint64_t const path : paths_of(runner)) {
            auto const ledger = runner.trace(path);
            double nav = 0;
            for (EventRow const& e : ledger.events) {
                if (e.kind == EventKind::liquidated)
                    nav = e.value;
                if (e.kind != EventKind::position_taken_over)
                    continue;
                // One position per account: what it earns at the price of the takeover is what
                // it earns at mark less the account's nav.
                BookedPosition const& position =
                    accounts[static_cast<std::size_t>(e.account)].positions.front();
                double const* const price =
                    ledger.prices.data()
                    + static_cast<std::size_t>(e.step) * scenario.assets.size();
                std::vector<double> at(price, price + scenario.assets.size());
                double const quantity = e.amount * position.contract_size;
                double const taken_pnl =
                    position.inverse
                        ? quantity * (1 / position.entry - 1 / e.price) * at[position.base]
                        : quantity * (e.price - position.entry) * at[position.quote];
                EXPECT_NEAR(taken_pnl, position.pnl(e.amount, price) - nav,
                            1e-9 * position.gross(e.amount, price));
                EXPECT_NEAR(e.value,
                            std::abs(quantity)
                                * (position.inverse ? at[position.quote] : at[position.base]),
                            1e-9 * e.value);
                ++count;
            }
        }
        EXPECT_GE(count, 20);
    }
}

}  // namespace
}  // namespace brink::test
