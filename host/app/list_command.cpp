// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/app/list_venues.hpp"
#include "host/app/version_text.hpp"
#include "io/results/outcomes.hpp"
#include "kernels/executor.hpp"

namespace brink {
namespace {

std::string_view statistics_of(OutcomeKind kind)
{
    switch (kind) {
        case OutcomeKind::money:
            return "mean sd var_<level> es_<level> q_<quantile>";
        case OutcomeKind::count:
            return "mean sd q_<quantile>";
        case OutcomeKind::lowest:
            return "mean q_<quantile>";
        case OutcomeKind::time:
            return "mean q_<quantile>, where the event occurred";
        case OutcomeKind::flag:
            return "prob";
    }
    return {};
}

void list_outcomes()
{
    fmt::print(
        "outcomes (for [limits]: scope.outcome.statistic, scope book, account:<name>,\n"
        "group:<column>=<value>, regime:<name> or scenario:<name>)\n");
    for (OutcomeInfo const& info : outcome_list)
        fmt::print("  {:<24}{:<64}{}{}\n", info.name, info.long_name, statistics_of(info.kind),
                   has_probability(info.name) ? " prob" : "");
}

void list_models()
{
    fmt::print(
        "market models ([market] model, [[asset]] model)\n"
        "  gbm         geometric Brownian motion\n"
        "  student_t   multivariate Student-t log returns (degrees_of_freedom, mixing)\n"
        "  merton      normal log returns with jumps of normal sizes (jumps)\n"
        "  kou         the same with jumps of double exponential sizes (jumps)\n"
        "  heston      stochastic variance that reverts to its mean (heston)\n"
        "  gjr_garch   variance by past returns, Student-t shocks (garch, degrees_of_freedom)\n"
        "  peg         follows another asset or the numeraire, with depegs (peg)\n"
        "  historical  past returns, in blocks or replayed ([market.history])\n"
        "  fixed       the price stays (assets only)\n"
        "instruments ([[instrument]] kind)\n"
        "  linear_perp, inverse_perp, linear_future, inverse_future, call, put\n"
        "response actions ([[owner.response]] action)\n"
        "  post        collateral from the reserve, after a delay\n"
        "  reduce      close a share of the largest requirement at market\n"
        "  swap        collateral into another asset\n"
        "liquidation ([venue.liquidation])\n"
        "  reduction   full, tier_by_tier, close_factor, target_health, absorb, slices\n"
        "  price       market, bankruptcy, bonus, auction, pool\n"
        "  bonus       constant, linear_in_health, health_discount, from_ratio\n"
        "  residual    owner, fund\n");
}

void list_files(std::string_view title, std::filesystem::path const& folder)
{
    std::vector<std::string> const files = toml_files(folder);
    fmt::print("{} (below {})\n", title, folder.string());
    for (std::string const& file : files)
        fmt::print("  {}\n", file);
    if (files.empty())
        fmt::print("  none found\n");
}

void list_devices()
{
    std::string counts;
    for (int const count : cpu_asset_counts())
        counts += fmt::format(" {}", count);
    fmt::print("devices\n  cpu     {}, asset counts{}\n  cuda    {}\n", instruction_set_text(),
               counts, cuda_text());
}

struct ListOptions {
    std::string topic{"all"};
    std::string folder{"configs"};
    bool tables{false};
};

int list(ListOptions const& options)
{
    auto const wants = [&](std::string_view topic) {
        return options.topic == "all" || options.topic == topic;
    };
    if (options.tables && options.topic != "venues") {
        Problems problems;
        problems.add({"command line", 0, 0, "--tables"}, "only venues have tables",
                     "write brink list venues --tables", ExitCode::usage);
        return report_problems(problems);
    }
    std::filesystem::path const folder{options.folder};
    ExitCode code = ExitCode::ok;
    if (wants("outcomes"))
        list_outcomes();
    if (wants("models"))
        list_models();
    if (options.topic == "venues")
        code = list_venues(folder / "venues", options.tables);
    else if (wants("venues"))
        list_files("venues", folder / "venues");
    if (wants("markets"))
        list_files("markets", folder / "markets");
    if (wants("examples"))
        list_files("examples", folder / "examples");
    if (wants("devices"))
        list_devices();
    if (options.topic == "all")
        fmt::print("rules of the venues: brink list venues; exit codes: brink exit-codes\n");
    return exit_status(code);
}

}  // namespace

Command add_list_command(CLI::App& app)
{
    auto const options = std::make_shared<ListOptions>();
    CLI::App* const command =
        app.add_subcommand("list", "List outcomes, models, actions, venue files and devices");
    command
        ->add_option(
            "topic", options->topic,
            "outcomes, models, venues (with date, source and what is unverified), markets, "
            "examples or devices; all without")
        ->check(CLI::IsMember(
            {"all", "outcomes", "models", "venues", "markets", "examples", "devices"}))
        ->type_name("TOPIC");
    command->add_option("--configs", options->folder, "folder with venues/, markets/ and examples/")
        ->type_name("FOLDER")
        ->capture_default_str();
    command->add_flag("--tables", options->tables, "with venues: source and date of each table");
    return {command, [options] { return list(*options); }};
}

}  // namespace brink
