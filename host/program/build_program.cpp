// SPDX-License-Identifier: Apache-2.0
#include "host/program/build_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "brink/asset_counts.hpp"
#include "host/program/account_builder.hpp"
#include "host/program/bridge_builder.hpp"
#include "host/program/carry_builder.hpp"
#include "host/program/contract_builder.hpp"
#include "host/program/group_builder.hpp"
#include "host/program/market_builder.hpp"
#include "host/program/oracle_builder.hpp"
#include "host/program/owner_builder.hpp"
#include "host/program/program_checks.hpp"
#include "models/market/market_memory.hpp"

namespace brink {
namespace {

constexpr int compiled_counts[] = {
#define BRINK_LIST_COUNT(n) n,
    BRINK_FOR_EACH_ASSET_COUNT(BRINK_LIST_COUNT)
#undef BRINK_LIST_COUNT
};

/// Least compiled count that holds `assets`; 0: none does.
int pad_assets(std::size_t assets)
{
    int padded = 0;
    for (int const count : compiled_counts)
        if (static_cast<std::size_t>(count) >= assets && (padded == 0 || count < padded))
            padded = count;
    return padded;
}

ProgramClock make_clock(RunConfig const& run)
{
    return {{static_cast<std::uint32_t>(run.seed), static_cast<std::uint32_t>(run.seed >> 32)},
            count_steps(run),
            run.step,
            run.as_of};
}

template<class Row>
std::vector<std::string> names_of(std::vector<Row> const& rows)
{
    std::vector<std::string> names;
    for (Row const& row : rows)
        names.push_back(row.name);
    return names;
}

ProgramNames make_names(Scenario const& scenario, ProgramDraft const& draft)
{
    ProgramNames names{names_of(scenario.assets),
                       names_of(scenario.instruments),
                       names_of(scenario.venues),
                       draft.regime_names,
                       {},
                       names_of(draft.owners),
                       names_of(draft.accounts),
                       {},
                       {},
                       {"book"},
                       {},
                       {}};
    for (CarryFactor<double> const& factor : draft.carry_factors)
        names.carry_factors.push_back(
            name_carry_factor(factor.kind, names.assets[static_cast<std::size_t>(factor.asset)]));
    for (AccountDraft const& account : draft.accounts) {
        names.account_config.push_back(account.config_idx);
        names.account_columns.push_back(account.column_scope);
        if (account.column_scope > 0)
            names.scopes.push_back("account:" + account.name);
        auto& assets = names.holding_assets.emplace_back();
        for (Holding<double> const& holding : account.holdings)
            assets.push_back(holding.asset);
        auto& instruments = names.position_instruments.emplace_back();
        for (Position<double> const& position : account.positions)
            instruments.push_back(position.instrument);
    }
    for (GroupDraft const& group : draft.groups)
        names.scopes.push_back("group:" + group.name);
    for (std::string const& regime : draft.regime_names)
        names.scopes.push_back("regime:" + regime);
    return names;
}

/// Rules, accounts and owners of the scenario, checked.
ProgramDraft make_draft(Scenario const& scenario, std::vector<std::string>& assumptions,
                        Problems& problems)
{
    ScenarioIndex const index{scenario};
    ProgramDraft draft;
    check_positions(scenario, index, problems);
    RulePlaces const places = build_rules(scenario, index, draft, assumptions);
    draft.accounts = build_accounts(scenario, index, places, draft, problems);
    build_oracles(scenario, index, draft);
    if (std::size_t const without = build_owners(scenario, index, max_account_columns, draft);
        without > 0)
        problems.warn(scenario.accounts.front().where,
                      fmt::format("{} accounts get no statistics of their own: {} is the most",
                                  without, max_account_columns));
    if (std::size_t const without = build_groups(scenario, max_groups, draft); without > 0)
        problems.warn(
            scenario.accounts.front().where,
            fmt::format("{} groups get no statistics of their own: {} is the most", without,
                        max_groups),
            "a column with a value per account, such as a client number, makes no groups");
    check_units(scenario, draft, problems);
    check_responses(scenario, index, draft, problems);
    check_limit_scopes(scenario, draft, problems);
    record_evidence(scenario, assumptions);
    record_free_borrowing(scenario, draft, assumptions);
    return draft;
}

/// The tables, or nothing where they do not fit into one block.
template<class T>
std::optional<ProgramTables<T>> make_tables(ProgramDraft const& draft, Scenario const& scenario,
                                            Problems& problems)
{
    try {
        return ProgramTables<T>{draft, make_clock(scenario.run)};
    } catch (std::length_error const& error) {
        problems.add(scenario.run.where, error.what(), "use fewer accounts or positions",
                     ExitCode::unavailable);
        return std::nullopt;
    }
}

}  // namespace

template<class T>
std::optional<BuiltProgram<T>> build_program(Scenario const& written, Problems& problems)
{
    Scenario const scenario = add_oracle_rows(add_contract_rows(written));
    std::size_t const before = problems.problems().size();
    auto const failed = [&] { return problems.problems().size() > before; };
    MarketNotes notes;
    check_sizes(scenario, *std::max_element(std::begin(compiled_counts), std::end(compiled_counts)),
                problems);
    if (failed())
        return std::nullopt;
    auto const market = build_market<T>(scenario, problems, notes);
    if (!market)
        return std::nullopt;
    ProgramDraft draft = make_draft(scenario, notes.assumptions, problems);
    draft.regimes = std::move(notes.regimes);
    draft.phases = std::move(notes.phases);
    draft.shocks = std::move(notes.shocks);
    draft.history = std::move(notes.history);
    draft.mixings = std::move(notes.mixings);
    draft.copula = std::move(notes.copula);
    draft.regime_names = names_of(scenario.market.regimes);
    draft.market_fields = MarketLayout{*market}.size();
    draft.bridge = build_bridge(scenario, *market);
    auto tables = failed() ? std::nullopt : make_tables<T>(draft, scenario, problems);
    if (!tables)
        return std::nullopt;

    OpeningValues opening = open_accounts(BookState<T>{tables->view(), market->initial_price});
    tables->set_opening_values(opening.nav_of_accounts, opening.value_of_owners);
    warn_of_breaches(scenario, draft, opening, problems);
    warn_of_exchanges(scenario, draft, problems);
    warn_of_low_targets(scenario, draft, opening, problems);
    double const value =
        std::accumulate(opening.value_of_owners.begin(), opening.value_of_owners.end(), 0.0);
    std::vector<std::string> warnings;
    for (Problem const& warning : problems.warnings())
        warnings.push_back(format_problem(warning, "warning"));
    return BuiltProgram<T>{std::move(*tables),
                           *market,
                           make_names(scenario, draft),
                           pad_assets(scenario.assets.size()),
                           std::move(opening),
                           value,
                           std::move(warnings),
                           std::move(notes.assumptions),
                           std::move(notes.correlation_repairs)};
}

template std::optional<BuiltProgram<float>> build_program<float>(Scenario const&, Problems&);
template std::optional<BuiltProgram<double>> build_program<double>(Scenario const&, Problems&);

}  // namespace brink
