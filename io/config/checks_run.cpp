// SPDX-License-Identifier: Apache-2.0
#include "io/config/duration.hpp"
#include "io/config/instant.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstdint>

namespace brink {
namespace {

constexpr double most_steps = 1 << 24;  // step numbers have 24 bits in the random counter

bool divides(Seconds step, Seconds horizon)
{
    double const steps = std::round(horizon / step);
    return steps >= 1 && std::abs(steps * step - horizon) <= 1e-9 * horizon;
}

/// The nearest steps of whole seconds below and above `step` that divide `horizon`.
std::vector<std::string> nearest_divisors(Seconds step, Seconds horizon)
{
    std::vector<std::string> found;
    if (horizon != std::floor(horizon))
        return found;
    auto const whole = static_cast<std::int64_t>(horizon);
    for (auto below = static_cast<std::int64_t>(step); below >= 1 && found.empty(); --below)
        if (whole % below == 0)
            found.push_back(fmt::format("\"{}\"", format_duration(static_cast<double>(below))));
    for (auto above = static_cast<std::int64_t>(step) + 1; above <= whole; ++above) {
        if (whole % above == 0) {
            found.push_back(fmt::format("\"{}\"", format_duration(static_cast<double>(above))));
            break;
        }
    }
    return found;
}

void check_steps(RunConfig const& run, Problems& problems)
{
    if (run.horizon <= 0 || run.step <= 0)
        return;  // reported as missing or wrong already
    if (run.step > run.horizon) {
        problems.add(run.at("step"), fmt::format("is longer than the horizon \"{}\"",
                                                 format_duration(run.horizon)));
        return;
    }
    if (run.horizon / run.step > most_steps) {
        problems.add(run.at("step"),
                     fmt::format("makes {:.0f} steps; {:.0f} is the most", run.horizon / run.step,
                                 most_steps),
                     fmt::format("write a step of \"{}\" or more",
                                 format_duration(std::ceil(run.horizon / most_steps))));
        return;
    }
    if (!divides(run.step, run.horizon))
        problems.add(
            run.at("step"),
            fmt::format("does not divide the horizon \"{}\"", format_duration(run.horizon)),
            fmt::format("nearest that do: {}",
                        fmt::join(nearest_divisors(run.step, run.horizon), ", ")));
}

/// How a price moves within a step must be known to bridge it.
void check_bridge(Scenario const& scenario, Problems& problems)
{
    for (InstrumentConfig const& instrument : scenario.instruments)
        if (is_dated(instrument.kind))
            problems.add(
                scenario.run.at("bridge"),
                fmt::format("is for perpetuals and loans: \"{}\" has an expiry", instrument.name),
                "write bridge = false, and a shorter step");
    for (VenueConfig const& venue : scenario.venues) {
        if (venue.bands)
            problems.add(scenario.run.at("bridge"),
                         fmt::format("does not know the bands of \"{}\", which are traded on the "
                                     "way from step to step",
                                     venue.name),
                         "write bridge = false, and a shorter step");
        for (OracleConfig const& oracle : venue.oracle)
            problems.add(scenario.run.at("bridge"),
                         fmt::format("is for prices of the market: \"{}\" sees an oracle's of {}",
                                     venue.name, oracle.asset),
                         "write bridge = false, or oracle = [] at the venue");
    }
    for (AssetConfig const& asset : scenario.assets)
        switch (asset.model.value_or(scenario.market.model)) {
            case MarginalModel::heston:
            case MarginalModel::gjr_garch:
            case MarginalModel::historical:
                problems.add(scenario.run.at("bridge"),
                             fmt::format("how {} moves within a step is not known: its model is "
                                         "heston, gjr_garch or historical",
                                         asset.name),
                             "write bridge = false, and a shorter step");
                break;
            default:
                break;
        }
}

void check_stop(StopConfig const& stop, Problems& problems)
{
    if (!stop.deadline.empty() && !parse_instant(stop.deadline) && !parse_clock(stop.deadline))
        problems.add(stop.at("deadline"),
                     fmt::format("\"{}\" is neither an instant nor a time of day", stop.deadline),
                     "write such as \"2025-07-02T06:30:00Z\", \"06:30\" or \"Mon 06:30\"");
}

}  // namespace

void check_run(Scenario const& scenario, Problems& problems)
{
    RunConfig const& run = scenario.run;
    check_steps(run, problems);
    check_stop(scenario.stop, problems);
    if (run.bridge)
        check_bridge(scenario, problems);
    if (run.numeraire.empty())
        problems.add(run.at("numeraire"), "must not be empty");
    else
        check_name(run.numeraire, run.at("numeraire"), problems);
    for (VenueConfig const& venue : scenario.venues)
        if (venue.largest_sensible_step && run.step > *venue.largest_sensible_step)
            problems.warn(run.at("step"),
                          fmt::format("is longer than what the rules of {} are meant for, \"{}\"",
                                      venue.name, format_duration(*venue.largest_sensible_step)),
                          "liquidations come late and larger");
}

}  // namespace brink
