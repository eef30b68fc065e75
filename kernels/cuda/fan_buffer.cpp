// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/fan_buffer.hpp"

#include <algorithm>

namespace brink {

void FanBuffer::attach(PieceBatch const& batch, OutcomeSink& sink)
{
    for (JobPiece const& piece : batch.pieces) {
        OutcomeSink const& wanted = piece.job->sink;
        if (wanted.fan == nullptr)
            continue;
        if (paths_ != wanted.fan_paths) {
            paths_ = wanted.fan_paths;
            values_ = DeviceArray<float>{static_cast<std::size_t>(times_ * paths_)};
        }
        sink.fan = values_.data();
        sink.fan_paths = paths_;
        return;
    }
}

void FanBuffer::queue_copy(PieceBatch const& batch, CudaStream const& stream) const
{
    for (JobPiece const& piece : batch.pieces) {
        auto const first = static_cast<std::int64_t>(piece.job->first_path) + piece.first;
        std::int64_t const count = std::min(piece.count, paths_ - first);
        if (piece.job->sink.fan == nullptr || count <= 0)
            continue;
        auto const pitch = static_cast<std::size_t>(paths_) * sizeof(float);
        BRINK_CUDA_CHECK(cudaMemcpy2DAsync(
            piece.job->sink.fan + first, pitch, values_.data() + first, pitch,
            static_cast<std::size_t>(count) * sizeof(float), static_cast<std::size_t>(times_),
            cudaMemcpyDeviceToHost, stream.get()));
    }
}

}  // namespace brink
