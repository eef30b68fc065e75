// SPDX-License-Identifier: Apache-2.0
// When a venue exchanges balances below zero, and what it sells for them.
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>

#include <set>
#include <string>

namespace brink {
namespace {

void check_sale_order(AutoExchangeConfig const& rule, References const& assets, Problems& problems)
{
    Where const where = rule.at("order");
    std::set<std::string> named;
    for (std::string const& name : rule.order)
        if (assets.require(name, where, problems) && !named.insert(name).second)
            problems.add(where, fmt::format("\"{}\" is named twice", name), "remove one of them");
    if (!rule.order.empty() && rule.sale == BalanceSales::pro_rata)
        problems.add(where, "sale = \"pro_rata\" sells the same share of every balance",
                     "remove it, or write sale = \"in_order\"");
}

}  // namespace

void check_exchanges(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    for (VenueConfig const& venue : scenario.venues) {
        if (!venue.auto_exchange)
            continue;
        AutoExchangeConfig const& rule = *venue.auto_exchange;
        if (is_lending(venue))
            problems.add(venue.at("auto_exchange"),
                         "is for balances that losses and funding bring below zero: loans are "
                         "repaid by liquidation",
                         "remove it, or write health = \"margin\"");
        if (!rule.threshold && !rule.loan_to_value && !rule.at_liquidation)
            problems.add(venue.at("auto_exchange"),
                         "says when nothing is exchanged: it has no threshold, no loan_to_value "
                         "and no at_liquidation",
                         "write threshold = 10_000");
        check_sale_order(rule, assets, problems);
    }
}

}  // namespace brink
