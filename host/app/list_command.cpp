// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "host/app/command.hpp"
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
        "  linear_perp, inverse_perp\n"
        "response actions ([[owner.response]] action)\n"
        "  post        collateral from the reserve, after a delay\n"
        "  reduce      close a share of the largest requirement at market\n"
        "  swap        collateral into another asset\n"
        "liquidation ([venue.liquidation])\n"
        "  reduction   full, tier_by_tier, close_factor, target_health, absorb, slices\n"
        "  price       market, bankruptcy, bonus, auction\n"
        "  bonus       constant, linear_in_health, health_discount, from_ratio\n"
        "  residual    owner, fund\n");
}

void list_files(std::string_view title, std::filesystem::path const& folder)
{
    std::vector<std::string> files;
    std::error_code failed;
    for (auto const& entry : std::filesystem::directory_iterator{folder, failed})
        if (entry.path().extension() == ".toml")
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
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

int list(std::string const& folder)
{
    list_outcomes();
    list_models();
    list_files("venues", std::filesystem::path{folder} / "venues");
    list_files("markets", std::filesystem::path{folder} / "markets");
    list_files("examples", std::filesystem::path{folder} / "examples");
    list_devices();
    fmt::print("exit codes: brink exit-codes\n");
    return exit_status(ExitCode::ok);
}

}  // namespace

Command add_list_command(CLI::App& app)
{
    auto const folder = std::make_shared<std::string>("configs");
    CLI::App* const command =
        app.add_subcommand("list", "List outcomes, models, actions, venue files and devices");
    command->add_option("--configs", *folder, "folder with venues/, markets/ and examples/")
        ->type_name("FOLDER")
        ->capture_default_str();
    return {command, [folder] { return list(*folder); }};
}

}  // namespace brink
