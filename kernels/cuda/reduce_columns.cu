// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/block_tools.cuh"
#include "kernels/cuda/reduce_columns.hpp"
#include "kernels/reduce/column_value.hpp"

namespace brink {

namespace {

/// What a block shares while it reduces one segment.
struct BlockScratch {
    double groups[max_groups];
    double least[reduce_warps], most[reduce_warps];
    std::uint32_t warp_counts[3][reduce_warps];
    SegmentScalars scalars;
};

/// The values of one segment, judged.
class Segment {
    ReduceCall const& call_;
    ColumnTask const& task_;
    ValueJudge judge_;
    std::int64_t first_;  ///< position of the span's first path in a row

    __device__ double at(std::int64_t row, std::uint32_t i) const
    {
        return call_.outcomes[row * call_.positions + first_ + i];
    }

  public:
    __device__ Segment(ReduceCall const& call, ColumnTask const& task, int span)
        : call_{call}, task_{task}, judge_{task.request}, first_{span * call.row_paths}
    {}

    __device__ ValueJudge const& judge() const { return judge_; }

    __device__ JudgedValue operator()(std::uint32_t i) const
    {
        double value = at(task_.value_row, i);
        for (std::int32_t k = 0; k < task_.num_less; ++k)
            value -= at(task_.less_rows[k], i);
        return judge_(value, at(task_.mark_row, i));
    }
};

/// Counts, extremes, lists and the sum: one pass over the segment.
__device__ void summarise(ReduceCall const& call, Segment const& segment, PathSpan const& span,
                          std::int64_t list, BlockScratch& s)
{
    BlockAppender ranked{s.warp_counts[0]}, tail{s.warp_counts[1]}, worst{s.warp_counts[2]};
    double least = __builtin_huge_val(), most = -least;
    auto const n = static_cast<std::uint32_t>(span.num_paths);
    for (std::uint32_t base = 0; base < n; base += reduce_threads) {
        std::uint32_t const i = base + threadIdx.x;
        JudgedValue v{0.0, Standing::absent, false, false, false, false};
        if (i < n)
            v = segment(i);
        bool const is_finite = i < n && v.standing == Standing::finite;
        double const sum = warp_tree_sum(is_finite ? v.value : 0.0);
        if (threadIdx.x % 32 == 0)
            s.groups[i / 32] = sum;
        count_into(&s.scalars.num_invalid, i < n && v.standing == Standing::invalid);
        count_into(&s.scalars.num_absent, i < n && v.standing == Standing::absent);
        count_into(&s.scalars.num_infinite, v.standing == Standing::infinite);
        count_into(&s.scalars.num_zeros, is_finite && v.value == 0.0);
        count_into(&s.scalars.num_events, v.is_event);
        bool const observed = is_finite || v.standing == Standing::infinite;
        least = observed ? vmin(least, v.value) : least;
        most = observed ? vmax(most, v.value) : most;
        std::uint32_t const to_ranked = ranked(v.is_ranked), to_tail = tail(v.in_tail),
                            to_worst = worst(v.in_worst);
        if (v.is_ranked) {
            call.keys[list + to_ranked] = value_bin(v.value);
            call.values[list + to_ranked] = v.value;
        }
        if (v.in_tail)
            call.tail[list + to_tail] = segment.judge().risk(v.value);
        if (v.in_worst)
            call.worst[list + to_worst] = {segment.judge().risk(v.value), span.first_path + i};
    }
    for (int distance = 16; distance > 0; distance /= 2) {
        least = vmin(least, __shfl_xor_sync(0xffffffffu, least, distance));
        most = vmax(most, __shfl_xor_sync(0xffffffffu, most, distance));
    }
    if (threadIdx.x % 32 == 0) {
        s.least[threadIdx.x / 32] = least;
        s.most[threadIdx.x / 32] = most;
    }
    if (threadIdx.x == 0) {
        s.scalars.num_ranked = ranked.size();
        s.scalars.num_tail = tail.size();
        s.scalars.num_worst = worst.size();
    }
}

__device__ void clear_groups(BlockScratch& s)
{
    __syncthreads();
    for (int i = static_cast<int>(threadIdx.x); i < max_groups; i += reduce_threads)
        s.groups[i] = 0.0;
    __syncthreads();
}

/// Tree sum of a power of the deviations from the mean; absent paths have none.
__device__ double sum_of_power(Segment const& segment, std::uint32_t n, double mean, int power,
                               BlockScratch& s)
{
    clear_groups(s);
    for (std::uint32_t base = 0; base < n; base += reduce_threads) {
        std::uint32_t const i = base + threadIdx.x;
        double leaf = 0.0;
        if (i < n) {
            JudgedValue const v = segment(i);
            double const d = v.standing == Standing::finite ? v.value - mean : 0.0;
            double const d2 = d * d;
            leaf = power == 2 ? d2 : power == 3 ? d2 * d : d2 * d2;
        }
        double const sum = warp_tree_sum(leaf);
        if (threadIdx.x % 32 == 0)
            s.groups[i / 32] = sum;
    }
    return block_tree_sum(s.groups);
}

/// One block per task (x) and span (y).
__global__ void __launch_bounds__(reduce_threads)
    summarise_kernel(__grid_constant__ ReduceCall const call)
{
    __shared__ BlockScratch s;
    int const idx = static_cast<int>(blockIdx.y) * call.num_tasks + static_cast<int>(blockIdx.x);
    std::int64_t const list = idx * call.row_paths;
    ColumnTask const& task = call.tasks[blockIdx.x];
    PathSpan const span = call.spans[blockIdx.y];
    Segment const segment{call, task, static_cast<int>(blockIdx.y)};
    auto const n = static_cast<std::uint32_t>(span.num_paths);
    if (threadIdx.x == 0)
        s.scalars = {};
    clear_groups(s);
    summarise(call, segment, span, list, s);
    double const sum = block_tree_sum(s.groups);
    SegmentScalars& out = s.scalars;
    std::uint64_t const count = n - out.num_invalid - out.num_absent - out.num_infinite;
    bool const has_moments =
        task.request.kind != ColumnKind::flag && task.request.kind != ColumnKind::mark && count > 0;
    double const mean = has_moments ? sum / static_cast<double>(count) : 0.0;
    double const m2 = has_moments ? sum_of_power(segment, n, mean, 2, s) : 0.0;
    double const m3 = has_moments ? sum_of_power(segment, n, mean, 3, s) : 0.0;
    double const m4 = has_moments ? sum_of_power(segment, n, mean, 4, s) : 0.0;
    if (threadIdx.x != 0)
        return;
    out.smallest = __builtin_huge_val();
    out.largest = -__builtin_huge_val();
    for (int w = 0; w < reduce_warps; ++w) {
        out.smallest = vmin(out.smallest, s.least[w]);
        out.largest = vmax(out.largest, s.most[w]);
    }
    if (has_moments)
        out.moments = {count, sum, m2, m3, m4};
    call.scalars[idx] = out;
    call.begins[idx] = list;
    call.ends[idx] = list + out.num_ranked;
}

}  // namespace

void queue_reduction(ReduceCall const& call, cudaStream_t stream)
{
    dim3 const segments(static_cast<unsigned>(call.num_tasks),
                        static_cast<unsigned>(call.num_spans));
    summarise_kernel<<<segments, reduce_threads, 0, stream>>>(call);
    BRINK_CUDA_CHECK(cudaGetLastError());
    queue_sort(call, stream);
    queue_lists(call, stream);
}

}  // namespace brink
