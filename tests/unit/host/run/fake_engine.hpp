// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "host/run/loss_parts.hpp"
#include "host/run/scenario_engine.hpp"
#include "host/statistics/chunk_summary.hpp"

namespace brink::test {

/// An engine whose outcomes are a function of the path id alone: any chunks, any order.
class FakeEngine final : public ScenarioEngine {
    RunShape shape_;
    ProgramNames names_;
    std::vector<MatrixRepair> correlation_repairs_;
    std::vector<std::string> texts_;

  public:
    /// Outcome of a column on a path, the same in every scope.
    std::function<double(Column, std::uint64_t)> outcome = [](Column column, std::uint64_t path) {
        double const u = static_cast<double>((path * 2'654'435'761ULL) % 1'000'003) / 1'000'003;
        switch (column) {
            case Column::loss:
                return 1e6 * u * u - 2e5;
            case Column::funding:
                return 1e3 * u;
            case Column::part_spared:
                return u > 0.999 ? -5.0 : 0.0;
            case Column::called:
                return u > 0.9 ? 1.0 : 0.0;
            case Column::first_call_time:
                return u > 0.9 ? 3600.0 * std::floor(24 * u) : std::nan("");
            case Column::mark:
                return path % 10'007 == 5 ? 1.0 : 0.0;
            default:
                return 0.0;
        }
    };
    std::function<void(std::uint64_t path, PathTrace&)> tracer = [](std::uint64_t, PathTrace&) {};
    std::function<void()> on_run = [] {};
    std::size_t num_runs{0};

    explicit FakeEngine(RunShape shape) : shape_{shape}
    {
        names_.assets = {"BTC", "USDT"};
        names_.instruments = {"BTCUSDT"};
        names_.venues = {"exchange"};
        names_.owners = {"fund"};
        for (std::uint64_t i = 0; i < shape.accounts; ++i)
            names_.accounts.push_back("account" + std::to_string(i));
        names_.holding_assets.assign(shape.accounts, {1});
        names_.position_instruments.assign(shape.accounts, {0});
        names_.scopes = {"book"};
        for (std::uint64_t i = 1; i < shape.scopes; ++i)
            names_.scopes.push_back(i <= shape.account_scopes ? "account:" + names_.accounts[i - 1]
                                                              : "group:n=" + std::to_string(i));
    }

    ExecutorInfo info() const override { return {"cpu", "strict-cpu", "fake", 8}; }
    void run(std::span<ChunkJob const> workload) override
    {
        ++num_runs;
        on_run();
        for (ChunkJob const& job : workload)
            for (std::int64_t i = 0; i < job.num_paths; ++i)
                write(job, i);
    }
    bool reduces() const override { return true; }
    void run_reduced(std::span<ChunkJob const> workload, ReduceRequest const& request,
                     std::span<ChunkReduction> reductions) override;
    void trace(std::uint64_t path, PathTrace& trace) override { tracer(path, trace); }
    std::size_t workspace_bytes() const override { return 0; }
    ProgramNames const& names() const override { return names_; }
    RunShape const& shape() const override { return shape_; }
    double opening_value() const override { return 1e6; }
    std::vector<std::string> const& warnings() const override { return texts_; }
    std::vector<MatrixRepair> const& correlation_repairs() const override
    {
        return correlation_repairs_;
    }
    std::vector<std::string> const& assumptions() const override { return texts_; }
    std::vector<std::int32_t> owner_of_accounts() const override
    {
        return std::vector<std::int32_t>(shape_.accounts, 0);
    }

  private:
    static float fan_value(std::uint64_t path, std::uint64_t row)
    {
        return static_cast<float>(path) + 100.0F * static_cast<float>(row);
    }

    void write(ChunkJob const& job, std::int64_t i) const
    {
        std::uint64_t const path = job.first_path + static_cast<std::uint64_t>(i);
        for (std::int32_t scope = 0; scope < static_cast<std::int32_t>(shape_.scopes); ++scope)
            for (std::int32_t c = 0; c < num_columns; ++c)
                *job.sink.at(scope, c, i) = outcome(static_cast<Column>(c), path);
        if (job.sink.table != nullptr)
            for (std::int32_t a = 0; a < static_cast<std::int32_t>(shape_.accounts); ++a)
                for (std::int32_t c = 0; c < num_table_columns; ++c)
                    *job.sink.table_at(a, c, i) = a + c == 0 ? outcome(Column::loss, path) : a;
        FanSink const& fan = job.sink.fan;
        if (fan.values != nullptr && path < shape_.fan_paths)
            for (std::uint64_t t = 0; t < shape_.fan_times; ++t)
                fan.values[t * shape_.fan_paths + path] = fan_value(path, t);
        FanSink const& accounts = job.sink.account_fans;
        if (accounts.values != nullptr && path < shape_.account_fan_paths)
            for (std::uint64_t row = 0; row < shape_.account_scopes * shape_.fan_times; ++row)
                accounts.values[row * shape_.account_fan_paths + path] = -fan_value(path, row);
    }
};

/// Summaries as host/statistics makes them of the columns, in the form that executors hand over.
inline ColumnSummary reduce_column(ColumnRequest const& request, ChunkColumn const& column)
{
    ColumnSummary out;
    if (request.kind == ColumnKind::mark) {
        for (std::uint32_t i = 0; i < column.num_paths; ++i)
            if (column.values[i] != 0)
                out.worst.push_back({column.values[i], column.first_path + i});
        return out;
    }
    ChunkSummary const s = ChunkSummariser{}(static_cast<OutcomeKind>(request.kind),
                                             request.lists_paths ? column.num_paths : 0, column,
                                             {request.tail_cut, request.worst_cut});
    out.num_paths = s.num_paths;
    out.num_invalid = s.num_invalid;
    out.num_absent = s.num_absent;
    out.num_infinite = s.num_infinite;
    out.num_zeros = s.num_zeros;
    out.num_events = s.num_events;
    out.moments = {s.moments.count, s.moments.sum, s.moments.m2, s.moments.m3, s.moments.m4};
    out.smallest = s.smallest;
    out.largest = s.largest;
    for (BinCount const& bin : s.bins)
        if (bin.bin != histogram_bin(0.0))
            out.bins.push_back({bin.bin, bin.count, bin.value});
    out.tail = s.tail;
    for (PathValue const& worst : s.worst)
        out.worst.push_back({worst.value, worst.path_id});
    return out;
}

inline void FakeEngine::run_reduced(std::span<ChunkJob const> workload,
                                    ReduceRequest const& request,
                                    std::span<ChunkReduction> reductions)
{
    for (std::size_t slot = 0; slot < workload.size(); ++slot) {
        ChunkJob job = workload[slot];
        auto const n = static_cast<std::size_t>(job.num_paths);
        std::vector<double> columns(shape_.scopes * num_columns * n);
        std::vector<std::uint8_t> invalid(n);
        job.sink.columns = columns.data();
        run({&job, 1});
        for (std::size_t i = 0; i < n; ++i)
            invalid[i] = outcome(Column::mark, job.first_path + i) != 0 ? 1 : 0;
        ChunkReduction& out = reductions[slot];
        for (ColumnRequest const& column : request.columns)
            out.columns.push_back(reduce_column(
                column, {0, job.first_path, static_cast<std::uint32_t>(n),
                         job.sink.at(column.scope, column.column, 0), invalid.data()}));
        ChunkView const view{0, job.first_path, static_cast<std::uint32_t>(n), &job.sink,
                             invalid.data()};
        for (Moments const& part : summarise_parts(view))
            out.parts.push_back({part.count, part.sum, part.m2, part.m3, part.m4});
        for (RiskOfPath const& entry : out.columns[0].worst)
            for (std::int32_t c = 0; c < num_outcomes; ++c)
                out.rows.push_back(static_cast<float>(outcome(static_cast<Column>(c), entry.path)));
    }
}

}  // namespace brink::test
