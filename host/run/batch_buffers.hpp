// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "host/plan/plan.hpp"
#include "host/run/health_fans.hpp"
#include "kernels/executor.hpp"

namespace brink {

/// One chunk in flight: where its outcomes are, and which of its paths count.
struct ChunkView {
    std::uint64_t chunk_idx{0};
    std::uint64_t first_path{0};
    std::uint32_t num_paths{0};
    OutcomeSink const* sink{nullptr};
    std::uint8_t* marks{nullptr};  ///< PathMark, shape [scopes][num_paths]

    /// shape [num_paths]
    [[nodiscard]] std::span<double const> column(std::size_t scope, std::int32_t column) const
    {
        return {sink->at(static_cast<std::int32_t>(scope), column, 0), num_paths};
    }
    [[nodiscard]] std::span<double const> column(Column c) const
    {
        return column(0, static_cast<std::int32_t>(c));
    }
    [[nodiscard]] std::uint8_t* marks_of(std::size_t scope) const
    {
        return marks + scope * num_paths;
    }
};

/// Memory for the outcomes of the chunks in flight; used again batch by batch.
class BatchBuffers {
    template<class T>
    using Array = std::unique_ptr<T[]>;

    RunShape shape_;
    std::size_t slot_columns_;  ///< doubles of one chunk
    std::size_t slot_table_;
    std::size_t slot_marks_;
    Array<double> columns_;
    Array<double> table_;
    Array<std::uint8_t> marks_;
    std::vector<ChunkJob> jobs_;

    OutcomeSink sink_of(std::size_t slot, std::uint64_t num_paths);

  public:
    /// Columns are allocated unless the plan says that the executor summarises.
    explicit BatchBuffers(Plan const& plan);

    /// What the executor is to do for chunks [first, first + count), count <= plan.batch_chunks.
    /// Valid until the next call.
    /// \param fans_of where the executor puts the fans of a chunk
    std::span<ChunkJob const> jobs(Plan const& plan, std::uint64_t first, std::uint64_t count,
                                   std::function<HealthFans&(std::uint64_t chunk)> const& fans_of);

    /// The chunk of job `slot` of the latest call.
    [[nodiscard]] ChunkView view(Plan const& plan, std::size_t slot) const;
};

}  // namespace brink
