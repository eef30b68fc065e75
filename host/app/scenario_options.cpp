// SPDX-License-Identifier: Apache-2.0
#include "host/app/scenario_options.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <tbb/info.h>

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>
#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace brink {

std::string check_whole_number(std::string const& text)
{
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size())
        return {};
    return fmt::format("\"{}\" is no whole number from 0 to 2^64 - 1", text);
}

void ScenarioOptions::add_to(CLI::App& command)
{
    command.add_option("CONFIG", config, "scenario, a TOML file")->required();
    command
        .add_option("--set", settings,
                    "replace a key of the scenario, as in --set market.model=gbm; may be repeated")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false)
        ->take_all();
    command.add_option("--paths", paths, "number of paths (run.paths)")
        ->type_name("N")
        ->check(&check_whole_number);
    command.add_option("--seed", seed, "seed of the random numbers (run.seed)")
        ->type_name("S")
        ->check(&check_whole_number);
}

ReadResult ScenarioOptions::read(Problems& problems) const
{
    std::vector<std::string> overrides = settings;
    if (paths)
        overrides.push_back("run.paths=" + std::to_string(*paths));
    if (seed)
        overrides.push_back("run.seed=" + std::to_string(*seed));
    return read_scenario(config, overrides, problems);
}

void DeviceOptions::add_to(CLI::App& command)
{
    command
        .add_option("--device", device,
                    "where paths run: auto (a GPU where there is one), cpu, cuda, cuda:0,1")
        ->type_name("DEVICE")
        ->capture_default_str();
    command
        .add_option("--threads", threads, "CPU threads; all cores by default, which are the most")
        ->type_name("T")
        ->check(CLI::Range(1, 4096));
    command
        .add_option("--batch-chunks", batch_chunks,
                    "chunks of paths in flight; chosen from threads and memory by default. Changes "
                    "no number")
        ->type_name("B")
        ->check(CLI::Range(1, 1'000'000));
}

EngineOptions DeviceOptions::engine(Problems& problems) const
{
    try {
        return {DeviceChoice::parse(device), threads > 0 ? num_threads() : 0};
    } catch (std::invalid_argument const& error) {
        problems.add({"command line", 0, 0, "--device"}, error.what(), {}, ExitCode::usage);
        return {};
    }
}

int DeviceOptions::num_threads() const
{
    int const cores = std::max(1, tbb::info::default_concurrency());
    return threads > 0 ? std::min(threads, cores) : cores;
}

void log_device(ScenarioEngine const& engine, DeviceOptions const& options)
{
    ExecutorInfo const info = engine.info();
    if (options.device == "auto" && info.backend == "cpu")
        spdlog::info("running on the CPU ({}); CUDA: {}", info.devices,
                     cuda_devices().empty() ? cuda_status() : "does not hold this scenario");
    else
        spdlog::info("running on {}", info.devices);
}

}  // namespace brink
