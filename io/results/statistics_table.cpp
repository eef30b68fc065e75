// SPDX-License-Identifier: Apache-2.0
#include "io/results/statistics_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

namespace brink {
namespace {

std::vector<std::string> names_of(std::vector<Estimate> const& estimates)
{
    std::vector<std::string> names;
    for (Estimate const& estimate : estimates)
        names.push_back(estimate.name);
    return names;
}

std::vector<std::string> names_of(std::vector<OutcomeResult> const& outcomes)
{
    std::vector<std::string> names;
    for (OutcomeResult const& outcome : outcomes)
        names.push_back(outcome.outcome);
    return names;
}

void require_unique(std::vector<std::string> names, std::string const& where)
{
    std::sort(names.begin(), names.end());
    auto const twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end())
        throw std::invalid_argument{"'" + *twice + "' occurs twice in " + where};
}

void label(StatisticsTable& table, std::vector<ScopeResult> const& scopes)
{
    for (ScopeResult const& scope : scopes) {
        table.scopes.push_back(scope.scope);
        require_unique(names_of(scope.outcomes), "scope " + scope.scope);
        merge_names(table.outcomes, names_of(scope.outcomes));
        for (OutcomeResult const& outcome : scope.outcomes) {
            require_unique(names_of(outcome.statistics), "outcome " + outcome.outcome);
            merge_names(table.statistics, names_of(outcome.statistics));
        }
    }
    require_unique(table.scopes, "the scopes");
    if (!table.outcomes.empty() && table.statistics.empty())
        table.statistics.emplace_back("mean");  // an axis has a label, even if no cell is filled
}

void fill_cell(StatisticsTable& table, std::size_t cell, Estimate const& estimate)
{
    table.value[cell] = estimate.value;
    table.se[cell] = estimate.se;
    table.lo[cell] = estimate.lo;
    table.hi[cell] = estimate.hi;
    table.n_tail[cell] = estimate.n_tail;
    table.computed[cell] = 1;
    table.flag[cell] = estimate.flag;
    table.difference[cell] = estimate.difference;
    table.difference_se[cell] = estimate.difference_se;
}

void fill_outcome(StatisticsTable& table, std::size_t scope, OutcomeResult const& outcome)
{
    std::size_t const o = index_of(table.outcomes, outcome.outcome);
    if (!table.unit[o].empty() && table.unit[o] != outcome.unit)
        throw std::invalid_argument{"outcome '" + outcome.outcome + "' has two units"};
    table.unit[o] = outcome.unit;
    std::size_t const pair = scope * table.outcomes.size() + o;
    table.count[pair] = outcome.count;
    table.reported[pair] = 1;
    for (Estimate const& estimate : outcome.statistics) {
        std::size_t const position = index_of(table.statistics, estimate.name);
        fill_cell(table, pair * table.statistics.size() + position, estimate);
    }
}

OutcomeResult outcome_at(StatisticsTable const& table, std::size_t pair)
{
    std::size_t const o = pair % table.outcomes.size();
    OutcomeResult outcome{table.outcomes[o], table.unit[o], table.count[pair], {}, {}};
    for (std::size_t i = 0; i < table.statistics.size(); ++i) {
        std::size_t const cell = pair * table.statistics.size() + i;
        if (table.computed[cell] != 0) {
            outcome.statistics.push_back({table.statistics[i], table.value[cell], table.se[cell],
                                          table.lo[cell], table.hi[cell], table.n_tail[cell],
                                          table.flag[cell], table.difference[cell],
                                          table.difference_se[cell]});
        }
    }
    return outcome;
}

}  // namespace

void StatisticsTable::resize()
{
    for (std::vector<double>* const column : {&value, &se, &lo, &hi, &difference, &difference_se})
        column->resize(cells(), not_available);
    n_tail.resize(cells());
    computed.resize(cells());
    flag.resize(cells());
    count.resize(pairs());
    reported.resize(pairs());
    unit.resize(outcomes.size());
}

bool StatisticsTable::has_differences() const
{
    return std::any_of(difference.begin(), difference.end(),
                       [](double number) { return !std::isnan(number); });
}

StatisticsTable tabulate(std::vector<ScopeResult> const& scopes)
{
    StatisticsTable table;
    label(table, scopes);
    table.resize();
    for (std::size_t s = 0; s < scopes.size(); ++s) {
        for (OutcomeResult const& outcome : scopes[s].outcomes)
            fill_outcome(table, s, outcome);
    }
    return table;
}

std::vector<ScopeResult> scopes_of(StatisticsTable const& table)
{
    std::vector<ScopeResult> scopes;
    for (std::string const& scope : table.scopes)
        scopes.push_back({scope, {}, {}});
    for (std::size_t pair = 0; pair < table.pairs(); ++pair) {
        if (table.reported[pair] != 0)
            scopes[pair / table.outcomes.size()].outcomes.push_back(outcome_at(table, pair));
    }
    return scopes;
}

StatisticName::StatisticName(std::string const& name) : kind{name}
{
    std::size_t const bar = name.rfind('_');
    if (bar == std::string::npos || bar + 1 == name.size())
        return;
    char* end = nullptr;
    double const number = std::strtod(name.c_str() + bar + 1, &end);
    if (*end == '\0') {
        kind = name.substr(0, bar);
        level = number;
    }
}

void merge_names(std::vector<std::string>& all, std::vector<std::string> const& list)
{
    auto const known = [&](std::string const& name) { return index_of(all, name) < all.size(); };
    auto const first_known = std::find_if(list.begin(), list.end(), known);
    std::size_t next = first_known == list.end() ? all.size() : index_of(all, *first_known);
    for (std::string const& name : list) {
        std::size_t position = index_of(all, name);
        if (position == all.size()) {
            position = next;
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(position), name);
        }
        next = position + 1;
    }
}

std::size_t index_of(std::vector<std::string> const& names, std::string_view name)
{
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace brink
