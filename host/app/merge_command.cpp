// SPDX-License-Identifier: Apache-2.0
#include <CLI/App.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <spdlog/spdlog.h>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/log.hpp"
#include "host/app/planning.hpp"
#include "host/app/result_report.hpp"
#include "host/merge/merge_parts.hpp"

namespace brink {
namespace {

struct MergeOptions {
    std::vector<std::string> parts;
    std::string output;
    bool partial{false};
    bool view{false};
    bool force{false};
    bool json{false};
    bool quiet{false};
};

int merge(MergeOptions const& options)
{
    if (options.quiet)
        quieten_log();
    std::vector<std::filesystem::path> const paths(options.parts.begin(), options.parts.end());
    MergeRequest request{paths,
                         options.output,
                         options.partial,
                         options.view,
                         options.force,
                         [&](Scenario const& scenario, ScenarioEngine const& engine,
                             std::uint64_t batch_chunks, std::uint64_t scenarios) {
                             return plan_run(scenario, engine, {}, options.output, batch_chunks,
                                             scenarios);
                         }};
    MergeReport const report = merge_parts(request);
    for (std::string const& problem : report.problems)
        spdlog::error("{}", problem);
    if (report.code != ExitCode::ok)
        return exit_status(report.code);
    for (std::string const& warning : report.warnings)
        spdlog::warn("{}", warning);
    spdlog::info("{}", report.message);
    if (!report.result)
        return report_part(options.output, options.json);
    return report_result(*report.result, options.output, {!options.quiet, options.json});
}

}  // namespace

Command add_merge_command(CLI::App& app)
{
    auto const options = std::make_shared<MergeOptions>();
    CLI::App* const command =
        app.add_subcommand("merge", "Make one result, or a larger part, of the parts of shards");
    command
        ->add_option(
            "PART", options->parts,
            "files that brink run --shard wrote, in any order; also parts that were merged")
        ->required();
    command
        ->add_option("-o,--output", options->output,
                     "result file; none is written where shards are missing")
        ->type_name("FILE")
        ->required();
    command->add_flag("--partial", options->partial,
                      "the parts are neighbours, others are still to come: write one larger part");
    command
        ->add_flag("--view", options->view,
                   "leave the outcomes of all paths in the parts: /paths of the result points at "
                   "them, and they must stay")
        ->excludes("--partial");
    command->add_flag("--force", options->force, "replace whatever stands at the output");
    command->add_flag(
        "--json", options->json,
        "last on standard output, one line of JSON: all statistics with their errors");
    command->add_flag("-q,--quiet", options->quiet, "no summary; warnings, errors and --json only");
    command->footer(
        "The result is that of one process, bit for bit. Missing shards end with exit code 66, "
        "shards that\noverlap, are damaged or belong to another scenario or arithmetic with 65; "
        "every one is named.");
    return {command, [options] { return merge(*options); }};
}

}  // namespace brink
