// SPDX-License-Identifier: Apache-2.0
// Oracles of venues.
#include "io/config/duration.hpp"
#include "io/config/oracle_rows.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"
#include "models/margin/oracle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

template<class Row>
bool names_asset(std::vector<Row> const& rows, std::string const& asset)
{
    return std::any_of(rows.begin(), rows.end(),
                       [&](Row const& row) { return row.asset == asset; });
}

bool is_of(InstrumentConfig const& instrument, std::string const& asset)
{
    return instrument.base == asset || instrument.quote == asset || instrument.settlement == asset;
}

bool holds_or_owes(AccountConfig const& account, std::string const& asset)
{
    return std::any_of(account.balances.begin(), account.balances.end(),
                       [&](auto const& balance) { return balance.first == asset; })
           || names_asset(account.loans, asset);
}

/// Whether anything at the venue has to do with the asset.
bool knows(VenueConfig const& venue, std::string const& asset, Scenario const& scenario)
{
    return names_asset(venue.collateral, asset) || names_asset(venue.borrow, asset)
           || std::any_of(scenario.instruments.begin(), scenario.instruments.end(),
                          [&](InstrumentConfig const& instrument) {
                              return instrument.venue == venue.name && is_of(instrument, asset);
                          })
           || std::any_of(scenario.accounts.begin(), scenario.accounts.end(),
                          [&](AccountConfig const& account) {
                              return account.venue == venue.name && holds_or_owes(account, asset);
                          });
}

void check_reads(OracleConfig const& oracle, AssetConfig const& asset, Scenario const& scenario,
                 Problems& problems)
{
    bool const is_peg = asset.model.value_or(scenario.market.model) == MarginalModel::peg;
    if (oracle.reads == OracleReads::reference && !is_peg)
        problems.add(
            oracle.at("reads"), fmt::format("{} is no peg: it follows no other price", asset.name),
            fmt::format("write reads = \"market\", or model = \"peg\" and peg of {}", asset.name));
}

/// A path keeps what is under way: one price for each step of the delay.
void check_delay(OracleConfig const& oracle, RunConfig const& run, Problems& problems)
{
    double const steps = std::ceil(oracle.delay / run.step);
    if (run.step > 0 && steps > max_oracle_delay_steps)
        problems.add(
            oracle.at("delay"),
            fmt::format("\"{}\" is {:.0f} steps; a path keeps a price for each, {} at most",
                        format_duration(oracle.delay), steps, max_oracle_delay_steps),
            fmt::format("write a delay up to \"{}\", or a longer step",
                        format_duration(run.step * max_oracle_delay_steps)));
}

/// Dated contracts and grids have marks of their own, which follow from market prices.
void check_place(OracleConfig const& oracle, VenueConfig const& venue, Scenario const& scenario,
                 Problems& problems)
{
    if (venue.requirement != Requirement::schedules)
        problems.add(oracle.at("asset"),
                     "a grid moves market prices, and so may not stand beside an oracle",
                     "remove the oracle, or write requirement = \"schedules\"");
    for (InstrumentConfig const& instrument : scenario.instruments)
        if (instrument.venue == venue.name && is_dated(instrument.kind)
            && is_of(instrument, oracle.asset))
            problems.add(oracle.at("asset"),
                         fmt::format("\"{}\" has a mark of its own, which follows from the market "
                                     "price of {}",
                                     instrument.name, oracle.asset),
                         "remove the oracle, or list the contract at another venue");
}

/// Its prices stand beside those of the assets, under a name of their own.
void check_row(OracleConfig const& oracle, Scenario const& scenario, References const& assets,
               Problems& problems)
{
    std::string const row = oracle_row_name(oracle, scenario);
    if (assets.contains(row))
        problems.add(oracle.at("asset"),
                     fmt::format("its prices go by the name of an asset, {}", row),
                     "give that asset another name");
}

bool says_nothing(OracleConfig const& oracle)
{
    return oracle.reads == OracleReads::market && !oracle.deviation && !oracle.heartbeat
           && oracle.delay == 0 && !oracle.smoothing && !oracle.growth_cap;
}

}  // namespace

void check_oracles(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    for (VenueConfig const& venue : scenario.venues)
        for (OracleConfig const& oracle : venue.oracle) {
            check_delay(oracle, scenario.run, problems);
            if (!assets.contains(oracle.asset))
                continue;  // reported with the venue's rows
            if (!knows(venue, oracle.asset, scenario))
                problems.add(
                    oracle.at("asset"),
                    fmt::format("nothing at \"{}\" has to do with {}", venue.name, oracle.asset),
                    "name an asset that the venue takes, lends or trades, or remove the oracle");
            check_reads(oracle, scenario.assets[assets.index_of(oracle.asset)], scenario, problems);
            check_place(oracle, venue, scenario, problems);
            check_row(oracle, scenario, assets, problems);
            if (says_nothing(oracle))
                problems.warn(oracle.at("asset"),
                              "has no effect: an oracle without a rule is the market's price",
                              "write deviation = 0.005 and heartbeat = \"PT1H\"");
        }
}

}  // namespace brink
