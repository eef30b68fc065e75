// SPDX-License-Identifier: Apache-2.0
// Portfolio margin, open interest, and levels that are multiples of the maintenance margin.
#include "models/margin/scenario_grid.hpp"
#include "tests/golden/golden_account.hpp"
#include "tests/golden/golden_rules.hpp"
#include "tests/support/table_arena.hpp"

#include <cmath>

namespace brink::test {
namespace {

/// Scenario arrays of positions, each a profit where it is negative of a loss, as exchanges publish
/// them; the last two scenarios come weighted already. `array_X` goes with `qty`, or `qty_Y` where
/// X begins or ends with Y.
Answers scan_risk(GoldenRow const& row)
{
    auto const quantity_of = [&](std::string const& array) {
        if (row.inputs.contains("qty"))
            return get(row.inputs, "qty");
        for (auto const& [key, value] : row.inputs.items())
            if (key.starts_with("qty_") && array.find(key.substr(4)) != std::string::npos)
                return value.get<double>();
        throw NotCovered{"an array without quantity: " + array};
    };
    std::vector<double> profit;
    for (auto const& [key, losses] : row.inputs.items()) {
        if (!key.starts_with("array_"))
            continue;
        profit.resize(losses.size());
        for (std::size_t s = 0; s < losses.size(); ++s)
            profit[s] += quantity_of(key) * losses[s].get<double>();
    }
    TableArena arena;
    auto const rows = arena.put(
        std::vector<GridScenario<double>>(profit.size(), GridScenario<double>{1.0, 0.0, 0.0, 1.0}));
    double const risk = GridUnit<double>::worst_loss(arena.tables()[rows], profit.data());
    double worst = 0;
    for (std::size_t s = 0; s < profit.size(); ++s)
        if (worst == 0 && -profit[s] == risk)
            worst = static_cast<double>(s) + 1;
    return {{"scan_risk", risk}, {"worst_scenario", worst}};
}

/// A contingency scaled by its size, as the least that is required. Tiers by upper bound.
Answers scaled_charge(GoldenRow const& row)
{
    std::vector<MarginTier<double>> slabs;
    double floor = 0, amount = 0;
    for (Json const& tier : row.inputs.at("tiers")) {
        double const multiplier = tier[1].get<double>();
        if (!slabs.empty())
            amount += floor * (multiplier - slabs.back().rate);
        slabs.push_back({floor, multiplier, amount, 0.0});
        floor = tier[0].get<double>();
    }
    TableArena arena;
    auto const scaling = arena.put(slabs);
    double const charge =
        GridCharges<double>::scaled_charge(arena.tables()[scaling], get(row.inputs, "MR7_raw"));
    return {{"MR7_adj", charge}, {"MMR", std::max(get(row.inputs, "MR"), charge)}};
}

/// Search, initial and release level as multiples of the maintenance margin, in whole units. The
/// slippage of leaving at the best price of the book, where that is less than the linear one, is
/// part of the rate.
Answers margin_levels(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const mark = get(in, "mark");
    double const size = get(in, "short_size");
    double const exit = (get(in, "best_ask") - mark) / mark;
    double const rate = std::min(exit, get(in, "linear_slippage")) + get(in, "risk_factor");
    GoldenAccount account;
    account.asset("COIN", mark)
        .perpetual(InstrumentKind::linear_perp, "COIN", schedule_of({{0.0, rate}}))
        .position("COIN", -size, mark);
    double const margin = GoldenBook{account}.report().maintenance_margin;
    Answers answers{{"mm", margin}};
    Json const& scaling = in.at("scaling");
    char const* const names[] = {"search", "initial", "release"};
    for (std::size_t i = 0; i < scaling.size(); ++i)
        answers[names[i]] = std::floor(margin * scaling[i].get<double>() + 1e-9);
    return answers;
}

}  // namespace

std::map<std::string, RuleAdapter> grid_rules()
{
    return {{"scan_risk", scan_risk},
            {"scan_risk_", scan_risk},
            {"mr7_scaling", scaled_charge},
            {"mm_search_initial_release", margin_levels}};
}

}  // namespace brink::test
