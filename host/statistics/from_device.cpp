// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/from_device.hpp"

#include <algorithm>
#include <utility>

namespace brink {

namespace {

/// The riskiest `num_worst` of the listed paths.
std::vector<PathValue> riskiest(std::vector<RiskOfPath> const& listed, std::uint32_t num_worst)
{
    std::vector<PathValue> worst;
    for (RiskOfPath const& path : listed)
        worst.push_back({path.risk, path.path});
    if (worst.size() > num_worst) {
        std::nth_element(worst.begin(), worst.begin() + num_worst, worst.end(),
                         [](PathValue const& a, PathValue const& b) { return riskier(a, b); });
        worst.resize(num_worst);
    }
    return worst;
}

}  // namespace

ColumnKind column_kind(OutcomeKind kind)
{
    switch (kind) {
        case OutcomeKind::money:
            return ColumnKind::money;
        case OutcomeKind::count:
            return ColumnKind::count;
        case OutcomeKind::lowest:
            return ColumnKind::lowest;
        case OutcomeKind::time:
            return ColumnKind::time;
        case OutcomeKind::flag:
            break;
    }
    return ColumnKind::flag;
}

ColumnRequest column_request(std::int32_t scope, std::int32_t column, OutcomeKind kind,
                             std::uint32_t num_worst, TailCut const& cut)
{
    return {scope, column, column_kind(kind), num_worst > 0, cut.tail, cut.worst};
}

ChunkSummary summary_from_device(OutcomeKind kind, std::uint32_t num_worst, std::uint64_t chunk_idx,
                                 ColumnSummary column)
{
    ChunkSummary summary;
    summary.chunk_idx = chunk_idx;
    summary.num_paths = column.num_paths;
    summary.num_invalid = column.num_invalid;
    summary.num_zeros = column.num_zeros;
    summary.num_events = column.num_events;
    if (kind == OutcomeKind::flag)
        return summary;
    summary.num_absent = column.num_absent;
    summary.num_infinite = column.num_infinite;
    summary.moments = moments_from_device(column.moments);
    summary.smallest = column.smallest;
    summary.largest = column.largest;
    for (ColumnBin const& bin : column.bins)
        summary.bins.push_back({bin.bin, bin.count, bin.value});
    if (column.num_zeros > 0)
        summary.bins.push_back({histogram_bin(0.0), column.num_zeros, 0.0});
    summary.tail = std::move(column.tail);
    summary.worst = riskiest(column.worst, num_worst);
    return summary;
}

Moments moments_from_device(ColumnMoments const& moments)
{
    return {moments.count, moments.sum, moments.m2, moments.m3, moments.m4};
}

}  // namespace brink
