// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_engine.hpp"
#include "models/path/path_program.hpp"

namespace brink {

/// The tables where the threads of this block read them: in shared memory where they fit.
/// Ends with a barrier: all threads of the block call it.
template<class T>
__device__ inline Tables stage_tables(PathBatch<T> const& batch)
{
    extern __shared__ __align__(16) std::byte shared_tables[];
    if (batch.shared_bytes == 0)
        return batch.program.tables;
    auto const* const from = reinterpret_cast<uint4 const*>(batch.program.tables.base);
    auto* const to = reinterpret_cast<uint4*>(shared_tables);
    for (std::uint32_t i = threadIdx.x; i < batch.shared_bytes / sizeof(uint4); i += blockDim.x)
        to[i] = from[i];
    __syncthreads();
    return {shared_tables};
}

/// Scratch of one thread.
template<class T>
__device__ inline Workspace<T> workspace_of(Workspace<T> const& first, std::int64_t thread)
{
    Workspace<T> w;
    w.record = first.record.lane(thread);
    w.mirror = first.mirror.lane(thread);
    w.carry = first.carry.lane(thread);
    w.price = first.price.lane(thread);
    w.multiplier = first.multiplier.lane(thread);
    w.masks = first.masks.lane(thread);
    return w;
}

/// One path after the other per thread, until the batch is done.
template<class T, int N>
__global__ void __launch_bounds__(threads_per_block)
    run_paths_kernel(const __grid_constant__ PathBatch<T> batch,
                     const __grid_constant__ MarketView<T, N> market)
{
    Tables const tables = stage_tables(batch);
    std::int64_t const thread = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    std::int64_t const num_threads = std::int64_t{gridDim.x} * blockDim.x;
    Workspace<T> const workspace = workspace_of(batch.workspace, thread);
    PathProgram<T, N> run_path{batch.program, market, workspace, batch.sink, tables};
    for (std::int64_t i = thread; i < batch.num_spans * batch.row_paths; i += num_threads) {
        PathSpan const span = batch.spans[i / batch.row_paths];
        std::int64_t const path = i % batch.row_paths;
        if (path < span.num_paths)
            run_path(span.first_path + path, i, 1u);
    }
}

template<class T, int N>
void launch_run_paths(PathBatch<T> const& batch, WideMarket const& market, int num_blocks,
                      cudaStream_t stream)
{
    run_paths_kernel<T, N><<<num_blocks, threads_per_block, batch.shared_bytes, stream>>>(
        batch, narrow_market<T, N>(market));
    BRINK_CUDA_CHECK(cudaGetLastError());
}

template<class T, int N>
Residency residency_of_run_paths(std::uint32_t shared_bytes)
{
    cudaFuncAttributes attributes{};
    BRINK_CUDA_CHECK(cudaFuncGetAttributes(&attributes, run_paths_kernel<T, N>));
    int blocks = 0;
    BRINK_CUDA_CHECK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(
        &blocks, run_paths_kernel<T, N>, threads_per_block, shared_bytes));
    return {blocks, attributes.numRegs, static_cast<int>(attributes.localSizeBytes)};
}

}  // namespace brink
