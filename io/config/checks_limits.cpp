// SPDX-License-Identifier: Apache-2.0
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"
#include "io/config/spelling.hpp"
#include "io/results/outcomes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

namespace brink {
namespace {

/// `scope.outcome.statistic`, of which only the scope may contain dots freely.
struct StatisticName {
    std::string scope, outcome, statistic;
};

/// Split at the last known outcome between two dots; an empty outcome where there is none.
StatisticName split_statistic(std::string const& text)
{
    for (OutcomeInfo const& info : outcome_list) {
        std::string const middle = fmt::format(".{}.", info.name);
        std::size_t const at = text.rfind(middle);
        if (at != std::string::npos)
            return {text.substr(0, at), std::string{info.name}, text.substr(at + middle.size())};
    }
    return {};
}

/// The statistics that an outcome has, by the configured levels.
std::vector<std::string> statistics_of(OutcomeInfo const& info, StatisticsConfig const& config)
{
    OutcomeKind const kind = info.kind;
    if (kind == OutcomeKind::flag)
        return {"prob"};
    std::vector<std::string> names{"mean"};
    if (has_probability(info.name))
        names.emplace_back("prob");
    if (kind == OutcomeKind::money || kind == OutcomeKind::count)
        names.emplace_back("sd");
    if (kind == OutcomeKind::money)
        for (std::string const& level : config.levels) {
            names.push_back("var_" + level);
            names.push_back("es_" + level);
        }
    for (std::string const& quantile : config.quantiles)
        names.push_back("q_" + quantile);
    return names;
}

/// What a scope may name after its colon.
struct NamedScope {
    std::string name;
};

/// Accounts by name; an isolated one is an account per position, `name/instrument`.
std::vector<NamedScope> account_scopes(std::vector<AccountConfig> const& accounts)
{
    std::vector<NamedScope> scopes;
    for (AccountConfig const& account : accounts) {
        if (account.mode == MarginMode::cross)
            scopes.push_back({account.name});
        else
            for (PositionConfig const& position : account.positions)
                scopes.push_back({account.name + '/' + position.instrument});
    }
    return scopes;
}

/// Every group that an account is in.
std::vector<NamedScope> group_scopes(std::vector<AccountConfig> const& accounts)
{
    std::set<std::string> names;
    for (AccountConfig const& account : accounts)
        for (auto const& [column, value] : account.groups)
            names.insert(fmt::format("{}={}", column, value));
    std::vector<NamedScope> scopes;
    for (std::string const& name : names)
        scopes.push_back({name});
    return scopes;
}

/// What the scopes of limits may name.
struct ScopeNames {
    References accounts, groups, regimes, stresses;
};

void check_scope(std::string const& scope, Where const& where, ScopeNames const& known,
                 Problems& problems)
{
    if (scope == "book")
        return;
    if (scope.starts_with("account:"))
        known.accounts.require(scope.substr(8), where, problems);
    else if (scope.starts_with("group:"))
        known.groups.require(scope.substr(6), where, problems);
    else if (scope.starts_with("regime:"))
        known.regimes.require(scope.substr(7), where, problems);
    else if (scope.starts_with("scenario:"))
        known.stresses.require(scope.substr(9), where, problems);
    else
        problems.add(where, fmt::format("unknown scope \"{}\"", scope),
                     "scopes are book, account:<name>, of isolated accounts "
                     "account:<name>/<instrument>, group:<column>=<value>, "
                     "regime:<name> and scenario:<name>");
}

void check_scopes_of_sweep(SweepConfig const& sweep, ScopeNames const& known, Problems& problems)
{
    if (sweep.scopes.empty())
        problems.add(sweep.at("scopes"), "is empty: points would have no statistics",
                     "write scopes = [\"book\"], or leave it out");
    std::set<std::string> seen;
    for (std::string const& scope : sweep.scopes) {
        if (!seen.insert(scope).second)
            problems.add(sweep.at("scopes"), fmt::format("\"{}\" is listed twice", scope));
        else if (scope.starts_with("scenario:"))
            problems.add(sweep.at("scopes"), "a point has no stress scenarios",
                         "let an axis set what the scenario sets");
        else
            check_scope(scope, sweep.at("scopes"), known, problems);
    }
}

void check_limit(LimitConfig const& limit, Scenario const& scenario, ScopeNames const& scopes,
                 Problems& problems)
{
    StatisticName const name = split_statistic(limit.statistic);
    if (name.outcome.empty()) {
        std::vector<std::string> outcomes;
        for (OutcomeInfo const& info : outcome_list)
            outcomes.emplace_back(info.name);
        std::size_t const dot = limit.statistic.find('.');
        std::string word = limit.statistic.substr(dot == std::string::npos ? 0 : dot + 1);
        word = word.substr(0, word.find('.'));
        problems.add(limit.where, fmt::format("\"{}\" names no known outcome", limit.statistic),
                     fmt::format("{}; write scope.outcome.statistic such as \"book.loss.es_0.99\"",
                                 advise(word, outcomes, "outcome")));
        return;
    }
    check_scope(name.scope, limit.where, scopes, problems);
    auto const info = std::find_if(outcome_list.begin(), outcome_list.end(),
                                   [&](OutcomeInfo const& o) { return o.name == name.outcome; });
    auto const known = statistics_of(*info, scenario.statistics);
    if (std::find(known.begin(), known.end(), name.statistic) == known.end())
        problems.add(limit.where,
                     fmt::format("unknown statistic \"{}\" of {}", name.statistic, name.outcome),
                     fmt::format("{}; levels are those of [statistics]",
                                 advise(name.statistic, known, "statistic")));
}

void check_statistics(StatisticsConfig const& statistics, Problems& problems)
{
    double const tail_from = std::strtod(statistics.tail_from.c_str(), nullptr);
    for (std::string const& level : statistics.levels)
        if (std::strtod(level.c_str(), nullptr) < tail_from)
            problems.add(statistics.at("levels"),
                         fmt::format("level {} lies below tail_from {}: exact values are kept from "
                                     "there on only",
                                     level, statistics.tail_from),
                         fmt::format("write tail_from = {}", level));
}

}  // namespace

void check_limits(Scenario const& scenario, Problems& problems)
{
    check_statistics(scenario.statistics, problems);
    ScopeNames const scopes{References{"account", account_scopes(scenario.accounts)},
                            References{"group", group_scopes(scenario.accounts)},
                            References{"regime", scenario.market.regimes},
                            References{"scenario", scenario.stresses}};
    for (LimitConfig const& limit : scenario.limits)
        check_limit(limit, scenario, scopes, problems);
    if (scenario.sweep)
        check_scopes_of_sweep(*scenario.sweep, scopes, problems);
}

}  // namespace brink
