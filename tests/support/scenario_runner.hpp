// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/program/build_program.hpp"
#include "io/config/scenario_reader.hpp"
#include "kernels/executor.hpp"

namespace brink::test {

/// A scenario text as a program, and its paths run on the CPU: what path tests need of host and
/// kernels. Throws with all messages where the text is wrong.
template<class T>
class ScenarioRunner {
    BuiltProgram<T> built_;
    std::int32_t searches_grids_{1};

    static BuiltProgram<T> build(std::string const& text, std::string const& file)
    {
        Problems problems;
        ReadResult const read = read_scenario_text(text, file, {}, problems);
        std::optional<BuiltProgram<T>> built;
        if (problems.empty())
            built = build_program<T>(read.scenario, problems);
        if (!problems.empty() || !built) {
            std::string message;
            for (Problem const& problem : problems.problems())
                message += format_problem(problem, "error") + "\n";
            throw std::runtime_error{message};
        }
        return std::move(*built);
    }

  public:
    /// \param file what messages call it and where names of other files start
    explicit ScenarioRunner(std::string const& text, std::string const& file = "test.toml")
        : built_{build(text, file)}
    {}

    BuiltProgram<T>& built() { return built_; }
    Program<T> program() const
    {
        Program<T> view = built_.tables.view();
        view.searches_grids = searches_grids_;
        return view;
    }
    /// From now on every scenario of a grid is revalued.
    void revalue_all_scenarios() { searches_grids_ = 0; }
    WideMarket& market() { return built_.market; }

    ProgramInput<T> input() const
    {
        return {program(), built_.market, built_.padded_assets, built_.tables.bytes()};
    }

    /// Outcomes of the first `paths` paths: value of (scope, column, path) by `at`.
    struct Outcomes {
        std::vector<double> columns;
        std::int64_t paths{0};

        double at(Column column, std::int64_t path = 0, int scope = 0) const
        {
            auto const c = static_cast<std::int64_t>(column);
            return columns[static_cast<std::size_t>((scope * num_columns + c) * paths + path)];
        }
        double mean(Column column, int scope = 0) const
        {
            double sum = 0;
            for (std::int64_t i = 0; i < paths; ++i)
                sum += at(column, i, scope);
            return sum / static_cast<double>(paths);
        }
    };

    Outcomes run(std::int64_t paths, int num_threads = 1, std::uint64_t first_path = 0) const
    {
        Program<T> const view = program();
        Outcomes outcomes{
            std::vector<double>(static_cast<std::size_t>(view.num_scopes * num_columns * paths)),
            paths};
        OutcomeSink const sink{.columns = outcomes.columns.data(), .paths = paths};
        ChunkJob const job{first_path, paths, sink};
        make_cpu_executor(input(), num_threads)->run({&job, 1});
        return outcomes;
    }

    /// Steps and events of one path.
    struct Ledger {
        std::vector<double> prices, contracts, outside, outside_coins, carry_levels, outcomes;
        std::vector<TraceRow> accounts;
        std::vector<HoldingRow> holdings;
        std::vector<EventRow> events;

        int count(EventKind kind) const
        {
            int n = 0;
            for (EventRow const& row : events)
                n += row.kind == kind ? 1 : 0;
            return n;
        }
        EventRow first(EventKind kind) const
        {
            for (EventRow const& row : events)
                if (row.kind == kind)
                    return row;
            throw std::runtime_error{"no such event"};
        }
    };

    Ledger trace(std::uint64_t path) const
    {
        Program<T> const view = program();
        auto const times = static_cast<std::size_t>(view.num_steps) + 1;
        Ledger ledger;
        ledger.prices.resize(times * static_cast<std::size_t>(view.num_assets));
        ledger.outside.resize(times * static_cast<std::size_t>(view.owners.size));
        ledger.outside_coins.resize(times
                                    * static_cast<std::size_t>(view.owners.size * view.num_assets));
        ledger.accounts.resize(times * static_cast<std::size_t>(view.accounts.size));
        std::size_t num_holdings = 0, num_positions = 0;
        for (Account<double> const& account : view.tables[view.exact_accounts]) {
            num_holdings += static_cast<std::size_t>(account.holdings.size);
            num_positions += static_cast<std::size_t>(account.positions.size);
        }
        ledger.holdings.resize(times * num_holdings);
        ledger.contracts.resize(times * num_positions);
        ledger.carry_levels.resize(times * static_cast<std::size_t>(view.carry_factors.size));
        ledger.outcomes.resize(static_cast<std::size_t>(view.num_scopes * num_columns));
        ledger.events.resize(100'000);
        PathTrace trace{.prices = ledger.prices.data(),
                        .accounts = ledger.accounts.data(),
                        .holdings = ledger.holdings.data(),
                        .contracts = ledger.contracts.data(),
                        .outside = ledger.outside.data(),
                        .outside_coins = ledger.outside_coins.data(),
                        .carry_levels = ledger.carry_levels.data(),
                        .outcomes = ledger.outcomes.data(),
                        .log = {ledger.events.data(), 100'000, 0}};
        make_cpu_executor(input(), 1)->trace(path, trace);
        ledger.events.resize(static_cast<std::size_t>(trace.log.size));
        return ledger;
    }
};

}  // namespace brink::test
