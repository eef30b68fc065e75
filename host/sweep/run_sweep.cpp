// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/run_sweep.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "host/run/engine_group.hpp"
#include "host/run/stop_signal.hpp"
#include "host/sweep/point_input.hpp"
#include "host/sweep/point_run.hpp"
#include "host/sweep/sweep_share.hpp"
#include "io/results/number_text.hpp"

namespace brink {
namespace {

/// Points that run together at most: beyond it the market's share of the work is small.
constexpr std::size_t most_together = 16;

SweepResult labelled(SweepConfig const& config, SweepPoints const& expanded)
{
    SweepResult result;
    result.kind = config.kind == SweepKind::grid  ? "grid"
                  : config.kind == SweepKind::zip ? "zip"
                                                  : "latin_hypercube";
    for (Setting const& setting : config.base)
        result.base +=
            fmt::format("{}{} = {}", result.base.empty() ? "" : ", ", setting.key, setting.value);
    for (SweepAxis const& axis : expanded.axes) {
        SweepAxisResult& entry = result.axes.emplace_back();
        entry.name = axis.name;
        entry.keys = axis.keys;
        for (SweepValue const& value : axis.values) {
            entry.labels.push_back(value.label());
            if (axis.is_numeric())
                entry.numbers.push_back(*value.number);
        }
    }
    result.scopes = config.scopes;
    result.points.resize(expanded.points.size());
    return result;
}

/// The share's groups without the points that were run.
std::vector<std::vector<std::size_t>> groups_left(SweepShare share,
                                                  std::vector<SweepPointResult> const& points)
{
    for (std::vector<std::size_t>& group : share.groups)
        std::erase_if(group, [&](std::size_t p) { return points[p].is_run(); });
    std::erase_if(share.groups, [](auto const& group) { return group.empty(); });
    return std::move(share.groups);
}

std::string shard_text(Shard shard)
{
    return shard.count == 1 ? std::string{} : fmt::format("{}/{}", shard.number, shard.count);
}

class Sweeper {
    ReadResult const& input_;
    CheckedSweep const& sweep_;
    ScenarioRunner const& runner_;
    Shard shard_;
    SweepShare share_;
    SweepResult result_;
    std::function<void(SweepResult const&)> keep_;  ///< may be null
    std::vector<std::vector<std::size_t>> groups_;
    std::unique_ptr<PointRun> base_;
    bool spills_{false};
    std::size_t together_{1};  ///< points that run side by side
    double seconds_;           ///< of work that a process may lose which ends at once
    std::uint64_t done_paths_{0};
    std::unique_ptr<Progress> progress_;

    [[nodiscard]] std::uint64_t paths() const { return input_.scenario.run.paths; }

    /// What the plan of one run says about how many fit.
    void share_memory(Plan const& plan)
    {
        std::size_t const columns = PathColumns::bytes(paths(), result_.scopes.size());
        std::size_t const limit =
            memory_of_runs(usable_memory(plan.memory_available), most_together);
        spills_ = columns > limit / 8;
        std::size_t const kept = spills_ ? 0 : columns;
        std::size_t const point = kept + plan.memory.total() - plan.memory.program
                                  - (plan.spills ? plan.memory.tails : 0);
        std::size_t const taken = kept + plan.memory.program;
        std::size_t const room = limit > taken ? limit - taken : 0;
        together_ =
            std::clamp(room / std::max<std::size_t>(point, 1), std::size_t{1}, most_together);
    }

    /// Points under way are lost with the process: a few short ones at a time, or one long one.
    /// \param seconds that the base took, which no point of its size exceeds
    void share_time(double seconds)
    {
        double const points =
            std::min(seconds_ / std::max(seconds, 1e-9), static_cast<double>(most_together));
        together_ = std::clamp(static_cast<std::size_t>(points), std::size_t{1}, together_);
    }

    /// Run all paths of runs of one market. \return false where it was stopped
    bool run_paths(std::span<PointRun* const> runs)
    {
        std::vector<ScenarioEngine*> engines;
        std::vector<ScenarioRun*> members;
        for (PointRun* const run : runs) {
            engines.push_back(&run->engine());
            members.push_back(&run->run());
        }
        EngineGroup group{engines, runner_.engine.threads};
        while (!runs.front()->run().is_done()) {
            for (ScenarioRun* const member : members)
                member->jobs(paths());
            if (!run_together(group, members))
                return false;
            for (PointRun* const run : runs)
                run->absorb();
            std::uint64_t const next = runs.front()->run().next_path();
            progress_->update(done_paths_ + next * runs.size());
        }
        done_paths_ += paths() * runs.size();
        return true;
    }

    std::unique_ptr<PointRun> make_point(std::size_t point) const
    {
        return std::make_unique<PointRun>(input_, sweep_.expanded.points[point].settings,
                                          sweep_.digests[point], runner_.engine);
    }

    /// Plan runs of one market and take their memory. \return false where that holds fewer
    /// \throws MemoryUnavailable where it does not hold one
    bool start(std::span<PointRun* const> members)
    {
        try {
            for (PointRun* const member : members)
                member->start(runner_,
                              member == members.front() ? 0 : members.front()->plan().batch_chunks,
                              members.size(), spills_);
            return true;
        } catch (MemoryUnavailable const&) {
            if (members.size() == 1)
                throw;
        }
        for (PointRun* const member : members)
            member->give_up();
        return false;
    }

    /// \param members engines of one market \param points theirs
    bool run_members(std::span<PointRun* const> members, std::span<std::size_t const> points)
    {
        if (!start(members)) {
            std::size_t const half = members.size() / 2;
            return run_members(members.first(half), points.first(half))
                   && run_members(members.subspan(half), points.subspan(half));
        }
        if (!run_paths(members))
            return false;
        for (std::size_t i = 0; i < members.size(); ++i) {
            SweepPointResult& result = result_.points[points[i]];
            result = members[i]->finish();
            members[i]->compare(result, *base_);
            members[i]->give_up();
        }
        return true;
    }

    /// Points that are written with one market, at most as many as run together.
    bool run_block(std::vector<std::size_t> const& points)
    {
        std::vector<std::unique_ptr<PointRun>> runs;
        std::vector<ScenarioEngine const*> engines;
        for (std::size_t const point : points) {
            runs.push_back(make_point(point));
            engines.push_back(&runs.back()->engine());
        }
        for (std::vector<std::size_t> const& alike : group_by_market(engines)) {
            std::vector<PointRun*> members;
            std::vector<std::size_t> own;
            for (std::size_t const i : alike) {
                members.push_back(runs[i].get());
                own.push_back(points[i]);
            }
            if (!run_members(members, own))
                return false;
            for (std::size_t const i : alike)
                runs[i].reset();
        }
        return true;
    }

    /// The last part of the run begins: `runs` of all paths.
    void start_progress(ProgressOutput* output, std::uint64_t runs)
    {
        ProgressPart part;
        part.shard = shard_text(shard_);
        std::uint64_t const done = result_.num_run();
        part.points = done + runs;
        part.paths = part.points * paths();
        part.done_before = done_paths_ = done * paths();
        part.run_paths = paths();
        part.chunk_paths = base_->plan().chunk_paths;
        part.index = part.count = 2;
        progress_ = std::make_unique<Progress>(output, part, [] { return Estimate{}; });
    }

    bool run_base(ProgressOutput* output, std::uint64_t runs)
    {
        base_ = std::make_unique<PointRun>(input_, input_.scenario.sweep->base, ScenarioDigest{},
                                           runner_.engine);
        base_->start(
            runner_, 0, 1,
            PathColumns::bytes(paths(), result_.scopes.size()) > memory_before_spilling / 8);
        share_memory(base_->plan());
        start_progress(output, runs);
        auto const start = std::chrono::steady_clock::now();
        PointRun* const base = base_.get();
        if (!run_paths({&base, 1}))
            return false;
        share_time(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        base_->finish_base();
        return true;
    }

    /// The same scenario gives the same numbers.
    void copy_repeated()
    {
        std::vector<std::size_t> const firsts = first_alike(sweep_.digests);
        for (std::size_t p = 0; p < firsts.size(); ++p)
            if (firsts[p] != p)
                result_.points[p] = result_.points[firsts[p]];
    }

    void tell(std::uint64_t runs) const
    {
        std::string const where = shard_.count == 1 ? "" : " in shard " + shard_text(shard_);
        if (std::size_t const done = result_.num_run(); done > 0)
            spdlog::info("sweep: {} of {} points{} were done before", count_text(done),
                         count_text(share_.points), where);
        if (groups_.empty())
            spdlog::info("sweep: no points are left to run{}", where);
        else
            spdlog::info("sweep: {} point{}{}, {} runs of {} paths with the base",
                         count_text(share_.points), share_.points == 1 ? "" : "s", where,
                         count_text(runs), count_text(paths()));
    }

    /// \return false where it was stopped
    bool run_groups()
    {
        for (auto const& group : groups_)
            for (std::size_t first = 0; first < group.size(); first += together_) {
                auto const begin = group.begin() + static_cast<std::ptrdiff_t>(first);
                std::size_t const size = std::min(together_, group.size() - first);
                if (!run_block({begin, begin + static_cast<std::ptrdiff_t>(size)}))
                    return false;
                if (keep_)
                    keep_(result_);
            }
        progress_->finish();
        return true;
    }

  public:
    Sweeper(ReadResult const& input, CheckedSweep const& sweep, ScenarioRunner const& runner,
            SweepKeeping keeping, Shard shard)
        : input_{input},
          sweep_{sweep},
          runner_{runner},
          shard_{shard},
          share_{share_of(sweep.digests, shard)},
          result_{labelled(*input.scenario.sweep, sweep.expanded)},
          keep_{std::move(keeping.keep)},
          seconds_{keeping.seconds}
    {
        auto& done = keeping.done.points;
        for (std::size_t p = 0; p < result_.points.size() && done.size() == result_.points.size();
             ++p)
            if (done[p].paths == paths())
                result_.points[p] = std::move(done[p]);
        groups_ = groups_left(share_, result_.points);
    }

    SweepRun operator()(ProgressOutput* output)
    {
        std::uint64_t runs = 1;
        for (auto const& group : groups_)
            runs += group.size();
        tell(runs);
        bool const is_complete = groups_.empty() || (run_base(output, runs) && run_groups());
        progress_.reset();
        copy_repeated();
        return {std::move(result_), is_complete};
    }
};

}  // namespace

SweepRun run_sweep(ReadResult const& input, CheckedSweep const& sweep, ScenarioRunner const& runner,
                   ProgressOutput* progress, SweepKeeping keeping, Shard shard)
{
    return Sweeper{input, sweep, runner, std::move(keeping), shard}(progress);
}

}  // namespace brink
