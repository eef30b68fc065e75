// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device_runner.hpp"

#include <algorithm>

#include "kernels/cuda/workspace_cutter.hpp"

namespace brink {

namespace {

/// Blocks of tables up to this size are staged in shared memory.
constexpr std::size_t max_shared_bytes = 32 * 1024;

template<class T>
DeviceEngine<T> find_engine(int num_assets)
{
    for (DeviceEngine<T> const& engine : device_engines<T>())
        if (engine.num_assets == num_assets)
            return engine;
    throw DeviceUnavailable("the CUDA kernels of this build do not cover "
                            + std::to_string(num_assets) + " assets");
}

/// Makes `device` current before the members that allocate on it.
int select_device(int device)
{
    BRINK_CUDA_CHECK(cudaSetDevice(device));
    return device;
}

DeviceArray<std::byte> copy_tables(std::byte const* tables, std::size_t bytes)
{
    DeviceArray<std::byte> copy{(bytes + 15) / 16 * 16};
    BRINK_CUDA_CHECK(cudaMemcpy(copy.data(), tables, bytes, cudaMemcpyHostToDevice));
    return copy;
}

}  // namespace

template<class T>
DeviceRunner<T>::DeviceRunner(ProgramInput<T> const& input, int device)
    : device_{select_device(device)},
      input_{input},
      engine_{find_engine<T>(input.padded_assets)},
      tables_{copy_tables(input.program.tables.base, input.block_bytes)},
      spans_{1}
{
    cudaDeviceProp properties{};
    BRINK_CUDA_CHECK(cudaGetDeviceProperties(&properties, device));
    name_ = properties.name;
    batch_.program = input.program;
    batch_.program.tables.base = tables_.data();
    batch_.shared_bytes =
        tables_.bytes() <= max_shared_bytes ? static_cast<std::uint32_t>(tables_.bytes()) : 0;
    num_blocks_ = properties.multiProcessorCount
                  * engine_.residency(batch_.shared_bytes).blocks_per_multiprocessor;
    scratch_ = DeviceArray<std::byte>{
        WorkspaceCutter{nullptr, num_threads()}.bytes(input.program, input.padded_assets)};
    batch_.workspace =
        WorkspaceCutter{scratch_.data(), num_threads()}.cut(input.program, input.padded_assets);
    batch_.spans = spans_.data();
}

template<class T>
void DeviceRunner<T>::run(std::span<ChunkJob const> workload)
{
    select_device(device_);
    for (ChunkJob const& job : workload)
        run_chunk(job);
}

template<class T>
void DeviceRunner<T>::run_chunk(ChunkJob const& job)
{
    auto const rows = static_cast<std::size_t>(input_.program.num_scopes) * num_columns;
    auto const paths = static_cast<std::size_t>(job.num_paths);
    DeviceArray<double> columns{rows * paths};
    PathSpan const span{job.first_path, job.num_paths};
    BRINK_CUDA_CHECK(
        cudaMemcpyAsync(spans_.data(), &span, sizeof span, cudaMemcpyHostToDevice, stream_.get()));
    PathBatch<T> batch = batch_;
    batch.num_spans = 1;
    batch.row_paths = job.num_paths;
    batch.sink = {.columns = columns.data(), .paths = job.num_paths};
    auto const wanted =
        static_cast<int>((job.num_paths + threads_per_block - 1) / threads_per_block);
    engine_.launch(batch, input_.market, std::min(wanted, num_blocks_), stream_.get());
    BRINK_CUDA_CHECK(cudaMemcpy2DAsync(
        job.sink.columns, static_cast<std::size_t>(job.sink.paths) * sizeof(double), columns.data(),
        paths * sizeof(double), paths * sizeof(double), rows, cudaMemcpyDeviceToHost,
        stream_.get()));
    stream_.synchronize();
}

template class DeviceRunner<float>;
template class DeviceRunner<double>;

}  // namespace brink
