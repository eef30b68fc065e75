// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <array>
#include <string_view>

#include "host/app/command.hpp"

namespace brink {
namespace {

struct ExitCodeRow {
    ExitCode code;
    std::string_view meaning;
};

/// docs/exit-codes.md has the same list; a test compares both.
constexpr std::array rows{
    ExitCodeRow{ExitCode::ok, "complete, or already complete"},
    ExitCodeRow{ExitCode::limit_breached, "complete, but a threshold of [limits] was breached"},
    ExitCodeRow{ExitCode::usage, "command line wrong"},
    ExitCodeRow{ExitCode::data,
                "contents of a data file wrong, or a result of another scenario in the way"},
    ExitCodeRow{ExitCode::no_input, "a named or included file is missing"},
    ExitCodeRow{ExitCode::unavailable, "device or memory not available"},
    ExitCodeRow{ExitCode::internal, "internal error"},
    ExitCodeRow{ExitCode::cannot_create, "cannot create the output"},
    ExitCodeRow{ExitCode::io, "input or output failed, or the disk is full"},
    ExitCodeRow{ExitCode::stopped,
                "stopped with a checkpoint: run the same command again to go on"},
    ExitCodeRow{ExitCode::config, "something in TOML or --set is wrong"},
};

int print_exit_codes()
{
    for (ExitCodeRow const& row : rows)
        fmt::print("{:>5}  {}\n", exit_status(row.code), row.meaning);
    fmt::print("128+n  ended by signal n: nothing was written\n");
    fmt::print("Several at once: the first of 64, 66, 78, 65, with all messages printed.\n");
    return exit_status(ExitCode::ok);
}

}  // namespace

Command add_exit_codes_command(CLI::App& app)
{
    return {app.add_subcommand("exit-codes", "List the exit codes and what they mean"),
            &print_exit_codes};
}

}  // namespace brink
