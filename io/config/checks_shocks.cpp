// SPDX-License-Identifier: Apache-2.0
// Dated shocks of the market and of the stress scenarios.
#include "io/config/duration.hpp"
#include "io/config/overrides.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

namespace brink {
namespace {

constexpr std::size_t most_failures = 8;
constexpr std::string_view example =
    "write price = -0.4, price_to = 60_000, volatility = 2, correlation = 0.5, jump_rate = 5, "
    "depth = 0.3 or funding = -3";

bool does_nothing(ShockConfig const& shock)
{
    return !shock.price && !shock.price_to && shock.volatility == 1 && shock.correlation == 0
           && shock.jump_rate == 1 && shock.depth == 1 && shock.funding == 1;
}

void check_shock(ShockConfig const& shock, Scenario const& scenario, References const& assets,
                 Problems& problems)
{
    for (std::string const& name : shock.assets)
        assets.require(name, shock.at("assets"), problems);
    if (does_nothing(shock))
        problems.add(shock.at("price"), "the shock changes nothing", std::string{example});
    if (shock.price && shock.price_to)
        problems.add(shock.at("price_to"), "price is given too: a shock is a change or a level",
                     "remove one of the two, or write two shocks");
    if (shock.price_to && shock.assets.size() != 1)
        problems.add(shock.at("assets"), "a level is the price of one asset",
                     "write assets = [\"BTC\"]");
    if (shock.begin > scenario.run.horizon)
        problems.add(shock.at("begin"),
                     fmt::format("\"{}\" is after the horizon", format_duration(shock.begin)),
                     "lengthen run.horizon, or begin earlier");
    else if (shock.begin + shock.duration > scenario.run.horizon)
        problems.warn(shock.at("duration"),
                      fmt::format("the shock is not complete at the horizon: it ends at \"{}\"",
                                  format_duration(shock.begin + shock.duration)));
}

}  // namespace

void check_failures(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    std::vector<FailureConfig> const& failures = scenario.market.failures;
    if (failures.size() > most_failures)
        problems.add(failures[most_failures].where,
                     fmt::format("{} failures; {} are the most", failures.size(), most_failures),
                     "let assets that fail together share one");
    for (FailureConfig const& failure : failures) {
        if (failure.levels.empty())
            problems.add(failure.at("levels"), "no asset fails", "write levels = { UST = 0.02 }");
        for (auto const& [name, level] : failure.levels) {
            Where const where = failure.at("levels." + name);
            if (!assets.require(name, where, problems))
                continue;
            if (name == scenario.run.numeraire)
                problems.add(where, fmt::format("{} is the numeraire, worth 1 by definition", name),
                             "choose another numeraire to let it fail");
            if (level >= 1)
                problems.add(where, fmt::format("{:g} of the price is no fall", level),
                             "write what is left of it, such as 0.02");
        }
    }
}

void check_shocks(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    for (ShockConfig const& shock : scenario.market.shocks)
        check_shock(shock, scenario, assets, problems);
    check_names(scenario.stresses, "scenario", problems);
    for (StressConfig const& stress : scenario.stresses) {
        if (stress.shocks.empty() && stress.set.empty() && !stress.has("set"))
            problems.add(stress.at("shocks"),
                         "the scenario has no shocks and sets nothing: it would be the base",
                         "write shocks = [{ begin = \"P1D\", price = -0.4 }], or set = { "
                         "\"market.volatility_scale\" = 2 }");
        check_settings(stress.set, problems);
        for (Setting const& setting : stress.set)
            if (key_steps(setting.key) == std::vector<std::string>{"run", "horizon"})
                problems.add(setting.where, "a scenario ends when its base does",
                             "sweep it: [[sweep.axis]] key = \"run.horizon\"");
        for (ShockConfig const& shock : stress.shocks)
            check_shock(shock, scenario, assets, problems);
    }
}

}  // namespace brink
