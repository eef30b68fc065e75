// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/reduction_slot.hpp"

#include <stdexcept>
#include <utility>

namespace brink {

namespace {

std::int64_t row_of(std::int32_t scope, std::int32_t column)
{
    return std::int64_t{scope} * num_columns + column;
}

ColumnTask task_of(ColumnRequest const& request)
{
    ColumnTask task{};
    task.request = request;
    task.value_row = row_of(request.scope, request.column);
    task.mark_row = row_of(request.scope, static_cast<std::int32_t>(Column::mark));
    return task;
}

template<class T>
std::vector<T> fetch(T const* from, std::size_t count, CudaStream const& stream)
{
    std::vector<T> values(count);
    if (count > 0)
        BRINK_CUDA_CHECK(cudaMemcpyAsync(values.data(), from, count * sizeof(T),
                                         cudaMemcpyDeviceToHost, stream.get()));
    return values;
}

}  // namespace

std::vector<ColumnTask> make_tasks(ReduceRequest const& request)
{
    std::vector<ColumnTask> tasks;
    for (ColumnRequest const& column : request.columns)
        tasks.push_back(task_of(column));
    if (request.parts.empty())
        return tasks;
    if (request.parts.size() > max_loss_parts)
        throw std::logic_error("more parts of the loss than the reduction takes");
    ColumnTask residual =
        task_of({.column = static_cast<std::int32_t>(Column::loss), .kind = ColumnKind::part});
    for (std::int32_t const part : request.parts)
        residual.less_rows[residual.num_less++] = row_of(0, part);
    tasks.push_back(residual);
    for (std::int32_t const part : request.parts)
        tasks.push_back(task_of({.column = part, .kind = ColumnKind::part}));
    return tasks;
}

std::size_t reduced_path_bytes(std::size_t column_rows, std::size_t num_tasks)
{
    // Keys and values before and after the sort, the sort's own copy of both, tail, worst, bins.
    constexpr std::size_t lists = 3 * (sizeof(std::uint32_t) + sizeof(double)) + sizeof(double)
                                  + sizeof(RiskOfPath) + sizeof(BinRun);
    return column_rows * sizeof(double) + num_tasks * lists + num_outcomes * sizeof(float);
}

ReductionSlot::ReductionSlot(std::size_t column_rows, std::size_t num_tasks,
                             std::int64_t batch_paths, std::int64_t most_spans)
    : column_rows_{column_rows},
      outcomes_{column_rows * static_cast<std::size_t>(batch_paths)},
      spans_{static_cast<std::size_t>(most_spans)},
      host_spans_{spans_.size()},
      tasks_{num_tasks},
      scalars_{num_tasks * spans_.size()},
      keys_{num_tasks * static_cast<std::size_t>(batch_paths)},
      sorted_keys_{keys_.size()},
      values_{keys_.size()},
      sorted_values_{keys_.size()},
      tail_{keys_.size()},
      begins_{scalars_.size()},
      ends_{scalars_.size()},
      worst_{keys_.size()},
      bins_{keys_.size()},
      rows_{num_outcomes * static_cast<std::size_t>(batch_paths)},
      sort_space_{sort_space_bytes(static_cast<std::int64_t>(keys_.size()),
                                   static_cast<int>(scalars_.size()))}
{}

OutcomeSink ReductionSlot::sink() const
{
    return {.columns = outcomes_.data(), .paths = batch_.positions()};
}

void ReductionSlot::load(PieceBatch next, CudaStream const& stream)
{
    batch_ = std::move(next);
    std::size_t i = 0;
    for (JobPiece const& piece : batch_.pieces)
        host_spans_.data()[i++] = {piece.job->first_path, piece.count};
    BRINK_CUDA_CHECK(cudaMemcpyAsync(spans_.data(), host_spans_.data(), i * sizeof(PathSpan),
                                     cudaMemcpyHostToDevice, stream.get()));
}

void ReductionSlot::queue(std::vector<ColumnTask> const& tasks, ReduceRequest const& request,
                          CudaStream const& stream)
{
    // From pageable memory: the runtime has read it when the call returns.
    BRINK_CUDA_CHECK(cudaMemcpyAsync(tasks_.data(), tasks.data(), tasks.size() * sizeof(ColumnTask),
                                     cudaMemcpyHostToDevice, stream.get()));
    ReduceCall const call{outcomes_.data(),
                          batch_.positions(),
                          batch_.row_paths,
                          spans_.data(),
                          static_cast<int>(batch_.pieces.size()),
                          tasks_.data(),
                          static_cast<int>(tasks.size()),
                          scalars_.data(),
                          keys_.data(),
                          sorted_keys_.data(),
                          values_.data(),
                          sorted_values_.data(),
                          begins_.data(),
                          ends_.data(),
                          tail_.data(),
                          worst_.data(),
                          bins_.data(),
                          request.wants_rows ? rows_.data() : nullptr,
                          sort_space_.data(),
                          sort_space_.size()};
    queue_reduction(call, stream.get());
    stream.record(reduced_);
}

void ReductionSlot::fetch_column(ColumnSummary& column, SegmentScalars const& s, std::size_t list,
                                 std::int64_t num_paths, CudaStream const& copy) const
{
    column.num_paths = static_cast<std::uint32_t>(num_paths);
    column.num_invalid = s.num_invalid;
    column.num_absent = s.num_absent;
    column.num_infinite = s.num_infinite;
    column.num_zeros = s.num_zeros;
    column.num_events = s.num_events;
    column.moments = s.moments;
    column.smallest = s.smallest;
    column.largest = s.largest;
    column.tail = fetch(tail_.data() + list, s.num_tail, copy);
    column.worst = fetch(worst_.data() + list, s.num_worst, copy);
    std::vector<BinRun> const runs = fetch(bins_.data() + list, s.num_bins, copy);
    copy.synchronize();
    column.bins.clear();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        std::uint32_t const end = i + 1 < runs.size() ? runs[i + 1].first : s.num_ranked;
        column.bins.push_back({runs[i].bin, end - runs[i].first, runs[i].value});
    }
}

void ReductionSlot::collect(ReduceRequest const& request, ChunkJob const* first_job,
                            std::span<ChunkReduction> reductions, CudaStream const& copy)
{
    if (batch_.pieces.empty())
        return;
    reduced_.synchronize();
    std::size_t const num_tasks = tasks_.size();
    std::vector<SegmentScalars> const scalars =
        fetch(scalars_.data(), num_tasks * batch_.pieces.size(), copy);
    copy.synchronize();
    auto const row_paths = static_cast<std::size_t>(batch_.row_paths);
    for (std::size_t span = 0; span < batch_.pieces.size(); ++span) {
        ChunkReduction& out =
            reductions[static_cast<std::size_t>(batch_.pieces[span].job - first_job)];
        out.columns.resize(request.columns.size());
        out.parts.clear();
        for (std::size_t task = 0; task < num_tasks; ++task) {
            std::size_t const idx = span * num_tasks + task;
            if (task < request.columns.size())
                fetch_column(out.columns[task], scalars[idx], idx * row_paths,
                             batch_.pieces[span].count, copy);
            else
                out.parts.push_back(scalars[idx].moments);
        }
        std::size_t const listed = request.wants_rows ? scalars[span * num_tasks].num_worst : 0;
        out.rows =
            fetch(rows_.data() + span * row_paths * num_outcomes, listed * num_outcomes, copy);
    }
    copy.synchronize();
    batch_.pieces.clear();
}

}  // namespace brink
