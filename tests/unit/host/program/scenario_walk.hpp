// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/market_builder.hpp"
#include "io/config/scenario_reader.hpp"
#include "models/market/path_stepper.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace brink::test {

/// The prices of one path of a scenario's market, in double, with what the market was made of.
struct ScenarioWalk {
    static constexpr int padded_assets = 6;

    std::vector<std::vector<double>> log_price;  ///< natural, [asset][0 .. steps]
    std::vector<PriceShock<double>> shocks;
    std::vector<std::int32_t> phases;
    std::vector<RegimeTerms<double>> regimes;  ///< [phases][regimes]
    std::vector<std::string> assumptions;

    explicit ScenarioWalk(std::string const& text, std::uint64_t path = 9)
    {
        Problems problems;
        ReadResult const read = read_scenario_text(text, "walk.toml", {}, problems);
        MarketNotes notes;
        auto const wide = build_market<double>(read.scenario, problems, notes);
        for (Problem const& problem : problems.problems())
            ADD_FAILURE() << format_problem(problem, "error");
        if (!wide)
            return;
        auto const market = narrow_market<double, padded_assets>(*wide);
        std::vector<double> fields(static_cast<std::size_t>(MarketLayout{market}.size()) + 1);
        MarketTables<double> const tables{notes.regimes.data(), notes.phases.data(),
                                          static_cast<std::int32_t>(notes.phases.size()),
                                          notes.shocks.data(), notes.history.data()};
        PathStepper<double, padded_assets> const step_path(market, {{fields.data(), 1}, tables});
        PathRandom<double> const random({7, 8}, path);
        shocks = notes.shocks;
        phases = notes.phases;
        regimes = notes.regimes;
        assumptions = notes.assumptions;
        log_price.resize(read.scenario.assets.size());
        auto state = step_path.start(random);
        auto const steps = static_cast<std::uint32_t>(count_steps(read.scenario.run));
        for (std::uint32_t k = 0; k <= steps; ++k) {
            for (std::size_t i = 0; i < log_price.size(); ++i)
                log_price[i].push_back(std::log(step_path.price(state, static_cast<int>(i))));
            step_path(state, random, k);
        }
    }

    double log_return(std::size_t asset, std::size_t step) const
    {
        return log_price[asset][step + 1] - log_price[asset][step];
    }
};

}  // namespace brink::test
