// SPDX-License-Identifier: Apache-2.0
#include <cub/device/device_segmented_radix_sort.cuh>

#include "kernels/cuda/reduce_columns.hpp"

namespace brink {

namespace {

constexpr int bin_bits = 20;

cudaError_t sort_segments(void* space, std::size_t& bytes, ReduceCall const& call,
                          std::int64_t num_values, int num_segments, cudaStream_t stream)
{
    return cub::DeviceSegmentedRadixSort::SortPairs(
        space, bytes, call.keys, call.sorted_keys, call.values, call.sorted_values, num_values,
        num_segments, call.begins, call.ends, 0, bin_bits, stream);
}

}  // namespace

std::size_t sort_space_bytes(std::int64_t num_values, int num_segments)
{
    std::size_t bytes = 0;
    BRINK_CUDA_CHECK(
        sort_segments(nullptr, bytes, ReduceCall{}, num_values, num_segments, nullptr));
    return bytes;
}

void queue_sort(ReduceCall const& call, cudaStream_t stream)
{
    std::size_t bytes = call.sort_bytes;
    int const segments = call.num_spans * call.num_tasks;
    BRINK_CUDA_CHECK(
        sort_segments(call.sort_space, bytes, call, segments * call.row_paths, segments, stream));
}

}  // namespace brink
