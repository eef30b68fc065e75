// SPDX-License-Identifier: Apache-2.0
#include "host/run/run_statistics.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <utility>

#include "host/plan/outcome_specs.hpp"
#include "host/statistics/estimators.hpp"
#include "host/statistics/from_device.hpp"

namespace brink {
namespace {

constexpr std::size_t loss_idx = static_cast<std::size_t>(Column::loss);
/// Result files keep the exact tail of the book's loss up to this many values.
constexpr std::size_t most_tail_values = 1U << 20;

/// `prob` of amounts whose mere occurrence is an event: that they are above 0.
void append_probability(OutcomeResult& result, OutcomeStatistics const& statistics)
{
    if (!has_probability(result.outcome))
        return;
    OutcomeCounts const& counts = statistics.counts();
    result.statistics.push_back(estimate_probability(counts.observed() - counts.zeros,
                                                     counts.observed(), result_confidence));
}

OutcomeResult report_outcome(OutcomeInfo const& info, OutcomeStatistics& statistics,
                             std::string const& numeraire)
{
    OutcomeResult result;
    result.outcome = info.name;
    result.unit = info.unit == "numeraire" ? numeraire : std::string{info.unit};
    result.count = statistics.counts().observed();
    result.statistics = statistics.estimates();
    append_probability(result, statistics);
    if (info.kind != OutcomeKind::flag)
        result.histogram = statistics.histogram();
    return result;
}

}  // namespace

struct RunStatistics::Workers {
    tbb::task_arena arena;
    tbb::enumerable_thread_specific<ChunkSummariser> summarisers;

    explicit Workers(int threads) : arena{threads > 0 ? threads : tbb::info::default_concurrency()}
    {}

    /// Run `work(i)` for i in [0, count) in any order.
    template<class Work>
    void for_each(std::size_t count, Work const& work)
    {
        arena.execute([&] {
            tbb::parallel_for(
                tbb::blocked_range<std::size_t>{0, count, 1},
                [&](tbb::blocked_range<std::size_t> const& range) {
                    for (std::size_t i = range.begin(); i < range.end(); ++i)
                        work(i);
                },
                tbb::simple_partitioner{});
        });
    }
};

/// What one batch adds: shape [chunks][scopes x outcomes], and [chunks].
struct RunStatistics::Summaries {
    std::vector<std::vector<ChunkSummary>> outcomes;
    std::vector<PartMoments> parts;
    std::vector<RegimeMoments> regimes;
};

RunStatistics::RunStatistics(Plan const& plan, Scenario const& scenario, int threads)
    : plan_{plan},
      config_{scenario.statistics},
      workers_{std::make_unique<Workers>(threads)},
      rows_{scenario.output.outcomes, plan.kept_rows},
      fan_invalid_(std::max(plan.shape.fan_paths, plan.shape.account_fan_paths))
{
    std::string const spill = plan.spills ? plan.spill_folder.string() : std::string{};
    for (std::uint64_t scope = 0; scope < plan.shape.scopes; ++scope) {
        auto& outcomes = outcomes_.emplace_back();
        for (OutcomeSpec& spec :
             make_outcome_specs(config_, plan.shape.paths, scope_kind(scope), spill))
            outcomes.push_back(std::make_unique<OutcomeStatistics>(std::move(spec)));
    }
    if (plan.shape.account_table)
        table_.emplace(plan, config_.exceedances);
}

RunStatistics::~RunStatistics() = default;

void RunStatistics::find_invalid(std::vector<ChunkView> const& chunks)
{
    std::size_t const scopes = outcomes_.size();
    workers_->for_each(chunks.size() * scopes, [&](std::size_t i) {
        ChunkView const& chunk = chunks[i / scopes];
        std::size_t const scope = i % scopes;
        auto const flags = chunk.column(scope, static_cast<std::int32_t>(Column::mark));
        std::transform(flags.begin(), flags.end(), chunk.marks_of(scope),
                       [](double mark) { return static_cast<std::uint8_t>(mark); });
    });
}

void RunStatistics::summarise(std::vector<ChunkView> const& chunks, Summaries& summaries)
{
    std::size_t const outcomes = outcomes_.size() * outcome_list.size();
    // Beside the outcomes, two tasks per chunk: the parts of the loss, and the accounts.
    std::size_t const tasks = outcomes + 2;
    summaries.parts.resize(chunks.size());
    summaries.regimes.resize(chunks.size());
    summaries.outcomes.resize(chunks.size());
    for (auto& list : summaries.outcomes)
        list.resize(outcomes);
    workers_->for_each(chunks.size() * tasks, [&](std::size_t i) {
        std::size_t const slot = i / tasks;
        std::size_t const task = i % tasks;
        ChunkView const& chunk = chunks[slot];
        if (task == outcomes) {
            summaries.parts[slot] = summarise_parts(chunk);
            summaries.regimes[slot] =
                summarise_regimes(chunk, first_regime_scope(), plan_.shape.regimes);
        } else if (task > outcomes) {
            if (table_)
                table_->summarise(slot, chunk);
        } else {
            std::size_t const scope = task / outcome_list.size();
            std::size_t const outcome = task % outcome_list.size();
            OutcomeStatistics const& statistics = *outcomes_[scope][outcome];
            ChunkColumn const column{chunk.chunk_idx, chunk.first_path, chunk.num_paths,
                                     chunk.column(scope, static_cast<std::int32_t>(outcome)).data(),
                                     chunk.marks_of(scope)};
            summaries.outcomes[slot][task] = workers_->summarisers.local()(
                statistics.spec().kind, statistics.spec().num_worst, column, statistics.cut());
        }
    });
}

void RunStatistics::merge(std::vector<ChunkView> const& chunks, Summaries const& summaries)
{
    std::size_t const outcomes = outcomes_.size() * outcome_list.size();
    // One task per outcome takes all chunks in order; one more merges what belongs to the book.
    workers_->for_each(outcomes + 1, [&](std::size_t task) {
        for (std::size_t slot = 0; slot < chunks.size(); ++slot) {
            if (task < outcomes) {
                std::size_t const scope = task / outcome_list.size();
                outcomes_[scope][task % outcome_list.size()]->merge(summaries.outcomes[slot][task]);
                continue;
            }
            append_parts(parts_, summaries.parts[slot]);
            append_regimes(regimes_, summaries.regimes[slot]);
            rows_.add(chunks[slot]);
            if (table_)
                table_->merge(slot, chunks[slot]);
        }
    });
}

void RunStatistics::absorb(std::vector<ChunkView> const& chunks)
{
    find_invalid(chunks);
    Summaries summaries;
    summarise(chunks, summaries);
    merge(chunks, summaries);
    for (ChunkView const& chunk : chunks)
        for (std::uint32_t i = 0; i < chunk.num_paths; ++i)
            if (chunk.marks_of(0)[i] != 0)
                mark_invalid(chunk.first_path + i);
}

void RunStatistics::mark_invalid(std::uint64_t path)
{
    ++num_invalid_;
    if (path < fan_invalid_.size())
        fan_invalid_[path] = 1;
}

ReduceRequest RunStatistics::request() const
{
    ReduceRequest request = make_reduce_request(outcomes_, rows_);
    auto const regimes = regime_requests(first_regime_scope(), plan_.shape.regimes);
    request.columns.insert(request.columns.end(), regimes.begin(), regimes.end());
    return request;
}

void RunStatistics::absorb(std::span<ChunkJob const> jobs, std::vector<ChunkReduction>& reductions)
{
    for (ChunkReduction const& reduction : reductions)
        rows_.add(reduction.columns[loss_idx].worst, reduction.rows);
    std::size_t const outcomes = outcomes_.size() * outcome_list.size();
    workers_->for_each(outcomes, [&](std::size_t task) {
        OutcomeStatistics& statistics =
            *outcomes_[task / outcome_list.size()][task % outcome_list.size()];
        for (std::size_t slot = 0; slot < jobs.size(); ++slot)
            statistics.merge(summary_from_device(statistics.spec().kind,
                                                 statistics.spec().num_worst,
                                                 jobs[slot].first_path / plan_.chunk_paths,
                                                 std::move(reductions[slot].columns[task])));
    });
    for (ChunkReduction const& reduction : reductions) {
        append_parts(parts_, to_part_moments(reduction));
        append_regimes(regimes_,
                       regimes_from_device(std::span{reduction.columns}.subspan(outcomes + 1)));
        for (RiskOfPath const& entry : reduction.columns[outcomes].worst)
            mark_invalid(entry.path);
    }
}

std::size_t RunStatistics::first_regime_scope() const
{
    return outcomes_.size() - plan_.shape.regimes;
}

RegimeTable RunStatistics::regimes(std::vector<std::string> const& names) const
{
    std::vector<std::uint64_t> num_visits;
    for (std::size_t r = 0; r < plan_.shape.regimes; ++r) {
        OutcomeCounts const& counts = outcomes_[first_regime_scope() + r][loss_idx]->counts();
        num_visits.push_back(counts.observed());
    }
    return report_regimes(regimes_, names, num_visits);
}

Estimate RunStatistics::current_shortfall()
{
    std::vector<Estimate> const list = outcomes_[0][loss_idx]->estimates();
    auto const last = std::find_if(list.rbegin(), list.rend(), [](Estimate const& estimate) {
        return estimate.name.starts_with("es_");
    });
    return last != list.rend() ? *last : Estimate{};
}

std::vector<OutcomeResult> RunStatistics::take_outcomes(std::size_t scope,
                                                        std::string const& numeraire)
{
    std::vector<OutcomeResult> results(outcome_list.size());
    workers_->for_each(results.size(), [&](std::size_t i) {
        std::unique_ptr<OutcomeStatistics> const statistics = std::move(outcomes_[scope][i]);
        results[i] = report_outcome(outcome_list[i], *statistics, numeraire);
    });
    return results;
}

std::vector<WorstPath> RunStatistics::worst_paths(std::size_t scope)
{
    std::vector<WorstPath> worst;
    for (PathValue const& path : outcomes_[scope][worst_outcome(scope_kind(scope))]->worst_paths())
        worst.push_back({path.path_id, path.value});
    return worst;
}

std::vector<double> RunStatistics::tail_of_loss()
{
    auto const risks = outcomes_[0][loss_idx]->tail_risks();
    return {risks.begin(), risks.begin()
                               + static_cast<std::ptrdiff_t>(
                                   std::min<std::size_t>(risks.size(), most_tail_values))};
}

AccountTable RunStatistics::table(std::vector<std::string> const& accounts) const
{
    return table_ ? table_->report(accounts) : AccountTable{};
}

}  // namespace brink
