// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/golden_rules.hpp"

namespace brink::test {
namespace {

std::map<std::string, RuleAdapter> all_rules()
{
    std::map<std::string, RuleAdapter> rules = liquidation_price_rules();
    rules.merge(schedule_rules());
    rules.merge(event_rules());
    rules.merge(lending_rules());
    rules.merge(auction_rules());
    rules.merge(grid_rules());
    rules.merge(band_rules());
    rules.merge(pool_rules());
    rules.merge(fee_rules());
    rules.merge(market_rules());
    rules.merge(socialisation_rules());
    return rules;
}

}  // namespace

Answers answer(GoldenRow const& row)
{
    static std::map<std::string, RuleAdapter> const rules = all_rules();
    std::string const full_name = row.venue + "/" + row.rule;
    for (std::string const& name : {row.rule, full_name})
        if (auto const found = rules.find(name); found != rules.end())
            return found->second(row);
    for (auto const& [name, adapter] : rules) {
        bool const any_end = name.ends_with('*');
        std::string const start = any_end ? name.substr(0, name.size() - 1) : name;
        if (any_end && full_name.starts_with(start))
            return adapter(row);
        if (name.ends_with('_') && row.rule.starts_with(name))
            return adapter(row);
    }
    throw NotCovered{"rule " + row.rule};
}

}  // namespace brink::test
