// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/run/existing_output.hpp"
#include "host/run/progress.hpp"
#include "host/run/side_by_side.hpp"
#include "io/results/result.hpp"
#include "io/results/result_file.hpp"

namespace brink {

struct ResumeOptions {
    ProgressOutput* progress{nullptr};  ///< outlives the run; null: nobody wants to know
    std::uint64_t paths_after{0};       ///< of a sweep that follows, for the time left
    double checkpoint_seconds{60};      ///< between two checkpoints, at least; 0: after every batch
    WritePolicy policy;
    bool extendable{true};        ///< a result keeps its whole chunks, so that paths can be added
    std::uint64_t num_points{0};  ///< of the sweep that are to be run
};

/// The run was asked to stop before it was done; what it had is in the checkpoint, if it had
/// anything. Exit code 75.
struct Stopped {
    std::string message;
};

/// A run that writes checkpoints on its way, goes on from one that it finds, and writes its result,
/// or the part of its shard, in the end. Every file appears whole or not at all; whatever fails,
/// what was there before stays.
class ResumableRun {
    using Clock = std::chrono::steady_clock;

    RunTarget target_;
    SideBySide& runs_;
    ResumeOptions options_;
    Clock::time_point start_{Clock::now()};
    double seconds_before_{0};  ///< of the processes that it goes on from
    Clock::time_point next_checkpoint_;
    double checkpoint_cost_{0};          ///< [s] of the last one
    std::uint64_t kept_paths_{0};        ///< in the last checkpoint
    Provenance provenance_;              ///< of the base, with what was gone on with
    std::vector<std::string> warnings_;  ///< of this run itself
    SweepResult points_;                 ///< of the sweep, as far as they are done
    std::uint64_t paths_there_{0};       ///< in the result at the output
    std::size_t points_there_{0};        ///< of the sweep, in the same

    [[nodiscard]] bool take(std::vector<SavedRun> const& saved, Provenance const& provenance,
                            std::string const& origin);
    [[nodiscard]] ProgressPart progress_part() const;
    void schedule_checkpoint();
    void write_checkpoint();
    void stop();
    [[nodiscard]] std::size_t num_points(SweepResult const& sweep) const;
    [[nodiscard]] Provenance making() const;
    [[nodiscard]] PartFile open_part(std::string kind) const;

  public:
    /// \param runs outlives this object
    ResumableRun(RunTarget target, SideBySide& runs, ResumeOptions options);

    /// Go on from a checkpoint or from a result with fewer paths, whichever is further.
    /// \param has_smaller such a result stands at the output
    /// \throws FileError as read_checkpoint
    void resume(bool has_smaller);

    /// Whether points of the sweep are done, and of the base all but the short last chunk.
    [[nodiscard]] bool has_points() const;
    /// Whether more is known than stands in the result at the output.
    [[nodiscard]] bool has_more() const;

    /// Run what is left, until a deadline.
    /// \throws Stopped, but where a deadline leaves a result; FileError where a checkpoint cannot
    /// be written: the previous one stays
    void run();

    /// Tell of what the result must say too.
    void warn(std::string text);

    /// Put what was run into the checkpoint, with the points of a sweep that are done.
    /// \param at_once whether or not it is time for a checkpoint
    void keep(SweepResult const& sweep, bool at_once);
    /// The points of the sweep that the checkpoint had; none where there was none.
    [[nodiscard]] SweepResult take_points() { return std::move(points_); }

    /// Write the result of all paths that were run, and remove the checkpoint.
    /// \param sweep its points, if it has any \param warnings of them, which the base has not
    Result write(SweepResult sweep = {}, std::vector<std::string> const& warnings = {});
    /// Write the part of the shard, and remove the checkpoint.
    /// \param sweep with the points of the shard \param warnings of them
    void write_shard(SweepResult sweep, std::vector<std::string> const& warnings = {});
};

}  // namespace brink
