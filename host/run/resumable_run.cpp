// SPDX-License-Identifier: Apache-2.0
#include "host/run/resumable_run.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "host/run/provenance.hpp"
#include "host/run/stop_signal.hpp"
#include "io/results/number_text.hpp"
#include "io/results/part_file.hpp"
#include "io/results/view_parts.hpp"

namespace brink {
namespace {

/// Checkpoints take at most one part in so many of the time.
constexpr double checkpoint_share = 50;

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

ResumableRun::ResumableRun(RunTarget target, SideBySide& runs, ResumeOptions options)
    : target_{std::move(target)},
      runs_{runs},
      options_{options},
      kept_paths_{runs.range().first},
      provenance_{runs.provenance()}
{
    schedule_checkpoint();
}

void ResumableRun::schedule_checkpoint()
{
    bool const every_batch = options_.checkpoint_seconds <= 0;
    double const wait =
        every_batch ? 0.0
                    : std::max(options_.checkpoint_seconds, checkpoint_share * checkpoint_cost_);
    next_checkpoint_ =
        Clock::now()
        + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(wait));
}

/// \return false where nothing was taken
bool ResumableRun::take(std::vector<SavedRun> const& saved, Provenance const& provenance,
                        std::string const& origin)
{
    if (std::string const why = runs_.obstacle(saved); !why.empty()) {
        spdlog::warn("{} is not gone on with: {}; the run starts anew", origin, why);
        return false;
    }
    runs_.restore(saved);
    std::uint64_t const done = runs_.next_path() - runs_.range().first;
    std::size_t const points = num_points(points_);
    if (done == 0 && points == 0)
        return false;
    seconds_before_ = provenance.seconds;
    provenance_.started = provenance.started;
    note_resumption(provenance_, provenance, done / runs_.chunk_paths());
    kept_paths_ = runs_.next_path();
    spdlog::info("going on from {} with {} of {} paths{}", origin, count_text(done),
                 count_text(runs_.range().end - runs_.range().first),
                 points == 0 ? "" : fmt::format(" and {} points of the sweep", points));
    return true;
}

void ResumableRun::resume(bool has_smaller)
{
    auto const end_of = [](std::vector<SavedRun> const& saved) {
        return saved.empty() ? 0 : saved.front().whole.end_chunk;
    };
    std::optional<PartFile> const checkpoint = read_checkpoint(target_);
    if (checkpoint)
        points_ = checkpoint->sweep;
    std::vector<SavedRun> smaller;
    if (has_smaller) {
        SweepResult there = read_sweep(target_.output);
        points_there_ = num_points(there);
        paths_there_ = read_provenance(target_.output).paths;
        if (points_.points.empty())
            points_ = std::move(there);
        smaller = read_saved_runs(target_.output);
    }
    std::string const result_name = fmt::format("'{}'", target_.output.string());
    if (checkpoint && end_of(checkpoint->runs) >= end_of(smaller)) {
        if (take(checkpoint->runs, checkpoint->provenance,
                 fmt::format("'{}'", checkpoint_path(target_.output).string())))
            return;
    }
    if (smaller.empty() && has_smaller)
        spdlog::info("{} keeps no chunks ({}); running all paths anew", result_name,
                     read_view_parts(target_.output).empty() ? "[output] extendable = false"
                                                             : "it is a view of parts");
    if (!smaller.empty())
        static_cast<void>(take(smaller, read_provenance(target_.output), result_name));
}

/// Of all paths that are asked for.
std::size_t ResumableRun::num_points(SweepResult const& sweep) const
{
    return static_cast<std::size_t>(
        std::count_if(sweep.points.begin(), sweep.points.end(),
                      [&](SweepPointResult const& point) { return point.paths == target_.paths; }));
}

bool ResumableRun::has_points() const
{
    return num_points(points_) > 0 && runs_.range().end - runs_.next_path() < runs_.chunk_paths();
}

bool ResumableRun::has_more() const
{
    return runs_.next_path() - runs_.range().first > paths_there_
           || (has_points() && num_points(points_) > points_there_);
}

Provenance ResumableRun::making() const
{
    Provenance making = provenance_;
    close_provenance(making, seconds_before_ + seconds_since(start_));
    return making;
}

PartFile ResumableRun::open_part(std::string kind) const
{
    Shard const shard = target_.shard.value_or(Shard{});
    PartFile part;
    part.kind = std::move(kind);
    part.provenance = making();
    part.shard = part.last_shard = shard.number;
    part.num_shards = shard.count;
    part.first_path = runs_.range().first;
    part.end_path = runs_.range().end;
    part.num_points = options_.num_points;
    return part;
}

void ResumableRun::write_checkpoint()
{
    Clock::time_point const begin = Clock::now();
    PartFile part = open_part("checkpoint");
    part.runs = runs_.save(SavedFor::checkpoint);
    part.sweep = points_;
    write_part(checkpoint_path(target_.output), part);  // not compressed: a stop cannot wait
    kept_paths_ = runs_.next_path();
    checkpoint_cost_ = seconds_since(begin);
    schedule_checkpoint();
}

/// \throws Stopped, but where a deadline has a result
void ResumableRun::stop()
{
    std::uint64_t const done = runs_.next_path() - runs_.range().first;
    std::string const reason = stop_text();
    bool const has_ended = stop_reason() == StopReason::deadline && !target_.shard;
    if (has_ended && paths_there_ > 0 && !has_more())
        return;  // the result that stands there is the longer one
    if (done == 0)
        throw Stopped{
            fmt::format("stopped by {} before the first {} paths were done: nothing is kept",
                        reason, count_text(runs_.chunk_paths()))};
    if (has_ended)
        return warn(fmt::format("stopped by {} after {} of {} paths, which make the result", reason,
                                count_text(done), count_text(runs_.range().end)));
    if (runs_.next_path() > kept_paths_)
        write_checkpoint();
    throw Stopped{fmt::format("stopped by {} after {} of {} paths; '{}' has them: {}", reason,
                              count_text(done), count_text(runs_.range().end - runs_.range().first),
                              checkpoint_path(target_.output).string(), how_to_go_on())};
}

ProgressPart ResumableRun::progress_part() const
{
    PathRange const range = runs_.range();
    ProgressPart part;
    part.scenarios = runs_.num_scenarios();
    if (target_.shard)
        part.shard = fmt::format("{}/{}", target_.shard->number, target_.shard->count);
    part.paths = range.end - range.first;
    part.chunk_paths = runs_.chunk_paths();
    part.done_before = runs_.next_path() - range.first;
    part.count = options_.paths_after > 0 ? 2 : 1;
    part.paths_after = options_.paths_after;
    return part;
}

void ResumableRun::run()
{
    PathRange const range = runs_.range();
    Progress progress{options_.progress, progress_part(),
                      [&] { return runs_.current_shortfall(); }};
    while (!runs_.is_done()) {
        if (!runs_.run_batch())
            return stop();
        progress.update(runs_.next_path() - range.first);
        if (!runs_.is_done() && Clock::now() >= next_checkpoint_)
            write_checkpoint();
    }
    progress.finish();
}

void ResumableRun::warn(std::string text)
{
    spdlog::warn("{}", text);
    warnings_.push_back(std::move(text));
}

void ResumableRun::keep(SweepResult const& sweep, bool at_once)
{
    if (!at_once && Clock::now() < next_checkpoint_)
        return;
    points_ = sweep;
    write_checkpoint();
}

Result ResumableRun::write(SweepResult sweep, std::vector<std::string> const& warnings)
{
    Result result;
    write_result(
        target_.output,
        options_.extendable ? runs_.save(SavedFor::extension) : std::vector<SavedRun>{},
        [&]() -> Result const& {
            result = runs_.finish();
            result.sweep = std::move(sweep);
            auto& all = result.provenance.warnings;
            all.insert(all.end(), warnings.begin(), warnings.end());
            all.insert(all.end(), warnings_.begin(), warnings_.end());
            result.provenance.started = provenance_.started;
            result.provenance.manifest.resumed = provenance_.manifest.resumed;
            close_provenance(result.provenance, seconds_before_ + seconds_since(start_));
            return result;
        },
        options_.policy);
    remove_checkpoint(target_.output);
    return result;
}

void ResumableRun::write_shard(SweepResult sweep, std::vector<std::string> const& warnings)
{
    PartFile part = open_part("shard");
    auto& all = part.provenance.warnings;
    all.insert(all.end(), warnings.begin(), warnings.end());
    part.runs = runs_.save(SavedFor::shard);
    part.sweep = std::move(sweep);
    write_part(target_.output, part, options_.policy);
    remove_checkpoint(target_.output);
}

}  // namespace brink
