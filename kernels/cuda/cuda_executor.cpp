// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <future>

#include "kernels/cuda/device_runner.hpp"
#include "kernels/executor.hpp"

namespace brink {

namespace {

template<class T>
class CudaExecutor final : public Executor<T> {
    std::vector<std::unique_ptr<DeviceRunner<T>>> runners_;
    std::unique_ptr<Executor<T>> tracer_;  ///< replays on the CPU, the definition of right

  public:
    CudaExecutor(ProgramInput<T> const& input, std::vector<int> const& devices)
    {
        for (int const idx : devices)
            runners_.push_back(std::make_unique<DeviceRunner<T>>(input, idx));
        tracer_ = make_cpu_executor(input, 1);
    }

    ExecutorInfo info() const override
    {
        ExecutorInfo info{"cuda", "strict-cuda", "", 0};
        for (auto const& runner : runners_) {
            info.devices += (info.devices.empty() ? "" : ", ") + runner->name();
            info.parallel_paths += runner->num_threads();
        }
        return info;
    }

    void run(std::span<ChunkJob const> workload) override
    {
        on_all_devices(workload, [](DeviceRunner<T>& runner, std::span<ChunkJob const> share,
                                    std::size_t) { runner.run(share); });
    }

    [[nodiscard]] bool reduces() const override { return true; }

    void run_reduced(std::span<ChunkJob const> workload, ReduceRequest const& request,
                     std::span<ChunkReduction> reductions) override
    {
        on_all_devices(workload, [&](DeviceRunner<T>& runner, std::span<ChunkJob const> share,
                                     std::size_t device) {
            std::vector<ChunkReduction> parts(share.size());
            runner.run_reduced(share, request, parts);
            for (std::size_t i = 0; i < parts.size(); ++i)
                reductions[device + i * runners_.size()] = std::move(parts[i]);
        });
    }

    void trace(std::uint64_t path, PathTrace& trace) override { tracer_->trace(path, trace); }

    std::size_t workspace_bytes() const override
    {
        std::size_t bytes = 0;
        for (auto const& runner : runners_)
            bytes += runner->host_bytes();
        return bytes;
    }

  private:
    /// Chunks are dealt to the devices in turn; `work(runner, share, device)` on a thread of each.
    template<class Work>
    void on_all_devices(std::span<ChunkJob const> workload, Work const& work)
    {
        std::vector<std::future<void>> done;
        for (std::size_t device = 0; device < runners_.size(); ++device)
            done.push_back(std::async(std::launch::async, [&, device] {
                std::vector<ChunkJob> share;
                for (std::size_t i = device; i < workload.size(); i += runners_.size())
                    share.push_back(workload[i]);
                work(*runners_[device], share, device);
            }));
        for (std::future<void>& device : done)
            device.wait();
        for (std::future<void>& device : done)
            device.get();
    }
};

std::vector<int> all_devices()
{
    std::vector<int> all;
    for (CudaDevice const& device : cuda_devices())
        all.push_back(device.idx);
    return all;
}

}  // namespace

template<class T>
std::unique_ptr<Executor<T>> make_cuda_executor(ProgramInput<T> const& input,
                                                std::vector<int> const& devices)
{
    std::vector<int> const present = all_devices();
    if (present.empty())
        throw DeviceUnavailable(cuda_status());
    for (int const idx : devices)
        if (std::find(present.begin(), present.end(), idx) == present.end())
            throw DeviceUnavailable("there is no GPU " + std::to_string(idx) + ": this machine has "
                                    + std::to_string(present.size()));
    return std::make_unique<CudaExecutor<T>>(input, devices.empty() ? present : devices);
}
template std::unique_ptr<Executor<float>> make_cuda_executor(ProgramInput<float> const&,
                                                             std::vector<int> const&);
template std::unique_ptr<Executor<double>> make_cuda_executor(ProgramInput<double> const&,
                                                              std::vector<int> const&);

}  // namespace brink
