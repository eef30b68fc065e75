// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/scenario_runner.hpp"

namespace brink::test {

/// All that the paths of a scenario leave: outcomes, moments of accounts and both fans.
struct AllOutcomes {
    std::vector<double> columns, table;
    std::vector<float> fan, account_fans;
};

template<class T>
AllOutcomes run_all(ScenarioRunner<T> const& runner, std::int64_t paths)
{
    Program<T> const program = runner.program();
    auto const size = [paths](std::int64_t rows) { return static_cast<std::size_t>(rows * paths); };
    AllOutcomes all;
    all.columns.resize(size(program.num_scopes * num_columns));
    all.table.resize(size(program.accounts.size * num_table_columns));
    all.fan.resize(size(program.fan_times));
    all.account_fans.resize(size(program.num_account_scopes * program.fan_times));
    OutcomeSink const sink{all.columns.data(),
                           all.table.data(),
                           paths,
                           {all.fan.data(), paths},
                           {all.account_fans.data(), paths}};
    ChunkJob const job{0, paths, sink};
    make_cpu_executor(runner.input(), 1)->run({&job, 1});
    return all;
}

template<class Number>
void expect_same_bits(std::vector<Number> const& a, std::vector<Number> const& b,
                      std::string const& what)
{
    ASSERT_EQ(a.size(), b.size()) << what;
    for (std::size_t i = 0; i < a.size(); ++i)
        ASSERT_EQ(std::memcmp(&a[i], &b[i], sizeof(Number)), 0)
            << what << " at " << i << ": " << a[i] << " and " << b[i];
}

/// Rows of doubles only.
template<class Row>
std::vector<double> doubles_of(std::vector<Row> const& rows)
{
    static_assert(sizeof(Row) % sizeof(double) == 0);
    std::vector<double> numbers(rows.size() * sizeof(Row) / sizeof(double));
    if (!rows.empty())
        std::memcpy(numbers.data(), rows.data(), rows.size() * sizeof(Row));
    return numbers;
}

inline std::vector<double> doubles_of(std::vector<EventRow> const& events)
{
    std::vector<double> numbers;
    for (EventRow const& row : events)
        for (double const number :
             {1.0 * row.step, static_cast<double>(row.kind), 1.0 * row.account, 1.0 * row.item,
              row.amount, row.value, row.price, row.fee, row.slippage, row.forfeited})
            numbers.push_back(number);
    return numbers;
}

template<class T>
void expect_same_trace(ScenarioRunner<T> const& searching, ScenarioRunner<T> const& revaluing,
                       std::uint64_t path)
{
    auto const a = searching.trace(path);
    auto const b = revaluing.trace(path);
    expect_same_bits(doubles_of(a.accounts), doubles_of(b.accounts), "accounts of a trace");
    expect_same_bits(doubles_of(a.holdings), doubles_of(b.holdings), "holdings of a trace");
    expect_same_bits(doubles_of(a.events), doubles_of(b.events), "events of a trace");
    expect_same_bits(a.contracts, b.contracts, "positions of a trace");
    expect_same_bits(a.outcomes, b.outcomes, "outcomes of a trace");
}

/// Every number of `paths` paths and of some traces is the same bits, whether the worst scenario is
/// searched for or every scenario is revalued. \return the paths' outcomes
template<class T>
AllOutcomes expect_search_changes_nothing(std::string const& text, std::int64_t paths,
                                          std::uint64_t traces,
                                          std::string const& file = "test.toml")
{
    ScenarioRunner<T> const searching{text, file};
    ScenarioRunner<T> revaluing{text, file};
    revaluing.revalue_all_scenarios();
    AllOutcomes const a = run_all(searching, paths);
    AllOutcomes const b = run_all(revaluing, paths);
    expect_same_bits(a.columns, b.columns, "outcomes");
    expect_same_bits(a.table, b.table, "moments of accounts");
    expect_same_bits(a.fan, b.fan, "fan of the book");
    expect_same_bits(a.account_fans, b.account_fans, "fans of accounts");
    for (std::uint64_t path = 0; path < traces; ++path)
        expect_same_trace(searching, revaluing, path * 37);
    return a;
}

}  // namespace brink::test
