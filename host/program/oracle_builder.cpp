// SPDX-License-Identifier: Apache-2.0
#include "host/program/oracle_builder.hpp"

#include "io/config/duration.hpp"
#include "io/config/oracle_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace brink {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();
/// A time is a whole number of steps where it misses one by no more than this.
constexpr double step_slack = 1e-9;

double steps_in(Seconds time, Seconds step)
{
    return std::ceil(time / step - step_slack);
}

/// Steps after which it posts in any case: one where nothing says when.
double heartbeat_steps(OracleConfig const& oracle, Seconds step)
{
    if (oracle.heartbeat)
        return std::max(1.0, steps_in(*oracle.heartbeat, step));
    return oracle.deviation ? never : 1.0;
}

/// Whether it ever differs from the market at the times of the steps.
bool may_differ(OracleConfig const& oracle, Seconds step)
{
    return oracle.reads == OracleReads::reference || oracle.delay > 0 || oracle.smoothing
           || oracle.growth_cap || heartbeat_steps(oracle, step) > 1.0;
}

bool trades(AccountConfig const& account, std::string const& asset, Scenario const& scenario)
{
    auto const is_held = [&](InstrumentConfig const& instrument) {
        return instrument.venue == account.venue
               && std::any_of(account.positions.begin(), account.positions.end(),
                              [&](PositionConfig const& position) {
                                  return position.instrument == instrument.name;
                              });
    };
    return std::any_of(scenario.instruments.begin(), scenario.instruments.end(),
                       [&](InstrumentConfig const& instrument) {
                           return (instrument.base == asset || instrument.quote == asset
                                   || instrument.settlement == asset)
                                  && is_held(instrument);
                       });
}

/// Whether the account has, owes, trades or may come to hold the asset.
bool may_have(AccountConfig const& account, std::string const& asset, Scenario const& scenario)
{
    if (row_of(account.loans, asset) != nullptr || trades(account, asset, scenario)
        || std::any_of(account.balances.begin(), account.balances.end(),
                       [&](auto const& balance) { return balance.first == asset; }))
        return true;
    return std::any_of(
        scenario.owners.begin(), scenario.owners.end(), [&](OwnerConfig const& owner) {
            return owner.name == account.owner
                   && std::any_of(owner.response.begin(), owner.response.end(),
                                  [&](ResponseConfig const& response) {
                                      return response.asset == asset || response.from == asset;
                                  });
        });
}

bool is_in_use(OracleConfig const& oracle, VenueConfig const& venue, Scenario const& scenario)
{
    return may_differ(oracle, scenario.run.step)
           && std::any_of(scenario.accounts.begin(), scenario.accounts.end(),
                          [&](AccountConfig const& account) {
                              return account.venue == venue.name
                                     && may_have(account, oracle.asset, scenario);
                          });
}

/// What a peg follows: the asset's index, -1 the numeraire.
std::int32_t reference_of(AssetConfig const& asset, ScenarioIndex const& index,
                          Scenario const& scenario)
{
    bool const is_asset = asset.peg && !asset.peg->reference.empty()
                          && asset.peg->reference != scenario.run.numeraire;
    return is_asset ? index.asset(asset.peg->reference) : -1;
}

Oracle<double> make_oracle(OracleConfig const& config, std::string const& row,
                           ScenarioIndex const& index, Scenario const& scenario)
{
    Seconds const step = scenario.run.step;
    std::int32_t const place = index.asset(config.asset);
    AssetConfig const& asset = scenario.assets[static_cast<std::size_t>(place)];
    bool const reads_reference = config.reads == OracleReads::reference;
    Oracle<double> oracle{};
    oracle.row = index.asset(row);
    oracle.base = reference_of(asset, index, scenario);
    oracle.source = reads_reference ? oracle.base : place;
    oracle.is_reference = reads_reference ? 1 : 0;
    oracle.rate = reads_reference ? asset.peg->exchange_rate : 1.0;
    oracle.rate_growth =
        reads_reference ? asset.peg->accrual * step / (seconds_per_year * std::numbers::ln2) : 0.0;
    oracle.delay_steps = static_cast<std::int32_t>(steps_in(config.delay, step));
    oracle.deviation = config.deviation.value_or(never);
    oracle.heartbeat_steps = heartbeat_steps(config, step);
    oracle.keep = config.smoothing ? std::exp(-step / *config.smoothing) : 0.0;
    double const over =
        oracle.base < 0 ? 1.0 : *scenario.assets[static_cast<std::size_t>(oracle.base)].price;
    double const opening = reads_reference ? oracle.rate : *asset.price / over;
    oracle.cap = config.growth_cap ? opening : never;
    oracle.cap_growth = config.growth_cap.value_or(0.0) * step / seconds_per_year;
    return oracle;
}

void price_by(Oracle<double> const& oracle, std::int32_t asset, AccountDraft& account)
{
    auto const move = [&](std::int32_t& row) { row = row == asset ? oracle.row : row; };
    for (Holding<double>& holding : account.holdings)
        move(holding.margin_row);
    for (Position<double>& position : account.positions) {
        move(position.margin.a);
        move(position.margin.b);
        move(position.margin.unit);
    }
}

}  // namespace

Scenario add_oracle_rows(Scenario scenario)
{
    std::vector<AssetConfig> rows;
    for (VenueConfig const& venue : scenario.venues)
        for (OracleConfig const& oracle : venue.oracle) {
            std::string const name = oracle_row_name(oracle, scenario);
            if (!is_in_use(oracle, venue, scenario)
                || std::any_of(rows.begin(), rows.end(),
                               [&](AssetConfig const& row) { return row.name == name; }))
                continue;
            AssetConfig row;
            row.where = oracle.where;
            row.name = name;
            row.model = MarginalModel::fixed;
            row.price = 1.0;  // until the path program writes it
            rows.push_back(row);
        }
    scenario.assets.insert(scenario.assets.end(), rows.begin(), rows.end());
    return scenario;
}

bool is_oracle_row(std::string const& name, Scenario const& scenario)
{
    for (VenueConfig const& venue : scenario.venues)
        for (OracleConfig const& oracle : venue.oracle)
            if (oracle_row_name(oracle, scenario) == name)
                return true;
    return false;
}

void build_oracles(Scenario const& scenario, ScenarioIndex const& index, ProgramDraft& draft)
{
    for (std::size_t v = 0; v < scenario.venues.size(); ++v)
        for (OracleConfig const& config : scenario.venues[v].oracle) {
            std::string const row = oracle_row_name(config, scenario);
            if (!is_in_use(config, scenario.venues[v], scenario))
                continue;
            Oracle<double> const oracle = make_oracle(config, row, index, scenario);
            if (std::none_of(draft.oracles.begin(), draft.oracles.end(),
                             [&](Oracle<double> const& other) { return other.row == oracle.row; }))
                draft.oracles.push_back(oracle);
            for (AccountDraft& account : draft.accounts)
                if (account.venue == static_cast<std::int32_t>(v))
                    price_by(oracle, index.asset(config.asset), account);
        }
}

}  // namespace brink
