// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device_runner.hpp"

#include <algorithm>

#include "kernels/cuda/workspace_cutter.hpp"

namespace brink {

namespace {

/// Tables up to this size are copied to shared memory; beyond it the first-level cache serves them.
constexpr std::size_t max_shared_tables = std::size_t{32} << 10;
/// Five blocks with this much each fit into the 228 KiB of a Hopper multiprocessor.
constexpr std::size_t max_shared_block = std::size_t{44} << 10;
/// Each of two batches is staged in page-locked host memory of at most this size ...
constexpr std::size_t max_staging_bytes = std::size_t{256} << 20;
/// ... but not one that is reduced on the device.
constexpr std::size_t most_bytes = std::size_t{1} << 40;

/// The least asset count of this build that holds the assets; padding changes no number.
template<class T>
DeviceEngine<T> find_engine(int num_assets)
{
    int most = 0;
    for (DeviceEngine<T> const& engine : device_engines<T>()) {
        if (engine.num_assets >= num_assets)
            return engine;
        most = engine.num_assets;
    }
    throw DeviceUnavailable("the CUDA kernels of this build hold " + std::to_string(most)
                            + " assets, the scenario has " + std::to_string(num_assets)
                            + " (BRINK_CUDA_ASSET_COUNTS adds more)");
}

/// Makes `device` current before the members that allocate on it.
int select_device(int device)
{
    BRINK_CUDA_CHECK(cudaSetDevice(device));
    return device;
}

/// Padded to what a block stages.
std::size_t padded_bytes(std::size_t bytes)
{
    return (bytes + 255) / 256 * 256;
}

DeviceArray<std::byte> copy_tables(std::byte const* tables, std::size_t bytes)
{
    DeviceArray<std::byte> copy{padded_bytes(bytes)};
    BRINK_CUDA_CHECK(cudaMemcpy(copy.data(), tables, bytes, cudaMemcpyHostToDevice));
    return copy;
}

std::size_t free_device_bytes()
{
    std::size_t free = 0, total = 0;
    BRINK_CUDA_CHECK(cudaMemGetInfo(&free, &total));
    return free;
}

template<class T>
SharedPlan plan_shared(Program<T> const& program, std::size_t table_bytes)
{
    SharedPlan plan;
    if (table_bytes <= max_shared_tables)
        plan.table_bytes = static_cast<std::uint32_t>(padded_bytes(table_bytes));
    Workspace<T> near;
    WorkspaceCutter cutter{nullptr, threads_per_block};
    cutter.cut_near(near, program);
    if (plan.table_bytes + cutter.bytes() <= max_shared_block)
        plan.lane_bytes = static_cast<std::uint32_t>(cutter.bytes());
    return plan;
}

template<class T>
std::size_t scratch_bytes(ProgramInput<T> const& input, std::int64_t threads)
{
    Workspace<T> w;
    WorkspaceCutter cutter{nullptr, threads};
    cutter.cut_far(w, input.program, input.padded_assets);
    cutter.cut_near(w, input.program);
    return cutter.bytes();
}

}  // namespace

template<class T>
DeviceRunner<T>::DeviceRunner(ProgramInput<T> const& input, int device)
    : device_{select_device(device)},
      input_{input},
      engine_{find_engine<T>(input.program.num_assets)},
      tables_{copy_tables(input.program.tables.base, input.block_bytes)},
      fans_{FanBuffer{&OutcomeSink::fan, input.program.fan_times},
            FanBuffer{&OutcomeSink::account_fans,
                      std::int64_t{input.program.num_account_scopes} * input.program.fan_times}}
{
    cudaDeviceProp properties{};
    BRINK_CUDA_CHECK(cudaGetDeviceProperties(&properties, device));
    name_ = properties.name;
    input_.padded_assets = engine_.num_assets;
    batch_.program = input.program;
    batch_.program.tables.base = tables_.data();
    batch_.shared = plan_shared(input.program, input.block_bytes);
    plan_workspace(properties.multiProcessorCount);
}

/// As many threads as the device holds, or as its memory has scratch for (half of it at most).
template<class T>
void DeviceRunner<T>::plan_workspace(int multiprocessors)
{
    std::size_t const budget = free_device_bytes() / 2;
    int per_multiprocessor = engine_.residency(batch_.shared).blocks_per_multiprocessor;
    auto const blocks = [&] { return per_multiprocessor * multiprocessors; };
    while (per_multiprocessor > 1
           && scratch_bytes(input_, std::int64_t{blocks()} * threads_per_block) > budget)
        --per_multiprocessor;
    num_blocks_ = blocks();
    while (num_blocks_ > 1 && scratch_bytes(input_, num_threads()) > budget)
        num_blocks_ /= 2;
    std::size_t const bytes = scratch_bytes(input_, num_threads());
    if (num_blocks_ == 0 || bytes > budget)
        throw DeviceUnavailable("GPU " + std::to_string(device_) + " has "
                                + std::to_string(2 * budget) + " bytes free, and the scratch of "
                                + std::to_string(threads_per_block) + " paths takes "
                                + std::to_string(2 * bytes));
    scratch_ = DeviceArray<std::byte>{bytes};
    BRINK_CUDA_CHECK(cudaMemset(scratch_.data(), 0, bytes));
    WorkspaceCutter cutter{scratch_.data(), num_threads()};
    cutter.cut_far(batch_.workspace, input_.program, input_.padded_assets);
    cutter.cut_near(batch_.workspace, input_.program);
}

template<class T>
std::size_t DeviceRunner<T>::column_rows() const
{
    return static_cast<std::size_t>(input_.program.num_scopes) * num_columns;
}

template<class T>
std::int64_t DeviceRunner<T>::plan(std::size_t path_bytes, std::int64_t whole_paths,
                                   std::size_t staging_bytes) const
{
    Program<T> const& program = input_.program;
    return plan_batch({path_bytes,
                       1.0 * input_.padded_assets * std::max(program.num_steps, 1)
                           * std::max(program.accounts.size, 1),
                       num_threads(), whole_paths, staging_bytes, free_device_bytes()});
}

template<class T>
void DeviceRunner<T>::plan_slots(RowLayout const& layout)
{
    if (!slots_.empty() && slots_.front().layout.rows() == layout.rows())
        return;
    slots_.clear();
    reduction_slots_.clear();
    batch_paths_ = plan(layout.rows() * sizeof(double), 0, max_staging_bytes);
    for (int i = 0; i < 2; ++i)
        slots_.emplace_back(layout, batch_paths_);
}

template<class T>
void DeviceRunner<T>::plan_reduction(std::size_t num_tasks, std::int64_t whole_paths)
{
    if (!reduction_slots_.empty() && num_tasks_ == num_tasks && whole_paths <= whole_paths_)
        return;
    slots_.clear();
    reduction_slots_.clear();
    num_tasks_ = num_tasks;
    whole_paths_ = whole_paths;
    std::size_t const bytes = reduced_path_bytes(column_rows(), num_tasks);
    batch_paths_ = plan(bytes, whole_paths, most_bytes);
    for (int i = 0; i < 2; ++i)
        reduction_slots_.emplace_back(column_rows(), num_tasks, batch_paths_,
                                      batch_paths_ / std::max<std::int64_t>(whole_paths, 1) + 1);
}

template<class T>
std::size_t DeviceRunner<T>::host_bytes() const
{
    std::size_t bytes = 0;
    for (BatchSlot const& slot : slots_)
        bytes += slot.staging.bytes();
    return bytes;
}

/// Two slots take turns: while one batch computes, the one before it is copied and handed out.
template<class T>
void DeviceRunner<T>::run(std::span<ChunkJob const> workload)
{
    if (workload.empty())
        return;
    select_device(device_);
    bool const has_table = workload.front().sink.table != nullptr;
    auto const accounts = static_cast<std::size_t>(input_.program.accounts.size);
    plan_slots({column_rows(), has_table ? accounts * num_table_columns : 0});
    std::size_t turn = 0;
    for (PieceBatch& batch : cut_into_batches(workload, batch_paths_)) {
        if (input_.stops())
            break;
        BatchSlot& slot = slots_[turn];
        slot.load(std::move(batch), compute_);
        launch(slot.batch, slot.spans.data(), slot.sink());
        compute_.record(slot.computed);
        slot.queue_copy(copy_);
        queue_fans(slot.batch);
        turn = 1 - turn;
        slots_[turn].hand_out();
    }
    slots_[1 - turn].hand_out();
    copy_.synchronize();
}

template<class T>
void DeviceRunner<T>::run_reduced(std::span<ChunkJob const> workload, ReduceRequest const& request,
                                  std::span<ChunkReduction> reductions)
{
    if (workload.empty())
        return;
    select_device(device_);
    std::vector<ColumnTask> const tasks = make_tasks(request);
    std::int64_t longest = 0;
    for (ChunkJob const& job : workload)
        longest = std::max(longest, job.num_paths);
    plan_reduction(tasks.size(), longest);
    std::size_t turn = 0;
    auto const collect = [&](ReductionSlot& slot) {
        slot.collect(request, workload.data(), reductions, copy_);
    };
    for (PieceBatch& batch : cut_into_batches(workload, batch_paths_, whole_paths_)) {
        if (input_.stops())
            break;
        ReductionSlot& slot = reduction_slots_[turn];
        slot.load(std::move(batch), compute_);
        launch(slot.batch(), slot.spans(), slot.sink());
        slot.queue(tasks, request, compute_);
        turn = 1 - turn;
        collect(reduction_slots_[turn]);
    }
    collect(reduction_slots_[1 - turn]);
    for (ChunkJob const& job : workload)
        queue_fans({{{&job, 0, job.num_paths}}, job.num_paths});
    copy_.synchronize();
}

/// Queue the paths of one batch. The workspace is shared by all batches, whose kernels follow each
/// other on one stream.
template<class T>
void DeviceRunner<T>::launch(PieceBatch const& batch, PathSpan const* spans,
                             OutcomeSink const& sink)
{
    PathBatch<T> call = batch_;
    call.sink = sink;
    for (FanBuffer& fan : fans_)
        fan.attach(batch, call.sink);
    call.spans = spans;
    call.num_spans = static_cast<std::int64_t>(batch.pieces.size());
    call.row_paths = batch.row_paths;
    auto const wanted =
        static_cast<int>((batch.positions() + threads_per_block - 1) / threads_per_block);
    engine_.launch(call, input_.market, std::min(wanted, num_blocks_), compute_.get());
}

template<class T>
void DeviceRunner<T>::queue_fans(PieceBatch const& batch) const
{
    for (FanBuffer const& fan : fans_)
        fan.queue_copy(batch, copy_);
}

template class DeviceRunner<float>;
template class DeviceRunner<double>;

}  // namespace brink
