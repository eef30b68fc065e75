// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device_memory.hpp"
#include "tests/bench/core_device.hpp"
#include "tests/bench/core_step.hpp"

namespace brink::bench {

namespace {

constexpr int block = 128;

template<class T>
__global__ void __launch_bounds__(block)
    core_kernel(__grid_constant__ CoreWorkload<T> const workload, int num_steps, T* loss,
                T* steps_survived)
{
    auto const path = blockIdx.x * blockDim.x + threadIdx.x;
    PathRandom<T> const random{RandomKey{1, 2}, path};
    CoreOutcome<T> const outcome = run_core_path<T>(workload, random, num_steps);
    loss[path] = outcome.loss;
    steps_survived[path] = outcome.steps_survived;
}

template<class T>
std::vector<T> fetch(DeviceArray<T> const& values)
{
    std::vector<T> host(core_num_paths);
    BRINK_CUDA_CHECK(
        cudaMemcpy(host.data(), values.data(), host.size() * sizeof(T), cudaMemcpyDeviceToHost));
    return host;
}

/// Two events around a launch.
class Timer {
    cudaEvent_t start_{}, stop_{};

  public:
    Timer()
    {
        BRINK_CUDA_CHECK(cudaEventCreate(&start_));
        BRINK_CUDA_CHECK(cudaEventCreate(&stop_));
    }
    ~Timer()
    {
        static_cast<void>(cudaEventDestroy(start_));
        static_cast<void>(cudaEventDestroy(stop_));
    }
    Timer(Timer const&) = delete;
    Timer& operator=(Timer const&) = delete;

    void start() { BRINK_CUDA_CHECK(cudaEventRecord(start_, nullptr)); }
    double stop()
    {
        BRINK_CUDA_CHECK(cudaEventRecord(stop_, nullptr));
        BRINK_CUDA_CHECK(cudaEventSynchronize(stop_));
        float milliseconds = 0;
        BRINK_CUDA_CHECK(cudaEventElapsedTime(&milliseconds, start_, stop_));
        return 1e-3 * milliseconds;
    }
};

}  // namespace

template<class T>
CoreDeviceRun<T> run_core_on_device(CoreWorkload<T> const& workload, int num_paths)
{
    CoreDeviceRun<T> run{};
    cudaFuncAttributes attributes{};
    BRINK_CUDA_CHECK(cudaFuncGetAttributes(&attributes, core_kernel<T>));
    int blocks = 0;
    BRINK_CUDA_CHECK(
        cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, core_kernel<T>, block, 0));
    run.registers = attributes.numRegs;
    run.local_bytes = static_cast<int>(attributes.localSizeBytes);
    run.threads_per_multiprocessor = blocks * block;

    DeviceArray<T> loss{static_cast<std::size_t>(num_paths)}, survived{loss.size()};
    Timer timer;
    timer.start();
    core_kernel<T>
        <<<num_paths / block, block>>>(workload, core_num_steps, loss.data(), survived.data());
    BRINK_CUDA_CHECK(cudaGetLastError());
    run.seconds = timer.stop();
    run.loss = fetch(loss);
    run.steps_survived = fetch(survived);
    return run;
}

template CoreDeviceRun<float> run_core_on_device(CoreWorkload<float> const&, int);
template CoreDeviceRun<double> run_core_on_device(CoreWorkload<double> const&, int);

}  // namespace brink::bench
