// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include <spdlog/spdlog.h>

#include "host/app/command.hpp"
#include "host/merge/part_text.hpp"
#include "io/results/json.hpp"
#include "io/results/part_file.hpp"
#include "io/results/provenance_page.hpp"
#include "io/results/result_file.hpp"
#include "io/results/result_schema.hpp"
#include "io/results/summary.hpp"
#include "io/results/view_parts.hpp"

namespace brink {
namespace {

struct InspectOptions {
    std::string file;
    bool json{false};
    bool config{false};
    bool provenance{false};
};

/// What a checkpoint or the part of a shard holds.
void inspect_part(InspectOptions const& options)
{
    PartFile const part = read_part(options.file);
    if (options.config)
        fmt::print("{}", part.provenance.effective_config);
    else if (options.provenance)
        fmt::print("{}", provenance_text(part.provenance));
    else if (options.json)
        fmt::print("{}\n", json_line(part_json(part)));
    else
        fmt::print("{}", part_text(part));
}

/// Name the parts of a view that are missing or not what they were.
ExitCode check_view(std::filesystem::path const& file)
{
    ExitCode code = ExitCode::ok;
    for (FileError const& problem : view_problems(file, read_view_parts(file))) {
        spdlog::error("{}", problem.what());
        if (code == ExitCode::ok || problem.code() == ExitCode::no_input)
            code = problem.code();
    }
    return code;
}

int inspect(InspectOptions const& options)
{
    if (read_filetype(options.file) == part_filetype) {
        inspect_part(options);
        return exit_status(ExitCode::ok);
    }
    if (options.config) {
        fmt::print("{}", read_provenance(options.file).effective_config);
        return exit_status(ExitCode::ok);
    }
    if (options.provenance)
        fmt::print("{}", provenance_text(read_provenance(options.file)));
    else if (options.json)
        fmt::print("{}\n",
                   json_line(result_json(read_result(options.file), ProvenanceDetail::full)));
    else
        fmt::print("{}", summary_text(read_result(options.file)));
    return exit_status(check_view(options.file));
}

}  // namespace

Command add_inspect_command(CLI::App& app)
{
    auto const options = std::make_shared<InspectOptions>();
    CLI::App* const command = app.add_subcommand("inspect", "Show what a result file says");
    command
        ->add_option("FILE", options->file, "result of brink run, part of a shard, or checkpoint")
        ->required();
    command->add_flag("--json", options->json,
                      "one line of JSON: provenance in full, and all statistics");
    command
        ->add_flag("--config", options->config,
                   "the scenario that was run, as TOML that brink run takes")
        ->excludes("--json");
    command
        ->add_flag("--provenance", options->provenance,
                   "where the file comes from: scenario, program, build, machine, job, inputs")
        ->excludes("--json", "--config");
    return {command, [options] { return inspect(*options); }};
}

}  // namespace brink
