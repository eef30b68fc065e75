// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/chunk_summary.hpp"

#include <algorithm>
#include <cmath>

#include "host/statistics/bin_counter.hpp"
#include "host/statistics/non_finite.hpp"

namespace brink {

/// Space for one chunk, kept between chunks.
struct ChunkSummariser::Scratch {
    BinCounter count_bins;
    std::vector<double> observed;      ///< what is ranked, zeros left out, in path order
    std::vector<double> leaves;        ///< values at their places in the tree, 0 where absent
    std::vector<std::uint8_t> finite;  ///< 1 = in the moments
};

namespace {

/// -1 where a small value is the risky one.
double risk_sign(OutcomeKind kind)
{
    return kind == OutcomeKind::lowest || kind == OutcomeKind::time ? -1.0 : 1.0;
}

enum class Standing : std::uint8_t { finite, infinite, absent, invalid };

PathMark mark_of(ChunkColumn const& column, std::uint32_t i)
{
    return column.marks != nullptr ? static_cast<PathMark>(column.marks[i]) : PathMark::counted;
}

Standing standing(OutcomeKind kind, ChunkColumn const& column, std::uint32_t i)
{
    double const value = column.values[i];
    if (PathMark const mark = mark_of(column, i); mark != PathMark::counted)
        return mark == PathMark::elsewhere ? Standing::absent : Standing::invalid;
    if (std::isfinite(value))
        return Standing::finite;
    if (kind == OutcomeKind::time && std::isnan(value))
        return Standing::absent;
    if (kind == OutcomeKind::lowest && value == infinity)
        return Standing::infinite;
    return Standing::invalid;
}

/// Flags need counts only.
void count_flags(ChunkSummary& summary, ChunkColumn const& column)
{
    for (std::uint32_t i = 0; i < column.num_paths; ++i) {
        double const value = column.values[i];
        PathMark const mark = mark_of(column, i);
        bool const is_elsewhere = mark == PathMark::elsewhere;
        bool const possible = mark == PathMark::counted && (value == 0 || value == 1);
        summary.num_absent += is_elsewhere ? 1 : 0;
        summary.num_invalid += possible || is_elsewhere ? 0 : 1;
        summary.num_events += possible && value == 1 ? 1 : 0;
    }
    summary.num_zeros =
        column.num_paths - summary.num_invalid - summary.num_absent - summary.num_events;
}

/// Sort the column's values into what is ranked, what is summed and what only counts.
template<class Scratch>
void classify(ChunkSummary& summary, Scratch& scratch, OutcomeKind kind, ChunkColumn const& column)
{
    scratch.observed.resize(column.num_paths);
    scratch.leaves.resize(column.num_paths);
    scratch.finite.resize(column.num_paths);
    std::size_t ranked = 0;
    for (std::uint32_t i = 0; i < column.num_paths; ++i) {
        Standing const is = standing(kind, column, i);
        bool const finite = is == Standing::finite;
        double const value = column.values[i] + 0.0;  // -0.0 becomes +0.0
        scratch.leaves[i] = finite ? value : 0.0;
        scratch.finite[i] = finite ? 1 : 0;
        summary.num_zeros += finite && value == 0 ? 1 : 0;
        scratch.observed[ranked] = value;
        ranked += (finite && value != 0) || is == Standing::infinite ? 1 : 0;
        summary.num_infinite += is == Standing::infinite ? 1 : 0;
        summary.num_absent += is == Standing::absent ? 1 : 0;
        summary.num_invalid += is == Standing::invalid ? 1 : 0;
    }
    scratch.observed.resize(ranked);
}

/// Extremes, bins and tail of the ranked values.
template<class Scratch>
void rank_values(ChunkSummary& summary, Scratch& scratch, double sign, double cut)
{
    for (double const value : scratch.observed) {
        summary.smallest = value < summary.smallest ? value : summary.smallest;
        summary.largest = value > summary.largest ? value : summary.largest;
    }
    summary.bins = scratch.count_bins(scratch.observed);
    if (summary.num_zeros > 0) {
        summary.smallest = std::min(summary.smallest, 0.0);
        summary.largest = std::max(summary.largest, 0.0);
        summary.bins.push_back({histogram_bin(0.0), summary.num_zeros, 0.0});
    }
    // What may enter moves to the front; the bins are counted, so the values are no longer needed.
    std::size_t in_tail = 0;
    for (double const value : scratch.observed) {
        double const risk = sign * value;
        scratch.observed[in_tail] = risk;
        in_tail += risk >= cut ? 1 : 0;
    }
    summary.tail.assign(scratch.observed.begin(),
                        scratch.observed.begin() + static_cast<std::ptrdiff_t>(in_tail));
}

/// Cut back to the riskiest `num_worst`.
void cut_worst(std::vector<PathValue>& worst, std::uint32_t num_worst)
{
    if (worst.size() <= num_worst)
        return;
    auto const end = worst.begin() + num_worst;
    std::nth_element(worst.begin(), end - 1, worst.end(),
                     [](PathValue const& a, PathValue const& b) { return riskier(a, b); });
    worst.erase(end, worst.end());
}

void find_worst(ChunkSummary& summary, std::uint32_t num_worst, OutcomeKind kind,
                ChunkColumn const& column, double cut)
{
    double const sign = risk_sign(kind);
    std::size_t const full = 4 * std::size_t{num_worst} + 64;
    for (std::uint32_t i = 0; i < column.num_paths; ++i) {
        double const risk = sign * column.values[i] + 0.0;
        if (!(risk >= cut) || standing(kind, column, i) != Standing::finite)
            continue;
        summary.worst.push_back({risk, column.first_path + i});
        if (summary.worst.size() == full) {
            cut_worst(summary.worst, num_worst);
            cut = summary.worst.back().value;
        }
    }
    cut_worst(summary.worst, num_worst);
}

}  // namespace

ChunkSummariser::ChunkSummariser() : scratch_{std::make_unique<Scratch>()} {}
ChunkSummariser::~ChunkSummariser() = default;
ChunkSummariser::ChunkSummariser(ChunkSummariser&&) noexcept = default;
ChunkSummariser& ChunkSummariser::operator=(ChunkSummariser&&) noexcept = default;

ChunkSummary ChunkSummariser::operator()(OutcomeKind kind, std::uint32_t num_worst,
                                         ChunkColumn const& column, TailCut const& cut)
{
    ChunkSummary summary;
    summary.chunk_idx = column.chunk_idx;
    summary.num_paths = column.num_paths;
    if (kind == OutcomeKind::flag) {
        count_flags(summary, column);
        return summary;
    }
    classify(summary, *scratch_, kind, column);
    rank_values(summary, *scratch_, risk_sign(kind), cut.tail);
    std::uint64_t const num_finite = summary.num_observed() - summary.num_infinite;
    std::uint8_t const* const present =
        num_finite == column.num_paths ? nullptr : scratch_->finite.data();
    summary.moments = chunk_moments(scratch_->leaves.data(), present, column.num_paths, num_finite);
    if (num_worst > 0)
        find_worst(summary, num_worst, kind, column, cut.worst);
    return summary;
}

}  // namespace brink
