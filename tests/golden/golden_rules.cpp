// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/golden_rules.hpp"

namespace brink::test {
namespace {

std::map<std::string, RuleAdapter> all_rules()
{
    std::map<std::string, RuleAdapter> rules = liquidation_price_rules();
    rules.merge(schedule_rules());
    rules.merge(event_rules());
    return rules;
}

}  // namespace

Answers answer(GoldenRow const& row)
{
    static std::map<std::string, RuleAdapter> const rules = all_rules();
    if (auto const found = rules.find(row.rule); found != rules.end())
        return found->second(row);
    for (auto const& [name, adapter] : rules)
        if (name.ends_with('_') && row.rule.starts_with(name))
            return adapter(row);
    throw NotCovered{"rule " + row.rule};
}

}  // namespace brink::test
