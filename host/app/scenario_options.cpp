// SPDX-License-Identifier: Apache-2.0
#include "host/app/scenario_options.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <tbb/info.h>

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
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

namespace {

/// \return why `text` is no seed that a TOML file can hold; empty: it is one
std::string check_seed(std::string const& text)
{
    std::int64_t seed = -1;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error == std::errc{} && end == text.data() + text.size() && seed >= 0)
        return {};
    return fmt::format("\"{}\" is no whole number from 0 to 2^63 - 1", text);
}

constexpr double most_paths = 0x1p47;  // as run.paths

/// Digits of `text` without the underscores between them; nothing where one stands elsewhere.
std::optional<std::string> without_separators(std::string const& text)
{
    auto const is_digit = [&](std::size_t i) {
        return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_')
            plain += text[i];
        else if (i == 0 || !is_digit(i - 1) || !is_digit(i + 1))
            return std::nullopt;
    }
    return plain;
}

/// Rewrite 1e6 and 1_000_000 as digits. \return why it is no count of paths; empty: it is one
std::string normalise_paths(std::string& text)
{
    auto const plain = without_separators(text);
    double number = -1.0;
    if (plain) {
        auto const [end, error] =
            std::from_chars(plain->data(), plain->data() + plain->size(), number);
        if (error != std::errc{} || end != plain->data() + plain->size())
            number = -1.0;
    }
    if (!(number >= 1.0) || number != std::floor(number))
        return fmt::format(
            "\"{}\" is no whole number of paths from 1 on, such as 1000000, 1_000_000 or 1e6",
            text);
    if (number > most_paths)
        return fmt::format("\"{}\" paths are too many; 2^47 are the most", text);
    text = fmt::format("{}", static_cast<std::uint64_t>(number));
    return {};
}

}  // namespace

void ScenarioOptions::add_to(CLI::App& command)
{
    command.add_option("CONFIG", config, "scenario, a TOML file")->required();
    command
        .add_option("--set", settings,
                    "replace a key of the scenario, as in --set market.model=gbm; may be repeated")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false)
        ->take_all();
    command.add_option("--paths", paths, "number of paths (run.paths), such as 1e6 or 1_000_000")
        ->type_name("N")
        ->transform(CLI::Validator{&normalise_paths, ""});
    command.add_option("--seed", seed, "seed of the random numbers (run.seed)")
        ->type_name("S")
        ->check(&check_seed);
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
