// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/outcome_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "host/statistics/binomial.hpp"
#include "host/statistics/estimators.hpp"

namespace brink {
namespace {

constexpr std::size_t small_run = 65'536;

bool has_tail(OutcomeKind kind)
{
    return kind != OutcomeKind::flag;
}

bool large_is_risky(OutcomeKind kind)
{
    return kind == OutcomeKind::money || kind == OutcomeKind::count;
}

std::size_t worst_capacity(OutcomeSpec const& spec)
{
    return std::max<std::size_t>(spec.num_worst, 1);
}

}  // namespace

std::size_t OutcomeSpec::tail_capacity() const
{
    if (!has_tail(kind))
        return 1;
    DecimalLevel lowest = tail_from;
    if (kind == OutcomeKind::money && !levels.empty())
        lowest = std::min(lowest, *std::min_element(levels.begin(), levels.end()));
    std::uint64_t const from_rank = quantile_ranks(lowest, path_cap, confidence).lo;
    std::uint64_t const reach = path_cap - from_rank + 1;
    return std::min<std::size_t>(std::max<std::size_t>(reach, small_run), path_cap);
}

std::size_t OutcomeSpec::planned_tail_bytes() const
{
    std::size_t const capacity = tail_capacity();
    return std::min<std::size_t>(TailKeeper<double>::num_slots(capacity), path_cap)
           * sizeof(double);
}

std::size_t OutcomeSpec::planned_bytes() const
{
    std::size_t const body = has_tail(kind) ? BodyHistogram::max_bytes() : 0;
    std::size_t const worst =
        num_worst > 0 ? TailKeeper<PathValue>::planned_bytes(worst_capacity(*this)) : 0;
    return sizeof(OutcomeStatistics) + body + worst + planned_tail_bytes();
}

OutcomeStatistics::OutcomeStatistics(OutcomeSpec spec)
    : spec_{std::move(spec)},
      tail_{spec_.tail_capacity(), spec_.spill_directory},
      worst_{worst_capacity(spec_)}
{}

TailCut OutcomeStatistics::cut() const
{
    return {tail_cut_.load(std::memory_order_relaxed), worst_cut_.load(std::memory_order_relaxed)};
}

void OutcomeStatistics::merge(ChunkSummary const& summary)
{
    require_room(summary.num_paths);
    moments_.push(summary.chunk_idx, summary.moments);
    counts_.paths += summary.num_paths;
    counts_.invalid += summary.num_invalid;
    counts_.absent += summary.num_absent;
    counts_.infinite += summary.num_infinite;
    counts_.zeros += summary.num_zeros;
    counts_.events += summary.num_events;
    counts_.smallest = std::min(counts_.smallest, summary.smallest);
    counts_.largest = std::max(counts_.largest, summary.largest);
    for (BinCount const& bin : summary.bins)
        body_.add(bin);
    tail_.add(summary.tail);
    worst_.add(summary.worst);
    publish_cuts();
}

void OutcomeStatistics::require_room(std::uint64_t num_paths) const
{
    if (num_paths > spec_.path_cap - counts_.paths)
        throw std::logic_error("more paths of '" + spec_.name + "' merged than the cap of "
                               + std::to_string(spec_.path_cap));
}

void OutcomeStatistics::publish_cuts()
{
    tail_cut_.store(tail_.cut(), std::memory_order_relaxed);
    worst_cut_.store(worst_.cut(), std::memory_order_relaxed);
}

SavedOutcome OutcomeStatistics::save()
{
    SavedOutcome saved;
    saved.paths = counts_.paths;
    saved.invalid = counts_.invalid;
    saved.absent = counts_.absent;
    saved.infinite = counts_.infinite;
    saved.zeros = counts_.zeros;
    saved.events = counts_.events;
    saved.smallest = counts_.smallest;
    saved.largest = counts_.largest;
    saved.tail = tail_.sorted();
    saved.num_tail = saved.tail.size();
    for (PathValue const& entry : worst_.sorted())
        saved.worst.push_back({entry.value, entry.path_id});
    for (BodyHistogram::Filled const& bin : body_.filled())
        saved.bins.push_back({bin.bin, bin.count, bin.value});
    return saved;
}

void OutcomeStatistics::merge(SavedOutcome const& saved, std::span<double const> tail,
                              std::span<ChunkTree<Moments>::Block const> moments)
{
    require_room(saved.paths);
    for (ChunkTree<Moments>::Block const& block : moments)
        moments_.push(block);
    counts_.paths += saved.paths;
    counts_.invalid += saved.invalid;
    counts_.absent += saved.absent;
    counts_.infinite += saved.infinite;
    counts_.zeros += saved.zeros;
    counts_.events += saved.events;
    counts_.smallest = std::min(counts_.smallest, saved.smallest);
    counts_.largest = std::max(counts_.largest, saved.largest);
    for (SavedBin const& bin : saved.bins)
        body_.restore({static_cast<std::uint32_t>(bin.bin), bin.count, bin.value});
    tail_.add(tail);
    std::vector<PathValue> worst;
    for (SavedRisk const& entry : saved.worst)
        worst.push_back({entry.risk, entry.path});
    worst_.add(worst);
    publish_cuts();
}

bool OutcomeStatistics::is_deep_enough(SavedOutcome const& saved) const
{
    std::uint64_t const observed = saved.paths - saved.invalid - saved.absent;
    return !has_tail(spec_.kind) || saved.num_tail >= tail_.capacity()
           || saved.num_tail + saved.zeros == observed;
}

RankedSample OutcomeStatistics::sample()
{
    RiskyEnd const end = large_is_risky(spec_.kind) ? RiskyEnd::largest : RiskyEnd::smallest;
    TailView const tail{tail_.sorted(), counts_.zeros, counts_.observed()};
    return {tail, &body_, end, counts_.smallest, counts_.largest};
}

Moments OutcomeStatistics::finite_moments() const
{
    Moments moments = moments_.total();
    if (counts_.infinite == 0 && counts_.smallest == counts_.largest)  // what is left is rounding
        moments.m2 = moments.m3 = moments.m4 = 0;
    return moments;
}

void OutcomeStatistics::append_moments(std::vector<Estimate>& list) const
{
    Moments const moments = finite_moments();
    list.push_back(estimate_mean(moments, spec_.confidence));
    if (large_is_risky(spec_.kind))
        list.push_back(estimate_sd(moments, spec_.confidence));
    for (Estimate& estimate : list)
        if (moments.count > 1 && !(std::isfinite(estimate.value) && std::isfinite(estimate.se)))
            add_flag(estimate, EstimateFlag::overflow);
    Estimate& mean = list.front();
    if (counts_.infinite > 0)
        add_flag(mean, EstimateFlag::infinite_left_out);
    if (has_flag(mean, EstimateFlag::no_variation) && counts_.infinite == 0)
        mean.value = mean.lo = mean.hi = counts_.smallest;
}

void OutcomeStatistics::append_quantiles(std::vector<Estimate>& list)
{
    RankedSample const ranked = sample();
    for (DecimalLevel const& level : spec_.quantiles) {
        list.push_back(estimate_quantile(ranked, level, spec_.confidence));
        if (spec_.kind == OutcomeKind::time)
            list.back().lo = std::max(list.back().lo, 0.0);  // t_0, where the interval is open
    }
    if (spec_.kind != OutcomeKind::money)
        return;
    for (DecimalLevel const& level : spec_.levels)
        list.push_back(estimate_value_at_risk(ranked, level, spec_.confidence));
    for (DecimalLevel const& level : spec_.levels)
        list.push_back(estimate_expected_shortfall(ranked, level, spec_.confidence));
}

void OutcomeStatistics::mark_heavy_tail(std::vector<Estimate>& list)
{
    double const alpha = tail_index().alpha;
    for (Estimate& estimate : list) {
        bool const needs_variance = estimate.name == "mean" || estimate.name.starts_with("es_");
        double const limit = needs_variance ? 2 : estimate.name == "sd" ? 4 : 0;
        if (alpha <= limit)
            add_flag(estimate, EstimateFlag::heavy_tail);
    }
}

std::vector<Estimate> OutcomeStatistics::estimates()
{
    std::vector<Estimate> list;
    if (spec_.kind == OutcomeKind::flag) {
        list.push_back(estimate_probability(counts_.events, counts_.observed(), spec_.confidence));
        return list;
    }
    append_moments(list);
    append_quantiles(list);
    mark_heavy_tail(list);
    return list;
}

TailIndex OutcomeStatistics::tail_index()
{
    if (!large_is_risky(spec_.kind))
        return {not_available, 0};
    return hill_tail_index(sample().tail, spec_.tail_from.tail_count(counts_.observed()));
}

std::vector<PathValue> OutcomeStatistics::worst_paths()
{
    std::vector<PathValue> paths;
    if (spec_.num_worst == 0)
        return paths;
    for (PathValue const& entry : worst_.sorted())
        paths.push_back(
            {large_is_risky(spec_.kind) ? entry.value : 0.0 - entry.value, entry.path_id});
    return paths;
}

Histogram OutcomeStatistics::histogram(std::uint32_t max_bins) const
{
    return compact_histogram(body_, counts_.smallest, max_bins);
}

std::size_t OutcomeStatistics::bytes() const
{
    return sizeof(*this) + body_.bytes() + tail_.bytes() + worst_.bytes();
}

}  // namespace brink
