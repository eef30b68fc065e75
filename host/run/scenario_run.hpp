// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "host/run/batch_buffers.hpp"
#include "host/run/engine_group.hpp"
#include "host/run/run_statistics.hpp"
#include "host/run/scenario_engine.hpp"
#include "io/config/scenario_reader.hpp"
#include "io/results/result.hpp"
#include "io/results/statistics_state.hpp"

namespace brink {

/// Paths [first, end). `first` is a multiple of the paths of a chunk; so is `end`, or it is the end
/// of the run.
struct PathRange {
    std::uint64_t first{0};
    std::uint64_t end{0};
};

/// One scenario's run in progress: its chunks, in order, batch by batch. For each batch: `jobs`,
/// have the engine run them, `absorb`. What was absorbed can be saved and gone on with in another
/// process; the result is a function of the chunks alone, bit for bit.
///
/// The last chunk of a run may be a short one. It is summed up apart, so that a longer run can go
/// on from the whole chunks before it.
class ScenarioRun {
    ReadResult const& input_;
    ScenarioEngine const& engine_;
    Plan plan_;
    int threads_;
    std::uint64_t next_path_;
    std::uint64_t end_path_;
    Provenance provenance_;
    std::unique_ptr<RunStatistics> whole_;
    std::unique_ptr<RunStatistics> rest_;  ///< of the short chunk, once there
    std::unique_ptr<BatchBuffers> buffers_;
    std::span<ChunkJob const> jobs_;
    std::vector<ChunkReduction> reductions_;

    [[nodiscard]] bool is_short(std::uint64_t chunk_idx) const;
    RunStatistics& statistics_of_rest();
    [[nodiscard]] RunStatistics& statistics_of_all();

  public:
    /// \param input, engine outlive this object
    /// \param plan of this engine, scenario and machine
    /// \throws std::system_error, std::bad_alloc
    ScenarioRun(ReadResult const& input, ScenarioEngine const& engine, Plan plan, PathRange range,
                int threads);

    [[nodiscard]] Plan const& plan() const { return plan_; }
    [[nodiscard]] ReadResult const& input() const { return input_; }
    [[nodiscard]] std::uint64_t next_path() const { return next_path_; }
    [[nodiscard]] bool is_done() const { return next_path_ >= end_path_; }

    /// The chunks from the next path on to `end_path`, for the engine; at most plan().batch_chunks.
    /// Valid until the next call. \param end_path a multiple of the chunk, or the end
    std::span<ChunkJob const> jobs(std::uint64_t end_path);
    /// The latest jobs.
    [[nodiscard]] std::span<ChunkJob const> jobs() const { return jobs_; }
    /// Have the engine run the jobs. \return false where it was stopped: the batch is given up
    [[nodiscard]] bool run(ScenarioEngine& engine);
    /// Chunks of the latest jobs with their outcomes; empty where the executor reduces them.
    [[nodiscard]] std::vector<ChunkView> views() const;
    /// The jobs were run: take their outcomes in.
    void absorb();

    /// Why saved chunks cannot be gone on with here; empty where they can.
    [[nodiscard]] std::string obstacle(SavedRun const& saved) const;
    /// Take in the chunks that come next, as saved elsewhere. Precondition: no `obstacle`.
    void restore(SavedRun const& saved);
    /// All that was absorbed. Tails are views that end with the next `absorb` or `restore`.
    [[nodiscard]] SavedRun save(std::string scope);

    /// `es_` of the book's loss at the highest configured level so far.
    [[nodiscard]] Estimate current_shortfall() { return whole_->current_shortfall(); }
    [[nodiscard]] std::uint64_t num_invalid() const;

    /// What a result says about its making.
    [[nodiscard]] Provenance const& provenance() const { return provenance_; }

    /// The result of the paths absorbed, which are the first of the run; gives up the statistics.
    [[nodiscard]] Result finish();
};

/// Have the engines of one market run the jobs of their runs, none of which is reduced by its
/// executor. \return false where they were stopped: the batch is given up
[[nodiscard]] bool run_together(EngineGroup& engines, std::span<ScenarioRun* const> runs);

}  // namespace brink
