// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "host/app/report_options.hpp"
#include "host/app/scenario_options.hpp"
#include "host/run/side_by_side.hpp"

namespace brink {

/// The command line of `brink run`.
struct RunCommandOptions {
    ScenarioOptions scenario;
    DeviceOptions device;
    std::string output;
    std::optional<Shard> shard;
    std::string checkpoint_every{"PT1M"};
    std::string max_walltime;  ///< duration; empty: none
    std::string deadline;      ///< as [stop] deadline; empty: the scenario's
    bool json{false};
    bool force{false};
    ReportOptions reports;

    void add_to(CLI::App& command);
    /// The scenario under these options; problems are added.
    [[nodiscard]] ReadResult read(Problems& problems) const;
    [[nodiscard]] double checkpoint_seconds() const;
    [[nodiscard]] std::optional<double> walltime_seconds() const;
};

/// `3/8`. \return nothing where it is none
[[nodiscard]] std::optional<Shard> parse_shard(std::string const& text);

}  // namespace brink
