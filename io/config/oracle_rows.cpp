// SPDX-License-Identifier: Apache-2.0
#include "io/config/oracle_rows.hpp"

#include <algorithm>
#include <tuple>

namespace brink {
namespace {

bool are_alike(OracleConfig const& a, OracleConfig const& b)
{
    auto const terms = [](OracleConfig const& of) {
        return std::tie(of.asset, of.reads, of.deviation, of.heartbeat, of.delay, of.smoothing,
                        of.growth_cap);
    };
    return terms(a) == terms(b);
}

}  // namespace

std::string oracle_row_name(OracleConfig const& oracle, Scenario const& scenario)
{
    std::string venues;
    for (VenueConfig const& venue : scenario.venues)
        if (std::any_of(venue.oracle.begin(), venue.oracle.end(),
                        [&](OracleConfig const& other) { return are_alike(other, oracle); }))
            venues += (venues.empty() ? "" : ",") + venue.name;
    return oracle.asset + '@' + venues;
}

}  // namespace brink
