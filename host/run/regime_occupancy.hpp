// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "host/run/batch_buffers.hpp"
#include "host/statistics/moments.hpp"
#include "io/results/result.hpp"
#include "kernels/reduce/column_summary.hpp"

namespace brink {

/// Moments over all valid paths of the share of its steps that a path spends in each regime; the
/// scopes of the regimes are the last of a run.
using RegimeMoments = std::vector<Moments>;

/// A pure function of the chunk. \return shape [num_regimes]
[[nodiscard]] RegimeMoments summarise_regimes(ChunkView const& chunk, std::size_t first_scope,
                                              std::size_t num_regimes);

/// What to ask of an executor that reduces, one column per regime.
[[nodiscard]] std::vector<ColumnRequest> regime_requests(std::size_t first_scope,
                                                         std::size_t num_regimes);
[[nodiscard]] RegimeMoments regimes_from_device(std::span<ColumnSummary const> columns);

/// \param names shape [regimes] \param num_visits paths that entered each
[[nodiscard]] RegimeTable report_regimes(RegimeMoments const& all,
                                         std::vector<std::string> const& names,
                                         std::vector<std::uint64_t> const& num_visits);

}  // namespace brink
