// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_groups.hpp"
#include "io/results/result_lookup.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace brink {
namespace {

/// The histograms of one outcome, padded to the longest: NaN edges, zero counts.
struct PaddedHistograms {
    std::vector<std::string> scopes;
    std::vector<std::uint64_t> num_bins;  ///< [scopes]
    std::vector<double> lower, upper;     ///< [scopes][bins]
    std::vector<std::uint64_t> count;     ///< [scopes][bins]
    std::size_t bins{0};
};

void require_shape(Histogram const& histogram, std::string_view outcome)
{
    if (histogram.edges.size() != histogram.counts.size() + 1) {
        throw hdf5::Error{fmt::format("the histogram of '{}' has {} edges for {} bins", outcome,
                                      histogram.edges.size(), histogram.counts.size())};
    }
}

void append(PaddedHistograms& padded, std::string const& scope, Histogram const& histogram)
{
    std::size_t const bins = histogram.counts.size();
    padded.scopes.push_back(scope);
    padded.num_bins.push_back(bins);
    std::size_t const end = padded.scopes.size() * padded.bins;
    padded.lower.insert(padded.lower.end(), histogram.edges.begin(), histogram.edges.end() - 1);
    padded.lower.resize(end, not_available);
    padded.upper.insert(padded.upper.end(), histogram.edges.begin() + 1, histogram.edges.end());
    padded.upper.resize(end, not_available);
    padded.count.insert(padded.count.end(), histogram.counts.begin(), histogram.counts.end());
    padded.count.resize(end, 0);
}

/// The histogram of `outcome` in `scope`, or null where it has none.
Histogram const* find_histogram(ScopeResult const& scope, std::string_view outcome)
{
    OutcomeResult const* const found = find_outcome(scope, outcome);
    bool const has = found != nullptr && !found->histogram.counts.empty();
    return has ? &found->histogram : nullptr;
}

PaddedHistograms gather_histograms(std::vector<ScopeResult> const& scopes, std::string_view outcome)
{
    PaddedHistograms padded;
    for (ScopeResult const& scope : scopes) {
        if (Histogram const* const found = find_histogram(scope, outcome)) {
            require_shape(*found, outcome);
            padded.bins = std::max(padded.bins, found->counts.size());
        }
    }
    for (ScopeResult const& scope : scopes) {
        if (Histogram const* const found = find_histogram(scope, outcome))
            append(padded, scope.scope, *found);
    }
    return padded;
}

void write_table(hdf5::GroupWriter group, PaddedHistograms const& padded, std::string_view unit)
{
    group.coordinate("scope", padded.scopes,
                     {.long_name = "book, account:<id>, group:<column>=<value> or regime:<name>"});
    group.dimension("bin", padded.bins);
    group.variable("num_bins", {"scope"}, padded.num_bins,
                   {.long_name = "bins in use", .units = "1"});
    group.variable("lower", {"scope", "bin"}, padded.lower,
                   {.long_name = "lower edge of the bin", .units = unit, .nan_is_missing = true});
    group.variable("upper", {"scope", "bin"}, padded.upper,
                   {.long_name = "upper edge of the bin", .units = unit, .nan_is_missing = true});
    group.variable("count", {"scope", "bin"}, padded.count,
                   {.long_name = "paths in the bin", .units = "1"});
}

/// Outcomes with a histogram in any scope, with their units, in order of appearance.
std::vector<OutcomeResult const*> outcomes_with_histogram(std::vector<ScopeResult> const& scopes)
{
    std::vector<OutcomeResult const*> list;
    for (ScopeResult const& scope : scopes) {
        for (OutcomeResult const& outcome : scope.outcomes) {
            bool const known =
                std::any_of(list.begin(), list.end(), [&](OutcomeResult const* const other) {
                    return other->outcome == outcome.outcome;
                });
            if (!outcome.histogram.counts.empty() && !known)
                list.push_back(&outcome);
        }
    }
    return list;
}

Histogram histogram_at(PaddedHistograms const& padded, std::size_t row)
{
    std::size_t const bins = std::min<std::size_t>(padded.num_bins[row], padded.bins);
    auto const first = static_cast<std::ptrdiff_t>(row * padded.bins);
    auto const last = first + static_cast<std::ptrdiff_t>(bins);
    Histogram histogram;
    histogram.edges.assign(padded.lower.begin() + first, padded.lower.begin() + last);
    if (bins > 0)
        histogram.edges.push_back(padded.upper[row * padded.bins + bins - 1]);
    histogram.counts.assign(padded.count.begin() + first, padded.count.begin() + last);
    return histogram;
}

PaddedHistograms read_table(hdf5::GroupReader const& group)
{
    PaddedHistograms padded;
    padded.scopes = group.strings("scope");
    padded.num_bins = group.counts("num_bins", padded.scopes.size());
    padded.lower = group.doubles("lower");
    padded.upper = group.doubles("upper", padded.lower.size());
    padded.count = group.counts("count", padded.lower.size());
    padded.bins = padded.scopes.empty() ? 0 : padded.lower.size() / padded.scopes.size();
    return padded;
}

}  // namespace

void write_histograms(hdf5::GroupWriter const& root, Result const& result)
{
    std::vector<OutcomeResult const*> const outcomes = outcomes_with_histogram(result.scopes);
    if (outcomes.empty())
        return;
    hdf5::GroupWriter const group = root.group("histograms");
    for (OutcomeResult const* const outcome : outcomes) {
        write_table(group.group(outcome->outcome),
                    gather_histograms(result.scopes, outcome->outcome), outcome->unit);
    }
}

void read_histograms(hdf5::GroupReader const& root, std::vector<ScopeResult>& scopes)
{
    if (!root.has("histograms"))
        return;
    hdf5::GroupReader const group = root.group("histograms");
    for (std::string const& outcome : group.names()) {
        PaddedHistograms const padded = read_table(group.group(outcome));
        for (std::size_t row = 0; row < padded.scopes.size(); ++row) {
            for (ScopeResult& scope : scopes) {
                if (scope.scope != padded.scopes[row])
                    continue;
                for (OutcomeResult& candidate : scope.outcomes) {
                    if (candidate.outcome == outcome)
                        candidate.histogram = histogram_at(padded, row);
                }
            }
        }
    }
}

}  // namespace brink
