// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <memory>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/planning.hpp"
#include "host/app/scenario_options.hpp"
#include "host/plan/plan_text.hpp"

namespace brink {
namespace {

struct PlanOptions {
    ScenarioOptions scenario;
    DeviceOptions device;
    std::string output{"out/result.h5"};
    bool json{false};
};

int plan(PlanOptions const& options)
{
    Problems problems;
    EngineOptions const engine_options = options.device.engine(problems);
    ReadResult const input = options.scenario.read(problems);
    auto const engine =
        problems.empty() ? make_engine(input.scenario, engine_options, problems) : nullptr;
    if (int const code = report_problems(problems); code != 0 || !engine)
        return code;
    Plan const plan = plan_run(input.scenario, *engine, options.device, options.output);
    fmt::print("{}",
               options.json ? plan_json(plan, engine->info()) : plan_text(plan, engine->info()));
    return exit_status(ExitCode::ok);
}

}  // namespace

Command add_plan_command(CLI::App& app)
{
    auto const options = std::make_shared<PlanOptions>();
    CLI::App* const command = app.add_subcommand(
        "plan", "Say what a run would take: chunks, memory, disk, work, size of the result");
    options->scenario.add_to(*command);
    options->device.add_to(*command);
    command
        ->add_option("-o,--output", options->output,
                     "result file of the run; large tails go to disk in its folder")
        ->type_name("FILE");
    command->add_flag("--json", options->json, "one line of JSON");
    return {command, [options] { return plan(*options); }};
}

}  // namespace brink
