// SPDX-License-Identifier: Apache-2.0
// Dated futures and options.
#include "io/config/config_words.hpp"
#include "io/config/instrument_names.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace brink {
namespace {

std::string_view word_of(InstrumentKind kind)
{
    return Words<InstrumentKind>::list[static_cast<std::size_t>(kind)];
}

/// A key that this kind of instrument does not use.
void refuse(InstrumentConfig const& instrument, char const* key, bool is_set, Problems& problems)
{
    if (is_set)
        problems.add(instrument.at(key),
                     fmt::format("kind = \"{}\" does not use it", word_of(instrument.kind)),
                     "remove it");
}

void check_expiry(InstrumentConfig const& instrument, Scenario const& scenario, Problems& problems)
{
    if (!instrument.expiry && !instrument.has("expiry"))
        problems.add(instrument.at("expiry"),
                     fmt::format("kind = \"{}\" needs its expiry", word_of(instrument.kind)),
                     "write expiry = 2027-03-26T08:00:00Z");
    else if (instrument.expiry && scenario.run.as_of != 0
             && *instrument.expiry <= scenario.run.as_of)
        problems.add(instrument.at("expiry"), "is not after run.as_of: the contract has expired",
                     "remove the instrument and its positions");
}

void check_option(InstrumentConfig const& instrument, Scenario const& scenario, Problems& problems)
{
    if (!instrument.strike && !instrument.has("strike"))
        problems.add(instrument.at("strike"), "an option needs its strike",
                     "write it in quote per base: strike = 100_000");
    auto const base =
        std::find_if(scenario.assets.begin(), scenario.assets.end(),
                     [&](AssetConfig const& asset) { return asset.name == instrument.base; });
    bool const moves = base != scenario.assets.end() && base->implied_volatility.has_value();
    if (!instrument.volatility && !instrument.has("volatility") && !moves)
        problems.add(
            instrument.at("volatility"),
            fmt::format("nothing says at what implied volatility \"{}\" trades", instrument.name),
            fmt::format("write volatility = 0.6, or implied_volatility of {}", instrument.base));
    if (!instrument.settlement.empty() && instrument.settlement != instrument.quote
        && instrument.settlement != instrument.base)
        problems.add(instrument.at("settlement"), "an option settles in its quote or its base",
                     fmt::format("write \"{}\" or \"{}\"", instrument.quote, instrument.base));
}

void check_terms(InstrumentConfig const& instrument, Scenario const& scenario, Problems& problems)
{
    if (is_dated(instrument.kind)) {
        check_expiry(instrument, scenario, problems);
        refuse(instrument, "funding_rate_per_interval", instrument.funding_rate_per_interval != 0,
               problems);
        if (References{"asset", scenario.assets}.contains(instrument.name))
            problems.add(instrument.at("name"),
                         "a dated contract has a price of its own, and so may not have the name of "
                         "an asset",
                         fmt::format("write \"{}-{}\"", instrument.name, word_of(instrument.kind)));
    } else {
        refuse(instrument, "expiry", instrument.expiry.has_value(), problems);
        refuse(instrument, "basis", instrument.basis != 0, problems);
    }
    if (is_option(instrument.kind)) {
        check_option(instrument, scenario, problems);
    } else {
        refuse(instrument, "strike", instrument.strike.has_value(), problems);
        refuse(instrument, "volatility", instrument.volatility.has_value(), problems);
    }
}

/// Options by the formula, everything else by brackets.
void check_schedule(ScheduleConfig const& schedule, std::string const& venue,
                    InstrumentNames const& instruments, Problems& problems)
{
    bool const by_formula = schedule.kind == ScheduleKind::short_option;
    if (by_formula && !schedule.option && !schedule.has("option"))
        problems.add(schedule.at("option"), "kind = \"short_option\" needs its rates",
                     "write option = { initial_rate = 0.15, maintenance_rate = 0.075 }");
    if (!by_formula && schedule.option)
        problems.add(schedule.at("option"), "is for kind = \"short_option\"",
                     "remove it, or write kind = \"short_option\"");
    if (by_formula && !schedule.tiers.empty())
        problems.add(schedule.at("tiers"), "kind = \"short_option\" has no brackets",
                     "remove them");
    if (schedule.option) {
        OptionMarginConfig const& option = *schedule.option;
        if (std::max(option.initial_rate, option.initial_least) < option.maintenance_rate)
            problems.add(option.at("initial_rate"),
                         fmt::format("{} is below the maintenance rate {}", option.initial_rate,
                                     option.maintenance_rate));
    }
    for (std::string const& name : schedule.instruments) {
        InstrumentConfig const* const instrument = instruments.find(venue, name);
        if (instrument != nullptr && is_option(instrument->kind) != by_formula)
            problems.add(schedule.at("instruments"),
                         fmt::format("\"{}\" is {}", name,
                                     by_formula ? "no option" : "an option, which has no brackets"),
                         by_formula ? "give it a schedule of brackets"
                                    : "write kind = \"short_option\", or requirement = \"grid\"");
    }
}

}  // namespace

void check_contracts(Scenario const& scenario, Problems& problems)
{
    for (InstrumentConfig const& instrument : scenario.instruments)
        check_terms(instrument, scenario, problems);
    InstrumentNames const instruments{scenario.instruments};
    for (VenueConfig const& venue : scenario.venues)
        for (ScheduleConfig const& schedule : venue.schedules)
            check_schedule(schedule, venue.name, instruments, problems);
}

}  // namespace brink
