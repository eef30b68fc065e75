// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/block_tools.cuh"
#include "kernels/cuda/reduce_columns.hpp"

namespace brink {

namespace {

/// Runs of equal bins in the sorted values: one block per task (x) and span (y).
__global__ void __launch_bounds__(reduce_threads)
    find_bins_kernel(__grid_constant__ ReduceCall const call)
{
    __shared__ std::uint32_t warp_counts[reduce_warps];
    int const idx = static_cast<int>(blockIdx.y) * call.num_tasks + static_cast<int>(blockIdx.x);
    std::int64_t const list = idx * call.row_paths;
    std::uint32_t const n = call.scalars[idx].num_ranked;
    std::uint32_t const* const keys = call.sorted_keys + list;
    double const* const values = call.sorted_values + list;
    BlockAppender runs{warp_counts};
    for (std::uint32_t base = 0; base < n; base += reduce_threads) {
        std::uint32_t const i = base + threadIdx.x;
        bool const begins = i < n && (i == 0 || keys[i] != keys[i - 1]);
        std::uint32_t const run = runs(begins);
        if (begins)
            call.bins[list + run] = {keys[i], i, values[i]};
        __syncthreads();
        // A value inside a run belongs to the run before the next one that begins.
        if (i < n && !begins && values[i] != values[i - 1])
            call.bins[list + run - 1].value = __builtin_nan("");
    }
    if (threadIdx.x == 0)
        call.scalars[idx].num_bins = runs.size();
}

/// Outcomes of the paths that the first task lists: one block per span.
__global__ void gather_rows_kernel(__grid_constant__ ReduceCall const call)
{
    int const idx = static_cast<int>(blockIdx.x) * call.num_tasks;
    std::int64_t const list = idx * call.row_paths;
    std::uint64_t const first_path = call.spans[blockIdx.x].first_path;
    float* const rows = call.rows + blockIdx.x * call.row_paths * num_outcomes;
    std::uint32_t const values = call.scalars[idx].num_worst * num_outcomes;
    for (std::uint32_t i = threadIdx.x; i < values; i += blockDim.x) {
        auto const place = static_cast<std::int64_t>(
            blockIdx.x * call.row_paths + (call.worst[list + i / num_outcomes].path - first_path));
        rows[i] = static_cast<float>(call.outcomes[i % num_outcomes * call.positions + place]);
    }
}

}  // namespace

void queue_lists(ReduceCall const& call, cudaStream_t stream)
{
    dim3 const segments(static_cast<unsigned>(call.num_tasks),
                        static_cast<unsigned>(call.num_spans));
    find_bins_kernel<<<segments, reduce_threads, 0, stream>>>(call);
    BRINK_CUDA_CHECK(cudaGetLastError());
    if (call.rows == nullptr)
        return;
    gather_rows_kernel<<<static_cast<unsigned>(call.num_spans), 256, 0, stream>>>(call);
    BRINK_CUDA_CHECK(cudaGetLastError());
}

}  // namespace brink
