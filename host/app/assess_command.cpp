// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/scenario_options.hpp"
#include "host/assess/assess.hpp"
#include "io/results/file_error.hpp"

namespace brink {
namespace {

struct AssessOptions {
    ScenarioOptions scenario;
    std::vector<std::string> prices;
    std::string watch;
    bool explain{false};
    bool json{false};
};

/// Follow the prices of a stream until it ends.
int watch(AssessOptions const& options, Scenario const& scenario, Problems& problems)
{
    std::ifstream file;
    if (options.watch != "-") {
        file.open(options.watch);
        if (!file)
            throw FileError{ExitCode::no_input, options.watch + ": cannot read the price updates"};
    }
    std::istream& updates = options.watch == "-" ? std::cin : file;
    ExitCode const code = watch_prices(scenario, updates, std::cout, std::cerr, problems);
    static_cast<void>(report_problems(problems));
    return exit_status(code);
}

int assess(AssessOptions const& options)
{
    Problems problems;
    auto const prices = parse_price_options(options.prices, problems);
    if (!options.watch.empty() && !options.prices.empty())
        problems.add({"command line", 0, 0, "--price"},
                     "prices come from --watch; both together mean nothing",
                     "send them as the first line of the updates", ExitCode::usage);
    ReadResult const input = options.scenario.read(problems);
    if (!problems.empty())
        return report_problems(problems);
    if (!options.watch.empty())
        return watch(options, input.scenario, problems);
    auto const report = run_assess(input.scenario, prices, problems);
    if (int const code = report_problems(problems); code != 0 || !report)
        return code;
    auto const detail = options.explain ? AssessDetail::terms : AssessDetail::totals;
    fmt::print("{}", options.json ? assess_json(*report) : assess_table(*report, detail));
    return exit_status(ExitCode::ok);
}

}  // namespace

Command add_assess_command(CLI::App& app)
{
    auto const options = std::make_shared<AssessOptions>();
    CLI::App* const command = app.add_subcommand(
        "assess",
        "Health, margin and the nearest call and liquidation prices now, without "
        "simulation");
    options->scenario.add_to(*command);
    command
        ->add_option("--price", options->prices,
                     "price of an asset in place of the scenario's, as in --price BTC=61000; may "
                     "be repeated")
        ->type_name("ASSET=PRICE")
        ->allow_extra_args(false)
        ->take_all();
    command
        ->add_option(
            "--watch", options->watch,
            "read price updates, one JSON object per line such as {\"BTC\": 61000}, from a "
            "file or - for standard input; write the accounts whose status changed")
        ->type_name("FILE");
    command->add_flag(
        "--explain", options->explain,
        "each term of margin equity, initial and maintenance margin, with its numbers");
    command->add_flag("--json", options->json, "one line of JSON");
    return {command, [options] { return assess(*options); }};
}

}  // namespace brink
