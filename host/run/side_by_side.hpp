// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "host/run/engine_group.hpp"
#include "host/run/scenario_engine.hpp"
#include "host/run/scenario_run.hpp"
#include "host/sweep/paired_difference.hpp"
#include "host/sweep/path_columns.hpp"
#include "io/config/scenario_reader.hpp"
#include "io/results/result.hpp"
#include "io/results/statistics_state.hpp"

namespace brink {

/// How to go about the scenarios of a run.
struct ScenarioRunner {
    EngineOptions engine;
    int threads{0};  ///< for statistics; 0: all cores
    /// \param batch_chunks 0: the plan's choice \param scenarios that share the memory
    /// \throws MemoryUnavailable
    std::function<Plan(Scenario const& scenario, ScenarioEngine const& engine,
                       std::uint64_t batch_chunks, std::uint64_t scenarios)>
        plan;
};

/// Part `number` of `count` of a run's paths, from 1.
struct Shard {
    std::uint64_t number{1};
    std::uint64_t count{1};
};

/// What saved chunks are for.
enum class SavedFor : std::uint8_t {
    checkpoint,  ///< of whole chunks, gone on with by the same run
    shard,       ///< all of it, to be merged
    extension    ///< of whole chunks, in a result to which paths may be added
};

/// The paths of a shard. Chunks are shared out as evenly as they can be, and the last shard has the
/// short one; of more shards than chunks, some are empty.
[[nodiscard]] PathRange range_of(Shard shard, std::uint64_t paths, std::uint64_t chunk_paths);

/// The base of a run and its stress scenarios side by side, on the same random numbers: batch by
/// batch the same paths of each. A batch counts for all of them or for none.
class SideBySide {
    struct Member {
        std::string scope;  ///< "base", or of the stress scenario's book
        ReadResult input;
        std::unique_ptr<ScenarioEngine> engine;
        std::unique_ptr<ScenarioRun> run;
        std::optional<PathColumns> columns;  ///< of the book, for differences
    };

    ReadResult const& input_;
    std::vector<std::unique_ptr<Member>> members_;  ///< the base first
    /// Members whose market is the same run together; shape [groups][members of it]
    std::vector<std::vector<Member*>> groups_;
    std::vector<EngineGroup> engines_;  ///< of the groups
    std::uint64_t chunk_paths_{0};      ///< of the largest chunks
    std::uint64_t batch_paths_{0};
    bool saves_columns_{false};  ///< outcomes path by path
    PathRange range_;

    void add_members(std::unique_ptr<ScenarioEngine> base, ScenarioRunner const& runner);
    void start_runs(ScenarioRunner const& runner);
    void make_groups(int threads);
    [[nodiscard]] bool run_group(std::size_t group);
    static void absorb(Member& member);
    [[nodiscard]] bool restore_columns(std::vector<SavedRun> const& saved,
                                       std::vector<std::uint64_t> const& from);
    [[nodiscard]] Result finish(Member& member, std::vector<ComparedOutcome> const& compared) const;
    [[nodiscard]] ScenarioRun& base() { return *members_.front()->run; }

  public:
    /// \param input outlives this object; its stress scenarios build
    /// \param base its engine
    /// \throws MemoryUnavailable, std::system_error, std::bad_alloc
    SideBySide(ReadResult const& input, std::unique_ptr<ScenarioEngine> base,
               ScenarioRunner const& runner, Shard shard = {});
    /// The same of a range that shards make up together.
    SideBySide(ReadResult const& input, std::unique_ptr<ScenarioEngine> base,
               ScenarioRunner const& runner, PathRange range);

    [[nodiscard]] PathRange range() const { return range_; }
    [[nodiscard]] std::uint64_t next_path() const;
    [[nodiscard]] bool is_done() const { return next_path() >= range_.end; }
    [[nodiscard]] std::uint64_t chunk_paths() const { return chunk_paths_; }
    [[nodiscard]] Plan const& plan() const { return members_.front()->run->plan(); }
    [[nodiscard]] std::size_t num_scenarios() const { return members_.size(); }

    /// Run the next batch. \return false where it was stopped: nothing of it counts
    [[nodiscard]] bool run_batch();

    /// Why saved runs cannot be gone on with; empty where they can.
    [[nodiscard]] std::string obstacle(std::vector<SavedRun> const& saved) const;
    /// Take in the chunks that come next, as saved elsewhere. Precondition: no `obstacle`.
    void restore(std::vector<SavedRun> const& saved);
    /// All that was absorbed. Tails are views that end with the next batch.
    /// Outcomes path by path are among it where there are scenarios to compare, all of them fit
    /// into memory, and it is for no extension: they would make a result many times as large.
    [[nodiscard]] std::vector<SavedRun> save(SavedFor purpose);

    /// `es_` of the base's book loss so far.
    [[nodiscard]] Estimate current_shortfall() { return base().current_shortfall(); }
    [[nodiscard]] Provenance const& provenance() { return base().provenance(); }

    /// The result of the paths so far, limits judged; gives up the statistics. A stress scenario
    /// adds a scope with the outcomes, worst paths and fan of its book, and warnings that the base
    /// has not; its statistics have differences from the base where outcomes of all paths are known
    /// path by path.
    [[nodiscard]] Result finish();
};

}  // namespace brink
