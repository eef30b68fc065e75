// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/golden_account.hpp"

#include "io/config/scenario_checks.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace brink::test {
namespace {

BuiltProgram<double> build_or_throw(Scenario const& scenario)
{
    Problems problems;
    auto built = build_program<double>(scenario, problems);
    std::string reasons;
    for (Problem const& problem : problems.problems())
        reasons += format_problem(problem, "error") + '\n';
    if (!built)
        throw std::runtime_error{reasons};
    return std::move(*built);
}

}  // namespace

GoldenAccount::GoldenAccount()
{
    scenario_.run.name = "golden";
    scenario_.run.horizon = 86'400;
    scenario_.run.step = 3'600;
    AssetConfig usd;
    usd.name = "USD";
    usd.price = 1.0;
    usd.model = MarginalModel::fixed;
    scenario_.assets.push_back(usd);
    VenueConfig venue;
    venue.name = "venue";
    scenario_.venues.push_back(venue);
    AccountConfig account;
    account.name = "account";
    account.venue = "venue";
    scenario_.accounts.push_back(account);
    collateral("USD", CollateralUnit::usd, {{0.0, 1.0}});
}

GoldenAccount& GoldenAccount::asset(std::string const& name, double price)
{
    AssetConfig asset;
    asset.name = name;
    asset.price = price;
    asset.volatility = 0.5;
    scenario_.assets.push_back(asset);
    return *this;
}

GoldenAccount& GoldenAccount::balance(std::string const& asset, double amount)
{
    scenario_.accounts[0].balances.emplace_back(asset, amount);
    return *this;
}

GoldenAccount& GoldenAccount::collateral(std::string const& asset, CollateralUnit unit,
                                         std::vector<std::pair<double, double>> const& tiers)
{
    CollateralConfig collateral;
    collateral.asset = asset;
    collateral.unit = unit;
    for (auto const& [floor, ratio] : tiers) {
        CollateralTierConfig tier;
        tier.floor = floor;
        tier.ratio = ratio;
        collateral.tiers.push_back(tier);
    }
    scenario_.venues[0].collateral.push_back(collateral);
    return *this;
}

GoldenAccount& GoldenAccount::perpetual(InstrumentKind kind, std::string const& base,
                                        ScheduleConfig const& schedule)
{
    InstrumentConfig instrument;
    instrument.name = base;
    instrument.venue = "venue";
    instrument.kind = kind;
    instrument.base = base;
    instrument.quote = "USD";
    scenario_.instruments.push_back(instrument);
    ScheduleConfig own = schedule;
    own.instruments = {base};
    scenario_.venues[0].schedules.push_back(own);
    return *this;
}

GoldenAccount& GoldenAccount::position(std::string const& base, double size, double entry_price,
                                       std::optional<double> leverage)
{
    PositionConfig position;
    position.instrument = base;
    position.size = size;
    position.entry_price = entry_price;
    position.leverage = leverage;
    scenario_.accounts[0].positions.push_back(position);
    return *this;
}

BuiltProgram<double> GoldenAccount::build() const
{
    Scenario scenario = scenario_;
    complete_scenario(scenario);
    return build_or_throw(scenario);
}

ScheduleConfig schedule_of(RateTiers const& tiers, MarginBasis basis)
{
    ScheduleConfig schedule;
    schedule.basis = basis;
    for (auto const& [floor, rate] : tiers) {
        TierConfig tier;
        tier.floor = floor;
        tier.maintenance_rate = rate;
        schedule.tiers.push_back(tier);
    }
    return schedule;
}

ScheduleConfig bracket_of(double rate, double amount, MarginBasis basis)
{
    return amount > 0.0 ? schedule_of({{0.0, 0.0}, {amount / rate, rate}}, basis)
                        : schedule_of({{0.0, rate}}, basis);
}

GoldenBook::GoldenBook(GoldenAccount const& account) : GoldenBook{account.build()} {}

GoldenBook::GoldenBook(BuiltProgram<double> built)
    : built_{std::make_unique<BuiltProgram<double>>(std::move(built))},
      book_{built_->tables.view(), built_->market.initial_price}
{}

AccountReport GoldenBook::report() const
{
    return describe_account(book_, built_->names, 0);
}

double GoldenBook::liquidation_price(std::string const& asset, int side)
{
    auto const& assets = built_->names.assets;
    auto const i =
        static_cast<std::int32_t>(std::find(assets.begin(), assets.end(), asset) - assets.begin());
    NearestPrices const nearest = PriceSearch{book_}(0, i, Threshold::liquidation);
    bool const is_below = (side > 0) != book_.is_liquidatable(0);
    return (is_below ? nearest.below : nearest.above)
        .value_or(std::numeric_limits<double>::quiet_NaN());
}

}  // namespace brink::test
