// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/run/scenario_run.hpp"
#include "host/run/side_by_side.hpp"
#include "host/sweep/paired_difference.hpp"
#include "host/sweep/path_columns.hpp"
#include "host/sweep/sweep_points_check.hpp"
#include "io/results/result.hpp"

namespace brink {

/// One point of a sweep as it runs: its scenario, its engine, and its outcomes path by path.
class PointRun {
    ReadResult input_;
    std::unique_ptr<ScenarioEngine> engine_;
    std::unique_ptr<ScenarioRun> run_;
    std::vector<std::string> scopes_;        ///< as asked for
    std::vector<std::size_t> scope_places_;  ///< in the program, of those that it has
    std::optional<PathColumns> columns_;
    /// Once it is the base; shape [scopes][outcomes], none of a scope that it has not.
    std::vector<std::vector<ComparedOutcome>> compared_;

  public:
    /// \param digest of the scenario as it was checked; empty: not known
    /// \throws std::runtime_error where the scenario does not read or is another than was checked
    PointRun(ReadResult const& base, std::vector<Setting> const& settings,
             ScenarioDigest const& digest, EngineOptions const& options);

    /// Plan the run and take its memory.
    /// \param batch_chunks 0: the plan's choice \param side_by_side points that share the memory
    void start(ScenarioRunner const& runner, std::uint64_t batch_chunks, std::uint64_t side_by_side,
               bool spills_columns);

    /// Give the memory back, of a run and of its outcomes path by path.
    void give_up();

    [[nodiscard]] ScenarioEngine& engine() { return *engine_; }
    [[nodiscard]] ScenarioRun& run() { return *run_; }
    [[nodiscard]] Plan const& plan() const { return run_->plan(); }
    /// The jobs were run: take their outcomes in and keep them path by path.
    void absorb();
    /// What the result says of the point; statistics are given up, columns stay.
    [[nodiscard]] SweepPointResult finish();
    /// Finish what the points are compared with.
    void finish_base();
    /// Give each statistic of the finished point its difference from the base's.
    void compare(SweepPointResult& result, PointRun const& base) const;
};

}  // namespace brink
