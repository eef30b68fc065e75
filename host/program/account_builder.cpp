// SPDX-License-Identifier: Apache-2.0
#include "host/program/account_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "host/program/band_builder.hpp"
#include "host/program/carry_builder.hpp"
#include "host/program/tier_window.hpp"
#include "io/config/derived_rates.hpp"
#include "io/config/duration.hpp"

namespace brink {
namespace {

/// Annual rate of a debt, without what moves of it.
struct LoanRate {
    double annual{0};
    bool is_stated{false};  ///< by the loan itself: it stays so
};

/// What one margin unit holds, before it becomes tables.
struct Unit {
    std::string name;
    std::map<std::int32_t, double> balances;  ///< [coin] per asset; below zero: owed
    std::map<std::int32_t, double> loans;     ///< [coin] per asset
    std::map<std::int32_t, LoanRate> loan_rates;
    std::vector<PositionConfig const*> positions;

    [[nodiscard]] bool may_be_called() const
    {
        if (!positions.empty() || !loans.empty())
            return true;
        for (auto const& [asset, balance] : balances)
            if (balance < 0.0)
                return true;
        return false;
    }
};

class AccountBuilder {
    Scenario const& scenario_;
    ScenarioIndex const& index_;
    RulePlaces const& places_;
    ProgramDraft const& draft_;
    Problems& problems_;

  public:
    AccountBuilder(Scenario const& scenario, ScenarioIndex const& index, RulePlaces const& places,
                   ProgramDraft const& draft, Problems& problems)
        : scenario_{scenario}, index_{index}, places_{places}, draft_{draft}, problems_{problems}
    {}

    /// Adds the units of account `i` of the config.
    void operator()(std::size_t i, std::vector<AccountDraft>& out) const
    {
        AccountConfig const& account = scenario_.accounts[i];
        for (Unit const& unit : split(account)) {
            AccountDraft draft;
            draft.name = unit.name;
            draft.config_idx = i;
            draft.named = account.named;
            draft.venue = index_.venue(account.venue);
            draft.owner = static_cast<std::int32_t>(index_.owners.index_of(account.owner));
            fill(draft, unit);
            if (VenueConfig const& venue = venue_of(draft); venue.bands)
                lay_into_bands(account, venue, draft_.curves, draft_.assets, draft, problems_);
            out.push_back(std::move(draft));
        }
    }

  private:
    [[nodiscard]] VenueConfig const& venue_of(AccountDraft const& draft) const
    {
        return scenario_.venues[static_cast<std::size_t>(draft.venue)];
    }
    [[nodiscard]] InstrumentConfig const& instrument_of(std::string const& venue,
                                                        PositionConfig const& position) const
    {
        return scenario_
            .instruments[static_cast<std::size_t>(index_.instrument(venue, position.instrument))];
    }

    [[nodiscard]] std::vector<Unit> split(AccountConfig const& account) const
    {
        Unit whole{account.name, {}, {}, {}, {}};
        for (auto const& [asset, amount] : account.balances)
            whole.balances[index_.asset(asset)] += amount;
        add_loans(account, whole);
        std::vector<Unit> units;
        if (account.mode == MarginMode::cross) {
            for (PositionConfig const& position : account.positions)
                whole.positions.push_back(&position);
            units.push_back(std::move(whole));
            return units;
        }
        for (PositionConfig const& position : account.positions) {
            InstrumentConfig const& instrument = instrument_of(account.venue, position);
            Unit unit{account.name + "/" + position.instrument, {}, {}, {}, {&position}};
            unit.balances[index_.asset(instrument.settlement)] = position.margin.value_or(0.0);
            units.push_back(std::move(unit));
        }
        if (!whole.balances.empty() || !whole.loans.empty())
            units.push_back(std::move(whole));
        return units;
    }

    void add_loans(AccountConfig const& account, Unit& unit) const
    {
        VenueConfig const& venue = scenario_.venues[index_.venues.index_of(account.venue)];
        for (LoanConfig const& loan : account.loans) {
            BorrowConfig const* const row = row_of(venue.borrow, loan.asset);
            std::int32_t const asset = index_.asset(loan.asset);
            LoanRate const rate{loan.rate.value_or(row != nullptr ? annual_rate(*row) : 0.0),
                                loan.rate.has_value()};
            auto const [first, is_new] = unit.loan_rates.emplace(asset, rate);
            LoanRate const& other = first->second;
            bool const moves = find_carry_factor(draft_.carry_factors, CarryKind::borrow,
                                                 static_cast<std::size_t>(asset))
                               >= 0;
            if (other.annual != rate.annual || (moves && other.is_stated != rate.is_stated))
                problems_.add(loan.at("rate"),
                              fmt::format("\"{}\" owes {} at two rates, {} and {}{}", account.name,
                                          loan.asset, other.annual, rate.annual,
                                          moves ? ", one of which moves" : ""),
                              "put the loans into two accounts");
            unit.loans[asset] += loan.amount;
        }
    }

    void fill(AccountDraft& draft, Unit const& unit) const
    {
        std::map<std::int32_t, std::int32_t> place;  // asset -> holding, ascending assets
        for (std::int32_t const asset : assets_of(draft, unit))
            place.emplace(asset, static_cast<std::int32_t>(place.size()));
        for (auto const& [asset, h] : place)
            draft.holdings.push_back(make_holding(draft, unit, asset));
        for (PositionConfig const* const position : unit.positions) {
            std::int32_t const i = index_.instrument(venue_of(draft).name, position->instrument);
            Instrument const& terms = draft_.instruments[static_cast<std::size_t>(i)];
            auto const& schedule = draft_.schedules[static_cast<std::size_t>(terms.schedule)];
            draft.positions.push_back(
                make_position(*position, scenario_.instruments[static_cast<std::size_t>(i)], i,
                              terms, schedule.schedule, place.at(terms.settlement_asset)));
            if (!schedule.tiers.empty())
                set_window(draft.positions.back(), terms, schedule);
        }
        add_carry_terms(draft);
    }

    /// Brackets within three standard deviations of the base asset's return to the horizon.
    void set_window(Position<double>& position, Instrument const& terms,
                    ScheduleDraft const& schedule) const
    {
        auto const price = [this](std::int32_t asset) {
            return draft_.assets[static_cast<std::size_t>(asset)].opening_price;
        };
        bool const charges_a =
            (terms.payoff == Payoff::linear) == (schedule.schedule.basis == ChargeBasis::mark);
        double const charged = std::abs(charges_a ? position.leg_a * price(terms.asset_a)
                                                  : position.leg_b * price(terms.asset_b));
        AssetConfig const& base = scenario_.assets[static_cast<std::size_t>(terms.base)];
        double const volatility = std::max(base.volatility, long_run_volatility(base));
        double const years = scenario_.run.horizon / seconds_per_year;
        double const reach = std::clamp(3.0 * volatility * std::sqrt(years), 0.1, 2.0);
        position.window = make_tier_window(
            schedule.tiers, charged / (position.unit_amount * price(position.unit_asset)),
            std::exp(reach));
    }

    [[nodiscard]] std::set<std::int32_t> assets_of(AccountDraft const& draft,
                                                   Unit const& unit) const
    {
        std::set<std::int32_t> assets;
        for (auto const& [asset, balance] : unit.balances)
            assets.insert(asset);
        for (auto const& [asset, amount] : unit.loans)
            assets.insert(asset);
        for (PositionConfig const* const position : unit.positions)
            assets.insert(index_.asset(instrument_of(venue_of(draft).name, *position).settlement));
        if (!unit.may_be_called())
            return assets;
        OwnerConfig const& owner = scenario_.owners[static_cast<std::size_t>(draft.owner)];
        for (ResponseConfig const& response : owner.response) {
            if (response.action != ResponseAction::reduce)
                assets.insert(index_.asset(response.asset));
            if (response.action == ResponseAction::swap)
                assets.insert(index_.asset(response.from));
        }
        return assets;
    }

    [[nodiscard]] Holding<double> make_holding(AccountDraft const& draft, Unit const& unit,
                                               std::int32_t asset) const
    {
        auto const venue_idx = static_cast<std::size_t>(draft.venue);
        auto const asset_idx = static_cast<std::size_t>(asset);
        auto const value_or_zero = [asset](std::map<std::int32_t, double> const& amounts) {
            auto const found = amounts.find(asset);
            return found == amounts.end() ? 0.0 : found->second;
        };
        double const net = value_or_zero(unit.balances);
        BorrowConfig const* const row =
            row_of(scenario_.venues[venue_idx].borrow, scenario_.assets[asset_idx].name);
        auto const loan = unit.loan_rates.find(asset);
        LoanRate const rate = loan != unit.loan_rates.end()
                                  ? loan->second
                                  : LoanRate{row != nullptr ? annual_rate(*row) : 0.0, false};
        std::int32_t const factor =
            find_carry_factor(draft_.carry_factors, CarryKind::borrow, asset_idx);
        return {asset,
                asset,
                places_.curve[venue_idx][asset_idx],
                0,
                0,
                factor < 0 || rate.is_stated
                    ? -1
                    : draft_.carry_factors[static_cast<std::size_t>(factor)].carry_field,
                std::max(net, 0.0),
                std::max(-net, 0.0) + value_or_zero(unit.loans),
                rate.annual / (seconds_per_year * std::numbers::ln2),
                row != nullptr ? row->maintenance_rate : 0.0,
                row != nullptr ? row->initial_rate : 0.0};
    }

    /// Carry terms of one holding stand together.
    void add_carry_terms(AccountDraft& draft) const
    {
        for (std::size_t h = 0; h < draft.holdings.size(); ++h) {
            Holding<double>& holding = draft.holdings[h];
            holding.carry_first = static_cast<std::int32_t>(draft.carry_terms.size());
            for (std::size_t p = 0; p < draft.positions.size(); ++p) {
                Position<double> const& position = draft.positions[p];
                Instrument const& terms =
                    draft_.instruments[static_cast<std::size_t>(position.instrument)];
                if (position.settlement != static_cast<std::int32_t>(h))
                    continue;
                double const mark_leg =
                    terms.payoff == Payoff::linear ? position.leg_a : position.leg_b;
                auto const place = static_cast<std::int32_t>(p);
                if (terms.carry_slot >= 0)
                    draft.carry_terms.push_back(
                        {terms.carry_slot, place, terms.funding_rate * mark_leg});
                if (terms.moving_slot >= 0)
                    draft.carry_terms.push_back({terms.moving_slot, place, mark_leg});
            }
            holding.carry_count =
                static_cast<std::int32_t>(draft.carry_terms.size()) - holding.carry_first;
        }
    }
};

/// Coins that one unit of the schedule's floors is worth, and which coin: the schedule divides the
/// charged leg (mark, or entry) by it.
struct TierUnitValue {
    std::int32_t asset;
    double amount;
};

TierUnitValue value_of_tier_unit(Instrument const& terms, MarginSchedule<double> const& schedule,
                                 double contract_size, double entry_price)
{
    bool const linear = terms.payoff == Payoff::linear;
    bool const at_entry = schedule.basis == ChargeBasis::entry;
    if (schedule.unit == TierUnit::notional)
        return {linear ? terms.asset_b : terms.asset_a, 1.0};
    if (schedule.unit == TierUnit::base)
        return linear && at_entry ? TierUnitValue{terms.asset_b, entry_price}
                                  : TierUnitValue{terms.asset_a, 1.0};
    if (linear)
        return at_entry ? TierUnitValue{terms.asset_b, contract_size * entry_price}
                        : TierUnitValue{terms.asset_a, contract_size};
    return at_entry ? TierUnitValue{terms.asset_a, contract_size / entry_price}
                    : TierUnitValue{terms.asset_b, contract_size};
}

}  // namespace

Position<double> make_position(PositionConfig const& config, InstrumentConfig const& instrument,
                               std::int32_t instrument_idx, Instrument const& terms,
                               MarginSchedule<double> const& schedule, std::int32_t settlement)
{
    double const entry_price = config.entry_price.value_or(0.0);  // of an option: none
    TierUnitValue const unit =
        value_of_tier_unit(terms, schedule, instrument.contract_size, entry_price);
    double const quantity = config.size * instrument.contract_size;
    bool const linear = terms.payoff == Payoff::linear;
    return {instrument_idx,
            settlement,
            unit.asset,
            unit.amount,
            linear ? quantity : quantity / entry_price,
            linear ? quantity * entry_price : quantity,
            std::abs(config.size),
            config.leverage ? 1.0 / *config.leverage : 0.0,
            {},
            {terms.asset_a, terms.asset_b, unit.asset}};
}

std::vector<AccountDraft> build_accounts(Scenario const& scenario, ScenarioIndex const& index,
                                         RulePlaces const& places, ProgramDraft const& draft,
                                         Problems& problems)
{
    AccountBuilder const build{scenario, index, places, draft, problems};
    std::vector<AccountDraft> accounts;
    for (std::size_t i = 0; i < scenario.accounts.size(); ++i)
        build(i, accounts);
    return accounts;
}

}  // namespace brink
