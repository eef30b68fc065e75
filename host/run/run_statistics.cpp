// SPDX-License-Identifier: Apache-2.0
#include "host/run/run_statistics.hpp"

#include <algorithm>
#include <utility>

#include "host/plan/outcome_specs.hpp"
#include "host/run/statistics_workers.hpp"
#include "host/statistics/estimators.hpp"
#include "host/statistics/fan_statistics.hpp"
#include "host/statistics/from_device.hpp"
#include "io/results/content_seal.hpp"

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

/// Health of one scope over the paths of its fan.
Fan make_fan(FanStatistics& statistics, RunShape const& shape, std::span<float const> values,
             std::span<std::uint8_t const> invalid)
{
    Fan fan;
    fan.quantity = "health";
    fan.paths = invalid.size();
    for (DecimalLevel const& level : statistics.levels())
        fan.levels.push_back(level.text());
    fan.quantiles.resize(fan.levels.size());
    fan.lo.resize(fan.levels.size());
    fan.hi.resize(fan.levels.size());
    auto const rows = statistics.rows(values, invalid.size(), invalid);
    for (std::size_t t = 0; t < rows.size(); ++t) {
        fan.times.push_back(static_cast<double>(t * shape.fan_stride) * shape.step_seconds);
        for (std::size_t level = 0; level < fan.levels.size(); ++level) {
            fan.quantiles[level].push_back(rows[t].points[level].value);
            fan.lo[level].push_back(rows[t].points[level].lo);
            fan.hi[level].push_back(rows[t].points[level].hi);
        }
    }
    return fan;
}

}  // namespace

/// What one batch adds: shape [chunks], and [chunks][scopes x outcomes].
struct RunStatistics::Summaries {
    std::vector<std::uint64_t> chunks;
    std::vector<std::vector<ChunkSummary>> outcomes;
    std::vector<PartMoments> parts;
    std::vector<RegimeMoments> regimes;

    explicit Summaries(std::size_t num_chunks)
        : chunks(num_chunks), outcomes(num_chunks), parts(num_chunks), regimes(num_chunks)
    {}
    /// The ledger's entry of a chunk.
    [[nodiscard]] std::uint64_t checksum(std::size_t slot) const;
};

std::uint64_t RunStatistics::Summaries::checksum(std::size_t slot) const
{
    Checksum sum;
    for (ChunkSummary const& summary : outcomes[slot]) {
        std::array const counts{summary.chunk_idx,
                                std::uint64_t{summary.num_paths},
                                std::uint64_t{summary.num_invalid},
                                std::uint64_t{summary.num_absent},
                                std::uint64_t{summary.num_infinite},
                                std::uint64_t{summary.num_zeros},
                                std::uint64_t{summary.num_events},
                                summary.moments.count};
        std::array const numbers{summary.moments.sum, summary.moments.m2, summary.moments.m3,
                                 summary.moments.m4,  summary.smallest,   summary.largest};
        sum.add(reinterpret_cast<char const*>(counts.data()), sizeof counts);
        sum.add(reinterpret_cast<char const*>(numbers.data()), sizeof numbers);
    }
    return sum.value();
}

RunStatistics::RunStatistics(Plan const& plan, Scenario const& scenario, int threads,
                             std::uint64_t path_cap)
    : plan_{plan},
      config_{scenario.statistics},
      workers_{std::make_unique<Workers>(threads)},
      regimes_(plan.shape.regimes),
      rows_{scenario.output.outcomes, num_kept_rows(scenario, path_cap)},
      fans_{plan.shape}
{
    std::string const spill = plan.spills ? plan.spill_folder.string() : std::string{};
    for (std::uint64_t scope = 0; scope < plan.shape.scopes; ++scope) {
        auto& outcomes = outcomes_.emplace_back();
        for (OutcomeSpec& spec :
             make_outcome_specs(config_, path_cap, scope_kind(scope), spill))
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
    for (std::size_t slot = 0; slot < chunks.size(); ++slot) {
        summaries.chunks[slot] = chunks[slot].chunk_idx;
        summaries.outcomes[slot].resize(outcomes);
    }
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

void RunStatistics::merge(Summaries& summaries)
{
    if (summaries.chunks.empty())
        return;
    std::size_t const outcomes = outcomes_.size() * outcome_list.size();
    // One task per outcome takes all chunks in order.
    workers_->for_each(outcomes, [&](std::size_t task) {
        OutcomeStatistics& statistics =
            *outcomes_[task / outcome_list.size()][task % outcome_list.size()];
        for (std::vector<ChunkSummary> const& chunk : summaries.outcomes)
            statistics.merge(chunk[task]);
    });
    for (std::size_t slot = 0; slot < summaries.chunks.size(); ++slot) {
        for (std::size_t i = 0; i < parts_.size(); ++i)
            parts_[i].push(summaries.chunks[slot], summaries.parts[slot][i]);
        for (std::size_t r = 0; r < regimes_.size(); ++r)
            regimes_[r].push(summaries.chunks[slot], summaries.regimes[slot][r]);
        checksums_.push_back(summaries.checksum(slot));
    }
    extend_range(summaries.chunks.front(), summaries.chunks.back() + 1);
}

void RunStatistics::merge_accounts(std::vector<ChunkView> const& chunks)
{
    for (std::size_t slot = 0; slot < chunks.size(); ++slot) {
        rows_.add(chunks[slot]);
        if (table_)
            table_->merge(slot, chunks[slot]);
    }
}

void RunStatistics::absorb(std::vector<ChunkView> const& chunks)
{
    find_invalid(chunks);
    Summaries summaries{chunks.size()};
    summarise(chunks, summaries);
    merge(summaries);
    merge_accounts(chunks);
    for (ChunkView const& chunk : chunks)
        for (std::uint32_t i = 0; i < chunk.num_paths; ++i)
            if (chunk.marks_of(0)[i] != 0)
                mark_invalid(chunk.first_path + i);
}

void RunStatistics::mark_invalid(std::uint64_t path)
{
    ++num_invalid_;
    fans_.mark_invalid(path);
}

void RunStatistics::extend_range(std::uint64_t first_chunk, std::uint64_t end_chunk)
{
    if (!first_chunk_)
        first_chunk_ = first_chunk;
    end_chunk_ = end_chunk;
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
    Summaries summaries{jobs.size()};
    for (std::size_t slot = 0; slot < jobs.size(); ++slot) {
        ChunkReduction& reduction = reductions[slot];
        summaries.chunks[slot] = jobs[slot].first_path / plan_.chunk_paths;
        summaries.parts[slot] = to_part_moments(reduction);
        summaries.regimes[slot] =
            regimes_from_device(std::span{reduction.columns}.subspan(outcomes + 1));
        summaries.outcomes[slot].resize(outcomes);
    }
    workers_->for_each(jobs.size() * outcomes, [&](std::size_t i) {
        std::size_t const slot = i / outcomes;
        std::size_t const task = i % outcomes;
        OutcomeSpec const& spec =
            outcomes_[task / outcome_list.size()][task % outcome_list.size()]->spec();
        summaries.outcomes[slot][task] =
            summary_from_device(spec.kind, spec.num_worst, summaries.chunks[slot],
                                std::move(reductions[slot].columns[task]));
    });
    merge(summaries);
    for (ChunkReduction const& reduction : reductions)
        for (RiskOfPath const& entry : reduction.columns[outcomes].worst)
            mark_invalid(entry.path);
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
    RegimeMoments moments;
    for (ChunkTree<Moments> const& regime : regimes_)
        moments.push_back(regime.total());
    return report_regimes(moments, names, num_visits);
}

LossParts RunStatistics::parts() const
{
    PartMoments moments;
    for (std::size_t i = 0; i < parts_.size(); ++i)
        moments[i] = parts_[i].total();
    return report_parts(moments);
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

AccountTable RunStatistics::table(std::vector<std::string> const& accounts)
{
    return table_ ? table_->report(accounts) : AccountTable{};
}

std::uint64_t RunStatistics::num_fans() const
{
    return config_.quantiles.empty() ? 0 : plan_.shape.account_scopes + 1;
}

std::vector<Fan> RunStatistics::report_fans()
{
    if (finished_fans_.empty() && num_fans() > 0) {
        FanStatistics statistics{parse_levels(config_.quantiles), result_confidence};
        for (std::size_t scope = 0; scope < num_fans(); ++scope)
            finished_fans_.push_back(
                make_fan(statistics, plan_.shape, fans_.values(scope), fans_.invalid(scope)));
    }
    return std::exchange(finished_fans_, {});
}

}  // namespace brink
