// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/run/scenario_engine.hpp"
#include "io/config/scenario_reader.hpp"

namespace CLI {
class App;
}

namespace brink {

/// Refuses an argument that is no whole number from 0 to 2^64 - 1, before CLI11 reads -1 as 2^64
/// - 1.
std::string check_whole_number(std::string const& text);

/// What every command that reads a scenario takes.
struct ScenarioOptions {
    std::string config;
    std::vector<std::string> settings;  ///< KEY=VALUE
    std::optional<std::uint64_t> paths;
    std::optional<std::uint64_t> seed;

    void add_to(CLI::App& command);
    /// Read and check; problems are added, none printed.
    [[nodiscard]] ReadResult read(Problems& problems) const;
};

/// What every command that starts an executor takes.
struct DeviceOptions {
    std::string device{"auto"};
    int threads{0};
    std::uint64_t batch_chunks{0};

    void add_to(CLI::App& command);
    /// \return the default where a problem was added
    [[nodiscard]] EngineOptions engine(Problems& problems) const;
    [[nodiscard]] int num_threads() const;  ///< 1 to the number of cores
};

/// Say on stderr where paths run, and why not on a GPU where `auto` found none.
void log_device(ScenarioEngine const& engine, DeviceOptions const& options);

}  // namespace brink
