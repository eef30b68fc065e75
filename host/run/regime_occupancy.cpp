// SPDX-License-Identifier: Apache-2.0
#include "host/run/regime_occupancy.hpp"

#include "host/plan/outcome_specs.hpp"
#include "host/statistics/estimators.hpp"
#include "host/statistics/from_device.hpp"

namespace brink {

RegimeMoments summarise_regimes(ChunkView const& chunk, std::size_t first_scope,
                                std::size_t num_regimes)
{
    RegimeMoments moments;
    std::vector<std::uint8_t> present(chunk.num_paths);
    std::vector<double> values(chunk.num_paths);
    for (std::size_t r = 0; r < num_regimes; ++r) {
        auto const shares =
            chunk.column(first_scope + r, static_cast<std::int32_t>(Column::occupancy));
        std::uint8_t const* const marks = chunk.marks_of(first_scope + r);
        std::uint64_t num_present = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            bool const is_valid = static_cast<PathMark>(marks[i]) != PathMark::invalid;
            present[i] = is_valid ? 1 : 0;
            values[i] = is_valid ? shares[i] : 0.0;
            num_present += present[i];
        }
        moments.push_back(
            chunk_moments(values.data(), present.data(), chunk.num_paths, num_present));
    }
    return moments;
}

std::vector<ColumnRequest> regime_requests(std::size_t first_scope, std::size_t num_regimes)
{
    std::vector<ColumnRequest> requests;
    for (std::size_t r = 0; r < num_regimes; ++r)
        requests.push_back({.scope = static_cast<std::int32_t>(first_scope + r),
                            .column = static_cast<std::int32_t>(Column::occupancy),
                            .kind = ColumnKind::part});
    return requests;
}

RegimeMoments regimes_from_device(std::span<ColumnSummary const> columns)
{
    RegimeMoments moments;
    for (ColumnSummary const& column : columns)
        moments.push_back(moments_from_device(column.moments));
    return moments;
}

RegimeTable report_regimes(RegimeMoments const& all, std::vector<std::string> const& names,
                           std::vector<std::uint64_t> const& num_visits)
{
    RegimeTable table;
    for (std::size_t r = 0; r < all.size(); ++r) {
        table.names.push_back(names[r]);
        table.occupancy.push_back(estimate_mean(all[r], result_confidence));
        table.visited.push_back(
            estimate_probability(num_visits[r], all[r].count, result_confidence));
    }
    return table;
}

}  // namespace brink
