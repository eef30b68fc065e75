// SPDX-License-Identifier: Apache-2.0
#include "io/config/derived_rates.hpp"
#include "io/config/instrument_names.hpp"
#include "io/config/scenario_checks.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace brink {
namespace {

using Names = std::set<std::string, std::less<>>;

template<class T>
Names names_of(std::vector<T> const& items)
{
    Names names;
    for (T const& item : items)
        names.insert(item.name);
    return names;
}

/// Whether a value came from an included file rather than from the scenario or an option.
class Included {
    Names files_;

  public:
    explicit Included(Scenario const& scenario)
    {
        for (SourceFile const& source : scenario.sources)
            if (source.role == "include")
                files_.insert(source.path);
    }
    bool operator()(Where const& where) const { return files_.contains(where.file); }
};

void fill_instruments(Scenario& scenario)
{
    for (InstrumentConfig& instrument : scenario.instruments)
        if (instrument.settlement.empty())
            instrument.settlement =
                is_inverse(instrument.kind) ? instrument.base : instrument.quote;
}

/// Whether `name` is one that `pattern` stands for: "BTC-*" begins so.
bool matches(std::string const& pattern, std::string const& name)
{
    return name.starts_with(pattern.substr(0, pattern.size() - 1));
}

/// Instruments of the venue by the beginnings of their names: options by formula, others by
/// brackets. Those that another schedule names in full are left to it.
void expand_patterns(VenueConfig& venue, std::vector<InstrumentConfig> const& instruments)
{
    Names named;
    for (ScheduleConfig const& schedule : venue.schedules)
        named.insert(schedule.instruments.begin(), schedule.instruments.end());
    for (ScheduleConfig& schedule : venue.schedules) {
        std::vector<std::string> expanded;
        for (std::string const& pattern : schedule.instruments) {
            if (!pattern.ends_with("*")) {
                expanded.push_back(pattern);
                continue;
            }
            for (InstrumentConfig const& instrument : instruments)
                if (instrument.venue == venue.name && matches(pattern, instrument.name)
                    && is_option(instrument.kind) == (schedule.kind == ScheduleKind::short_option)
                    && named.insert(instrument.name).second)
                    expanded.push_back(instrument.name);
        }
        schedule.instruments = std::move(expanded);
    }
}

/// The amounts that make each marginal schedule continuous; written ones are checked, not replaced.
void fill_maintenance_amounts(Scenario& scenario)
{
    for (VenueConfig& venue : scenario.venues)
        for (ScheduleConfig& schedule : venue.schedules) {
            double amount = 0;
            for (std::size_t i = 0; i < schedule.tiers.size(); ++i) {
                TierConfig& tier = schedule.tiers[i];
                if (i > 0)
                    amount += tier.floor
                              * (tier.maintenance_rate - schedule.tiers[i - 1].maintenance_rate);
                if (schedule.kind == ScheduleKind::marginal && !tier.maintenance_amount)
                    tier.maintenance_amount = amount;
            }
        }
}

/// The one tier of collateral whose ratio follows from its market.
void fill_ratios(Scenario& scenario)
{
    for (VenueConfig& venue : scenario.venues)
        for (CollateralConfig& collateral : venue.collateral)
            if (collateral.from_liquidity && collateral.tiers.empty()) {
                CollateralTierConfig& tier = collateral.tiers.emplace_back();
                tier.where = collateral.from_liquidity->where;
                tier.ratio = ratio_from(*collateral.from_liquidity);
            }
}

void fill_call_rules(Scenario& scenario)
{
    for (VenueConfig& venue : scenario.venues) {
        bool const is_health =
            venue.call_health.has_value() || venue.health == HealthMetric::collateral_over_debt;
        if (!venue.has("call") && is_health)
            venue.call = CallRule::health;
    }
}

/// A takeover at the bankruptcy price leaves nothing to the owner.
void fill_residuals(Scenario& scenario)
{
    for (VenueConfig& venue : scenario.venues)
        if (!venue.liquidation.has("residual")
            && venue.liquidation.price == LiquidationPrice::bankruptcy)
            venue.liquidation.residual = Residual::fund;
}

/// An account without an owner is its own owner, with no reserve and no response.
void fill_owners(Scenario& scenario)
{
    Names owners = names_of(scenario.owners);
    for (AccountConfig& account : scenario.accounts) {
        if (!account.owner.empty())
            continue;
        account.owner = account.name;
        if (owners.insert(account.name).second) {
            OwnerConfig owner;
            owner.where = account.where;
            owner.name = account.name;
            scenario.owners.push_back(owner);
        }
    }
}

/// The numeraire is worth one of itself by definition, so nobody needs to say so.
void add_numeraire(Scenario& scenario)
{
    std::string const& numeraire = scenario.run.numeraire;
    if (names_of(scenario.assets).contains(numeraire)
        || !assets_in_use(scenario).contains(numeraire))
        return;
    AssetConfig asset;
    asset.where = scenario.run.at("numeraire");
    asset.name = numeraire;
    asset.price = 1;
    asset.model = MarginalModel::fixed;
    scenario.assets.push_back(asset);
}

/// The last steps of the first key, as many as no other axis has.
std::string axis_name(SweepAxisConfig const& axis, std::vector<SweepAxisConfig> const& axes)
{
    if (axis.keys.empty())
        return {};
    std::string const& key = axis.keys.front();
    std::size_t dot = key.rfind('.');
    auto const is_shared = [&](std::string const& name) {
        return std::any_of(axes.begin(), axes.end(), [&](SweepAxisConfig const& other) {
            return &other != &axis && !other.keys.empty()
                   && ("." + other.keys.front()).ends_with("." + name);
        });
    };
    while (dot != std::string::npos && dot > 0 && is_shared(key.substr(dot + 1)))
        dot = key.rfind('.', dot - 1);
    return dot == std::string::npos ? key : key.substr(dot + 1);
}

/// Names of axes that have none, and the seed of a sample that has none of its own.
void complete_sweep(Scenario& scenario)
{
    if (!scenario.sweep)
        return;
    SweepConfig& sweep = *scenario.sweep;
    for (SweepAxisConfig& axis : sweep.axes)
        if (axis.name.empty())
            axis.name = axis_name(axis, sweep.axes);
    if (sweep.scopes.empty() && !sweep.has("scopes"))
        sweep.scopes.emplace_back("book");
    if (!sweep.has("seed") && sweep.kind == SweepKind::latin_hypercube)
        sweep.seed = scenario.run.seed;
}

/// The same row and column of what the matrix is blended with.
void prune_target(CorrelationConfig& correlation, std::size_t place)
{
    auto const offset = static_cast<std::ptrdiff_t>(place);
    if (place < correlation.blend_to.size())
        correlation.blend_to.erase(correlation.blend_to.begin() + offset);
    for (auto& row : correlation.blend_to)
        if (place < row.size())
            row.erase(row.begin() + offset);
}

void prune_correlation(CorrelationConfig& correlation, Names const& assets,
                       Included const& included)
{
    std::size_t const size = correlation.assets.size();
    bool const square = correlation.matrix.size() == size
                        && std::all_of(correlation.matrix.begin(), correlation.matrix.end(),
                                       [&](auto const& row) { return row.size() == size; });
    if (!square || !included(correlation.at("assets")))
        return;
    for (std::size_t i = size; i-- > 0;) {
        if (assets.contains(correlation.assets[i]))
            continue;
        auto const offset = static_cast<std::ptrdiff_t>(i);
        correlation.assets.erase(correlation.assets.begin() + offset);
        correlation.matrix.erase(correlation.matrix.begin() + offset);
        for (auto& row : correlation.matrix)
            row.erase(row.begin() + offset);
        prune_target(correlation, i);
    }
}

void prune_jumps(std::vector<CommonJumpConfig>& processes, Names const& assets,
                 Included const& included)
{
    std::erase_if(processes, [&](CommonJumpConfig& jumps) {
        if (!included(jumps.at("loadings")))
            return false;
        std::erase_if(jumps.loadings,
                      [&](auto const& loading) { return !assets.contains(loading.first); });
        return jumps.loadings.empty();
    });
}

void prune_regimes(std::vector<RegimeConfig>& regimes, Names const& assets,
                   Included const& included)
{
    for (RegimeConfig& regime : regimes) {
        prune_correlation(regime.correlation, assets, included);
        if (included(regime.at("volatilities")))
            std::erase_if(regime.volatilities,
                          [&](auto const& entry) { return !assets.contains(entry.first); });
    }
}

void prune_failures(std::vector<FailureConfig>& failures, Names const& assets,
                    Included const& included)
{
    std::erase_if(failures, [&](FailureConfig& failure) {
        if (!included(failure.at("levels")))
            return false;
        std::erase_if(failure.levels,
                      [&](auto const& level) { return !assets.contains(level.first); });
        return failure.levels.empty();
    });
}

/// A shock whose assets are all gone would be one of all assets.
void prune_shocks(std::vector<ShockConfig>& shocks, Names const& assets, Included const& included)
{
    std::erase_if(shocks, [&](ShockConfig& shock) {
        if (shock.assets.empty() || !included(shock.at("assets")))
            return false;
        std::erase_if(shock.assets,
                      [&](std::string const& name) { return !assets.contains(name); });
        return shock.assets.empty();
    });
}

/// \param instruments full names
void prune_venue(VenueConfig& venue, Names const& assets, Names const& instruments,
                 Included const& included)
{
    auto const trades_elsewhere = [&](std::string const& name) {
        return !instruments.contains(full_name(venue.name, name));
    };
    for (ScheduleConfig& schedule : venue.schedules)
        if (included(schedule.at("instruments")))
            std::erase_if(schedule.instruments, trades_elsewhere);
    std::erase_if(venue.schedules, [&](ScheduleConfig const& schedule) {
        return schedule.instruments.empty() && included(schedule.at("instruments"));
    });
    auto const concerns_nothing = [&](auto const& row) {
        return included(row.at("asset")) && !assets.contains(row.asset);
    };
    if (venue.auto_exchange && included(venue.auto_exchange->at("order")))
        std::erase_if(venue.auto_exchange->order,
                      [&](std::string const& name) { return !assets.contains(name); });
    std::erase_if(venue.collateral, concerns_nothing);
    std::erase_if(venue.borrow, concerns_nothing);
    std::erase_if(venue.oracle, concerns_nothing);
}

}  // namespace

std::set<std::string, std::less<>> assets_in_use(Scenario const& scenario)
{
    Names used;
    for (InstrumentConfig const& instrument : scenario.instruments)
        used.insert({instrument.base, instrument.quote, instrument.settlement});
    for (AccountConfig const& account : scenario.accounts) {
        for (auto const& [asset, amount] : account.balances)
            used.insert(asset);
        for (LoanConfig const& loan : account.loans)
            used.insert(loan.asset);
    }
    for (OwnerConfig const& owner : scenario.owners) {
        for (auto const& [asset, amount] : owner.reserve)
            used.insert(asset);
        for (ResponseConfig const& response : owner.response)
            if (response.action == ResponseAction::swap)
                used.insert({response.asset, response.from});
    }
    for (AssetConfig const& asset : scenario.assets)
        if (asset.peg && asset.peg->reference != scenario.run.numeraire)
            used.insert(asset.peg->reference);
    for (VenueConfig const& venue : scenario.venues)
        if (venue.recovery)
            used.insert(venue.recovery->asset);
    return used;
}

void complete_scenario(Scenario& scenario)
{
    fill_instruments(scenario);
    for (VenueConfig& venue : scenario.venues)
        expand_patterns(venue, scenario.instruments);
    fill_maintenance_amounts(scenario);
    fill_ratios(scenario);
    fill_call_rules(scenario);
    fill_residuals(scenario);
    fill_owners(scenario);
    add_numeraire(scenario);
    complete_sweep(scenario);

    Included const included{scenario};
    Names const assets = names_of(scenario.assets);
    std::vector<std::string> const traded = full_names(scenario.instruments);
    Names const instruments{traded.begin(), traded.end()};
    prune_correlation(scenario.market.correlation, assets, included);
    prune_jumps(scenario.market.common_jumps, assets, included);
    prune_regimes(scenario.market.regimes, assets, included);
    prune_failures(scenario.market.failures, assets, included);
    prune_shocks(scenario.market.shocks, assets, included);
    for (VenueConfig& venue : scenario.venues)
        prune_venue(venue, assets, instruments, included);
}

}  // namespace brink
