// SPDX-License-Identifier: Apache-2.0
#include "host/app/program.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/log.hpp"
#include "host/app/version_text.hpp"
#include "io/config/spelling.hpp"

namespace brink {
namespace {

constexpr char const* description =
    "brink: how close is a leveraged position to the brink, what does it take to stay clear,\n"
    "and what breaks if it goes over?";

constexpr char const* examples = R"(First steps:
  brink run configs/quickstart.toml       simulate, print a summary, write out/quickstart.h5
  brink validate my.toml                  every mistake at once, with line and column
  brink assess my.toml --price BTC=61000  no simulation: health and liquidation prices
  brink run my.toml --paths 5000000 --set market.degrees_of_freedom=4 -o 'out/{name}-{hash}.h5'
  brink inspect out/quickstart.h5         the summary again
  brink replay out/quickstart.h5 4711     what happened on path 4711, step by step
  brink calibrate prices.csv --model student_t -o market.toml   fit a market to price history
Help on a command: brink COMMAND --help. Exit codes: brink exit-codes.)";

/// Tell what is wrong with the command line; for --help and --version, print them.
int explain(CLI::App const& app, CLI::ParseError const& error, std::vector<Command> const& commands,
            std::string const& first)
{
    bool const is_unknown = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)
                            && app.get_subcommands().empty();
    if (!is_unknown) {
        bool const asked_for_help = app.exit(error, std::cout, std::cerr) == 0;
        return exit_status(asked_for_help ? ExitCode::ok : ExitCode::usage);
    }
    std::vector<std::string> names;
    for (Command const& command : commands)
        names.push_back(command.parser->get_name());
    fmt::print(stderr, "brink: \"{}\" is no command ({})\n", first,
               advise(first, names, "command"));
    return exit_status(ExitCode::usage);
}

/// Parse and run. Exceptions of the command pass through.
int parse_and_run(int argc, char** argv)
{
    CLI::App app{description, "brink"};
    app.footer(examples);
    app.set_version_flag("--version", version_text);
    app.require_subcommand(0, 1);
    std::vector<Command> const commands{add_run_command(app),    add_validate_command(app),
                                        add_plan_command(app),   add_inspect_command(app),
                                        add_merge_command(app),  add_replay_command(app),
                                        add_assess_command(app), add_calibrate_command(app),
                                        add_list_command(app),   add_exit_codes_command(app)};
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return explain(app, error, commands, argc > 1 ? argv[1] : "");
    }
    for (Command const& command : commands)
        if (command.parser->parsed())
            return command.run();
    std::cerr << app.help();
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
    note_in_log_file(fmt::format("exit code {}", status));
    return status;
}

}  // namespace brink
