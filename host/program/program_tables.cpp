// SPDX-License-Identifier: Apache-2.0
#include "host/program/program_tables.hpp"

#include <algorithm>

#include "host/program/narrow_rows.hpp"
#include "models/market/narrow_market.hpp"
#include "models/path/record.hpp"

namespace brink {
namespace {

/// The fan keeps at most this many times.
constexpr std::int32_t max_fan_times = 256;

template<class T, template<class> class Row>
Slice<Row<T>> append_as(TableBlock& block, std::vector<Row<double>> const& rows)
{
    std::vector<Row<T>> narrowed;
    narrowed.reserve(rows.size());
    for (Row<double> const& row : rows)
        narrowed.push_back(narrow<T>(row));
    return block.append(narrowed);
}

template<class T>
ScenarioGrid<T> append_grid(TableBlock& block, GridDraft const& from)
{
    std::vector<Contingency<T>> contingencies;
    for (ContingencyDraft const& row : from.contingencies)
        contingencies.push_back({row.terms.base, row.terms.is_floor, static_cast<T>(row.terms.rate),
                                 append_as<T>(block, row.scaling)});
    ScenarioGrid<double> const& grid = from.grid;
    return {append_as<T>(block, from.scenarios),
            block.append(contingencies),
            static_cast<T>(grid.reference_years),
            static_cast<T>(grid.least_years),
            static_cast<T>(grid.short_power),
            static_cast<T>(grid.long_power),
            static_cast<T>(grid.initial_factor),
            static_cast<T>(grid.maintenance_factor),
            append_as<T>(block, from.spots),
            static_cast<T>(grid.largest_spot),
            grid.sold_ends,
            grid.bought_ends,
            grid.linear_ends};
}

template<class T>
RulesView<T> append_rules(TableBlock& block, ProgramDraft const& draft)
{
    std::vector<CollateralCurve<T>> curves;
    for (CurveDraft const& from : draft.curves)
        curves.push_back({append_as<T>(block, from.slabs), from.curve.unit, from.curve.par,
                          from.curve.initial_only});
    std::vector<MarginSchedule<T>> schedules;
    for (ScheduleDraft const& from : draft.schedules)
        schedules.push_back(
            {append_as<T>(block, from.tiers), from.schedule.shape, from.schedule.unit,
             from.schedule.basis, static_cast<T>(from.schedule.close_fee_rate),
             static_cast<T>(from.schedule.option_initial),
             static_cast<T>(from.schedule.option_least),
             static_cast<T>(from.schedule.option_maintenance),
             static_cast<T>(from.schedule.open_interest),
             static_cast<T>(from.schedule.open_interest_from),
             static_cast<T>(from.schedule.open_interest_slope), from.schedule.put_follows_mark});
    std::vector<ScenarioGrid<T>> grids;
    for (GridDraft const& from : draft.grids)
        grids.push_back(append_grid<T>(block, from));
    return {block.append(curves), block.append(schedules), append_as<T>(block, draft.ladders),
            block.append(grids), append_as<T>(block, draft.contracts)};
}

Slice<Venue> append_venues(TableBlock& block, ProgramDraft const& draft)
{
    std::vector<Venue> venues = draft.venues;
    for (std::size_t v = 0; v < draft.sale_orders.size(); ++v)
        if (!draft.sale_orders[v].empty())
            venues[v].sale.order = block.append(draft.sale_orders[v]);
    return block.append(venues);
}

Slice<BonusTerms> append_bonuses(TableBlock& block, ProgramDraft const& draft)
{
    std::vector<BonusTerms> bonuses;
    for (CurveDraft const& from : draft.curves)
        bonuses.push_back(from.bonus);
    return block.append(bonuses);
}

/// Fields of the workspace that one account or owner begins at.
struct FieldCounter {
    std::int32_t mirror{0};
    std::int32_t record{0};
};

bool prices_by_oracle(ProgramDraft const& draft, AccountDraft const& account)
{
    auto const is_row = [&](std::int32_t row) {
        return std::any_of(draft.oracles.begin(), draft.oracles.end(),
                           [&](Oracle<double> const& oracle) { return oracle.row == row; });
    };
    return std::any_of(account.holdings.begin(), account.holdings.end(),
                       [&](Holding<double> const& holding) { return is_row(holding.margin_row); })
           || std::any_of(account.positions.begin(), account.positions.end(),
                          [&](Position<double> const& position) {
                              return is_row(position.margin.a) || is_row(position.margin.b);
                          });
}

/// Whether an account's nav may fall below zero where its venue sees no breach: a coin counts at
/// par, an oracle prices it, or a loan is left alone with less collateral than debt.
bool may_count_for_more(ProgramDraft const& draft, AccountDraft const& account)
{
    Ladder<double> const& ladder = draft.ladders[static_cast<std::size_t>(account.venue)];
    if (ladder.health == HealthRule::collateral_over_debt
        && std::max(ladder.call_health, ladder.liquidation_health) <= 1.0)
        return true;
    return prices_by_oracle(draft, account)
           || std::any_of(
               account.holdings.begin(), account.holdings.end(),
               [&](Holding<double> const& holding) {
                   return holding.curve >= 0
                          && draft.curves[static_cast<std::size_t>(holding.curve)].curve.par != 0;
               });
}

/// Account::watches_debts
std::int32_t watch_of_debts(ProgramDraft const& draft, AccountDraft const& account)
{
    ExchangeTerms const& terms = draft.venues[static_cast<std::size_t>(account.venue)].exchange;
    if (terms.threshold == no_exchange && terms.loan_to_value == no_exchange)
        return 0;
    return std::any_of(account.holdings.begin(), account.holdings.end(),
                       [](Holding<double> const& holding) { return holding.debt > 0.0; })
               ? 2
               : 1;
}

template<class T>
Slice<Account<T>> append_accounts(TableBlock& block, ProgramDraft const& draft,
                                  FieldCounter& fields)
{
    std::vector<Account<T>> accounts;
    for (AccountDraft const& from : draft.accounts) {
        Account<T> account{append_as<T>(block, from.holdings),
                           append_as<T>(block, from.positions),
                           block.append(from.carry_terms),
                           from.venue,
                           from.owner,
                           from.column_scope,
                           may_count_for_more(draft, from) ? 1 : 0,
                           watch_of_debts(draft, from),
                           fields.mirror,
                           fields.record,
                           narrow<T>(from.bands)};
        fields.mirror += MirrorLayout{account}.size();
        fields.record += AccountLayout{account}.size();
        accounts.push_back(account);
    }
    return block.append(accounts);
}

Slice<Owner> append_owners(TableBlock& block, ProgramDraft const& draft, FieldCounter& fields)
{
    OwnerLayout const layout{static_cast<std::int32_t>(draft.assets.size())};
    std::vector<Owner> owners;
    for (OwnerDraft const& from : draft.owners) {
        std::vector<ResponseRule> rules;
        for (ResponseDraft const& response : from.responses) {
            rules.push_back(response.rule);
            rules.back().outages = block.append(response.outages);
        }
        std::int32_t const max_transfers = 16 + 2 * from.num_accounts;
        owners.push_back({from.first_account, from.num_accounts, fields.record, max_transfers,
                          block.append(from.reserve), block.append(rules), 0.0});
        fields.record += layout.size(max_transfers);
    }
    return block.append(owners);
}

std::int32_t count_account_scopes(ProgramDraft const& draft)
{
    std::int32_t last = 0;
    for (AccountDraft const& account : draft.accounts)
        last = std::max(last, account.column_scope);
    return last;
}

/// Per account, the groups that it is in. Groups have the scopes from `first_scope` on.
Slice<Slice<GroupMember>> append_groups(TableBlock& block, ProgramDraft const& draft,
                                        std::int32_t first_scope)
{
    if (draft.groups.empty())
        return {};
    std::vector<std::vector<GroupMember>> members(draft.accounts.size());
    for (std::size_t g = 0; g < draft.groups.size(); ++g) {
        std::int32_t last_owner = -1;  // accounts stand sorted by owner
        for (std::int32_t const a : draft.groups[g].accounts) {
            std::int32_t const owner = draft.accounts[static_cast<std::size_t>(a)].owner;
            members[static_cast<std::size_t>(a)].push_back(
                {first_scope + static_cast<std::int32_t>(g), owner != last_owner ? 1 : 0});
            last_owner = owner;
        }
    }
    std::vector<Slice<GroupMember>> slices;
    for (std::vector<GroupMember> const& list : members)
        slices.push_back(list.empty() ? Slice<GroupMember>{} : block.append(list));
    return block.append(slices);
}

/// Tables of the market: none where there are no rows. \param narrow `narrow(row)`, in type T
template<class Wide, class Narrow>
auto append_market(TableBlock& block, std::vector<Wide> const& wide, Narrow narrow)
{
    std::vector<decltype(narrow(wide.front()))> list;
    for (Wide const& row : wide)
        list.push_back(narrow(row));
    return list.empty() ? decltype(block.append(list)){} : block.append(list);
}

template<class T>
Slice<T> append_history(TableBlock& block, std::vector<double> const& wide)
{
    std::vector<T> const list(wide.begin(), wide.end());
    return list.empty() ? Slice<T>{} : block.append(list);
}

std::int32_t count_borrow_rates(ProgramDraft const& draft)
{
    return static_cast<std::int32_t>(
        std::count_if(draft.carry_factors.begin(), draft.carry_factors.end(),
                      [](auto const& factor) { return factor.kind == CarryKind::borrow; }));
}

/// \param fields of Workspace::carry so far; those of the oracles follow
template<class T>
Slice<Oracle<T>> append_oracles(TableBlock& block, ProgramDraft const& draft, std::int32_t& fields)
{
    std::vector<Oracle<double>> oracles = draft.oracles;
    for (Oracle<double>& oracle : oracles) {
        oracle.first_field = fields;
        fields += OracleFields::size(oracle.delay_steps);
    }
    return oracles.empty() ? Slice<Oracle<T>>{} : append_as<T>(block, oracles);
}

bool has_account_without_columns(ProgramDraft const& draft)
{
    return std::any_of(draft.accounts.begin(), draft.accounts.end(),
                       [](AccountDraft const& account) { return account.column_scope < 0; });
}

}  // namespace

template<class T>
ProgramTables<T>::ProgramTables(ProgramDraft const& draft, ProgramClock const& clock) : layout_{}
{
    layout_.key = clock.key;
    layout_.num_assets = static_cast<std::int32_t>(draft.assets.size());
    layout_.num_steps = clock.num_steps;
    layout_.step_seconds = clock.step_seconds;
    layout_.as_of = clock.as_of;
    layout_.assets = block_.append(draft.assets);
    layout_.instruments = block_.append(draft.instruments);
    layout_.carry_slots = block_.append(draft.carry_slots);
    layout_.venues = append_venues(block_, draft);
    layout_.bonuses = append_bonuses(block_, draft);
    layout_.rules = append_rules<T>(block_, draft);
    layout_.exact_rules = append_rules<double>(block_, draft);

    FieldCounter fields;
    layout_.accounts = append_accounts<T>(block_, draft, fields);
    FieldCounter same_fields;
    layout_.exact_accounts = append_accounts<double>(block_, draft, same_fields);
    layout_.owners = append_owners(block_, draft, fields);
    layout_.mirror_fields = fields.mirror;
    layout_.record_fields = fields.record;
    layout_.market_fields = draft.market_fields;
    layout_.opening_nav = block_.append(std::vector<double>(draft.accounts.size(), 0.0));

    layout_.num_account_scopes = count_account_scopes(draft);
    layout_.first_regime_scope =
        1 + layout_.num_account_scopes + static_cast<std::int32_t>(draft.groups.size());
    layout_.regimes = append_market(block_, draft.regimes, narrow_regime<T>);
    layout_.phases = block_.append(draft.phases);
    layout_.shocks = append_market(block_, draft.shocks, narrow_shock<T>);
    layout_.history = append_history<T>(block_, draft.history);
    layout_.mixings = append_market(block_, draft.mixings, narrow_mixing<T>);
    layout_.copula = append_market(block_, draft.copula, narrow_copula<T>);
    layout_.carry_factors = append_market(block_, draft.carry_factors, narrow_carry<T>);
    layout_.bridge = draft.bridge.empty() ? Slice<double>{} : block_.append(draft.bridge);
    layout_.first_contract_field = 2 * layout_.carry_slots.size + count_borrow_rates(draft);
    layout_.carry_fields =
        layout_.first_contract_field
        + ContractFields::size(static_cast<std::int32_t>(draft.contracts.size()));
    layout_.oracles = append_oracles<T>(block_, draft, layout_.carry_fields);
    layout_.num_scopes =
        layout_.first_regime_scope + static_cast<std::int32_t>(draft.regime_names.size());
    layout_.groups_of = append_groups(block_, draft, 1 + layout_.num_account_scopes);
    layout_.account_table = has_account_without_columns(draft) ? 1 : 0;
    layout_.fan_stride = clock.num_steps / max_fan_times + 1;
    layout_.fan_times = clock.num_steps / layout_.fan_stride + 1;
}

template<class T>
void ProgramTables<T>::set_opening_values(std::span<double const> nav_of_accounts,
                                          std::span<double const> value_of_owners)
{
    block_.overwrite(layout_.opening_nav, nav_of_accounts);
    Entries<Owner> const current = Tables{block_.data()}[layout_.owners];
    std::vector<Owner> owners(current.begin(), current.end());
    for (std::size_t i = 0; i < owners.size(); ++i)
        owners[i].opening_value = value_of_owners[i];
    block_.overwrite(layout_.owners, std::span<Owner const>{owners});
}

template class ProgramTables<float>;
template class ProgramTables<double>;

}  // namespace brink
