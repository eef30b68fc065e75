// SPDX-License-Identifier: Apache-2.0
#include "host/app/program.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <vector>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/version_text.hpp"

namespace brink {
namespace {

constexpr char const* description =
    "brink: how close is a leveraged position to the brink, what does it take to stay clear,\n"
    "and what breaks if it goes over?";

constexpr char const* examples =
    "First steps:\n"
    "  brink run configs/quickstart.toml              simulate, print a summary, write "
    "out/quickstart.h5\n"
    "  brink validate my.toml                         every mistake at once, with line and column\n"
    "  brink assess my.toml --price BTC=61000         no simulation: health and liquidation "
    "prices\n"
    "  brink run my.toml --paths 5000000 --set market.degrees_of_freedom=4 -o "
    "'out/{name}-{hash}.h5'\n"
    "  brink inspect out/quickstart.h5                the summary again\n"
    "  brink replay out/quickstart.h5 4711            what happened on path 4711, step by step\n"
    "Help on a command: brink COMMAND --help. Exit codes: brink exit-codes.";

void set_up_log()
{
    auto const log = spdlog::stderr_color_mt("brink");
    log->set_pattern("%^%l%$: %v");
    spdlog::set_default_logger(log);
}

/// Parse and run. Exceptions of the command pass through.
int parse_and_run(int argc, char** argv)
{
    CLI::App app{description, "brink"};
    app.footer(examples);
    app.set_version_flag("--version", version_text);
    app.require_subcommand(1);
    std::vector<Command> const commands{add_run_command(app),  add_validate_command(app),
                                        add_plan_command(app), add_inspect_command(app),
                                        add_list_command(app), add_exit_codes_command(app)};
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        bool const asked_for_help = app.exit(error, std::cout, std::cerr) == 0;
        return exit_status(asked_for_help ? ExitCode::ok : ExitCode::usage);
    }
    for (Command const& command : commands)
        if (command.parser->parsed())
            return command.run();
    return exit_status(ExitCode::usage);
}

}  // namespace

int run_program(int argc, char** argv)
{
    // A file that grows beyond the limit fails like a full disk instead of killing the process.
    std::signal(SIGXFSZ, SIG_IGN);
    set_up_log();
    int const status = guarded([&] { return parse_and_run(argc, argv); });
    if (std::fflush(stdout) != 0 && status == 0) {
        spdlog::error("cannot write to standard output");
        return exit_status(ExitCode::io);
    }
    return status;
}

}  // namespace brink
