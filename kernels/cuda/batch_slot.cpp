// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/batch_slot.hpp"

#include <algorithm>
#include <utility>

namespace brink {

BatchSlot::BatchSlot(RowLayout const& rows, std::int64_t batch_paths)
    : layout{rows},
      outcomes{rows.rows() * static_cast<std::size_t>(batch_paths)},
      staging{outcomes.size()},
      spans{static_cast<std::size_t>(batch_paths)},
      host_spans{spans.size()}
{}

void BatchSlot::load(PieceBatch next, CudaStream const& stream)
{
    batch = std::move(next);
    std::size_t i = 0;
    for (JobPiece const& piece : batch.pieces)
        host_spans.data()[i++] = {piece.job->first_path + static_cast<std::uint64_t>(piece.first),
                                  piece.count};
    BRINK_CUDA_CHECK(cudaMemcpyAsync(spans.data(), host_spans.data(), i * sizeof(PathSpan),
                                     cudaMemcpyHostToDevice, stream.get()));
}

OutcomeSink BatchSlot::sink() const
{
    OutcomeSink sink;
    sink.paths = batch.positions();
    sink.columns = outcomes.data();
    if (layout.table_rows > 0)
        sink.table =
            outcomes.data() + layout.column_rows * static_cast<std::size_t>(batch.positions());
    return sink;
}

void BatchSlot::queue_copy(CudaStream const& stream)
{
    std::size_t const values = layout.rows() * static_cast<std::size_t>(batch.positions());
    stream.wait_for(computed);
    BRINK_CUDA_CHECK(cudaMemcpyAsync(staging.data(), outcomes.data(), values * sizeof(double),
                                     cudaMemcpyDeviceToHost, stream.get()));
    stream.record(copied);
}

void BatchSlot::hand_out()
{
    if (batch.pieces.empty())
        return;
    copied.synchronize();
    double const* from = staging.data();
    for (std::size_t row = 0; row < layout.rows(); ++row)
        for (JobPiece const& piece : batch.pieces) {
            OutcomeSink const& sink = piece.job->sink;
            bool const in_table = row >= layout.column_rows;
            double* const rows = in_table ? sink.table : sink.columns;
            auto const idx = static_cast<std::int64_t>(in_table ? row - layout.column_rows : row);
            std::copy_n(from, piece.count, rows + idx * sink.paths + piece.first);
            from += batch.row_paths;
        }
    batch.pieces.clear();
}

}  // namespace brink
