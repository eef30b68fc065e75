// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "io/results/result.hpp"

namespace brink {

/// A part of a run that progresses by itself: a scenario with its stress scenarios, or the points
/// of its sweep; all paths or those of a shard.
struct ProgressPart {
    std::uint64_t scenarios{1};    ///< side by side, each on these paths
    std::uint64_t points{0};       ///< of a sweep, with its own base; 0: no sweep
    std::string shard{};           ///< as in "3/8"; empty: all paths
    std::uint64_t paths{0};        ///< to do
    std::uint64_t run_paths{0};    ///< of each of several runs, one after the other; 0: of one
    std::uint64_t chunk_paths{1};  ///< paths per chunk
    std::uint64_t done_before{0};  ///< paths of an earlier process, which tell nothing of the rate
    std::uint64_t index{1};        ///< 1-based
    std::uint64_t count{1};        ///< parts of the run
    std::uint64_t paths_after{0};  ///< of the parts that follow
};

enum class ProgressEvent : std::uint8_t { started, progress, finished, stopped };

/// How far a part is.
struct ProgressReport {
    ProgressEvent event{ProgressEvent::progress};
    ProgressPart const& part;
    std::uint64_t done{0};          ///< paths
    double elapsed_seconds{0};      ///< of this part in this process
    double paths_per_second{0};     ///< NaN: not known
    double seconds_left{0};         ///< of this part and those that follow; NaN: not known
    Estimate const& estimate;       ///< of the book's loss; its value is NaN where not known
    std::uint64_t estimated_at{0};  ///< paths that the estimate rests on
};

/// Where progress goes and in what shape. One for all parts of a run.
class ProgressOutput {
  public:
    using Interval = std::chrono::milliseconds;

    ProgressOutput() = default;
    virtual ~ProgressOutput() = default;
    ProgressOutput(ProgressOutput const&) = delete;
    ProgressOutput& operator=(ProgressOutput const&) = delete;

    /// How long to wait until the next report of a part that has run for `elapsed`.
    [[nodiscard]] virtual Interval interval(Interval elapsed) const = 0;
    virtual void show(ProgressReport const& report) = 0;
};

/// One line of a terminal on stderr, drawn again and again and removed in the end.
[[nodiscard]] std::unique_ptr<ProgressOutput> progress_bar();

/// One JSON object per line, as docs/progress.md describes it: the first and the last of each part,
/// and between them one in 5 s at first, later one in a hundredth of the time so far, at least one
/// in a minute. \param write takes a line with its line break
[[nodiscard]] std::unique_ptr<ProgressOutput> progress_lines(
    std::function<void(std::string const&)> write);

}  // namespace brink
