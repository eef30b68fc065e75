// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "io/config/problem.hpp"

namespace CLI {
class App;
}

namespace brink {

/// A command as it was added to the command line: what to do where it was named.
struct Command {
    CLI::App* parser{nullptr};
    std::function<int()> run;  ///< returns the exit code
};

inline constexpr int exit_status(ExitCode code)
{
    return static_cast<int>(code);
}

Command add_run_command(CLI::App& app);
Command add_validate_command(CLI::App& app);
Command add_plan_command(CLI::App& app);
Command add_inspect_command(CLI::App& app);
Command add_merge_command(CLI::App& app);
Command add_replay_command(CLI::App& app);
Command add_assess_command(CLI::App& app);
Command add_calibrate_command(CLI::App& app);
Command add_list_command(CLI::App& app);
Command add_exit_codes_command(CLI::App& app);

}  // namespace brink
