// SPDX-License-Identifier: Apache-2.0
// The named cases on the GPU: one "name value unit" line per figure. Exit status 77 without a GPU.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "kernels/cuda/device_engine.hpp"
#include "tests/bench/core_device.hpp"
#include "tests/support/scenario_runner.hpp"

namespace brink::bench {
namespace {

void report(std::string const& name, double value, char const* unit)
{
    std::printf("%-44s %14.6g %s\n", name.c_str(), value, unit);
}

/// Share of the first paths whose loss has the bits that the CPU computes.
template<class T, class Run>
double same_bits(CoreDeviceRun<T> const& gpu, CoreWorkload<T> const& workload, Run run)
{
    std::vector<T> loss(core_num_paths), survived(core_num_paths);
    run(workload, core_num_paths, core_num_steps, loss.data(), survived.data());
    int same = 0;
    for (std::size_t i = 0; i < loss.size(); ++i)
        same += loss[i] == gpu.loss[i] && survived[i] == gpu.steps_survived[i] ? 1 : 0;
    return same / double{core_num_paths};
}

template<class T, class Run>
void bench_core(std::string const& name, Run on_cpu)
{
    constexpr int paths = 1 << 22;
    auto const workload = make_core_workload<T>();
    CoreDeviceRun<T> run = run_core_on_device(workload, paths);  // warms up
    double best = run.seconds;
    for (int i = 0; i < 5; ++i)
        best = std::min(best, run_core_on_device(workload, paths).seconds);
    report(name + ".asset_steps", 1.0 * paths * core_num_steps * core_num_assets / best, "1/s");
    report(name + ".registers", run.registers, "1");
    report(name + ".local_bytes", run.local_bytes, "byte");
    report(name + ".threads_per_multiprocessor", run.threads_per_multiprocessor, "1");
    report(name + ".same_bits_as_cpu", same_bits(run, workload, on_cpu), "1");
}

std::string read(std::string const& file)
{
    std::ifstream stream{file};
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream)
        throw std::runtime_error{"cannot read " + file + ": run this from the project's folder"};
    return text.str();
}

double seconds_of(Executor<float>& executor, std::vector<ChunkJob> const& jobs)
{
    auto const start = std::chrono::steady_clock::now();
    executor.run(jobs);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The whole path program without statistics: events, outcome columns and their way to the host.
void bench_quickstart()
{
    constexpr std::int64_t chunk = 65'536, chunks = 16;
    std::string const file = "configs/quickstart.toml";
    test::ScenarioRunner<float> const runner{read(file), file};
    Program<float> const program = runner.program();
    auto const row = static_cast<std::size_t>(program.num_scopes * num_columns * chunk);
    std::vector<double> columns(row * chunks);
    std::vector<ChunkJob> jobs;
    for (std::int64_t i = 0; i < chunks; ++i)
        jobs.push_back(
            {static_cast<std::uint64_t>(i * chunk),
             chunk,
             {.columns = columns.data() + row * static_cast<std::size_t>(i), .paths = chunk}});
    auto const executor = make_cuda_executor(runner.input(), {});
    double best = seconds_of(*executor, jobs);
    for (int i = 0; i < 5; ++i)
        best = std::min(best, seconds_of(*executor, jobs));
    double const paths = 1.0 * chunk * chunks;
    report("quickstart.paths", paths / best, "1/s");
    report("quickstart.asset_steps", paths / best * program.num_steps * program.num_assets, "1/s");
}

template<class T>
void report_kernels(std::string const& type)
{
    for (DeviceEngine<T> const& engine : device_engines<T>()) {
        Residency const r = engine.residency({});
        std::string const name = "kernel." + type + "." + std::to_string(engine.num_assets);
        report(name + ".registers", r.registers, "1");
        report(name + ".local_bytes", r.local_bytes, "byte");
        report(name + ".threads_per_multiprocessor",
               r.blocks_per_multiprocessor * threads_per_block, "1");
    }
}

int run_all()
{
    if (cuda_devices().empty()) {
        std::printf("no GPU: %s\n", cuda_status().c_str());
        return 77;
    }
    CoreEngine const* const cpu = core_engines().v3;
    bench_core<float>("core.float", cpu->run_float);
    bench_core<double>("core.double", cpu->run_double);
    report_kernels<float>("float");
    report_kernels<double>("double");
    bench_quickstart();
    return 0;
}

}  // namespace
}  // namespace brink::bench

int main()
{
    try {
        return brink::bench::run_all();
    } catch (std::exception const& error) {
        std::fprintf(stderr, "brink_bench_gpu: %s\n", error.what());
        return 70;
    }
}
