// SPDX-License-Identifier: Apache-2.0
#include "host/run/loss_parts.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace brink {
namespace {

class PartSummary {
    ChunkView const& chunk_;
    std::vector<std::uint8_t> present_;
    std::uint64_t num_present_;
    std::vector<double> values_;

  public:
    explicit PartSummary(ChunkView const& chunk)
        : chunk_{chunk}, present_(chunk.num_paths), values_(chunk.num_paths)
    {
        std::uint8_t const* const invalid = chunk.marks_of(0);
        std::transform(invalid, invalid + chunk.num_paths, present_.begin(),
                       [](std::uint8_t flag) { return flag != 0 ? 0 : 1; });
        num_present_ = std::accumulate(present_.begin(), present_.end(), std::uint64_t{0});
    }

    Moments of(Column column)
    {
        auto const from = chunk_.column(column);
        for (std::size_t i = 0; i < values_.size(); ++i)
            values_[i] = present_[i] != 0 ? from[i] : 0.0;
        return reduce();
    }

    Moments of_residual()
    {
        auto const loss = chunk_.column(Column::loss);
        values_.assign(loss.begin(), loss.end());
        for (Column const part : loss_part_columns) {
            auto const from = chunk_.column(part);
            for (std::size_t i = 0; i < values_.size(); ++i)
                values_[i] -= from[i];
        }
        for (std::size_t i = 0; i < values_.size(); ++i)
            if (present_[i] == 0)
                values_[i] = 0.0;
        return reduce();
    }

  private:
    Moments reduce()
    {
        bool const all = num_present_ == chunk_.num_paths;
        return chunk_moments(values_.data(), all ? nullptr : present_.data(), chunk_.num_paths,
                             num_present_);
    }
};

}  // namespace

PartMoments summarise_parts(ChunkView const& chunk)
{
    PartSummary summary{chunk};
    PartMoments parts;
    parts[0] = summary.of_residual();
    for (std::size_t i = 0; i < loss_part_columns.size(); ++i)
        parts[i + 1] = summary.of(loss_part_columns[i]);
    return parts;
}

LossParts report_parts(PartMoments const& all)
{
    LossParts parts;
    for (std::size_t i = 0; i < all.size(); ++i) {
        parts.names.emplace_back(loss_part_names[i]);
        parts.means.push_back(all[i].mean());
        parts.se.push_back(all[i].se_of_mean());
    }
    return parts;
}

}  // namespace brink
