// SPDX-License-Identifier: Apache-2.0
#include "host/run/reduced_chunks.hpp"

#include <stdexcept>
#include <utility>

#include "io/results/outcomes.hpp"
#include "models/path/outcome.hpp"

namespace brink {
namespace {

ColumnKind kind_of(OutcomeKind kind)
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
            return ColumnKind::flag;
    }
    throw std::logic_error{"unknown kind of outcome"};
}

Moments to_moments(ColumnMoments const& from)
{
    return {from.count, from.sum, from.m2, from.m3, from.m4};
}

}  // namespace

ReduceRequest make_reduce_request(std::size_t num_scopes, bool wants_rows)
{
    ReduceRequest request;
    for (std::size_t scope = 0; scope < num_scopes; ++scope)
        for (std::size_t i = 0; i < outcome_list.size(); ++i)
            request.columns.push_back({.scope = static_cast<std::int32_t>(scope),
                                       .column = static_cast<std::int32_t>(i),
                                       .kind = kind_of(outcome_list[i].kind),
                                       .lists_paths = scope == 0 && i == 0});
    request.columns.push_back({.scope = 0,
                               .column = static_cast<std::int32_t>(Column::invalid),
                               .kind = ColumnKind::mark,
                               .lists_paths = true});
    for (Column const part : loss_part_columns)
        request.parts.push_back(static_cast<std::int32_t>(part));
    request.wants_rows = wants_rows;
    return request;
}

ChunkSummary to_chunk_summary(ColumnSummary& summary, std::uint64_t chunk_idx)
{
    ChunkSummary chunk;
    chunk.chunk_idx = chunk_idx;
    chunk.num_paths = summary.num_paths;
    chunk.num_invalid = summary.num_invalid;
    chunk.num_absent = summary.num_absent;
    chunk.num_infinite = summary.num_infinite;
    chunk.num_zeros = summary.num_zeros;
    chunk.num_events = summary.num_events;
    chunk.moments = to_moments(summary.moments);
    chunk.smallest = summary.smallest;
    chunk.largest = summary.largest;
    chunk.bins.reserve(summary.bins.size() + 1);
    for (ColumnBin const& bin : summary.bins)
        chunk.bins.push_back({bin.bin, bin.count, bin.value});
    if (summary.num_zeros > 0)
        chunk.bins.push_back({histogram_bin(0.0), summary.num_zeros, 0.0});
    chunk.tail = std::move(summary.tail);
    chunk.worst.reserve(summary.worst.size());
    for (RiskOfPath const& entry : summary.worst)
        chunk.worst.push_back({entry.risk, entry.path});
    return chunk;
}

PartMoments to_part_moments(ChunkReduction const& reduction)
{
    PartMoments parts;
    if (reduction.parts.size() != parts.size())
        throw std::logic_error{"a reduction lacks parts of the loss"};
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i] = to_moments(reduction.parts[i]);
    return parts;
}

}  // namespace brink
