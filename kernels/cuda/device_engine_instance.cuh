// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_engine.hpp"
#include "kernels/cuda/workspace_cutter.hpp"
#include "models/path/path_program.hpp"

namespace brink {

/// Blocks of `threads_per_block` that a multiprocessor is to hold: the registers of a thread follow
/// (96 or 128 of 65,536). docs/gpu.md has what the compiler makes of it.
template<class T, int N>
inline constexpr int min_blocks = N * sizeof(T) <= 32 ? 5 : 4;

/// The tables where the threads of this block read them: in shared memory where they fit.
/// Ends with a barrier: all threads of the block call it.
template<class T>
__device__ inline Tables stage_tables(PathBatch<T> const& batch, std::byte* shared)
{
    if (batch.shared.table_bytes == 0)
        return batch.program.tables;
    auto const* const from = reinterpret_cast<uint4 const*>(batch.program.tables.base);
    auto* const to = reinterpret_cast<uint4*>(shared);
    for (std::uint32_t i = threadIdx.x; i < batch.shared.table_bytes / sizeof(uint4);
         i += blockDim.x)
        to[i] = from[i];
    __syncthreads();
    return {shared};
}

/// Scratch of one thread.
template<class T>
__device__ inline Workspace<T> workspace_of(PathBatch<T> const& batch, std::int64_t thread,
                                            std::byte* shared)
{
    Workspace<T> w;
    w.record = batch.workspace.record.lane(thread);
    w.price = batch.workspace.price.lane(thread);
    w.multiplier = batch.workspace.multiplier.lane(thread);
    Workspace<T> near = batch.workspace;
    if (batch.shared.lane_bytes != 0) {
        WorkspaceCutter{shared + batch.shared.table_bytes, blockDim.x}.cut_near(near,
                                                                                batch.program);
        thread = threadIdx.x;
    }
    w.carry = near.carry.lane(thread);
    w.mirror = near.mirror.lane(thread);
    w.masks = near.masks.lane(thread);
    w.market = near.market.lane(thread);
    return w;
}

/// One path after the other per thread, until the batch is done.
template<class T, int N>
__global__ void __launch_bounds__(threads_per_block, (min_blocks<T, N>))
    run_paths_kernel(__grid_constant__ PathBatch<T> const batch,
                     __grid_constant__ MarketView<T, N> const market)
{
    extern __shared__ __align__(256) std::byte shared[];
    Tables const tables = stage_tables(batch, shared);
    std::int64_t const thread = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    std::int64_t const num_threads = std::int64_t{gridDim.x} * blockDim.x;
    Workspace<T> const workspace = workspace_of(batch, thread, shared);
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
    run_paths_kernel<T, N><<<num_blocks, threads_per_block, batch.shared.bytes(), stream>>>(
        batch, narrow_market<T, N>(market));
    BRINK_CUDA_CHECK(cudaGetLastError());
}

template<class T, int N>
Residency residency_of_run_paths(SharedPlan const& shared)
{
    cudaFuncAttributes attributes{};
    BRINK_CUDA_CHECK(cudaFuncGetAttributes(&attributes, run_paths_kernel<T, N>));
    int blocks = 0;
    BRINK_CUDA_CHECK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(
        &blocks, run_paths_kernel<T, N>, threads_per_block, shared.bytes()));
    return {blocks, attributes.numRegs, static_cast<int>(attributes.localSizeBytes)};
}

}  // namespace brink
