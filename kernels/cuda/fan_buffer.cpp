// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/fan_buffer.hpp"

#include <algorithm>

namespace brink {

void FanBuffer::attach(PieceBatch const& batch, OutcomeSink& sink)
{
    for (JobPiece const& piece : batch.pieces) {
        FanSink const& wanted = piece.job->sink.*fan_;
        if (wanted.values == nullptr)
            continue;
        if (paths_ != wanted.paths) {
            paths_ = wanted.paths;
            values_ = DeviceArray<float>{static_cast<std::size_t>(rows_ * paths_)};
        }
        sink.*fan_ = {values_.data(), paths_};
        return;
    }
}

void FanBuffer::queue_copy(PieceBatch const& batch, CudaStream const& stream) const
{
    for (JobPiece const& piece : batch.pieces) {
        auto const first = static_cast<std::int64_t>(piece.job->first_path) + piece.first;
        std::int64_t const count = std::min(piece.count, paths_ - first);
        float* const values = (piece.job->sink.*fan_).values;
        if (values == nullptr || count <= 0)
            continue;
        auto const pitch = static_cast<std::size_t>(paths_) * sizeof(float);
        BRINK_CUDA_CHECK(cudaMemcpy2DAsync(values + first, pitch, values_.data() + first, pitch,
                                           static_cast<std::size_t>(count) * sizeof(float),
                                           static_cast<std::size_t>(rows_), cudaMemcpyDeviceToHost,
                                           stream.get()));
    }
}

}  // namespace brink
