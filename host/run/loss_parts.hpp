// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "host/run/batch_buffers.hpp"
#include "host/statistics/moments.hpp"
#include "io/results/result.hpp"

namespace brink {

/// What the book's loss is made of, in the order of the result. The market move is the residual, so
/// the parts of every path add up to its loss; what limited liability spared is negative.
inline constexpr std::array<std::string_view, 7> loss_part_names{"market",
                                                                 "funding_and_interest",
                                                                 "liquidation_slippage",
                                                                 "liquidation_fee",
                                                                 "forfeited",
                                                                 "response_cost",
                                                                 "spared"};

/// Columns that the path program writes of them: all but the market, in this order.
inline constexpr std::array<Column, loss_part_names.size() - 1> loss_part_columns{
    Column::funding,        Column::part_liquidation_slippage, Column::part_liquidation_fee,
    Column::part_forfeited, Column::part_response_cost,        Column::part_spared};

/// Moments of every part over one chunk.
using PartMoments = std::array<Moments, loss_part_names.size()>;

/// A pure function of the chunk; allocates scratch of two doubles per path.
[[nodiscard]] PartMoments summarise_parts(ChunkView const& chunk);

/// Means with standard errors.
[[nodiscard]] LossParts report_parts(PartMoments const& all);

}  // namespace brink
