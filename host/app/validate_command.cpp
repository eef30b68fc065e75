// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <memory>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/scenario_options.hpp"
#include "host/run/stress_scenarios.hpp"
#include "io/results/number_text.hpp"

namespace brink {
namespace {

struct ValidateOptions {
    ScenarioOptions scenario;
    bool print{false};
};

int validate(ValidateOptions const& options)
{
    Problems problems;
    ReadResult const input = options.scenario.read(problems);
    if (problems.empty() && check_program(input.scenario, problems))
        static_cast<void>(check_stresses(input.scenario, problems));
    if (int const code = report_problems(problems); code != 0)
        return code;
    Scenario const& scenario = input.scenario;
    if (options.print) {
        fmt::print("{}", scenario.canonical);
    } else {
        std::size_t const warnings = problems.warnings().size();
        fmt::print("{}: valid; {} assets, {} accounts of {} owners, {} paths; {} warning{}\n",
                   options.scenario.config, scenario.assets.size(),
                   count_text(scenario.accounts.size()), count_text(scenario.owners.size()),
                   count_text(scenario.run.paths), warnings, warnings == 1 ? "" : "s");
    }
    return exit_status(ExitCode::ok);
}

}  // namespace

Command add_validate_command(CLI::App& app)
{
    auto const options = std::make_shared<ValidateOptions>();
    CLI::App* const command =
        app.add_subcommand("validate", "Check a scenario without running it; all mistakes at once");
    options->scenario.add_to(*command);
    command->add_flag("--print", options->print,
                      "print the scenario as understood: includes, defaults and --set written out");
    return {command, [options] { return validate(*options); }};
}

}  // namespace brink
