// SPDX-License-Identifier: Apache-2.0
#include "host/run/batch_buffers.hpp"

#include <algorithm>

namespace brink {

BatchBuffers::BatchBuffers(Plan const& plan) : shape_{plan.shape}
{
    std::size_t const paths = std::min(plan.chunk_paths, shape_.paths);
    slot_columns_ = plan.reduced ? 0 : shape_.scopes * num_columns * paths;
    slot_table_ = shape_.account_table ? shape_.accounts * num_table_columns * paths : 0;
    slot_marks_ = plan.reduced ? 0 : shape_.scopes * paths;
    columns_ = std::make_unique_for_overwrite<double[]>(plan.batch_chunks * slot_columns_);
    table_ = std::make_unique_for_overwrite<double[]>(plan.batch_chunks * slot_table_);
    marks_ = std::make_unique_for_overwrite<std::uint8_t[]>(plan.batch_chunks * slot_marks_);
}

OutcomeSink BatchBuffers::sink_of(std::size_t slot, std::uint64_t num_paths)
{
    OutcomeSink sink;
    sink.columns = columns_.get() + slot * slot_columns_;
    sink.table = shape_.account_table ? table_.get() + slot * slot_table_ : nullptr;
    sink.paths = static_cast<std::int64_t>(num_paths);
    return sink;
}

std::span<ChunkJob const> BatchBuffers::jobs(
    Plan const& plan, std::uint64_t first, std::uint64_t count,
    std::function<HealthFans&(std::uint64_t chunk)> const& fans_of)
{
    jobs_.clear();
    for (std::uint64_t slot = 0; slot < count; ++slot) {
        std::uint64_t const first_path = (first + slot) * plan.chunk_paths;
        std::uint64_t const num_paths = plan.paths_in_chunk(first + slot);
        OutcomeSink sink = sink_of(slot, num_paths);
        fans_of(first + slot).attach(sink, first_path);
        jobs_.push_back({first_path, static_cast<std::int64_t>(num_paths), sink});
    }
    return jobs_;
}

ChunkView BatchBuffers::view(Plan const& plan, std::size_t slot) const
{
    ChunkJob const& job = jobs_[slot];
    return {job.first_path / plan.chunk_paths, job.first_path,
            static_cast<std::uint32_t>(job.num_paths), &job.sink,
            marks_.get() + slot * slot_marks_};
}

}  // namespace brink
