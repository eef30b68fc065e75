// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "host/app/command.hpp"
#include "io/results/json.hpp"

namespace brink {
namespace {

/// What a scheduler should do about a job that ended so.
struct ExitCodeRow {
    ExitCode code;
    std::string_view action;  ///< done, retry, hold, fail
    std::string_view meaning;
    std::string_view advice;
};

constexpr int first_signal_status = 128;

/// docs/exit-codes.md has the same list; a test compares both.
constexpr std::array rows{
    ExitCodeRow{ExitCode::ok, "done", "complete, or already complete", "go on"},
    ExitCodeRow{ExitCode::limit_breached, "done",
                "complete, but a threshold of [limits] was breached",
                "raise an alarm; the result is there, and another run gives the same"},
    ExitCodeRow{ExitCode::usage, "fail", "command line wrong", "correct the command"},
    ExitCodeRow{ExitCode::data, "fail",
                "contents of a data file wrong, parts that do not belong together, or a result of "
                "another scenario in the way",
                "correct the file, or write elsewhere"},
    ExitCodeRow{ExitCode::no_input, "hold", "a named file, an included file or a part is missing",
                "supply it, then the same command again"},
    ExitCodeRow{ExitCode::unavailable, "retry", "device or memory not available",
                "on another machine or later; more than twice is a mistake of the request"},
    ExitCodeRow{ExitCode::internal, "fail", "internal error",
                "report it with the message; another run ends the same way"},
    ExitCodeRow{ExitCode::cannot_create, "hold", "cannot create the output",
                "mend folder or permissions, then the same command again"},
    ExitCodeRow{ExitCode::io, "hold", "input or output failed, or the disk is full",
                "make room, then the same command again: the last checkpoint stands"},
    ExitCodeRow{ExitCode::stopped, "retry", "stopped with a checkpoint",
                "the same command again goes on from there"},
    ExitCodeRow{ExitCode::config, "fail", "something in TOML or --set is wrong",
                "correct the scenario"},
};
constexpr std::string_view signal_meaning = "ended by signal n";
constexpr std::string_view signal_advice =
    "the same command again; 137 (kill -9) may be a lack of memory";

void print_table()
{
    for (ExitCodeRow const& row : rows)
        fmt::print("{:>5}  {:<6} {}: {}\n", exit_status(row.code), row.action, row.meaning,
                   row.advice);
    fmt::print("128+n  retry  {}: {}\n", signal_meaning, signal_advice);
    fmt::print("Several at once: the first of 64, 66, 78, 65, with all messages printed.\n");
}

void print_json()
{
    Json json;
    json["exit_codes"] = Json::array();
    for (ExitCodeRow const& row : rows)
        json["exit_codes"].push_back({{"code", exit_status(row.code)},
                                      {"action", row.action},
                                      {"meaning", row.meaning},
                                      {"advice", row.advice}});
    json["signals"] = {{"first", first_signal_status + 1},
                       {"action", "retry"},
                       {"meaning", signal_meaning},
                       {"advice", signal_advice}};
    fmt::print("{}\n", json_line(json));
}

}  // namespace

Command add_exit_codes_command(CLI::App& app)
{
    auto const json = std::make_shared<bool>(false);
    CLI::App* const command =
        app.add_subcommand("exit-codes", "List the exit codes, and what a scheduler should do");
    command->add_flag("--json", *json, "one line of JSON");
    return {command, [json] {
                *json ? print_json() : print_table();
                return exit_status(ExitCode::ok);
            }};
}

}  // namespace brink
