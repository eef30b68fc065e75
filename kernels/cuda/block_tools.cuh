// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

inline constexpr int reduce_threads = 1024;
inline constexpr int reduce_warps = reduce_threads / 32;
inline constexpr int max_groups = 65'536 / 32;

/// Sum of 32 leaves, one per lane, by the levels of the fixed tree; in all lanes.
__device__ inline double warp_tree_sum(double leaf)
{
    for (int distance = 1; distance < 32; distance *= 2)
        leaf += __shfl_xor_sync(0xffffffffu, leaf, distance);
    return leaf;
}

/// Root of the fixed tree over the block's group sums. All threads call it; `groups` is
/// overwritten. \param groups shared, shape [max_groups], +0.0 beyond the last group
__device__ inline double block_tree_sum(double* groups)
{
    for (int width = max_groups / 2; width > 0; width /= 2) {
        __syncthreads();
        double const sum =
            threadIdx.x < width ? groups[2 * threadIdx.x] + groups[2 * threadIdx.x + 1] : 0.0;
        __syncthreads();
        if (threadIdx.x < width)
            groups[threadIdx.x] = sum;
    }
    __syncthreads();
    return groups[0] + 0.0;
}

/// Appends entries in thread order, that is in path order: `append(take)` returns where the
/// thread's entry goes, and moves the end. All threads of the block call it.
class BlockAppender {
    std::uint32_t* warp_counts_;  ///< shared, shape [reduce_warps]
    std::uint32_t end_{0};        ///< the same in all threads

  public:
    __device__ explicit BlockAppender(std::uint32_t* warp_counts) : warp_counts_{warp_counts} {}

    __device__ std::uint32_t operator()(bool take)
    {
        std::uint32_t const votes = __ballot_sync(0xffffffffu, take);
        std::uint32_t const warp = threadIdx.x / 32, lane = threadIdx.x % 32;
        __syncthreads();
        if (lane == 0)
            warp_counts_[warp] = __popc(votes);
        __syncthreads();
        std::uint32_t place = end_ + __popc(votes & ((1u << lane) - 1u));
        for (std::uint32_t w = 0; w < reduce_warps; ++w) {
            place += w < warp ? warp_counts_[w] : 0u;
            end_ += warp_counts_[w];
        }
        return place;
    }

    __device__ std::uint32_t size() const { return end_; }
};

/// Number of threads of the block for which it holds, added to `*sum` (shared). Each warp calls it.
__device__ inline void count_into(std::uint32_t* sum, bool holds)
{
    std::uint32_t const votes = __ballot_sync(0xffffffffu, holds);
    if (threadIdx.x % 32 == 0 && votes != 0)
        atomicAdd(sum, static_cast<std::uint32_t>(__popc(votes)));
}

}  // namespace brink
