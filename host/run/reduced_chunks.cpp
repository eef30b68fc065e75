// SPDX-License-Identifier: Apache-2.0
#include "host/run/reduced_chunks.hpp"

#include <algorithm>
#include <stdexcept>

#include "host/statistics/from_device.hpp"
#include "models/path/outcome.hpp"

namespace brink {

ReduceRequest make_reduce_request(std::span<ScopeStatistics const> scopes, RowKeeper const& rows)
{
    ReduceRequest request;
    for (std::size_t scope = 0; scope < scopes.size(); ++scope) {
        for (std::size_t i = 0; i < scopes[scope].size(); ++i) {
            OutcomeStatistics const& outcome = *scopes[scope][i];
            request.columns.push_back(
                column_request(static_cast<std::int32_t>(scope), static_cast<std::int32_t>(i),
                               outcome.spec().kind, outcome.spec().num_worst, outcome.cut()));
        }
    }
    if (rows.wants_tail()) {
        ColumnRequest& loss = request.columns.at(static_cast<std::size_t>(Column::loss));
        loss.worst_cut = loss.lists_paths ? std::min(loss.worst_cut, rows.cut()) : rows.cut();
        loss.lists_paths = true;
    }
    request.columns.push_back({.scope = 0,
                               .column = static_cast<std::int32_t>(Column::mark),
                               .kind = ColumnKind::mark,
                               .lists_paths = true});
    for (Column const part : loss_part_columns)
        request.parts.push_back(static_cast<std::int32_t>(part));
    request.wants_rows = rows.wants_tail();
    return request;
}

PartMoments to_part_moments(ChunkReduction const& reduction)
{
    PartMoments parts;
    if (reduction.parts.size() != parts.size())
        throw std::logic_error{"a reduction lacks parts of the loss"};
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i] = moments_from_device(reduction.parts[i]);
    return parts;
}

}  // namespace brink
